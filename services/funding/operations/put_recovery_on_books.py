"""What recoveries put on the books when they move.

What the books show as owed already, after a checked proof or a cut of an award, is not posted
again when it is demanded.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import asyncpg

from services.funding.domain.costs import CostKind
from services.funding.domain.ledger import rules
from services.funding.domain.ledger.accounts import Account, AccountCode
from services.funding.domain.ledger.entries import LedgerEvent, NewEntry, Posting, Source
from services.funding.domain.recovery_facts import Direction, RecoveryFacts
from services.funding.domain.recovery_lifecycle import RecoveryAction, RecoveryState
from services.funding.operations.ledger.post import post_all, reverse
from services.funding.operations.raise_recovery import KIND
from services.funding.storage.allocation_records import load_allocation
from services.funding.storage.ledger_records import balance, book_of_line, entries_of_source
from services.funding.storage.locks import lock_book
from services.funding.storage.recovery_records import owed_in_books
from shared.database.transaction import Transaction
from shared.kernel.money import ZERO, Money

_A = RecoveryAction
Used = Sequence[tuple[CostKind, Money]]
Made = list[tuple[LedgerEvent, date, tuple[Posting, ...]]]
WITHDRAWN = "RECOVERY_WITHDRAWN"
RELEASED = frozenset({_A.DEMAND, _A.FIX_INTEREST})


async def put_recovery_on_books(
    tx: Transaction,
    row: asyncpg.Record,
    action: RecoveryAction,
    facts: RecoveryFacts,
    *,
    paid: tuple[Money, Money],
    used: Used,
) -> None:
    """Post a step of the recovery `row`; `paid` is principal and interest of one payment.

    Raises NotTheWhole when `used` exceeds what is posted, PeriodIsClosed, InsufficientFunds.
    """
    if action is _A.WITHDRAW:
        await _take_back(tx, row, facts)
        return
    made = await _made(tx, row, action, facts, paid, used)
    book = await book_of_line(tx, row["award_line_id"])
    entries = [
        NewEntry(
            event=event,
            award_line_id=row["award_line_id"],
            value_date=day,
            source=Source(KIND, row["id"]),
            postings=postings,
            reference=facts.bank_reference if action is _A.RECORD_PAYMENT else "",
            book=book,
        )
        for event, day, postings in made
        if postings
    ]
    if not entries:
        return
    is_released = action in RELEASED
    await post_all(
        tx,
        entries,
        recorded_by=row["recorded_by"] if is_released else tx.caller.actor,
        released_by=tx.caller.actor if is_released else None,
    )


async def _made(
    tx: Transaction,
    row: asyncpg.Record,
    action: RecoveryAction,
    facts: RecoveryFacts,
    paid: tuple[Money, Money],
    used: Used,
) -> Made:
    line, allocation, event = row["award_line_id"], row["allocation_id"], LedgerEvent
    is_upward = facts.direction is Direction.UPWARD
    amount, interest = paid
    if action is _A.DEMAND:
        assert facts.demanded_on is not None
        owed = await _owed(tx, row, facts.principal, used)
        return [(event.REPAYMENT_OWED, facts.demanded_on, owed)]
    if action is _A.RECORD_PAYMENT:
        assert facts.paid_on is not None
        if not is_upward:
            money = rules.recovered(line, allocation, amount, interest)
            return [(event.RECOVERED, facts.paid_on, money)]
        return [
            (event.REPAID, facts.paid_on, rules.repaid(line, amount)),
            (event.INTEREST_PAID, facts.paid_on, rules.interest_paid(line, interest)),
        ]
    if action is _A.FIX_INTEREST and is_upward:  # of a recipient, interest counts when it comes
        assert facts.interest is not None
        assert facts.interest_fixed_on is not None
        fixed = rules.interest_fixed(line, facts.interest)
        return [(event.INTEREST_FIXED, facts.interest_fixed_on, fixed)]
    return []


async def _owed(
    tx: Transaction, row: asyncpg.Record, principal: Money, used: Used
) -> tuple[Posting, ...]:
    """The postings for what the books do not show as owed yet."""
    line, allocation_id = row["award_line_id"], row["allocation_id"]
    await lock_book(tx, await book_of_line(tx, line))
    rest = principal - await owed_in_books(tx, line, allocation_id, but_id=row["id"])
    if rest <= ZERO:
        return ()
    if allocation_id is not None:
        allocation = await load_allocation(tx, allocation_id, is_locked=False)
        held = await balance(tx, Account(AccountCode.COMMITTED, line, allocation_id))
        shortfall = await balance(tx, Account(AccountCode.SHORTFALL, line))
        return rules.proved(
            line,
            allocation_id,
            allocation["parent_allocation_id"],
            eligible=ZERO,
            advanced=rest,
            committed=min(rest, held),
            shortfall=shortfall,
        )
    return _upward(line, rest, used)


def _upward(line: UUID, rest: Money, used: Used) -> tuple[Posting, ...]:
    whole = sum((amount for _, amount in used), ZERO)
    if whole > rest:
        raise rules.NotTheWhole(parts=str(whole), whole=str(rest))
    free = rest - whole
    postings = [
        one
        for kind, amount in used
        for one in rules.owed(line, amount, after_use=amount, kind=kind)
    ]
    return (*(rules.owed(line, free) if free > ZERO else ()), *postings)


async def _take_back(tx: Transaction, row: asyncpg.Record, facts: RecoveryFacts) -> None:
    """Turn what the demand posted; a draft has posted nothing."""
    if row["state"] != RecoveryState.DEMANDED.value:
        return
    assert facts.ended_on is not None
    for entry in await entries_of_source(tx, Source(KIND, row["id"])):
        await reverse(tx, entry.id, facts.ended_on, WITHDRAWN, recorded_by=tx.caller.actor)
