"""Who takes care of a referral inside the unit that received it; the sender is not told."""

from dataclasses import dataclass
from uuid import UUID

from services.referrals.domain.events import ReferralAssigned
from services.referrals.domain.overlays import OverlayAction
from services.referrals.operations.steps import answer, begin_overlay, event_of
from services.referrals.storage.base import AuditEntry, OutboxMessage
from services.referrals.storage.clocks import keep_assignee
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.messaging.outbox import record_event
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True)
class AssignInside:
    """`assignee` is a person of the unit, or nobody any more."""

    referral_id: UUID
    expected_version: int | None
    assignee: str | None


async def assign_inside(tx: Transaction, command: AssignInside) -> Answer:
    """Raises NotFound, NotYourSide, TransitionNotAllowed, VersionMissing, Stale.

    The version stays: it is the sender's too, who has no business here.
    """
    held = await begin_overlay(
        tx, command.referral_id, OverlayAction.ASSIGN, command.expected_version
    )
    await keep_assignee(tx, held.id, command.assignee, now())
    await record_change(
        tx,
        AuditEntry,
        action="referral-assigned",
        kind="referral",
        record_id=held.id,
        changes={"isAssigned": command.assignee is not None},
    )
    event = event_of(ReferralAssigned, held.row, tx.caller.tenant_id, {})
    audience = [tx.caller.unit_id]
    await record_event(tx, OutboxMessage, event, aggregate_id=held.id, audience=audience)
    return await answer(tx, held.id)
