"""Tell a recipient what became of data it holds, and take its answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.referrals.domain.clocks import notice_due
from services.referrals.domain.codes import ACCEPTED_OR_LATER, ReferralState, Side
from services.referrals.domain.lifecycle import NotYourSide
from services.referrals.domain.notices import (
    NothingWasDisclosed,
    NoticeAnswer,
    NoticeIsAnswered,
    NoticeIsForTheSystem,
    NoticeIsOpen,
    NoticeKind,
    require_fitting,
)
from services.referrals.operations.steps import Change, Row, side_of, tell
from services.referrals.storage.lookups import referral_for_update
from services.referrals.storage.notices import NOTICE_VIEW, find_notice, is_notice_open
from services.referrals.storage.tables import NoticeRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.writes import Answer


async def raise_notice(tx: Transaction, referral_id: UUID, kind: NoticeKind) -> Answer:
    """By the sender, of what was disclosed.

    Raises NotFound, NotYourSide, NothingWasDisclosed, NoticeIsOpen, NoticeIsForTheSystem.
    """
    if kind is NoticeKind.CONSENT_REVOKED:
        raise NoticeIsForTheSystem
    row = await referral_for_update(tx, referral_id)
    side = side_of(row, tx.caller)
    if side is not Side.SENDER:
        raise NotYourSide(action="raise-notice")
    if ReferralState(row["state"]) not in ACCEPTED_OR_LATER:
        raise NothingWasDisclosed
    notice_id = await open_notice(tx, row, kind, now(), side)
    if notice_id is None:
        raise NoticeIsOpen
    return await _answer(tx, notice_id, is_new=True)


async def open_notice(
    tx: Transaction,
    row: Row,
    kind: NoticeKind,
    at: datetime,
    side: Side,
    *,
    fields: tuple[str, ...] = (),
) -> UUID | None:
    """A notice on a locked referral that was accepted; None where the same waits already."""
    if await is_notice_open(tx, row["id"], kind.value):
        return None
    notice_id = new_id()
    await tx.insert(
        NoticeRow,
        id=notice_id,
        version=1,
        referral_id=row["id"],
        sender_unit=row["sender_unit"],
        recipient_unit=row["recipient_unit"],
        kind=kind.value,
        fields=list(fields),
        raised_at=at,
        answer_by=notice_due(at),
        updated_at=at,
    )
    extra = {"notice_id": notice_id, "kind": kind.value, "fields": fields}
    await _tell(tx, row, "notice-raised", at, side, extra)
    return notice_id


@dataclass(frozen=True, slots=True)
class Acknowledge:
    notice_id: UUID
    expected_version: int | None
    answer: NoticeAnswer


async def acknowledge(tx: Transaction, command: Acknowledge) -> Answer:
    """The recipient says what became of the data.

    Raises NotFound, NotYourSide, NoticeIsAnswered, AnswerDoesNotFit, VersionMissing, Stale.
    """
    # The referral before the notice, as everywhere.
    referral_id = (await find_notice(tx, command.notice_id))["referral_id"]
    row = await referral_for_update(tx, referral_id)
    notice = await find_notice(tx, command.notice_id)
    if side_of(row, tx.caller) is not Side.RECIPIENT:
        raise NotYourSide(action="acknowledge")
    if notice["acknowledged_at"] is not None:
        raise NoticeIsAnswered
    require_version(notice["version"], command.expected_version)
    kind, at = NoticeKind(notice["kind"]), now()
    require_fitting(kind, command.answer)
    await tx.update(
        NoticeRow,
        command.notice_id,
        version=notice["version"] + 1,
        acknowledged_at=at,
        answer=command.answer.value,
        updated_at=at,
    )
    extra = {
        "notice_id": command.notice_id,
        "kind": kind.value,
        "answer": command.answer.value,
    }
    await _tell(tx, row, "notice-acknowledged", at, Side.RECIPIENT, extra)
    return await _answer(tx, command.notice_id)


async def escalate_notice(tx: Transaction, notice_id: UUID, at: datetime) -> None:
    """Nobody answered in time: both sides are told, once."""
    referral_id = (await find_notice(tx, notice_id))["referral_id"]
    row = await referral_for_update(tx, referral_id)
    notice = await find_notice(tx, notice_id)
    is_waiting = notice["acknowledged_at"] is None and notice["escalated_at"] is None
    if not is_waiting or at < notice["answer_by"]:
        return
    version = notice["version"] + 1
    await tx.update(NoticeRow, notice_id, version=version, escalated_at=at, updated_at=at)
    extra = {"notice_id": notice_id, "kind": notice["kind"]}
    await _tell(tx, row, "notice-overdue", at, Side.SYSTEM, extra)


async def _tell(
    tx: Transaction, row: Row, fact: str, at: datetime, side: Side, extra: dict[str, Any]
) -> None:
    state = ReferralState(row["state"])
    codes = [extra[name] for name in ("kind", "answer") if name in extra]
    change = Change(fact=fact, at=at, to_state=state, values={}, extra=extra, codes=codes)
    await tell(tx, dict(row), change, side=side, from_state=state)


async def _answer(tx: Transaction, notice_id: UUID, *, is_new: bool = False) -> Answer:
    document = await NOTICE_VIEW.one_in(tx, notice_id=notice_id)
    assert document is not None
    return Answer(document, location=f"/v1/notices/{notice_id}" if is_new else None)
