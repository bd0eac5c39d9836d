"""Take a referral back: by the sender, or because the person revoked what it rested on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.referrals.domain.answers import ReasonIsForTheSystem
from services.referrals.domain.codes import (
    ACCEPTED_OR_LATER,
    ReferralAction,
    ReferralState,
    Side,
    WithdrawReason,
)
from services.referrals.domain.facts import ReferralFacts
from services.referrals.domain.lifecycle import allowed_actions, next_state
from services.referrals.domain.notices import NoticeKind
from services.referrals.operations.notify import open_notice
from services.referrals.operations.steps import Change, Held, answer, begin, finish
from services.referrals.storage.base import AuditEntry
from services.referrals.storage.directory_lookups import (
    find_revocation,
    lock_declarations,
)
from services.referrals.storage.directory_queries import (
    REVOCATION_VIEW,
)
from services.referrals.storage.disclosures import delete_content
from services.referrals.storage.lookups import (
    forget_draft,
    referral_for_update,
    referrals_under,
)
from services.referrals.storage.notices import find_open_notice
from services.referrals.storage.tables import ConsentRevocationRow, ReferralRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.writes import Answer

# Forwarded inside one controller: the table has no way back from here before the new unit pulls.
REVOCABLE_LATER = frozenset({ReferralState.FORWARDED})


@dataclass(frozen=True, slots=True)
class Withdraw:
    referral_id: UUID
    expected_version: int | None
    reason: WithdrawReason


async def withdraw(tx: Transaction, command: Withdraw) -> Answer:
    """X11, X12: the content is deleted; the recipient learns the reason's code and no more.

    Raises what the lifecycle raises, ReasonIsForTheSystem, VersionMissing, Stale, NotFound.
    """
    if command.reason is WithdrawReason.CASE_DELETED:
        raise ReasonIsForTheSystem
    held = await begin(tx, command.referral_id, ReferralAction.WITHDRAW, command.expected_version)
    await _finish(tx, held, command.reason, now())
    return await answer(tx, held.id)


async def revoke_consent(tx: Transaction, reference: str) -> Answer:
    """What the person revoked holds no longer: every open referral under it is withdrawn.

    What was accepted before stays, and who has it is told and answers. Repeating it changes
    nothing.
    """
    revocation_id, _ = await revoke(tx, reference)
    document = await REVOCATION_VIEW.one_in(tx, revocation_id=revocation_id)
    assert document is not None
    return Answer(document)


async def revoke(tx: Transaction, reference: str) -> tuple[UUID, int]:
    """The id of the revocation and the number of referrals withdrawn by it."""
    await lock_declarations(tx, reference)
    known = await find_revocation(tx, reference)
    if known is not None:
        return known["id"], known["withdrawn"]
    instant, revocation_id = now(), new_id()
    withdrawn = 0
    for referral_id in await referrals_under(tx, reference):
        withdrawn += await _withdraw_for_revocation(tx, referral_id, instant)
    await tx.insert(
        ConsentRevocationRow,
        id=revocation_id,
        unit_id=tx.caller.unit_id,
        consent_reference=reference,
        revoked_at=instant,
        withdrawn=withdrawn,
    )
    await record_change(
        tx,
        AuditEntry,
        action="consent-revoked",
        kind="consent-revocation",
        record_id=revocation_id,
        changes={"withdrawn": withdrawn},
    )
    return revocation_id, withdrawn


async def withdraw_revoked(tx: Transaction, referral_id: UUID, instant: datetime) -> None:
    """The worker's turn, once the table allows it, for what was forwarded when it was revoked."""
    held = Held(await referral_for_update(tx, referral_id), Side.SYSTEM)
    reason = WithdrawReason(held.row["withdraw_reason"] or WithdrawReason.CONSENT_REVOKED)
    await _finish(tx, held, reason, instant)


@dataclass(frozen=True, slots=True)
class Told:
    """The notice that waits for the recipient's answer."""

    id: UUID
    recipient_unit: str


async def withdraw_for_erasure(
    tx: Transaction, referral_id: UUID, instant: datetime
) -> Told | None:
    """The sender's case is erased: what is open ends, who has accepted it is told. Answers the
    notice for who has accepted it.

    A draft is taken back and forgets what it knew of the person. What is on its way inside the
    recipient's controller loses its content now and ends when the table allows it.
    """
    held = Held(await referral_for_update(tx, referral_id), Side.SYSTEM)
    reason = WithdrawReason.CASE_DELETED
    if held.state in ACCEPTED_OR_LATER:
        kind = NoticeKind.DATA_ERASED
        made = await open_notice(tx, held.row, kind, instant, Side.SYSTEM)
        notice_id = made or await find_open_notice(tx, held.id, kind.value)
        return Told(notice_id, held.row["recipient_unit"])
    if held.state in REVOCABLE_LATER:
        await delete_content(tx, held.id)
        await tx.update(
            ReferralRow, held.id, consent_revoked_at=instant, withdraw_reason=reason.value
        )
    elif ReferralAction.WITHDRAW in allowed_actions(held.state, Side.SYSTEM):
        await _finish(tx, held, reason, instant)
        if held.row["submitted_at"] is None:
            await forget_draft(tx, held.id)
    elif held.state is ReferralState.REJECTED:
        await delete_content(tx, held.id)
    return None


async def end_without_content(tx: Transaction, referral_id: UUID) -> None:
    """What a restored backup has of it was deleted: it goes again, and what was open ends."""
    held, instant = Held(await referral_for_update(tx, referral_id), Side.SYSTEM), now()
    reason = WithdrawReason.NO_LONGER_NEEDED
    if held.state in REVOCABLE_LATER:
        await tx.update(
            ReferralRow, held.id, consent_revoked_at=instant, withdraw_reason=reason.value
        )
    elif ReferralAction.WITHDRAW in allowed_actions(held.state, Side.SYSTEM):
        await _finish(tx, held, reason, instant)
    await delete_content(tx, held.id)


async def take_back_again(tx: Transaction, referral_id: UUID) -> None:
    """A draft that a restored backup has again: what it knew of the person goes."""
    held = Held(await referral_for_update(tx, referral_id), Side.SYSTEM)
    if ReferralAction.WITHDRAW in allowed_actions(held.state, Side.SYSTEM):
        await _finish(tx, held, WithdrawReason.NO_LONGER_NEEDED, now())
    await forget_draft(tx, held.id)


async def take_back_draft(
    tx: Transaction, referral_id: UUID, before: datetime, instant: datetime
) -> bool:
    """A draft untouched since `before`; False where it was sent or changed in the meantime."""
    held = Held(await referral_for_update(tx, referral_id), Side.SYSTEM)
    is_abandoned = held.row["submitted_at"] is None and held.row["updated_at"] < before
    if not is_abandoned or ReferralAction.WITHDRAW not in allowed_actions(held.state, Side.SYSTEM):
        return False
    await _finish(tx, held, WithdrawReason.NO_LONGER_NEEDED, instant)
    await forget_draft(tx, held.id)
    return True


async def _withdraw_for_revocation(tx: Transaction, referral_id: UUID, instant: datetime) -> int:
    held = Held(await referral_for_update(tx, referral_id), Side.SYSTEM)
    if held.row["submitted_at"] is None:
        return 0  # a draft may still find another ground; sending it under this one is refused
    if held.state in REVOCABLE_LATER:
        await tx.update(ReferralRow, held.id, consent_revoked_at=instant)
        return 1
    if held.state in ACCEPTED_OR_LATER:
        await open_notice(tx, held.row, NoticeKind.CONSENT_REVOKED, instant, Side.SYSTEM)
    if ReferralAction.WITHDRAW not in allowed_actions(held.state, Side.SYSTEM):
        return 0
    await _finish(tx, held, WithdrawReason.CONSENT_REVOKED, instant)
    return 1


async def _finish(tx: Transaction, held: Held, reason: WithdrawReason, instant: datetime) -> None:
    to_state = next_state(
        held.state, ReferralAction.WITHDRAW, held.side, ReferralFacts(now=instant)
    )
    values: dict[str, Any] = {"withdraw_reason": reason.value}
    if reason is WithdrawReason.CONSENT_REVOKED:
        values["consent_revoked_at"] = instant
    change = Change(
        fact="withdrawn",
        at=instant,
        to_state=to_state,
        values=values,
        extra={"reason": reason.value},
        codes=[reason.value],
    )
    await finish(tx, held, change)
