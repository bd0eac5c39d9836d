"""What a revocation, a termination or a cut makes somebody pay back: drafts for a person to see.

Raised in the name of whoever recorded the award, so that the person who revoked may demand.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

import asyncpg

from services.funding.domain.ledger.accounts import Account, AccountCode
from services.funding.domain.recovery_facts import Direction, Ground
from services.funding.operations.raise_recovery import raise_recovery
from services.funding.storage.ledger_records import balance, balances_of_line
from services.funding.storage.queries.recoveries import WAITING_RECOVERIES
from shared.database.transaction import Transaction
from shared.kernel.money import ZERO, Money

_C = AccountCode
# What came from the Land and has not been owed back yet is the sum of these, whatever became of it.
RECEIVED = (_C.FREE, _C.RESERVED, _C.COMMITTED, _C.GRANT_USED)
NOT_RECEIVED = (_C.SHORTFALL, _C.CLAIM, _C.REQUESTED)


async def recoveries_of_revocation(
    tx: Transaction, award: asyncpg.Record, called: Mapping[UUID, Money], effective_on: date
) -> None:
    """A draft for each line: what was revoked beyond the claim, as far as money has come and is not
    owed already.
    """
    for line_id, amount in called.items():
        share = min(amount, await _held(tx, line_id))
        if share > ZERO:
            await _raise(tx, line_id, Ground.REVOKED, share, effective_on, award["recorded_by"])


async def recoveries_of_cut(
    tx: Transaction, before: Mapping[UUID, Money], effective_from: date, recorded_by: str
) -> None:
    """A draft for each line where the cut reached money called already; `before` is what was
    repayable before it.
    """
    for line_id, stood in before.items():
        now_owed = await balance(tx, Account(_C.REPAYABLE, line_id))
        if now_owed > stood:
            excess = now_owed - stood
            await _raise(tx, line_id, Ground.OVERPAID, excess, effective_from, recorded_by)


async def recovery_of_termination(tx: Transaction, allocation: asyncpg.Record, day: date) -> None:
    """A draft where a recipient holds money that it has not proved."""
    line_id, allocation_id = allocation["award_line_id"], allocation["id"]
    held = await balance(tx, Account(_C.ADVANCE, line_id, allocation_id))
    if held > ZERO:
        await raise_recovery(
            tx,
            direction=Direction.DOWNWARD,
            award_line_id=line_id,
            allocation_id=allocation_id,
            ground=Ground.REVOKED,
            principal=held,
            claim_since=day,
        )


async def repayable_of(tx: Transaction, line_ids: Iterable[UUID]) -> dict[UUID, Money]:
    """What each line owes back now, to be compared after a cut."""
    return {line_id: await balance(tx, Account(_C.REPAYABLE, line_id)) for line_id in line_ids}


async def _held(tx: Transaction, line_id: UUID) -> Money:
    balances = await balances_of_line(tx, line_id)
    total = ZERO
    for account, money in balances.items():
        if account.code in RECEIVED:
            total += money
        elif account.code in NOT_RECEIVED:
            total -= money
    waiting = await tx.value(WAITING_RECOVERIES, line_id=line_id, allocation_id=None, but_id=None)
    return max(ZERO, total - Money(int(waiting)))


async def _raise(
    tx: Transaction, line_id: UUID, ground: Ground, amount: Money, since: date, recorded_by: str
) -> None:
    await raise_recovery(
        tx,
        direction=Direction.UPWARD,
        award_line_id=line_id,
        allocation_id=None,
        ground=ground,
        principal=amount,
        claim_since=since,
        recorded_by=recorded_by,
    )
