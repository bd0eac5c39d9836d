"""Begin the proof of use of an award, or of what a recipient got of it."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

import asyncpg

from services.funding.domain.award_lifecycle import DRAFT_STATES, AwardState
from services.funding.domain.proof_lifecycle import ProofRegime, ProofState
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.keep_rules import line_rule_of_award
from services.funding.storage.allocation_records import load_allocation
from services.funding.storage.award_records import load_award
from services.funding.storage.queries.awards import AWARD_LINES
from services.funding.storage.queries.proofs import PROOF_VIEW
from services.funding.storage.tables import ProofRow
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.errors import RuleViolated
from shared.kernel.ids import new_id
from shared.kernel.text import Text
from shared.kernel.working_days import last_day_of_term
from shared.service.writes import Answer

STRICTEST_FIRST: Final = (ProofRegime.HVB_CONFIRMATION, ProofRegime.QUALIFIED)


class NothingToProve(RuleViolated):
    code = "nothing-to-prove"
    title = Text(de="Es ist noch nichts bewilligt.", en="Nothing was granted yet.")


class ProofDayUnknown(RuleViolated):
    code = "proof-day-unknown"
    title = Text(
        de="Weder Bescheid noch Anfrage nennen den Tag des Nachweises.",
        en="Neither the notice nor the request says by when the proof is due.",
    )


@dataclass(frozen=True, slots=True)
class NewProof:
    """Exactly one of the ids is given. None elsewhere: as the notice or the contract says."""

    award_id: UUID | None
    allocation_id: UUID | None
    regime: ProofRegime | None = None
    due_on: date | None = None


async def record_proof(tx: Transaction, new: NewProof) -> Answer:
    """Raises NotFound, NothingToProve, ProofDayUnknown; 409 where there is a proof already."""
    award_id, stated = await _subject(tx, new)
    award = await load_award(tx, award_id)
    if AwardState(award["state"]) in DRAFT_STATES:
        raise NothingToProve
    due_on = new.due_on or stated or award["proof_due_on"]
    if due_on is None:
        raise ProofDayUnknown
    instant, proof_id = now(), new_id()
    await tx.insert(
        ProofRow,
        id=proof_id,
        version=1,
        created_at=instant,
        updated_at=instant,
        award_id=award_id,
        allocation_id=new.allocation_id,
        regime=(new.regime or await _regime(tx, award, new.allocation_id)).value,
        state=ProofState.NOT_DUE.value,
        due_on=last_day_of_term(due_on),
        is_overdue=False,
        query="",
        recovery_cents=0,
        refused_items=[],
        decision_ref="",
        settlement_ref="",
        recorded_by=tx.caller.actor,
    )
    await leave_trace(tx, action="record-proof", kind="proof", record_id=proof_id)
    return await answer_with(tx, PROOF_VIEW, f"/v1/proofs/{proof_id}", proof_id=proof_id)


async def _subject(tx: Transaction, new: NewProof) -> tuple[UUID, date | None]:
    """The award, and the day that the contract with the recipient states."""
    if new.allocation_id is None:
        assert new.award_id is not None
        return new.award_id, None
    row = await load_allocation(tx, new.allocation_id)
    stated = (row["terms"] or {}).get("proofDueOn")
    return row["award_id"], date.fromisoformat(stated) if stated else None


async def _regime(
    tx: Transaction, award: asyncpg.Record, allocation_id: UUID | None
) -> ProofRegime:
    """A last recipient proves with vouchers; an award by the strictest rule of its lines, on the
    day of its notice.
    """
    if allocation_id is not None:
        return ProofRegime.QUALIFIED
    lines = await tx.rows(AWARD_LINES, award_id=award["id"])
    regimes = {
        (await line_rule_of_award(tx, award, line["funding_line"])).proof_regime for line in lines
    }
    return next((one for one in STRICTEST_FIRST if one in regimes), ProofRegime.SIMPLE)
