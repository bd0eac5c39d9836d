"""Posting in tests: the real operations on the real database, in one person's name."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from services.funding.domain.ledger import rules
from services.funding.domain.ledger.accounts import Book
from services.funding.domain.ledger.entries import LedgerEvent, NewEntry, Posting, Source
from services.funding.operations.ledger.post import PostedEntry, post_all
from services.funding.storage.ledger_records import balances_of_line
from shared.database.connection import Database, open_database
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller
from shared.kernel.ids import new_id
from shared.kernel.money import Money
from tests.engines import ServiceDatabase

T = TypeVar("T")
DAY = date(2022, 6, 1)


def person(subject: str = "books", tenant: str = "05570") -> Caller:
    return Caller(
        tenant_id=tenant,
        unit_id="waf-ki",
        unit_type="KI",
        issuer="kreis",
        subject=subject,
        roles=frozenset({"funding_officer"}),
    )


def entry(
    line: UUID,
    event: LedgerEvent,
    postings: tuple[Posting, ...],
    *,
    on: date = DAY,
    book: Book = Book.LIVE,
) -> NewEntry:
    return NewEntry(
        event=event,
        award_line_id=line,
        value_date=on,
        source=Source("test", new_id()),
        postings=postings,
        book=book,
    )


def grant(line: UUID, amount: str, *, on: date = DAY, book: Book = Book.LIVE) -> NewEntry:
    postings = rules.granted(line, Money.parse(amount))
    return entry(line, LedgerEvent.AWARD_GRANTED, postings, on=on, book=book)


@dataclass(frozen=True, slots=True)
class Books:
    database: Database
    caller: Caller

    async def within(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        async with self.database.transaction(self.caller) as tx:
            return await work(tx)

    async def post(self, *entries: NewEntry) -> Sequence[PostedEntry]:
        return await self.within(lambda tx: post_all(tx, entries))

    async def balances(self, line: UUID) -> Mapping[str, str]:
        """What each account of the line stands at, by code; 0.00 left out."""
        found = await self.within(lambda tx: balances_of_line(tx, line))
        return {account.code.value: str(money) for account, money in found.items() if money.cents}


@asynccontextmanager
async def open_books(
    database: ServiceDatabase, caller: Caller | None = None
) -> AsyncIterator[Books]:
    opened = await open_database(database.app_dsn, application="tests", connections_max=20)
    try:
        yield Books(opened, caller or person())
    finally:
        await opened.close()
