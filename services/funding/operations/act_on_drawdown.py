"""Take a drawdown a step further by its transition table: submit, approve, pay, repay …"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.funding.domain.drawdown_facts import (
    ApprovedMoreThanRequested,
    DrawdownFacts,
    Need,
    two_months_after,
)
from services.funding.domain.drawdown_lifecycle import (
    DRAWDOWN_LIFECYCLE,
    DrawdownAction,
    DrawdownState,
)
from services.funding.domain.events.payments import DrawdownStateChanged
from services.funding.domain.ledger import rules
from services.funding.domain.ledger.entries import LedgerEvent, NewEntry, Posting, Source
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.follow_use import follow_use
from services.funding.operations.ledger.post import post_all
from services.funding.operations.request_drawdown import KIND, insert_needs
from services.funding.storage.drawdown_records import drawdown_facts, load_drawdown
from services.funding.storage.ledger_records import book_of_line
from services.funding.storage.queries.drawdowns import DRAWDOWN_VIEW
from services.funding.storage.tables import DrawdownRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.money import ZERO, Money
from shared.service.writes import Answer

_A = DrawdownAction


@dataclass(frozen=True, slots=True)
class DrawdownStep:
    """What a step brings with it; None leaves the record as it is. `amount` is what is approved,
    what the bank paid, or what a revised drawdown asks for.
    """

    requested_on: date | None = None
    return_reason: str | None = None
    amount: Money | None = None
    needs: tuple[Need, ...] | None = None
    value_date: date | None = None
    bank_reference: str | None = None
    repaid_on: date | None = None


async def act_on_drawdown(
    tx: Transaction,
    drawdown_id: UUID,
    expected_version: int | None,
    action: DrawdownAction,
    step: DrawdownStep,
) -> Answer:
    """Move the drawdown and post what follows, if table, guards and books allow it.

    Raises NotFound, the refusals of versions, TransitionNotAllowed, GuardFailed,
    ApprovedMoreThanRequested, PeriodIsClosed, InsufficientFunds with what is free.
    """
    row = await load_drawdown(tx, drawdown_id)
    require_version(row["version"], expected_version)
    instant = now()
    today = berlin_date(instant)
    if action is _A.REPAY:  # what was used since is not paid back
        await follow_use(tx, row["award_line_id"], today)
        row = await load_drawdown(tx, drawdown_id)
    day = step.requested_on or today if action is _A.SUBMIT else None
    facts = _with_step(await drawdown_facts(tx, row, today, day), action, step)
    state = DrawdownState(row["state"])
    target = DRAWDOWN_LIFECYCLE.next_state(state, action, facts)
    columns = _columns(tx, row, action, step, facts)
    await tx.update(
        DrawdownRow,
        drawdown_id,
        state=target.value,
        version=row["version"] + 1,
        updated_at=instant,
        **columns,
    )
    if action is _A.REVISE and step.needs is not None:
        await insert_needs(tx, drawdown_id, row["revision"] + 1, step.needs)
    await _post(tx, row, action, facts)
    await _leave_trace(tx, row, action, state, target)
    if action is _A.PAY:
        await follow_use(tx, row["award_line_id"], today)
    return await answer_with(tx, DRAWDOWN_VIEW, drawdown_id=drawdown_id)


def _with_step(facts: DrawdownFacts, action: DrawdownAction, step: DrawdownStep) -> DrawdownFacts:
    given: dict[str, Any] = {
        name: value
        for name in ("return_reason", "value_date", "bank_reference", "repaid_on")
        if (value := getattr(step, name)) is not None
    }
    if action is _A.PAY:
        given["paid"] = step.amount
    if action is _A.APPROVE:
        given["approved"] = step.amount or facts.amount
        if given["approved"] > facts.amount:
            raise ApprovedMoreThanRequested(requested=str(facts.amount))
    return replace(facts, **given)


def _columns(
    tx: Transaction,
    row: asyncpg.Record,
    action: DrawdownAction,
    step: DrawdownStep,
    facts: DrawdownFacts,
) -> dict[str, object]:
    columns: dict[str, object] = {}
    match action:
        case _A.SUBMIT:
            columns = {"requested_on": facts.requested_on, "submitted_by": tx.caller.actor}
        case _A.RETURN:
            columns = {"return_reason": facts.return_reason}
        case _A.REVISE:
            amount = step.amount or facts.amount
            revision = row["revision"] + (0 if step.needs is None else 1)
            columns = {"amount_cents": amount.cents, "revision": revision, "requested_on": None}
        case _A.APPROVE:
            columns = {"approved_cents": facts.approved.cents, "approved_by": tx.caller.actor}
        case _A.PAY:
            assert facts.value_date is not None
            columns = {
                "paid_cents": facts.approved.cents,
                "value_date": facts.value_date,
                "bank_reference": facts.bank_reference,
                "use_by": two_months_after(facts.value_date) if facts.has_two_month_rule else None,
            }
        case _A.REPAY:
            columns = {"repaid_on": facts.repaid_on, "repaid_cents": facts.unused.cents}
    return columns


async def _post(
    tx: Transaction, row: asyncpg.Record, action: DrawdownAction, facts: DrawdownFacts
) -> None:
    """The entries of a step, in the name of whoever recorded and whoever released it."""
    made = _entries(row, action, facts)
    if not made:
        return
    book = await book_of_line(tx, row["award_line_id"])
    entries = [
        NewEntry(
            event=event,
            award_line_id=row["award_line_id"],
            value_date=day,
            source=Source(KIND, row["id"]),
            postings=postings,
            reference=facts.bank_reference if action is _A.PAY else "",
            book=book,
        )
        for event, day, postings in made
    ]
    is_released = action in {_A.SUBMIT, _A.APPROVE}
    await post_all(
        tx,
        entries,
        recorded_by=row["recorded_by"] if is_released else tx.caller.actor,
        released_by=tx.caller.actor if is_released else None,
    )


def _entries(
    row: asyncpg.Record, action: DrawdownAction, facts: DrawdownFacts
) -> list[tuple[LedgerEvent, date, tuple[Posting, ...]]]:
    line, event = row["award_line_id"], LedgerEvent
    made: list[tuple[LedgerEvent, date, tuple[Posting, ...]]] = []
    match action:
        case _A.SUBMIT:
            day = facts.requested_on or facts.today
            made = [(event.DRAWDOWN_REQUESTED, day, rules.requested(line, facts.amount))]
        case _A.RETURN:
            made = [(event.DRAWDOWN_RETURNED, facts.today, rules.returned(line, facts.amount))]
        case _A.CANCEL if row["state"] == DrawdownState.SCHEDULED.value:
            back = rules.returned(line, facts.amount)
            made = [(event.DRAWDOWN_RETURNED, row["due_on"], back)]
        case _A.APPROVE if facts.amount - facts.approved > ZERO:
            back = rules.returned(line, facts.amount - facts.approved)
            made = [(event.DRAWDOWN_RETURNED, facts.today, back)]
        case _A.PAY:
            assert facts.value_date is not None
            money = rules.received(line, facts.approved)
            made = [(event.DRAWDOWN_PAID, facts.value_date, money)]
        case _A.REPAY:
            assert facts.repaid_on is not None
            made = [
                (event.REPAYMENT_OWED, facts.repaid_on, rules.owed(line, facts.unused)),
                (event.REPAID, facts.repaid_on, rules.repaid(line, facts.unused)),
            ]
    return made


async def _leave_trace(
    tx: Transaction,
    row: asyncpg.Record,
    action: DrawdownAction,
    state: DrawdownState,
    target: DrawdownState,
) -> None:
    changed = DrawdownStateChanged(
        tenant_id=tx.caller.tenant_id,
        drawdown_id=row["id"],
        award_id=row["award_id"],
        from_state=state,
        to_state=target,
    )
    await leave_trace(
        tx,
        action=f"{action.value}-drawdown",
        kind=KIND,
        record_id=row["id"],
        changes={"from": state.value, "to": target.value},
        events=(changed,),
    )
