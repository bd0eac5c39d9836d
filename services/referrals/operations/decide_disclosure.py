"""Decide whether a foreigners or naturalisation authority is told something; kept either way."""

from dataclasses import dataclass
from uuid import UUID

from services.referrals.domain.access import Permission, permissions
from services.referrals.domain.agencies import UnitUnknown
from services.referrals.domain.disclosures import (
    DecisionNotNeeded,
    DecisionOutcome,
    HeadDecides,
    is_for_the_head,
)
from services.referrals.domain.legal_ground import DisclosureDecision, DisclosureGround
from services.referrals.storage.base import AuditEntry
from services.referrals.storage.directory_lookups import find_agencies
from services.referrals.storage.disclosure_views import DECISION_VIEW
from services.referrals.storage.lookups import referral_for_update
from services.referrals.storage.tables import DisclosureDecisionRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """`fields` are dotted paths: what is released, or what was asked for and refused."""

    referral_id: UUID
    recipient_unit: str
    outcome: DecisionOutcome
    ground: DisclosureGround
    fields: frozenset[str]
    client_informed: bool
    reason: str
    request_reference: str


async def decide(tx: Transaction, command: Decide) -> Answer:
    """The signed-in person decides, now.

    Raises NotFound unless the referral is of its unit, UnitUnknown, DecisionNotNeeded, HeadDecides.
    """
    row = await referral_for_update(tx, command.referral_id)
    if row["sender_unit"] != tx.caller.unit_id:
        raise NotFound
    held = permissions(tx.caller.roles, tx.caller.unit_type)
    if is_for_the_head(command.ground) and Permission.DECIDE_DISCLOSURE not in held:
        raise HeadDecides
    agency = (await find_agencies(tx, command.recipient_unit)).get(command.recipient_unit)
    if agency is None:
        raise UnitUnknown(unit=command.recipient_unit)
    if not agency.is_foreigners_authority:
        raise DecisionNotNeeded
    decision = DisclosureDecision(
        ground=command.ground,
        decided_by=tx.caller.actor,
        decided_at=now(),
        fields=command.fields,
        client_informed=command.client_informed,
        reason=command.reason,
        request_reference=command.request_reference,
    )
    decision_id = await write_decision(
        tx, command.referral_id, command.recipient_unit, decision, outcome=command.outcome
    )
    document = await DECISION_VIEW.one_in(tx, decision_id=decision_id)
    assert document is not None
    return Answer(document, location=f"/v1/disclosure-decisions/{decision_id}")


async def write_decision(
    tx: Transaction,
    referral_id: UUID,
    recipient_unit: str,
    decision: DisclosureDecision,
    *,
    outcome: DecisionOutcome = DecisionOutcome.RELEASE,
) -> UUID:
    """The decision as a record, with its audit entry: what was decided, not why."""
    decision_id = new_id()
    await tx.insert(
        DisclosureDecisionRow,
        id=decision_id,
        unit_id=tx.caller.unit_id,
        referral_id=referral_id,
        recipient_unit=recipient_unit,
        outcome=outcome.value,
        ground=decision.ground.value,
        fields=sorted(decision.fields),
        client_informed=decision.client_informed,
        reason=decision.reason,
        request_reference=decision.request_reference,
        decided_by=decision.decided_by,
        decided_at=decision.decided_at,
        recorded_by=tx.caller.actor,
        recorded_at=now(),
    )
    await record_change(
        tx,
        AuditEntry,
        action="disclosure-decided",
        kind="disclosure-decision",
        record_id=decision_id,
        changes={
            "referralId": str(referral_id),
            "recipientUnit": recipient_unit,
            "outcome": outcome.value,
            "ground": decision.ground.value,
        },
    )
    return decision_id
