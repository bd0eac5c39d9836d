"""Whole books, read in batches: what stands behind the head never changes, so that batches of
separate transactions make one consistent book.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.funding.domain.ledger.accounts import Book
from services.funding.domain.ledger.chain import Link, LinkPosting, StoredLink
from services.funding.domain.ledger.printing.printed import PrintedAccount
from services.funding.storage.ledger_records import head
from services.funding.storage.queries.books import CHAIN_BATCH, JOURNAL_ACCOUNTS, JOURNAL_BATCH
from services.funding.storage.queries.moments import LAST_DAY, LAST_INSTANT
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller
from shared.kernel.money import Money

BATCH_ROWS = 500
FIRST_DAY = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class BookScope:
    """Which part of a book: of one fiscal year, up to a day, as known at an instant."""

    book: Book
    fiscal_year: int | None = None
    as_of: date = LAST_DAY
    known_at: datetime = LAST_INSTANT


@dataclass(frozen=True, slots=True)
class OpenedBook:
    """A book up to the head that it had when it was opened."""

    database: Database
    caller: Caller
    scope: BookScope
    head_sequence: int
    head_hash: bytes

    @classmethod
    async def open(cls, database: Database, caller: Caller, scope: BookScope) -> "OpenedBook":
        async with database.transaction(caller) as tx:
            sequence, hash_ = await head(tx, scope.book)
        return cls(database, caller, scope, sequence, hash_)

    async def accounts(self) -> Sequence[PrintedAccount]:
        async with self.database.transaction(self.caller) as tx:
            rows = await tx.rows(JOURNAL_ACCOUNTS, **self._journal())
        return [
            PrintedAccount(row["path"], row["first_on"], Money(row["balance_cents"]))
            for row in rows
        ]

    async def chain(self) -> AsyncIterator[StoredLink]:
        """Every entry in the order of the sequence."""
        after = 0
        while True:
            async with self.database.transaction(self.caller) as tx:
                batch = await chain_batch(tx, self.scope, after, self.head_sequence)
            for link in batch:
                yield link
            if len(batch) < BATCH_ROWS:
                return
            after = batch[-1].link.sequence

    async def journal(self) -> AsyncIterator[Link]:
        """The entries of the scope in the order of their value dates."""
        place: tuple[date, int] = (FIRST_DAY, 0)
        while True:
            async with self.database.transaction(self.caller) as tx:
                rows = await tx.rows(
                    JOURNAL_BATCH,
                    **self._journal(),
                    after_date=place[0],
                    after=place[1],
                    rows=BATCH_ROWS,
                )
            for row in rows:
                yield stored_link(row).link
            if len(rows) < BATCH_ROWS:
                return
            place = (rows[-1]["value_date"], rows[-1]["sequence"])

    def _journal(self) -> dict[str, Any]:
        return {
            "book": self.scope.book.value,
            "fiscal_year": self.scope.fiscal_year,
            "head": self.head_sequence,
            "as_of": self.scope.as_of,
            "known_at": self.scope.known_at,
        }


async def chain_batch(
    tx: Transaction, scope: BookScope, after: int, head_sequence: int
) -> Sequence[StoredLink]:
    rows = await tx.rows(
        CHAIN_BATCH,
        book=scope.book.value,
        after=after,
        head=head_sequence,
        known_at=scope.known_at,
        rows=BATCH_ROWS,
    )
    return [stored_link(row) for row in rows]


def stored_link(row: asyncpg.Record) -> StoredLink:
    link = Link(
        tenant_id=row["tenant_id"],
        book=row["book"],
        sequence=row["sequence"],
        id=row["id"],
        event=row["event"],
        value_date=row["value_date"],
        recorded_at=row["recorded_at"],
        fiscal_year=row["fiscal_year"],
        award_line_id=row["award_line_id"],
        source_kind=row["source_kind"],
        source_id=row["source_id"],
        reverses_id=row["reverses_id"],
        reference=row["reference"],
        reason_code=row["reason_code"],
        recorded_by=row["recorded_by"],
        released_by=row["released_by"],
        postings=tuple(
            LinkPosting(ordinal, path, cents, UUID(position) if position else None)
            for ordinal, path, cents, position in row["postings"] or ()
        ),
    )
    return StoredLink(link, row["previous_hash"], row["hash"])
