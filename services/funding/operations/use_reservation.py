"""Use a reservation by a payment or a cost: held until the bank answers, then posted for good.

The line of the reservation has to be locked; never more is used than was set aside.
"""

from datetime import date
from uuid import UUID

import asyncpg

from services.funding.domain.costs import CostKind
from services.funding.domain.ledger import rules
from services.funding.domain.ledger.accounts import AccountCode
from services.funding.domain.ledger.entries import LedgerEvent, NewEntry, Source
from services.funding.domain.ledger.refusals import InsufficientFunds
from services.funding.domain.reservations import (
    ReservationNotOpen,
    ReservationOfAnotherPurpose,
    ReservationState,
    ReservationUnknown,
)
from services.funding.operations.changes import leave_trace
from services.funding.storage.ledger_records import book_of_line
from services.funding.storage.queries.rules import RESERVATION_FOR_UPDATE
from services.funding.storage.tables import ReservationRow
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.kernel.money import ZERO, Money


async def hold_of_reservation(
    tx: Transaction, reservation_id: UUID, line_id: UUID, amount: Money
) -> None:
    """Keep a part for a payment under way.

    Raises ReservationUnknown, ReservationOfAnotherPurpose, ReservationNotOpen, and
    InsufficientFunds with what is left of it.
    """
    row = await _open(tx, reservation_id, line_id)
    _refuse_beyond(row, amount)
    await _write(tx, row, "hold", amount, held=Money(row["held_cents"]) + amount)


async def let_go_of_reservation(tx: Transaction, reservation_id: UUID, amount: Money) -> None:
    """The payment did not happen: its part waits for another one."""
    row = await _locked(tx, reservation_id)
    await _write(tx, row, "let-go", amount, held=Money(row["held_cents"]) - amount)


async def post_of_payment(
    tx: Transaction, reservation_id: UUID, *, held: Money, arrived: Money, value_date: date
) -> NewEntry:
    """What arrived of a held part is used for good, the rest waits again; the entry to post."""
    row = await _locked(tx, reservation_id)
    await _write(
        tx,
        row,
        "post",
        arrived,
        held=Money(row["held_cents"]) - held,
        posted=Money(row["posted_cents"]) + arrived,
    )
    return await _entry(tx, row, arrived, value_date)


async def post_of_cost(
    tx: Transaction,
    reservation_id: UUID,
    line_id: UUID,
    kind: CostKind,
    amount: Money,
    value_date: date,
) -> NewEntry:
    """Use a part for a cost at once; the entry comes before that of the cost. Raises what
    `hold_of_reservation` raises.
    """
    row = await _open(tx, reservation_id, line_id)
    if row["cost_kind"] != kind:
        raise ReservationOfAnotherPurpose
    _refuse_beyond(row, amount)
    await _write(tx, row, "post", amount, posted=Money(row["posted_cents"]) + amount)
    return await _entry(tx, row, amount, value_date)


async def require_reservation(
    tx: Transaction, reservation_id: UUID, line_id: UUID, amount: Money
) -> None:
    """Nothing is held yet, but it could be. Raises what `hold_of_reservation` raises."""
    _refuse_beyond(await _open(tx, reservation_id, line_id), amount)


async def _locked(tx: Transaction, reservation_id: UUID) -> asyncpg.Record:
    row = await tx.row(RESERVATION_FOR_UPDATE, reservation_id=reservation_id)
    if row is None:
        raise ReservationUnknown
    return row


async def _open(tx: Transaction, reservation_id: UUID, line_id: UUID) -> asyncpg.Record:
    row = await _locked(tx, reservation_id)
    if row["award_line_id"] != line_id:
        raise ReservationOfAnotherPurpose
    if row["state"] != ReservationState.OPEN:
        raise ReservationNotOpen(state=row["state"])
    if row["expires_on"] < berlin_date(now()):
        raise ReservationNotOpen(state=ReservationState.EXPIRED.value)
    return row


def _refuse_beyond(row: asyncpg.Record, amount: Money) -> None:
    rest = Money(row["amount_cents"] - row["posted_cents"] - row["held_cents"])
    if amount > rest:
        raise InsufficientFunds(free=str(rest), account=AccountCode.RESERVED.value)


async def _write(
    tx: Transaction,
    row: asyncpg.Record,
    step: str,
    amount: Money,
    *,
    held: Money | None = None,
    posted: Money | None = None,
) -> None:
    held = Money(row["held_cents"]) if held is None else held
    posted = Money(row["posted_cents"]) if posted is None else posted
    is_used_up = posted.cents == row["amount_cents"]
    state = ReservationState.POSTED if is_used_up else ReservationState(row["state"])
    await tx.update(
        ReservationRow,
        row["id"],
        state=state.value,
        version=row["version"] + 1,
        updated_at=now(),
        held_cents=held.cents,
        posted_cents=posted.cents,
    )
    await leave_trace(
        tx,
        action=f"{step}-reservation",
        kind="reservation",
        record_id=row["id"],
        changes={"amount": str(amount), "from": row["state"], "to": state.value},
    )


async def _entry(tx: Transaction, row: asyncpg.Record, amount: Money, value_date: date) -> NewEntry:
    """Never before the day on which the money was set aside."""
    assert amount > ZERO
    line_id = row["award_line_id"]
    return NewEntry(
        event=LedgerEvent.RESERVATION_POSTED,
        award_line_id=line_id,
        value_date=max(value_date, row["reserved_on"]),
        source=Source("reservation", row["id"]),
        postings=rules.reservation_used(line_id, amount),
        reference=row["reference"],
        book=await book_of_line(tx, line_id),
    )
