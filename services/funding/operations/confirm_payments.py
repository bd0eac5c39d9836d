"""Take the bank's word on the payments of a run: paid, paid in part, or failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from services.funding.domain.ledger import rules
from services.funding.domain.ledger.entries import LedgerEvent, NewEntry, Posting, Source
from services.funding.domain.payment_lifecycle import (
    PAYMENT_LIFECYCLE,
    ConfirmationOfAnotherRun,
    ConfirmedMoreThanSent,
    PaymentAction,
    PaymentState,
    RunState,
)
from services.funding.domain.sources import MoneySource
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.follow_use import follow_use
from services.funding.operations.ledger.post import post_all
from services.funding.operations.pay import KIND, move_payment
from services.funding.operations.send_payments import DayOutOfRange
from services.funding.operations.use_reservation import let_go_of_reservation, post_of_payment
from services.funding.storage.ledger_records import book_of_line
from services.funding.storage.locks import lock_books
from services.funding.storage.payment_records import load_payments_to_post, payment_facts
from services.funding.storage.queries.payments import IS_RUN_OPEN, PAYMENT_RUN_VIEW, RUN_FOR_UPDATE
from services.funding.storage.tables import PaymentRunRow
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.kernel.money import ZERO, Money
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the bank says of one payment; nothing arrived when `failure_code` stands alone.

    `confirmed` is what arrived: the whole, a part, or 0.00.
    """

    payment_id: UUID
    is_paid: bool
    value_date: date
    bank_reference: str
    amount: Money | None = None
    failure_code: str = ""

    def confirmed(self, sent: Money) -> Money:
        """Raises ConfirmedMoreThanSent."""
        arrived = (self.amount or sent) if self.is_paid else ZERO
        if arrived > sent:
            raise ConfirmedMoreThanSent(paymentId=str(self.payment_id), sent=str(sent))
        return arrived


async def confirm_payments(
    tx: Transaction, run_id: UUID, confirmations: Sequence[Confirmation]
) -> Answer:
    """All or none. What was said before in the same words is left as it is, and posts nothing.

    Raises NotFound, ConfirmationOfAnotherRun, ConfirmedMoreThanSent, DayOutOfRange,
    TransitionNotAllowed for a payment that the bank has answered for otherwise, PeriodIsClosed.
    """
    run = await tx.row(RUN_FOR_UPDATE, run_id=run_id)
    if run is None:
        raise NotFound
    today = berlin_date(now())
    by_payment = {one.payment_id: one for one in confirmations}
    rows, allocations = await load_payments_to_post(tx, by_payment)
    await lock_books(tx, [await book_of_line(tx, row["award_line_id"]) for row in rows])
    lines = set()
    for row in rows:
        said = by_payment[row["id"]]
        if row["run_id"] != run_id:
            raise ConfirmationOfAnotherRun(paymentId=str(row["id"]))
        if not run["sent_on"] <= said.value_date <= today:
            raise DayOutOfRange(**{"from": run["sent_on"].isoformat(), "to": today.isoformat()})
        if not _is_known(row, said):
            await _take(tx, row, allocations[row["allocation_id"]], said, today)
            lines.add(row["award_line_id"])
    for line_id in sorted(lines, key=lambda one: one.bytes):
        await follow_use(tx, line_id, today)
    if lines:
        await _finish(tx, run)
    return await answer_with(tx, PAYMENT_RUN_VIEW, run_id=run_id)


def _is_known(row: asyncpg.Record, said: Confirmation) -> bool:
    """Whether the bank said exactly this before."""
    return (
        PaymentState(row["state"])
        in {
            PaymentState.CONFIRMED,
            PaymentState.PARTLY_CONFIRMED,
            PaymentState.FAILED,
        }
        and (row["value_date"], row["bank_reference"], row["failure_code"])
        == (
            said.value_date,
            said.bank_reference,
            said.failure_code,
        )
        and Money(row["confirmed_cents"]) == said.confirmed(Money(row["amount_cents"]))
    )


async def _take(
    tx: Transaction,
    row: asyncpg.Record,
    allocation: asyncpg.Record,
    said: Confirmation,
    today: date,
) -> None:
    sent = Money(row["amount_cents"])
    arrived = said.confirmed(sent)
    action = PaymentAction.CONFIRM if arrived == sent else PaymentAction.CONFIRM_PARTLY
    if arrived == ZERO:
        action = PaymentAction.FAIL
    facts = await payment_facts(tx, row, allocation, today)
    target = PAYMENT_LIFECYCLE.next_state(PaymentState(row["state"]), action, facts)
    await move_payment(
        tx,
        row,
        target,
        confirmed_cents=arrived.cents,
        value_date=said.value_date,
        bank_reference=said.bank_reference,
        failure_code=said.failure_code,
    )
    book = await book_of_line(tx, row["award_line_id"])
    entries = [
        NewEntry(
            event=event,
            award_line_id=row["award_line_id"],
            value_date=said.value_date,
            source=Source(KIND, row["id"]),
            postings=postings,
            reference=said.bank_reference,
            reason_code="BANK_REFUSED" if event is LedgerEvent.PAYMENT_FAILED else "",
            book=book,
        )
        for event, postings in _postings(row, arrived)
    ]
    entries += await _of_reservation(tx, row, arrived, said)
    await post_all(tx, entries)


async def _of_reservation(
    tx: Transaction, row: asyncpg.Record, arrived: Money, said: Confirmation
) -> list[NewEntry]:
    """What arrived is used of what was set aside; the rest waits for another payment."""
    reservation_id, held = row["reservation_id"], Money(row["amount_cents"])
    if reservation_id is None:
        return []
    if arrived == ZERO:
        await let_go_of_reservation(tx, reservation_id, held)
        return []
    return [
        await post_of_payment(
            tx, reservation_id, held=held, arrived=arrived, value_date=said.value_date
        )
    ]


def _postings(row: asyncpg.Record, arrived: Money) -> list[tuple[LedgerEvent, tuple[Posting, ...]]]:
    line, allocation, source = row["award_line_id"], row["allocation_id"], row["source"]
    missing = Money(row["amount_cents"]) - arrived
    made = []
    if arrived > ZERO:
        made.append((LedgerEvent.PAYMENT_CONFIRMED, rules.confirmed(line, allocation, arrived)))
    if missing > ZERO:
        back = rules.failed(line, allocation, missing, MoneySource(source))
        made.append((LedgerEvent.PAYMENT_FAILED, back))
    return made


async def _finish(tx: Transaction, run: asyncpg.Record) -> None:
    """The run is done when no payment of it waits for the bank."""
    is_open = await tx.value(IS_RUN_OPEN, run_id=run["id"])
    state = RunState.SENT if is_open else RunState.DONE
    await tx.update(
        PaymentRunRow,
        run["id"],
        state=state.value,
        version=run["version"] + 1,
        updated_at=now(),
    )
    await leave_trace(
        tx,
        action="confirm-payments",
        kind="payment-run",
        record_id=run["id"],
        changes={"to": state.value},
    )
