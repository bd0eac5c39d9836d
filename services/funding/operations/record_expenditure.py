"""Record vouchers and costs: foreign costs are refused, all others are recognised and booked."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from services.funding.domain.costs import CostKind, Eligibility, Payer
from services.funding.domain.events.expenditures import ExpenditureRecorded
from services.funding.domain.expenditure_lifecycle import ExpenditureState
from services.funding.domain.ledger.entries import LedgerEvent, NewEntry, Source
from services.funding.domain.ledger.rules import spent
from services.funding.domain.legal_dates import Period
from services.funding.domain.reservations import ReservationOfAnotherPurpose
from services.funding.domain.spending import (
    AllocationOfAnotherLine,
    CostFact,
    PositionOfAnotherLine,
    Verdict,
    refuse_foreign_cost,
    refuse_incomplete_cost,
)
from services.funding.domain.vouchers import (
    VoucherUnknown,
    refuse_beyond_voucher,
    require_something,
)
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.keep_rules import cost_rule_on
from services.funding.operations.ledger.post import post_all
from services.funding.operations.recognise import KIND, locked_line, recognise
from services.funding.operations.use_reservation import post_of_cost
from services.funding.storage.ledger_records import book_of_line
from services.funding.storage.queries.allocations import ALLOCATION_BY_ID
from services.funding.storage.queries.spending import (
    EXPENDITURE_VIEW,
    VOUCHER_FOR_UPDATE,
    VOUCHER_TAKEN,
    VOUCHER_VIEW,
)
from services.funding.storage.spending_records import SpendingLine, posts_by_id, verdict_columns
from services.funding.storage.tables import ExpenditureRow, ExpenditureSubjectRow, VoucherRow
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.kernel.money import Money
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True)
class NewVoucher:
    """`document_ref` is its key in the document system, `sha256` the hash of the document."""

    number: str
    voucher_date: date
    amount: Money
    id: UUID | None = None
    sha256: str | None = None
    document_ref: str | None = None


@dataclass(frozen=True, slots=True)
class NewExpenditure:
    """One cost. `allocation_id` makes it a recipient's, which the own books do not hold;
    `subject_ref` is the case it was for, kept apart; `reservation_id` what was set aside for it.
    """

    award_line_id: UUID
    cost_kind: CostKind
    period_from: date
    period_to: date
    value_date: date
    amount: Money
    voucher_id: UUID
    id: UUID | None = None
    allocation_id: UUID | None = None
    position_id: UUID | None = None
    payer: Payer | None = None
    structural_finding_id: UUID | None = None
    subject_ref: UUID | None = None
    reservation_id: UUID | None = None


async def record_voucher(tx: Transaction, command: NewVoucher) -> Answer:
    """Raises AmountMissing; AlreadyExists (by the database) for number and day, or id, taken."""
    require_something(command.amount)
    voucher_id, instant = command.id or new_id(), now()
    await tx.insert(
        VoucherRow,
        id=voucher_id,
        version=1,
        created_at=instant,
        updated_at=instant,
        number=command.number,
        voucher_date=command.voucher_date,
        amount_cents=command.amount.cents,
        sha256=command.sha256,
        document_ref=command.document_ref,
        recorded_by=tx.caller.actor,
    )
    await leave_trace(tx, action="record-voucher", kind="voucher", record_id=voucher_id)
    return await answer_with(tx, VOUCHER_VIEW, f"/v1/vouchers/{voucher_id}", voucher_id=voucher_id)


async def record_expenditure(tx: Transaction, command: NewExpenditure) -> Answer:
    """Record a cost and book how it is recognised; what the line cannot pay is own share.

    The rule in force on the value date says whether the line pays such a cost.

    Raises AmountMissing, PeriodEndsBeforeItStarts, AwardLineUnknown, AwardNotGranted, the refusals
    of `domain.spending`, VoucherUnknown, VoucherExhausted, those of reservations, AlreadyExists
    (by the database), and what `post` raises.
    """
    require_something(command.amount)
    Period(command.period_from, command.period_to)
    line = await locked_line(tx, command.award_line_id)
    rule = await cost_rule_on(tx, line.line.funding_line, command.cost_kind, command.value_date)
    ruled = rule.answer
    await _refuse(tx, command, line, ruled)
    voucher = await _voucher_for(tx, command)
    await _use_reservation(tx, command)
    fact = CostFact(
        command.id or new_id(), command.cost_kind, command.amount, ruled, command.position_id
    )
    found = await recognise(tx, line, command.allocation_id, command.value_date, added=fact)
    assert found.added is not None
    await _insert(tx, command, fact, found.added, rule.source)
    if command.allocation_id is None:
        await post_all(
            tx, [*found.entries, await _booking(tx, command, fact, found.added, voucher)]
        )
    event = ExpenditureRecorded(
        tenant_id=tx.caller.tenant_id,
        expenditure_id=fact.id,
        award_line_id=line.id,
        allocation_id=command.allocation_id,
        cost_kind=command.cost_kind,
        ruled=ruled,
    )
    changes = {"costKind": command.cost_kind.value, "ruled": ruled.value}
    await leave_trace(
        tx,
        action="record-expenditure",
        kind=KIND,
        record_id=fact.id,
        changes=changes,
        events=(event,),
    )
    return await answer_with(
        tx, EXPENDITURE_VIEW, f"/v1/expenditures/{fact.id}", expenditure_id=fact.id
    )


async def _refuse(
    tx: Transaction, command: NewExpenditure, line: SpendingLine, ruled: Eligibility
) -> None:
    days = (command.value_date, command.period_from, command.period_to)
    refuse_foreign_cost(line.line, line.award_period, days, command.cost_kind, ruled)
    refuse_incomplete_cost(
        command.cost_kind,
        ruled,
        position_id=command.position_id,
        payer=command.payer,
        structural_finding_id=command.structural_finding_id,
    )
    if command.position_id is not None:
        posts = await posts_by_id(tx, [command.position_id])
        post = posts.get(command.position_id)
        if post is None or post["award_id"] != line.award_id:
            raise PositionOfAnotherLine
        if command.cost_kind is CostKind.PERSONNEL and post["award_line_id"] != line.id:
            raise PositionOfAnotherLine
    if command.allocation_id is not None:
        allocation = await tx.row(ALLOCATION_BY_ID, allocation_id=command.allocation_id)
        if (
            allocation is None
            or allocation["award_line_id"] != line.id
            or allocation["released_by"] is None
        ):
            raise AllocationOfAnotherLine


async def _use_reservation(tx: Transaction, command: NewExpenditure) -> None:
    """Posted first, so that what was set aside is free for the cost."""
    if command.reservation_id is None:
        return
    if command.allocation_id is not None:
        raise ReservationOfAnotherPurpose
    entry = await post_of_cost(
        tx,
        command.reservation_id,
        command.award_line_id,
        command.cost_kind,
        command.amount,
        command.value_date,
    )
    await post_all(tx, [entry])


async def _voucher_for(tx: Transaction, command: NewExpenditure) -> asyncpg.Record:
    voucher = await tx.row(VOUCHER_FOR_UPDATE, voucher_id=command.voucher_id)
    if voucher is None:
        raise VoucherUnknown
    taken = await tx.value(VOUCHER_TAKEN, voucher_id=command.voucher_id)
    refuse_beyond_voucher(command.amount, Money(voucher["amount_cents"]), Money(int(taken)))
    return voucher


async def _insert(
    tx: Transaction,
    command: NewExpenditure,
    fact: CostFact,
    verdict: Verdict,
    rule_source: str | None,
) -> None:
    instant, is_recipient = now(), command.allocation_id is not None
    state = ExpenditureState.RECORDED if is_recipient else ExpenditureState.BOOKED
    await tx.insert(
        ExpenditureRow,
        id=fact.id,
        version=1,
        created_at=instant,
        updated_at=instant,
        award_line_id=command.award_line_id,
        allocation_id=command.allocation_id,
        position_id=command.position_id,
        cost_kind=command.cost_kind.value,
        period_from=command.period_from,
        period_to=command.period_to,
        value_date=command.value_date,
        amount_cents=command.amount.cents,
        voucher_id=command.voucher_id,
        reservation_id=command.reservation_id,
        payer=command.payer.value if command.payer else None,
        structural_finding_id=command.structural_finding_id,
        ruled=fact.ruled.value,
        rule_source=rule_source,
        state=state.value,
        is_recipient_cost=is_recipient,
        recorded_by=tx.caller.actor,
        **verdict_columns(verdict),
    )
    if command.subject_ref is not None:
        await tx.insert(
            ExpenditureSubjectRow, expenditure_id=fact.id, subject_ref=command.subject_ref
        )


async def _booking(
    tx: Transaction,
    command: NewExpenditure,
    fact: CostFact,
    verdict: Verdict,
    voucher: asyncpg.Record,
) -> NewEntry:
    return NewEntry(
        event=LedgerEvent.EXPENDITURE_BOOKED,
        award_line_id=command.award_line_id,
        value_date=command.value_date,
        source=Source(KIND, fact.id),
        postings=spent(
            command.award_line_id, command.cost_kind, verdict.recognition, command.position_id
        ),
        reference=voucher["number"],
        book=await book_of_line(tx, command.award_line_id),
    )
