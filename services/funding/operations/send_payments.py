"""Send released payments together: one run, one number, all or none."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.funding.domain.events.payments import PaymentRunSent
from services.funding.domain.ledger import rules
from services.funding.domain.ledger.entries import LedgerEvent, NewEntry, Source
from services.funding.domain.payment_lifecycle import (
    PAYMENT_LIFECYCLE,
    PaymentAction,
    PaymentState,
    RunState,
)
from services.funding.domain.sources import MoneySource
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.ledger.post import post_all
from services.funding.operations.pay import KIND, move_payment
from services.funding.storage.ledger_records import book_of_line
from services.funding.storage.locks import lock_books
from services.funding.storage.payment_records import load_payments_to_post, payment_facts
from services.funding.storage.queries.payments import (
    LAST_RUN_NUMBER,
    PAYMENT_RUN_VIEW,
    RUN_NUMBER_LOCK,
)
from services.funding.storage.tables import PaymentRunRow
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import RuleViolated
from shared.kernel.ids import new_id
from shared.kernel.money import Money
from shared.kernel.text import Text
from shared.service.writes import Answer


class DayOutOfRange(RuleViolated):
    """`from` and `to` are the first and last day that can be meant."""

    code = "day-out-of-range"
    title = Text(
        de="Dieser Tag liegt in der Zukunft oder vor dem Vorgang.",
        en="This day lies in the future or before what it belongs to.",
    )


async def send_payments(tx: Transaction, payment_ids: Sequence[UUID], sent_on: date) -> Answer:
    """Every payment has to be released; whoever released it stands in the entry.

    Raises NotFound, DayOutOfRange, TransitionNotAllowed, GuardFailed, PeriodIsClosed.
    """
    instant = now()
    today = berlin_date(instant)
    if sent_on > today:
        raise DayOutOfRange(to=today.isoformat())
    rows, allocations = await load_payments_to_post(tx, payment_ids)
    for row in rows:
        facts = await payment_facts(tx, row, allocations[row["allocation_id"]], today)
        PAYMENT_LIFECYCLE.next_state(PaymentState(row["state"]), PaymentAction.SEND, facts)
    await tx.execute(RUN_NUMBER_LOCK, tenant_id=tx.caller.tenant_id)
    number = 1 + int(await tx.value(LAST_RUN_NUMBER, fiscal_year=sent_on.year))
    run_id = new_id()
    await tx.insert(
        PaymentRunRow,
        id=run_id,
        version=1,
        created_at=instant,
        updated_at=instant,
        fiscal_year=sent_on.year,
        number=number,
        state=RunState.SENT.value,
        sent_on=sent_on,
        payment_count=len(rows),
        total_cents=sum(row["amount_cents"] for row in rows),
        sent_by=tx.caller.actor,
    )
    books = {row["id"]: await book_of_line(tx, row["award_line_id"]) for row in rows}
    await lock_books(tx, books.values())
    for row in rows:
        await move_payment(tx, row, PaymentState.SENT, run_id=run_id)
        entry = NewEntry(
            event=LedgerEvent.PAYMENT_SENT,
            award_line_id=row["award_line_id"],
            value_date=sent_on,
            source=Source(KIND, row["id"]),
            postings=rules.sent(
                row["award_line_id"],
                row["allocation_id"],
                Money(row["amount_cents"]),
                MoneySource(row["source"]),
            ),
            reference=f"{sent_on.year}/{number}",
            book=books[row["id"]],
        )
        who = {"recorded_by": row["recorded_by"], "released_by": row["released_by"]}
        await post_all(tx, [entry], **who)
    sent = PaymentRunSent(
        tenant_id=tx.caller.tenant_id, run_id=run_id, fiscal_year=sent_on.year, number=number
    )
    await leave_trace(
        tx, action="send-payments", kind="payment-run", record_id=run_id, events=(sent,)
    )
    location = f"/v1/payment-runs/{run_id}"
    return await answer_with(tx, PAYMENT_RUN_VIEW, location, run_id=run_id)
