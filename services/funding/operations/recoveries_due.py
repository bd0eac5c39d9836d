"""What a revocation, a termination or a cut makes somebody pay back: drafts for a person to see.

Raised in the name of whoever recorded the award, so that the person who revoked may demand. Each
act raises its own, once: two cuts of the same amount on one day are two recoveries.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

import asyncpg

from services.funding.domain.award_lifecycle import AwardAction
from services.funding.domain.ledger.accounts import Account, AccountCode
from services.funding.domain.recovery_facts import Direction, Ground, RecoverySource
from services.funding.operations.raise_recovery import NewRecovery, raise_recovery
from services.funding.storage.ledger_records import balance, balances_of_line
from services.funding.storage.recovery_records import waiting_beyond_books
from shared.database.transaction import Transaction
from shared.kernel.money import ZERO, Money

_C = AccountCode
# What came from the Land and has not been owed back yet is the sum of these, whatever became of it.
RECEIVED = (_C.FREE, _C.RESERVED, _C.COMMITTED, _C.GRANT_USED)
NOT_RECEIVED = (_C.SHORTFALL, _C.CLAIM, _C.REQUESTED)
REVOCATIONS = {
    AwardAction.REVOKE: RecoverySource.REVOCATION,
    AwardAction.REVOKE_PARTLY: RecoverySource.PARTIAL_REVOCATION,
}


async def recoveries_of_revocation(
    tx: Transaction,
    award: asyncpg.Record,
    action: AwardAction,
    called: Mapping[UUID, Money],
    effective_on: date,
) -> None:
    """A draft for each line: what was revoked beyond the claim, as far as money has come and is not
    owed or asked back already.
    """
    for line_id, amount in called.items():
        waiting = await waiting_beyond_books(tx, line_id)
        share = min(amount, await held_of_line(tx, line_id) - waiting)
        if share > ZERO:
            new = _to_land(line_id, Ground.REVOKED, share, effective_on, REVOCATIONS[action], award)
            await raise_recovery(tx, new, award["recorded_by"])


async def recoveries_of_cut(
    tx: Transaction, before: Mapping[UUID, Money], version: asyncpg.Record
) -> None:
    """A draft for each line where the cut of `version` reached money called already; `before` is
    what was repayable before it.
    """
    for line_id, stood in before.items():
        excess = await balance(tx, Account(_C.REPAYABLE, line_id)) - stood
        if excess > ZERO:
            day = version["effective_from"]
            new = _to_land(line_id, Ground.OVERPAID, excess, day, RecoverySource.CUT, version)
            await raise_recovery(tx, new, version["recorded_by"])


async def recovery_of_termination(tx: Transaction, allocation: asyncpg.Record, day: date) -> None:
    """A draft where a recipient holds money that it has not proved."""
    line_id, allocation_id = allocation["award_line_id"], allocation["id"]
    held = await balance(tx, Account(_C.ADVANCE, line_id, allocation_id))
    held -= await waiting_beyond_books(tx, line_id, allocation_id)
    if held > ZERO:
        new = NewRecovery(
            direction=Direction.DOWNWARD,
            award_line_id=line_id,
            allocation_id=allocation_id,
            ground=Ground.REVOKED,
            principal=held,
            claim_since=day,
            source=RecoverySource.TERMINATION,
            source_id=allocation_id,
        )
        await raise_recovery(tx, new, tx.caller.actor)


async def repayable_of(tx: Transaction, line_ids: Iterable[UUID]) -> dict[UUID, Money]:
    """What each line owes back now, to be compared after a cut."""
    return {line_id: await balance(tx, Account(_C.REPAYABLE, line_id)) for line_id in line_ids}


async def held_of_line(
    tx: Transaction, line_id: UUID, received: tuple[AccountCode, ...] = RECEIVED
) -> Money:
    """What came from the Land for a line and is not owed back; never less than nothing."""
    total = ZERO
    for account, money in (await balances_of_line(tx, line_id)).items():
        if account.code in received:
            total += money
        elif account.code in NOT_RECEIVED:
            total -= money
    return max(ZERO, total)


def _to_land(
    line_id: UUID,
    ground: Ground,
    amount: Money,
    since: date,
    source: RecoverySource,
    record: asyncpg.Record,
) -> NewRecovery:
    return NewRecovery(
        direction=Direction.UPWARD,
        award_line_id=line_id,
        allocation_id=None,
        ground=ground,
        principal=amount,
        claim_since=since,
        source=source,
        source_id=record["id"],
    )
