"""Delete what this service holds of a case that is being erased, and say so."""

from uuid import UUID

from services.referrals.domain.events import CaseErasedConfirmed
from services.referrals.operations.withdrawing import withdraw_for_erasure
from services.referrals.storage.base import OutboxMessage
from services.referrals.storage.lookups import forget_case, forget_sent, referrals_of
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.messaging.outbox import record_event


async def erase_case(
    tx: Transaction, *, case_id: UUID, erasure_id: UUID, rights_request_id: UUID | None = None
) -> int:
    """Forget the case on both sides of the unit's referrals; the number of records it stood in.

    What waits for an answer is withdrawn, drafts too; who has accepted is told to say what becomes
    of the data. The referral itself stays with its sender, who answers for having sent it. Asked
    again, there is nothing left to delete, and it is confirmed again.
    """
    instant = now()
    told: list[tuple[UUID, UUID, str]] = []
    for referral_id in await referrals_of(tx, case_id):
        notice = await withdraw_for_erasure(tx, referral_id, instant)
        if notice is not None:
            told.append((notice.id, referral_id, notice.recipient_unit))
    is_asked_by_person = rights_request_id is not None
    records = await forget_case(tx, case_id)
    confirmed = CaseErasedConfirmed(
        erasure_id=erasure_id,
        case_id=case_id,
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        records=records,
        rights_request_id=rights_request_id,
        notice_ids=tuple(notice for notice, _, _ in told if is_asked_by_person),
        referral_ids=tuple(referral for _, referral, _ in told if is_asked_by_person),
        recipient_units=tuple(unit for _, _, unit in told if is_asked_by_person),
    )
    await record_event(tx, OutboxMessage, confirmed, aggregate_id=case_id)
    return records


async def forget_case_sent(tx: Transaction, referral_id: UUID) -> None:
    """The same for one referral of a restored backup, whose sender's case was erased."""
    await withdraw_for_erasure(tx, referral_id, now())
    await forget_sent(tx, referral_id)
