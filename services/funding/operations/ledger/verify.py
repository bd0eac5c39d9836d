"""Verify a book: the chain, the balances, the seals of what is closed."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from services.funding.domain.ledger.accounts import Book
from services.funding.domain.ledger.chain import ORIGIN, ChainCheck, ChainReader, seal_of
from services.funding.storage.book_records import BookScope, OpenedBook
from services.funding.storage.queries.books import (
    BALANCES_DIFFERING,
    HASH_AT,
    PERIODS,
    YEAR_CLOSES,
)
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller


@dataclass(frozen=True, slots=True)
class ClosingCheck:
    """A closed month, or year (`month` None). `is_sealed`: a seal is there and fits the key;
    `is_intact`: the book still has the head that it was closed with, and a seal, if any, fits.
    """

    fiscal_year: int
    month: int | None
    closed_at: datetime
    head_sequence: int
    is_sealed: bool
    is_intact: bool


@dataclass(frozen=True, slots=True)
class BookCheck:
    book: Book
    chain: ChainCheck
    balances_differing: int
    closings: Sequence[ClosingCheck]

    @property
    def is_intact(self) -> bool:
        return (
            self.chain.is_intact
            and self.balances_differing == 0
            and all(closing.is_intact for closing in self.closings)
        )


async def verify_book(database: Database, caller: Caller, book: Book, key: bytes) -> BookCheck:
    """Read the whole book and check everything that can be checked."""
    opened = await OpenedBook.open(database, caller, BookScope(book))
    reader = ChainReader()
    async for link in opened.chain():
        reader.read(link)
    async with database.transaction(caller) as tx:
        differing: int = await tx.value(BALANCES_DIFFERING, book=book.value)
        closings = await _closings(tx, book, key)
    return BookCheck(book, reader.result(), differing, closings)


async def _closings(tx: Transaction, book: Book, key: bytes) -> Sequence[ClosingCheck]:
    months = await tx.rows(PERIODS, book=book.value, fiscal_year=None)
    years = await tx.rows(YEAR_CLOSES, book=book.value, fiscal_year=None)
    checks = [
        await _closing(tx, book, key, row, row["month"])
        for row in months
        if row["closed_at"] is not None
    ]
    return checks + [await _closing(tx, book, key, row, None) for row in years]


async def _closing(
    tx: Transaction, book: Book, key: bytes, row: asyncpg.Record, month: int | None
) -> ClosingCheck:
    found = await tx.value(HASH_AT, book=book.value, sequence=row["head_sequence"])
    is_same = (found or ORIGIN) == row["head_hash"]
    seal = seal_of(
        key,
        tenant_id=tx.caller.tenant_id,
        book=book.value,
        year=row["fiscal_year"],
        month=month,
        head_sequence=row["head_sequence"],
        head_hash=row["head_hash"],
    )
    has_seal = row["seal"] is not None
    fits = has_seal and bool(key) and hmac.compare_digest(seal, row["seal"])
    return ClosingCheck(
        fiscal_year=row["fiscal_year"],
        month=month,
        closed_at=row["closed_at"],
        head_sequence=row["head_sequence"],
        is_sealed=fits,
        is_intact=is_same and (fits or not has_seal or not key),
    )
