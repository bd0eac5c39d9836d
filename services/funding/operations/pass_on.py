"""Record that a recipient has paid its own recipient: money moves down the tree (F13)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.funding.domain.allocation_lifecycle import AllocationState
from services.funding.domain.ledger import rules
from services.funding.domain.ledger.entries import LedgerEvent, NewEntry, Source
from services.funding.domain.ledger.refusals import InsufficientFunds
from services.funding.domain.payment_lifecycle import (
    PAYABLE_ALLOCATION_STATES,
    NotTheChildOfThisAllocation,
)
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.ledger.post import post
from services.funding.operations.send_payments import DayOutOfRange
from services.funding.storage.ledger_records import book_of_line
from services.funding.storage.locks import lock_line
from services.funding.storage.payment_records import lock_allocations
from services.funding.storage.queries.allocations import ALLOCATION_BY_ID, ALLOCATION_VIEW
from services.funding.storage.queries.moments import moment
from services.funding.storage.queries.payments import PASSED_ON_TO
from services.funding.storage.tables import AllocationRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import Conflict, NotFound
from shared.kernel.ids import new_id
from shared.kernel.money import Money
from shared.kernel.text import Text
from shared.service.writes import Answer

KIND = "pass-on"


class RecipientNotPayable(Conflict):
    """`state` is that of the allocation below."""

    code = "recipient-not-payable"
    title = Text(
        de="Die untere Weiterleitung ist nicht wirksam oder ausgesetzt.",
        en="The allocation below is not in force, or suspended.",
    )


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A payment that a recipient reports of itself."""

    child_id: UUID
    amount: Money
    paid_on: date


async def pass_on(
    tx: Transaction, allocation_id: UUID, expected_version: int | None, command: PassedOn
) -> Answer:
    """Move advanced money to the level below; never more than was advanced, nor than it may get.

    Raises NotFound, versions, NotTheChildOfThisAllocation, RecipientNotPayable, DayOutOfRange,
    PeriodIsClosed, InsufficientFunds with what is free.
    """
    known = await tx.row(ALLOCATION_BY_ID, allocation_id=allocation_id)
    if known is None:
        raise NotFound
    line_id = known["award_line_id"]
    await lock_line(tx, line_id)
    found = {
        row["id"]: row for row in await lock_allocations(tx, {allocation_id, command.child_id})
    }
    parent, child = found[allocation_id], found.get(command.child_id)
    require_version(parent["version"], expected_version)
    if child is None or child["parent_allocation_id"] != allocation_id:
        raise NotTheChildOfThisAllocation
    if AllocationState(child["state"]) not in PAYABLE_ALLOCATION_STATES:
        raise RecipientNotPayable(state=child["state"])
    instant = now()
    today = berlin_date(instant)
    if command.paid_on > today:
        raise DayOutOfRange(to=today.isoformat())
    passed = int(await tx.value(PASSED_ON_TO, allocation_id=command.child_id))
    free = Money(child["amount_cents"] - passed)
    if command.amount > free:
        raise InsufficientFunds(free=str(free), account="COMMITTED")
    report_id = new_id()
    await post(
        tx,
        NewEntry(
            event=LedgerEvent.PASSED_ON,
            award_line_id=line_id,
            value_date=command.paid_on,
            source=Source(KIND, report_id),
            postings=rules.passed_on(line_id, allocation_id, command.child_id, command.amount),
            book=await book_of_line(tx, line_id),
        ),
    )
    await tx.update(AllocationRow, allocation_id, version=parent["version"] + 1, updated_at=instant)
    await leave_trace(
        tx,
        action="pass-on",
        kind="allocation",
        record_id=allocation_id,
        changes={"child": str(command.child_id), "amount": str(command.amount)},
    )
    return await answer_with(tx, ALLOCATION_VIEW, allocation_id=allocation_id, **moment())
