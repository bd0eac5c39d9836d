"""Plan in which parts an allocation is paid: the plan is replaced as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.funding.domain.payment_lifecycle import InstalmentHasPayments
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.storage.allocation_records import load_allocation
from services.funding.storage.payment_records import free_of_instalment
from services.funding.storage.queries.payments import INSTALMENT_PLAN, INSTALMENT_ROWS
from services.funding.storage.tables import AllocationRow, InstalmentRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import now
from shared.kernel.errors import RuleViolated
from shared.kernel.ids import new_id
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text
from shared.service.writes import Answer


class InstalmentsExceedAllocation(RuleViolated):
    """`amount` is what the allocation has."""

    code = "instalments-exceed-allocation"
    title = Text(
        de="Die Raten ergeben mehr, als weitergeleitet ist.",
        en="The instalments sum to more than the allocation has.",
    )


@dataclass(frozen=True, slots=True)
class PlannedInstalment:
    number: int
    due_on: date
    amount: Money


async def plan_instalments(
    tx: Transaction,
    allocation_id: UUID,
    expected_version: int | None,
    plan: Sequence[PlannedInstalment],
) -> Answer:
    """Replace the plan; instalments that are paid on already keep what is paid.

    Raises NotFound, versions, InstalmentsExceedAllocation, InstalmentHasPayments.
    """
    allocation = await load_allocation(tx, allocation_id)
    require_version(allocation["version"], expected_version)
    whole = Money(allocation["amount_cents"])
    if sum((one.amount for one in plan), ZERO) > whole:
        raise InstalmentsExceedAllocation(amount=str(whole))
    await _replace(tx, allocation_id, {one.number: one for one in plan})
    await tx.update(
        AllocationRow, allocation_id, version=allocation["version"] + 1, updated_at=now()
    )
    await leave_trace(
        tx,
        action="plan-instalments",
        kind="allocation",
        record_id=allocation_id,
        changes={"instalments": len(plan)},
    )
    return await answer_with(tx, INSTALMENT_PLAN, allocation_id=allocation_id)


async def _replace(
    tx: Transaction, allocation_id: UUID, plan: dict[int, PlannedInstalment]
) -> None:
    instant = now()
    for row in await tx.rows(INSTALMENT_ROWS, allocation_id=allocation_id):
        planned = plan.pop(row["number"], None)
        paid = Money(row["amount_cents"]) - await free_of_instalment(tx, row)
        if paid > (planned.amount if planned else ZERO):
            raise InstalmentHasPayments(number=row["number"], paid=str(paid))
        figures = (
            {"due_on": planned.due_on, "amount_cents": planned.amount.cents} if planned else {}
        )
        await tx.update(
            InstalmentRow,
            row["id"],
            is_current=planned is not None,
            version=row["version"] + 1,
            updated_at=instant,
            **figures,
        )
    for planned in plan.values():
        await tx.insert(
            InstalmentRow,
            id=new_id(),
            version=1,
            created_at=instant,
            updated_at=instant,
            allocation_id=allocation_id,
            number=planned.number,
            due_on=planned.due_on,
            amount_cents=planned.amount.cents,
            is_current=True,
        )
