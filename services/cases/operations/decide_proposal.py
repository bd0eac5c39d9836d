"""Take a proposed referral up, or dismiss it: a rule proposes, a person decides."""

from dataclasses import dataclass
from uuid import UUID

from services.cases.domain.referral_rules import (
    PROPOSAL_LIFECYCLE,
    DismissReason,
    ProposalAction,
    ProposalState,
)
from services.cases.operations.on_case import advance_case, lock_open_case
from services.cases.storage.queries.timeline import PROPOSAL_ROW, PROPOSAL_VIEW
from services.cases.storage.tables import ReferralProposalRow
from shared.database.transaction import Transaction
from shared.kernel.errors import NotFound
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDecision:
    """`referral_id` names the referral that was sent, where there is one already."""

    proposal_id: UUID
    action: ProposalAction
    referral_id: UUID | None = None
    dismiss_reason: DismissReason | None = None


async def decide_proposal(tx: Transaction, decision: ProposalDecision) -> Answer:
    """Raises NotFound, CaseIsNotOpen, ProcessingIsRestricted, TransitionNotAllowed."""
    found = await tx.row(PROPOSAL_ROW, proposal_id=decision.proposal_id)
    if found is None:
        raise NotFound
    case = await lock_open_case(tx, found["case_id"])
    found = await tx.row(PROPOSAL_ROW, proposal_id=decision.proposal_id)
    if found is None:
        raise NotFound
    after = PROPOSAL_LIFECYCLE.next_state(ProposalState(found["state"]), decision.action, None)
    await tx.update(
        ReferralProposalRow,
        found["id"],
        state=after.value,
        referral_id=decision.referral_id,
        dismiss_reason=decision.dismiss_reason,
        version=found["version"] + 1,
    )
    await advance_case(
        tx,
        case,
        f"{decision.action}-referral-proposal",
        changes={"proposalId": str(found["id"]), "to": after.value},
    )
    document = await PROPOSAL_VIEW.one_in(tx, proposal_id=found["id"])
    assert document is not None
    return Answer(document)
