"""What awards and allocations put on the books when they move.

Locks come in one order everywhere: award line, then the record, then the book.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg

from services.funding.domain.ledger import rules
from services.funding.domain.ledger.accounts import Account, AccountCode, Book
from services.funding.domain.ledger.entries import LedgerEvent, NewEntry, Posting, Source
from services.funding.operations.ledger.post import post_all
from services.funding.storage.ledger_records import balances_of_line, book_of_line
from services.funding.storage.locks import lock_book
from services.funding.storage.queries.awards import AWARD_LINES_OF_VERSION
from shared.database.transaction import Transaction
from shared.kernel.money import ZERO, Money

AWARD, ALLOCATION = "award", "allocation"
# As stored, or as it was at its release.
AllocationRecord: TypeAlias = "asyncpg.Record | Mapping[str, Any]"


async def book_grant(tx: Transaction, award: asyncpg.Record, version_id: UUID) -> None:
    """The claim of every line arises on the day of the notice, however late it is recorded (A4)."""
    entries = [
        _entry(
            LedgerEvent.AWARD_GRANTED,
            line["award_line_id"],
            award["awarded_on"],
            Source(AWARD, award["id"]),
            rules.granted(line["award_line_id"], Money(line["amount_cents"])),
            Book(award["book"]),
        )
        for line in await tx.rows(AWARD_LINES_OF_VERSION, version_id=version_id)
        if line["amount_cents"]
    ]
    await _post(tx, entries, award["recorded_by"])


async def book_amendment(
    tx: Transaction,
    award: asyncpg.Record,
    version: asyncpg.Record,
    deltas: Mapping[UUID, Money],
) -> None:
    """Every line's claim moves by its delta from the day on that the version is in force (A9)."""
    book = Book(award["book"])
    await lock_book(tx, book)
    entries = []
    for line_id, delta in deltas.items():
        if delta == ZERO:
            continue
        stood = await _stood(tx, line_id)
        postings = rules.amended(
            line_id,
            delta,
            free=stood(AccountCode.FREE),
            claim=stood(AccountCode.CLAIM),
            shortfall=stood(AccountCode.SHORTFALL),
        )
        entries.append(
            _entry(
                LedgerEvent.AWARD_AMENDED,
                line_id,
                version["effective_from"],
                Source(AWARD, award["id"]),
                postings,
                book,
            )
        )
    await _post(tx, entries, version["recorded_by"])


async def book_activation(tx: Transaction, row: AllocationRecord, awarded_on: date) -> None:
    """The share is committed from the start of its period, and never before the grant."""
    line_id = row["award_line_id"]
    postings = rules.committed(
        line_id,
        row["id"],
        Money(row["amount_cents"]),
        row["parent_allocation_id"],
        own=Money(row["own_money_cents"]),
    )
    day = max(row["valid_from"], awarded_on)
    entry = await _of_allocation(tx, LedgerEvent.ALLOCATION_ACTIVATED, row, day, postings)
    await _post(tx, entry, row["planned_by"])


async def book_allocation_amendment(
    tx: Transaction, row: AllocationRecord, version: asyncpg.Record
) -> None:
    """More is committed, or less, from the day on that the version is in force (L5)."""
    delta = Money(version["amount_cents"] - row["amount_cents"])
    line_id, parent = row["award_line_id"], row["parent_allocation_id"]
    if delta >= ZERO:
        postings = rules.committed(line_id, row["id"], delta, parent)
    else:
        await lock_book(tx, await book_of_line(tx, line_id))
        stood = await _stood(tx, line_id)
        shortfall = stood(AccountCode.SHORTFALL)
        postings = rules.released(line_id, row["id"], -delta, parent, shortfall)
    day = version["effective_from"]
    entry = await _of_allocation(tx, LedgerEvent.ALLOCATION_AMENDED, row, day, postings)
    await _post(tx, entry, version["recorded_by"])


async def book_release(tx: Transaction, row: asyncpg.Record, day: date) -> None:
    """What was promised and not paid out goes back to where it came from (L8)."""
    line_id, own_id = row["award_line_id"], row["id"]
    await lock_book(tx, await book_of_line(tx, line_id))
    stood = await _stood(tx, line_id)
    rest = max(ZERO, stood(AccountCode.COMMITTED, own_id) - stood(AccountCode.ADVANCE, own_id))
    own = stood(AccountCode.OWN_COMMITTED, own_id) - stood(AccountCode.OWN_ADVANCE, own_id)
    postings = rules.released(
        line_id,
        own_id,
        rest,
        row["parent_allocation_id"],
        stood(AccountCode.SHORTFALL),
        own=max(ZERO, own),
    )
    entry = await _of_allocation(tx, LedgerEvent.ALLOCATION_RELEASED, row, day, postings)
    await _post(tx, entry, tx.caller.actor)


async def book_waiver(tx: Transaction, row: asyncpg.Record, day: date) -> tuple[Money, Money]:
    """Without a proof to check, what was paid counts as used; the rest goes back (R-Z3).

    How much of the Land's money was paid, and what of it counts.
    """
    line_id, own_id = row["award_line_id"], row["id"]
    await lock_book(tx, await book_of_line(tx, line_id))
    stood = await _stood(tx, line_id)
    advanced = stood(AccountCode.ADVANCE, own_id)
    used = min(advanced, stood(AccountCode.COMMITTED, own_id))
    own = stood(AccountCode.OWN_ADVANCE, own_id)
    await book_checked_proof(
        tx, row, day, used=used, actual=used + own, recorded_by=row["planned_by"]
    )
    return advanced, used


async def book_checked_proof(
    tx: Transaction,
    row: asyncpg.Record,
    day: date,
    *,
    used: Money,
    actual: Money,
    recorded_by: str,
) -> None:
    """What counts of a recipient's cost is use of the grant, what it got beyond that recoverable.

    Own money of the municipality pays what of the actual cost the Land does not (F14).
    """
    line_id, own_id = row["award_line_id"], row["id"]
    stood = await _stood(tx, line_id)
    shortfall, advanced = stood(AccountCode.SHORTFALL), stood(AccountCode.ADVANCE, own_id)
    own_held, own_paid = (
        stood(code, own_id) for code in (AccountCode.OWN_COMMITTED, AccountCode.OWN_ADVANCE)
    )
    postings = (
        *rules.proved(
            line_id,
            own_id,
            row["parent_allocation_id"],
            eligible=used,
            advanced=advanced,
            committed=stood(AccountCode.COMMITTED, own_id),
            shortfall=shortfall,
        ),
        *rules.own_proved(line_id, own_id, min(own_paid, own_held, actual - used)),
        *rules.released(line_id, own_id, ZERO, None, shortfall, own=max(ZERO, own_held - own_paid)),
    )
    entry = await _of_allocation(tx, LedgerEvent.PROOF_CHECKED, row, day, postings)
    await _post(tx, entry, recorded_by)


async def book_revocation(
    tx: Transaction, award: asyncpg.Record, effective_on: date, amounts: Mapping[UUID, Money]
) -> Mapping[UUID, Money]:
    """Take back what was not called yet; what was called and has to be repaid is returned, line by
    line.

    The rest is owed by the act that demands it, not by the revocation alone (§ 49a VwVfG NRW).
    """
    book = Book(award["book"])
    await lock_book(tx, book)
    entries, called = [], dict.fromkeys(amounts, ZERO)
    for line_id, amount in amounts.items():
        stood = await _stood(tx, line_id)
        claim = stood(AccountCode.CLAIM)
        lapsing = min(claim, amount)
        called[line_id] = amount - lapsing
        if lapsing == ZERO:
            continue
        postings = rules.amended(
            line_id,
            -lapsing,
            free=stood(AccountCode.FREE),
            claim=claim,
            shortfall=stood(AccountCode.SHORTFALL),
        )
        source = Source(AWARD, award["id"])
        amended = LedgerEvent.AWARD_AMENDED
        entries.append(_entry(amended, line_id, effective_on, source, postings, book))
    await _post(tx, entries, award["recorded_by"])
    return called


class _Stood:
    """Balances of one line; 0.00 for an account never used."""

    def __init__(self, line_id: UUID, balances: Mapping[Account, Money]) -> None:
        self.line_id = line_id
        self.balances = balances

    def __call__(self, code: AccountCode, allocation_id: UUID | None = None) -> Money:
        return self.balances.get(Account(code, self.line_id, allocation_id), ZERO)


async def _stood(tx: Transaction, line_id: UUID) -> _Stood:
    return _Stood(line_id, await balances_of_line(tx, line_id))


async def _of_allocation(
    tx: Transaction,
    event: LedgerEvent,
    row: AllocationRecord,
    day: date,
    postings: tuple[Posting, ...],
) -> Sequence[NewEntry]:
    """Nothing where only posts without money are passed on."""
    if not postings:
        return ()
    line_id, source = row["award_line_id"], Source(ALLOCATION, row["id"])
    return (_entry(event, line_id, day, source, postings, await book_of_line(tx, line_id)),)


def _entry(
    event: LedgerEvent,
    line_id: UUID,
    day: date,
    source: Source,
    postings: tuple[Posting, ...],
    book: Book,
) -> NewEntry:
    return NewEntry(
        event=event,
        award_line_id=line_id,
        value_date=day,
        source=source,
        postings=postings,
        book=book,
    )


async def _post(tx: Transaction, entries: Sequence[NewEntry], recorded_by: str) -> None:
    released_by = tx.caller.actor if tx.caller.actor != recorded_by else None
    if entries:
        await post_all(tx, entries, recorded_by=recorded_by, released_by=released_by)
