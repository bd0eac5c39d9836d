"""Payments to recipients: recorded by one person, released by another, sent in runs."""

from dataclasses import dataclass
from uuid import UUID

import asyncpg

from services.funding.domain.events.payments import PaymentStateChanged
from services.funding.domain.ledger.refusals import InsufficientFunds
from services.funding.domain.payment_lifecycle import (
    PAYMENT_LIFECYCLE,
    InstalmentUnknown,
    PaidByTheLevelAbove,
    PaymentAction,
    PaymentState,
)
from services.funding.domain.reservations import ReservationOfAnotherPurpose
from services.funding.domain.sources import MoneySource
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.plan_allocation import ParentUnknown
from services.funding.operations.use_reservation import (
    hold_of_reservation,
    let_go_of_reservation,
    require_reservation,
)
from services.funding.storage.locks import lock_line
from services.funding.storage.payment_records import (
    free_of_allocation,
    free_of_instalment,
    load_payment,
    lock_allocations,
    payment_facts,
)
from services.funding.storage.queries.allocations import ALLOCATION_BY_ID
from services.funding.storage.queries.payments import INSTALMENT, PAYMENT_VIEW
from services.funding.storage.rows import complete
from services.funding.storage.tables import PaymentRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.ids import new_id
from shared.kernel.money import Money
from shared.service.writes import Answer

KIND = "payment"
RELEASING = frozenset({PaymentAction.RELEASE, PaymentAction.RESEND})


@dataclass(frozen=True, slots=True)
class NewPayment:
    """Money for a recipient from one source. `payee_number` is that of the finance software;
    `reservation_id` what was set aside of the grant for it.
    """

    allocation_id: UUID
    source: MoneySource
    amount: Money
    payee_number: str
    instalment_id: UUID | None = None
    reservation_id: UUID | None = None
    id: UUID | None = None


async def record_payment(tx: Transaction, command: NewPayment) -> Answer:
    """A draft holds no money yet.

    Raises ParentUnknown, PaidByTheLevelAbove, InstalmentUnknown, and the refusals of reservations.
    An id that is taken is refused by the database (409 already-exists).
    """
    known = await tx.row(ALLOCATION_BY_ID, allocation_id=command.allocation_id)
    if known is None:
        raise ParentUnknown
    await lock_line(tx, known["award_line_id"])
    [allocation] = await lock_allocations(tx, [command.allocation_id])
    if allocation["parent_allocation_id"] is not None:
        raise PaidByTheLevelAbove(parentAllocationId=str(allocation["parent_allocation_id"]))
    if command.instalment_id is not None:
        instalment = await tx.row(INSTALMENT, instalment_id=command.instalment_id)
        if (
            instalment is None
            or instalment["allocation_id"] != command.allocation_id
            or not instalment["is_current"]
        ):
            raise InstalmentUnknown
    if command.reservation_id is not None:
        if command.source is not MoneySource.LAND:
            raise ReservationOfAnotherPurpose
        line_id = allocation["award_line_id"]
        await require_reservation(tx, command.reservation_id, line_id, command.amount)
    payment_id, instant = command.id or new_id(), now()
    await tx.insert(
        PaymentRow,
        **complete(
            PaymentRow,
            id=payment_id,
            created_at=instant,
            updated_at=instant,
            allocation_id=command.allocation_id,
            award_line_id=allocation["award_line_id"],
            instalment_id=command.instalment_id,
            reservation_id=command.reservation_id,
            source=command.source.value,
            state=PaymentState.DRAFT.value,
            amount_cents=command.amount.cents,
            payee_number=command.payee_number,
            recorded_by=tx.caller.actor,
        ),
    )
    await trace_payment(tx, payment_id, command.allocation_id, None, PaymentState.DRAFT)
    location = f"/v1/payments/{payment_id}"
    return await answer_with(tx, PAYMENT_VIEW, location, payment_id=payment_id)


async def act_on_payment(
    tx: Transaction, payment_id: UUID, expected_version: int | None, action: PaymentAction
) -> Answer:
    """Release, cancel or release again what failed.

    Raises NotFound, versions, TransitionNotAllowed, GuardFailed, InsufficientFunds with what is
    free, and the refusals of reservations.
    """
    row, allocation = await load_payment(tx, payment_id)
    require_version(row["version"], expected_version)
    instant = now()
    facts = await payment_facts(tx, row, allocation, berlin_date(instant))
    state = PaymentState(row["state"])
    target = PAYMENT_LIFECYCLE.next_state(state, action, facts)
    columns: dict[str, object] = {}
    reserved = row["reservation_id"]
    if action in RELEASING:
        await _refuse_overpaying(tx, row, allocation)
        if reserved is not None:
            amount = Money(row["amount_cents"])
            await hold_of_reservation(tx, reserved, row["award_line_id"], amount)
        columns = {"released_by": tx.caller.actor, "run_id": None, "failure_code": ""}
        columns |= {"value_date": None, "bank_reference": ""}
    elif reserved is not None and state is PaymentState.RELEASED:
        await let_go_of_reservation(tx, reserved, Money(row["amount_cents"]))
    await move_payment(tx, row, target, **columns)
    return await answer_with(tx, PAYMENT_VIEW, payment_id=payment_id)


async def _refuse_overpaying(
    tx: Transaction, row: asyncpg.Record, allocation: asyncpg.Record
) -> None:
    """The allocation is locked: of many releases for the last euro only those that fit succeed."""
    source, amount = MoneySource(row["source"]), Money(row["amount_cents"])
    free = await free_of_allocation(tx, allocation, source)
    if amount > free:
        account = "COMMITTED" if source is MoneySource.LAND else "OWN_COMMITTED"
        raise InsufficientFunds(free=str(free), account=account)
    if row["instalment_id"] is None:
        return
    instalment = await tx.row(INSTALMENT, instalment_id=row["instalment_id"])
    assert instalment is not None
    free = await free_of_instalment(tx, instalment)
    if amount > free:
        raise InsufficientFunds(free=str(free), instalment=instalment["number"])


async def move_payment(
    tx: Transaction, row: asyncpg.Record, target: PaymentState, **columns: object
) -> None:
    """Write a step of a payment with its trace."""
    await tx.update(
        PaymentRow,
        row["id"],
        state=target.value,
        version=row["version"] + 1,
        updated_at=now(),
        **columns,
    )
    await trace_payment(tx, row["id"], row["allocation_id"], PaymentState(row["state"]), target)


async def trace_payment(
    tx: Transaction,
    payment_id: UUID,
    allocation_id: UUID,
    state: PaymentState | None,
    target: PaymentState,
) -> None:
    changed = PaymentStateChanged(
        tenant_id=tx.caller.tenant_id,
        payment_id=payment_id,
        allocation_id=allocation_id,
        from_state=state,
        to_state=target,
    )
    await leave_trace(
        tx,
        action="change-payment" if state else "record-payment",
        kind=KIND,
        record_id=payment_id,
        changes={"from": state.value if state else None, "to": target.value},
        events=(changed,),
    )
