"""Set money of a line aside for what is ordered (Mittelbindung), use it, give it up."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from services.funding.domain.budget import refuse_blocked_spending
from services.funding.domain.costs import CostKind, Eligibility
from services.funding.domain.ledger import rules
from services.funding.domain.ledger.accounts import AccountCode
from services.funding.domain.ledger.entries import LedgerEvent, NewEntry, Posting, Source
from services.funding.domain.ledger.periods import PeriodIsClosed
from services.funding.domain.ledger.refusals import InsufficientFunds
from services.funding.domain.ledger.rules import Recognition
from services.funding.domain.programme import FundingLine
from services.funding.domain.reservations import (
    RESERVATION_LIFECYCLE,
    NothingReserved,
    ReservationAction,
    ReservationEndsBeforeItBegins,
    ReservationFacts,
    ReservationState,
)
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.keep_rules import cost_rule_on
from services.funding.operations.ledger.post import post_all
from services.funding.operations.plan_allocation import ParentUnknown
from services.funding.storage.award_records import load_award
from services.funding.storage.ledger_records import book_of_line, free_of_line
from services.funding.storage.locks import lock_line, lock_lines
from services.funding.storage.queries.awards import AWARD_LINE_FOR_UPDATE
from services.funding.storage.queries.rules import (
    RESERVATION_BY_ID,
    RESERVATION_FOR_UPDATE,
    RESERVATION_VIEW,
    RUN_OUT_RESERVATIONS,
)
from services.funding.storage.rows import complete
from services.funding.storage.tables import ReservationRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.money import ZERO, Money
from shared.service.writes import Answer

EVENTS = {
    ReservationAction.VOID: LedgerEvent.RESERVATION_VOIDED,
    ReservationAction.EXPIRE: LedgerEvent.RESERVATION_EXPIRED,
}


@dataclass(frozen=True, slots=True)
class NewReservation:
    """`id` may come from the client; `reserved_on` is today when left out."""

    award_line_id: UUID
    amount: Money
    cost_kind: CostKind
    expires_on: date
    reserved_on: date | None = None
    reference: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReservationUse:
    amount: Money = ZERO
    value_date: date | None = None


async def reserve(tx: Transaction, command: NewReservation) -> Answer:
    """Raises ParentUnknown, NothingReserved, ReservationEndsBeforeItBegins, BudgetNotReleased,
    PeriodIsClosed, and InsufficientFunds with what may still be promised: planned children count
    as promised.
    """
    line_id, instant = command.award_line_id, now()
    day = command.reserved_on or berlin_date(instant)
    if command.amount <= ZERO:
        raise NothingReserved
    if command.expires_on < day:
        raise ReservationEndsBeforeItBegins
    line = await tx.row(AWARD_LINE_FOR_UPDATE, line_id=line_id)
    if line is None:
        raise ParentUnknown
    award = await load_award(tx, line["award_id"], is_locked=False)
    refuse_blocked_spending(award["budget_released_on"], day)
    free = await free_of_line(tx, line_id)
    if command.amount > free:
        raise InsufficientFunds(free=str(free), account=AccountCode.FREE.value)
    reservation_id = command.id or new_id()
    row = complete(
        ReservationRow,
        id=reservation_id,
        created_at=instant,
        updated_at=instant,
        award_line_id=line_id,
        state=RESERVATION_LIFECYCLE.initial.value,
        amount_cents=command.amount.cents,
        cost_kind=command.cost_kind.value,
        reserved_on=day,
        expires_on=command.expires_on,
        reference=command.reference,
        recorded_by=tx.caller.actor,
    )
    await tx.insert(ReservationRow, **row)
    postings = rules.reserved(line_id, command.amount)
    await _post(tx, row, [(LedgerEvent.RESERVED, postings)], day)
    await _trace(tx, reservation_id, "reserve", {"amount": str(command.amount)})
    location = f"/v1/reservations/{reservation_id}"
    return await answer_with(tx, RESERVATION_VIEW, location, reservation_id=reservation_id)


async def act_on_reservation(
    tx: Transaction,
    reservation_id: UUID,
    expected_version: int | None,
    action: ReservationAction,
    use: ReservationUse,
) -> Answer:
    """Use what is left of a reservation for a last time, or give it up; the rest is free again.

    Raises NotFound, the refusals of versions, TransitionNotAllowed, GuardFailed, PeriodIsClosed.
    """
    known = await tx.row(RESERVATION_BY_ID, reservation_id=reservation_id)
    if known is None:
        raise NotFound
    await lock_line(tx, known["award_line_id"])
    row = await tx.row(RESERVATION_FOR_UPDATE, reservation_id=reservation_id)
    assert row is not None
    require_version(row["version"], expected_version)
    await _move(tx, row, action, use)
    return await answer_with(tx, RESERVATION_VIEW, reservation_id=reservation_id)


async def expire_reservations(tx: Transaction) -> None:
    """Free what was set aside until a day that is past; counted from that day, or from today when
    its month is closed.
    """
    run_out = await tx.rows(RUN_OUT_RESERVATIONS, today=berlin_date(now()))
    await lock_lines(tx, [found["award_line_id"] for found in run_out])
    for found in run_out:
        row = await tx.row(RESERVATION_FOR_UPDATE, reservation_id=found["id"])
        if row is None or row["state"] != ReservationState.OPEN or row["held_cents"]:
            continue
        expire = ReservationAction.EXPIRE
        try:
            await _move(tx, row, expire, ReservationUse(value_date=row["expires_on"]))
        except PeriodIsClosed:
            await _move(tx, row, expire, ReservationUse())


async def _move(
    tx: Transaction, row: asyncpg.Record, action: ReservationAction, use: ReservationUse
) -> None:
    instant = now()
    facts = ReservationFacts(
        today=berlin_date(instant),
        amount=Money(row["amount_cents"]),
        expires_on=row["expires_on"],
        recorded_by=row["recorded_by"],
        acting=tx.caller.actor,
        used=use.amount,
        posted=Money(row["posted_cents"]),
        held=Money(row["held_cents"]),
    )
    target = RESERVATION_LIFECYCLE.next_state(ReservationState(row["state"]), action, facts)
    day = use.value_date or facts.today
    is_used = action is ReservationAction.POST
    used = use.amount if is_used else ZERO
    parts: list[tuple[LedgerEvent, tuple[Posting, ...]]] = []
    if is_used:
        parts.append((LedgerEvent.RESERVATION_POSTED, await _used(tx, row, used, day)))
    event = EVENTS.get(action, LedgerEvent.RESERVATION_VOIDED)
    if facts.rest > used:
        parts.append((event, rules.reservation_used(row["award_line_id"], facts.rest - used)))
    await _post(tx, dict(row), parts, day)
    await tx.update(
        ReservationRow,
        row["id"],
        state=target.value,
        version=row["version"] + 1,
        updated_at=instant,
        posted_cents=row["posted_cents"] + used.cents,
        released_by=tx.caller.actor if is_used else None,
    )
    await _trace(tx, row["id"], action.value, {"from": row["state"], "to": target.value})


async def _used(
    tx: Transaction, row: asyncpg.Record, amount: Money, day: date
) -> tuple[Posting, ...]:
    """The cost as the rules of its day have it; what is undecided waits for a person."""
    line_id = row["award_line_id"]
    line = await tx.row(AWARD_LINE_FOR_UPDATE, line_id=line_id)
    assert line is not None
    kind = CostKind(row["cost_kind"])
    answer = (await cost_rule_on(tx, FundingLine(line["funding_line"]), kind, day)).answer
    whole = Recognition(
        eligible=amount if answer is Eligibility.ELIGIBLE else ZERO,
        own_share=ZERO,
        ineligible=amount if answer is Eligibility.NOT_ELIGIBLE else ZERO,
        undecided=amount if answer is Eligibility.UNKNOWN else ZERO,
    )
    return (*rules.reservation_used(line_id, amount), *rules.spent(line_id, kind, whole))


async def _post(
    tx: Transaction,
    row: dict[str, object],
    parts: list[tuple[LedgerEvent, tuple[Posting, ...]]],
    day: date,
) -> None:
    line_id, reservation_id = row["award_line_id"], row["id"]
    assert isinstance(line_id, UUID)
    assert isinstance(reservation_id, UUID)
    book = await book_of_line(tx, line_id)
    entries = [
        NewEntry(
            event=event,
            award_line_id=line_id,
            value_date=day,
            source=Source("reservation", reservation_id),
            postings=postings,
            reference=str(row["reference"]),
            book=book,
        )
        for event, postings in parts
    ]
    recorded_by = str(row["recorded_by"])
    released_by = tx.caller.actor if tx.caller.actor != recorded_by else None
    await post_all(tx, entries, recorded_by=recorded_by, released_by=released_by)


async def _trace(
    tx: Transaction, reservation_id: UUID, action: str, changes: dict[str, object]
) -> None:
    await leave_trace(
        tx,
        action=f"{action}-reservation" if action != "reserve" else "reserve",
        kind="reservation",
        record_id=reservation_id,
        changes=changes,
    )
