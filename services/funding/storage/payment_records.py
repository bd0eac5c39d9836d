"""Payments as the rules see them, with the locks that keep their sums.

A run comes before all others; what follows is the order of `storage.locks`.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

import asyncpg

from services.funding.domain.allocation_lifecycle import (
    PROOF_CHECKED_STATES,
    PROOF_OWED_STATES,
    AllocationState,
)
from services.funding.domain.payment_lifecycle import PaymentFacts
from services.funding.domain.proof_lifecycle import UNSUBMITTED_STATES
from services.funding.domain.sources import MoneySource
from services.funding.storage.locks import lock_line, lock_lines
from services.funding.storage.queries.payments import (
    ALLOCATIONS_FOR_UPDATE,
    HAS_OVERDUE_PROOF_OF_RECIPIENT,
    HELD_OF_ALLOCATION,
    HELD_OF_INSTALMENT,
    PAYMENT_BY_ID,
    PAYMENTS_BY_ID,
    PAYMENTS_FOR_UPDATE,
)
from shared.database.transaction import Transaction
from shared.kernel.errors import NotFound
from shared.kernel.money import Money


async def load_payment(tx: Transaction, payment_id: UUID) -> tuple[asyncpg.Record, asyncpg.Record]:
    """One payment and its allocation, both locked until commit with their line. Raises NotFound."""
    row = await tx.row(PAYMENT_BY_ID, payment_id=payment_id)
    if row is None:
        raise NotFound
    await lock_line(tx, row["award_line_id"])
    [allocation] = await lock_allocations(tx, [row["allocation_id"]])
    [locked] = await tx.rows(PAYMENTS_FOR_UPDATE, payment_ids=[payment_id])
    return locked, allocation


async def load_payments_to_post(
    tx: Transaction, payment_ids: Iterable[UUID]
) -> tuple[list[asyncpg.Record], dict[UUID, asyncpg.Record]]:
    """Payments with their allocations by id, locked together with their award lines.

    Raises NotFound when one of them is not there.
    """
    wanted = set(payment_ids)
    rows = await tx.rows(PAYMENTS_BY_ID, payment_ids=list(wanted))
    if len(rows) != len(wanted):
        raise NotFound
    await lock_lines(tx, [row["award_line_id"] for row in rows])
    allocations = await lock_allocations(tx, {row["allocation_id"] for row in rows})
    locked = await tx.rows(PAYMENTS_FOR_UPDATE, payment_ids=list(wanted))
    return locked, {row["id"]: row for row in allocations}


async def lock_allocations(
    tx: Transaction, allocation_ids: Iterable[UUID]
) -> Sequence[asyncpg.Record]:
    return await tx.rows(ALLOCATIONS_FOR_UPDATE, allocation_ids=list(allocation_ids))


async def payment_facts(
    tx: Transaction, row: asyncpg.Record, allocation: asyncpg.Record, today: date
) -> PaymentFacts:
    recipient = allocation["recipient_unit"]
    return PaymentFacts(
        today=today,
        acting=tx.caller.actor,
        recorded_by=row["recorded_by"],
        allocation_state=AllocationState(allocation["state"]),
        has_overdue_proof=bool(
            await tx.value(
                HAS_OVERDUE_PROOF_OF_RECIPIENT,
                recipient_unit=recipient,
                day=today,
                checked=sorted(PROOF_CHECKED_STATES),
                ended=sorted(PROOF_OWED_STATES),
                unsubmitted=sorted(UNSUBMITTED_STATES),
            )
        ),
    )


async def free_of_allocation(
    tx: Transaction, allocation: asyncpg.Record, source: MoneySource
) -> Money:
    """What may still be paid from one source; the allocation has to be locked."""
    is_land = source is MoneySource.LAND
    whole = allocation["amount_cents" if is_land else "own_money_cents"]
    held = await tx.value(HELD_OF_ALLOCATION, allocation_id=allocation["id"], source=source.value)
    return Money(int(whole) - int(held))


async def free_of_instalment(tx: Transaction, instalment: asyncpg.Record) -> Money:
    held = await tx.value(HELD_OF_INSTALMENT, instalment_id=instalment["id"])
    return Money(int(instalment["amount_cents"]) - int(held))
