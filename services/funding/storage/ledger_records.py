"""The books as the rules see them: heads, balances, entries.

Balances are positive on the account's own side: what is free, claimed or used is never negative;
`CASH` is negative where the municipality has paid in advance.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.funding.domain.costs import CostKind
from services.funding.domain.ledger.accounts import Account, AccountCode, Book, Side
from services.funding.domain.ledger.chain import ORIGIN
from services.funding.domain.ledger.entries import (
    LedgerEvent,
    NewEntry,
    PostedEntry,
    Posting,
    Source,
)
from services.funding.storage.locks import lock_book
from services.funding.storage.queries.ledger import (
    BALANCES_OF_LINE,
    BALANCES_OF_LINE_AS_OF,
    ENTRIES_OF_SOURCE,
    ENTRY,
    HEAD,
    LINES_OF_BOOKS,
    PLANNED_CHILDREN,
)
from services.funding.storage.queries.moments import moment
from shared.database.transaction import Transaction
from shared.kernel.errors import NotFound
from shared.kernel.money import ZERO, Money


async def head(tx: Transaction, book: Book) -> tuple[int, bytes]:
    """Sequence and hash of the last entry; 0 and zero bytes in an empty book."""
    row = await tx.row(HEAD, tenant_id=tx.caller.tenant_id, book=book.value)
    assert row is not None
    return row["sequence"], row["hash"] or ORIGIN


async def book_of_line(tx: Transaction, award_line_id: UUID) -> Book:
    """The book that the line is kept in. Raises NotFound."""
    row = await tx.row(LINES_OF_BOOKS, line_ids=[award_line_id])
    if row is None:
        raise NotFound
    return Book(row["book"] or Book.LIVE)


async def balance(
    tx: Transaction,
    account: Account,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    is_locked: bool = False,
) -> Money:
    """What one account stands at; `is_locked`: and will until this transaction ends."""
    if is_locked:
        await lock_book(tx, await book_of_line(tx, account.award_line_id))
    every = await balances_of_line(tx, account.award_line_id, as_of=as_of, known_at=known_at)
    return every.get(account, ZERO)


async def balances_of_line(
    tx: Transaction,
    award_line_id: UUID,
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> Mapping[Account, Money]:
    """Every account of a line that was used: now, or by value date and knowledge."""
    if as_of is None and known_at is None:
        rows = await tx.rows(BALANCES_OF_LINE, line_id=award_line_id)
    else:
        rows = await tx.rows(
            BALANCES_OF_LINE_AS_OF, line_id=award_line_id, **moment(as_of, known_at)
        )
    return {
        account: natural(account, row["balance_cents"])
        for account, row in ((_account(award_line_id, row), row) for row in rows)
    }


async def free_of_line(tx: Transaction, award_line_id: UUID, *, is_locked: bool = True) -> Money:
    """What may still be promised: `FREE` less the planned children that are not committed yet."""
    account = Account(AccountCode.FREE, award_line_id)
    free = await balance(tx, account, is_locked=is_locked)
    return free - Money(await tx.value(PLANNED_CHILDREN, line_id=award_line_id))


async def entry_by_id(tx: Transaction, entry_id: UUID) -> PostedEntry:
    """Raises NotFound."""
    row = await tx.row(ENTRY, entry_id=entry_id)
    if row is None:
        raise NotFound
    return posted_entry(row)


async def entries_of_source(tx: Transaction, source: Source) -> list[PostedEntry]:
    """What a record has posted, reversals included, in the order of the book."""
    rows = await tx.rows(ENTRIES_OF_SOURCE, source_kind=source.kind, source_id=source.id)
    return [posted_entry(row) for row in rows]


def natural(account: Account, cents: int) -> Money:
    """Stored cents (debit positive) on the account's own side."""
    return Money(cents if account.side is Side.DEBIT else -cents)


def posted_entry(row: asyncpg.Record) -> PostedEntry:
    return PostedEntry(
        id=row["id"],
        sequence=row["sequence"],
        recorded_at=row["recorded_at"],
        hash=row["hash"],
        entry=NewEntry(
            id=row["id"],
            event=LedgerEvent(row["event"]),
            award_line_id=row["award_line_id"],
            value_date=row["value_date"],
            source=Source(row["source_kind"], row["source_id"]),
            postings=tuple(_posting(one) for one in row["postings"]),
            reference=row["reference"],
            reason_code=row["reason_code"],
            book=Book(row["book"]),
            reverses_id=row["reverses_id"],
        ),
    )


def _posting(stored: Mapping[str, Any]) -> Posting:
    position = stored["position"]
    account = Account(
        AccountCode(stored["code"]),
        UUID(stored["line"]),
        UUID(stored["allocation"]) if stored["allocation"] else None,
        CostKind(stored["kind"]) if stored["kind"] else None,
    )
    return Posting(account, Money(stored["cents"]), UUID(position) if position else None)


def _account(award_line_id: UUID, row: asyncpg.Record) -> Account:
    kind = row["cost_kind"]
    return Account(
        AccountCode(row["code"]),
        award_line_id,
        row["allocation_id"],
        CostKind(kind) if kind else None,
    )
