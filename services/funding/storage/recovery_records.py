"""Recoveries as the rules see them, read inside the transaction of a change."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import asyncpg

from services.funding.domain.interest import (
    BaseRate,
    DayCount,
    InterestPiece,
    Repayment,
    interest,
)
from services.funding.domain.ledger.accounts import Account, AccountCode
from services.funding.domain.recovery_facts import Direction, Ground, RecoveryFacts, RecoverySource
from services.funding.storage.ledger_records import balance
from services.funding.storage.locks import lock_line
from services.funding.storage.queries.recoveries import (
    BASE_RATES,
    OWED_BY_RECOVERIES,
    PAYMENTS_OF_RECOVERY,
    RECOVERY_BY_ID,
    RECOVERY_FOR_UPDATE,
    WAITING_RECOVERIES,
)
from shared.database.transaction import Transaction
from shared.kernel.errors import NotFound
from shared.kernel.money import ZERO, Money


async def load_recovery(
    tx: Transaction, recovery_id: UUID, *, is_locked: bool = True
) -> asyncpg.Record:
    """One recovery; locked with its line, the line first. Raises NotFound."""
    row = await tx.row(RECOVERY_BY_ID, recovery_id=recovery_id)
    if row is None:
        raise NotFound
    if not is_locked:
        return row
    await lock_line(tx, row["award_line_id"])
    locked = await tx.row(RECOVERY_FOR_UPDATE, recovery_id=recovery_id)
    assert locked is not None
    return locked


async def repayments_of(tx: Transaction, recovery_id: UUID) -> list[Repayment]:
    rows = await tx.rows(PAYMENTS_OF_RECOVERY, recovery_id=recovery_id)
    return [Repayment(row["paid_on"], Money(row["amount_cents"])) for row in rows]


async def recovery_facts(tx: Transaction, row: asyncpg.Record, today: date) -> RecoveryFacts:
    """What the guards look at."""
    principals = [one for one in await repayments_of(tx, row["id"]) if one.amount.cents]
    cents = row["interest_cents"]
    return RecoveryFacts(
        today=today,
        acting=tx.caller.actor,
        recorded_by=row["recorded_by"],
        direction=Direction(row["direction"]),
        ground=Ground(row["ground"]),
        principal=Money(row["principal_cents"]),
        claim_since=row["claim_since"],
        heard_on=row["heard_on"],
        demanded_on=row["demanded_on"],
        due_on=row["due_on"],
        act_reference=row["act_reference"],
        paid=Money(row["paid_cents"]),
        interest=None if cents is None else Money(cents),
        interest_act_reference=row["interest_act_reference"],
        interest_fixed_on=row["interest_fixed_on"],
        last_paid_on=max((one.paid_on for one in principals), default=None),
        paid_interest=Money(row["interest_paid_cents"]),
        is_waived_already=bool(row["waiver_reference"]),
        waiver_reference=row["waiver_reference"],
        waiver_reason=row["waiver_reason"],
    )


async def base_rates(tx: Transaction) -> list[BaseRate]:
    """Every base rate on record, the oldest first."""
    return [BaseRate(one["valid_from"], one["percent"]) for one in await tx.rows(BASE_RATES)]


async def interest_of(
    tx: Transaction, row: asyncpg.Record, until: date, day_count: DayCount
) -> tuple[InterestPiece, ...]:
    """The interest of a recovery up to a day. Raises PaidBeforeClaim, BaseRateMissing."""
    rates = await base_rates(tx)
    paid = await repayments_of(tx, row["id"])
    principal = Money(row["principal_cents"])
    return interest(principal, row["claim_since"], paid, until, rates, day_count)


async def owed_in_books(
    tx: Transaction, line_id: UUID, allocation_id: UUID | None, *, but_id: UUID | None = None
) -> Money:
    """What the books show as owed and no demanded recovery stands for, leaving one out."""
    code = AccountCode.REPAYABLE if allocation_id is None else AccountCode.RECOVERABLE
    booked = await balance(tx, Account(code, line_id, allocation_id))
    claimed = await tx.value(
        OWED_BY_RECOVERIES,
        line_id=line_id,
        allocation_id=allocation_id,
        but_id=but_id,
        but_of=None,
        grounds=sorted(Ground),
    )
    return max(ZERO, booked - Money(int(claimed)))


async def waiting_beyond_books(
    tx: Transaction,
    line_id: UUID,
    allocation_id: UUID | None = None,
    *,
    grounds: Iterable[Ground] = Ground,
    but_of: RecoverySource | None = None,
) -> Money:
    """What drafts ask for that the books do not show as owed yet: it must not be asked twice.

    Of these grounds only, and without what one kind of act has raised.
    """
    waiting = await tx.value(
        WAITING_RECOVERIES,
        line_id=line_id,
        allocation_id=allocation_id,
        but_id=None,
        but_of=but_of.value if but_of else None,
        grounds=sorted(grounds),
    )
    shown = await owed_in_books(tx, line_id, allocation_id)
    return max(ZERO, Money(int(waiting)) - shown)
