"""Posting: whole entries, no overdrawn account, one writer per book, traces, reversal."""

import asyncio
from dataclasses import replace
from datetime import date
from uuid import UUID

import asyncpg
import pytest

from services.funding.domain.costs import CostKind
from services.funding.domain.ledger import rules
from services.funding.domain.ledger.accounts import Account, AccountCode, Book
from services.funding.domain.ledger.entries import LedgerEvent, Posting
from services.funding.domain.ledger.refusals import (
    AlreadyReversed,
    InsufficientFunds,
    LineOfAnotherBook,
    ReversalNotReversible,
)
from services.funding.domain.ledger.rules import Recognition
from services.funding.operations.ledger.post import post, reverse
from services.funding.storage.ledger_records import entries_of_source, head
from shared.database.transaction import Transaction
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.money import ZERO, Money
from tests.engines import ServiceDatabase
from tests.services.funding.bookkeeping import DAY, Books, entry, grant, open_books, person

RESERVED = LedgerEvent.RESERVED


def reserve(line: UUID, amount: str) -> tuple[Posting, ...]:
    return rules.reserved(line, Money.parse(amount))


async def rows(database: ServiceDatabase, table: str) -> int:
    connection = await asyncpg.connect(database.app_dsn)
    try:
        await connection.execute(
            "select set_config('app.tenant', '05570', false),"
            " set_config('app.roles', ',funding_officer,', false)"
        )
        return int(await connection.fetchval(f"select count(*) from {table}"))
    finally:
        await connection.close()


async def test_an_entry_stands_in_the_books_with_its_link_in_the_chain(
    books: Books, line: UUID
) -> None:
    [first] = await books.post(grant(line, "10000.00"))
    [second] = await books.post(entry(line, RESERVED, reserve(line, "6000.00")))

    assert (first.sequence, second.sequence) == (1, 2)
    assert await books.within(lambda tx: head(tx, Book.LIVE)) == (2, second.hash)
    assert await books.balances(line) == {
        "CLAIM": "10000.00",
        "FREE": "4000.00",
        "RESERVED": "6000.00",
    }


async def test_more_than_is_free_is_refused_and_leaves_nothing(
    books: Books, line: UUID, funding_database: ServiceDatabase
) -> None:
    await books.post(grant(line, "10000.00"), entry(line, RESERVED, reserve(line, "6000.00")))

    with pytest.raises(InsufficientFunds) as refused:
        await books.post(entry(line, RESERVED, reserve(line, "4000.01")))

    assert refused.value.facts == {"free": "4000.00", "account": "FREE"}
    assert await books.balances(line) == {
        "CLAIM": "10000.00",
        "FREE": "4000.00",
        "RESERVED": "6000.00",
    }
    assert await books.within(lambda tx: head(tx, Book.LIVE)) == (2, await _hash(books, 2))
    assert await rows(funding_database, "ledger_posting") == 4


async def _hash(books: Books, sequence: int) -> bytes:
    async def read(tx: Transaction) -> bytes:
        found: bytes = await tx.connection.fetchval(
            "select hash from ledger_entry where sequence = $1", sequence
        )
        return found

    return await books.within(read)


async def test_fifty_at_once_never_book_more_than_is_free(books: Books, line: UUID) -> None:
    await books.post(grant(line, "10.00"))

    async def take() -> str:
        try:
            await books.post(entry(line, RESERVED, reserve(line, "1.00")))
        except InsufficientFunds as refused:
            return str(refused.facts["free"])
        return "booked"

    outcomes = await asyncio.gather(*(take() for _ in range(50)))

    assert outcomes.count("booked") == 10
    assert outcomes.count("0.00") == 40
    assert await books.balances(line) == {"CLAIM": "10.00", "RESERVED": "10.00"}
    assert (await books.within(lambda tx: head(tx, Book.LIVE)))[0] == 11


async def test_the_order_of_postings_in_an_entry_does_not_matter(books: Books, line: UUID) -> None:
    """What a reservation held is used in the same entry that gives it back."""
    await books.post(grant(line, "5500.00"), entry(line, RESERVED, reserve(line, "5500.00")))
    amount = Money.parse("5500.00")
    spent = rules.spent(line, CostKind.EVENTS, Recognition(amount, ZERO, ZERO, ZERO), None)

    await books.post(
        entry(line, LedgerEvent.RESERVATION_POSTED, (*spent, *rules.reservation_used(line, amount)))
    )

    assert await books.balances(line) == {
        "CLAIM": "5500.00",
        "GRANT_USED": "5500.00",
        "ELIGIBLE": "5500.00",
        "CASH": "-5500.00",
    }


async def test_five_hundred_entries_post_together_or_not_at_all(books: Books, line: UUID) -> None:
    await books.post(grant(line, "499.00"))
    wishes = [entry(line, RESERVED, reserve(line, "1.00")) for _ in range(500)]

    with pytest.raises(InsufficientFunds):
        await books.post(*wishes)
    assert await books.balances(line) == {"CLAIM": "499.00", "FREE": "499.00"}

    posted = await books.post(*wishes[:499])
    assert [one.sequence for one in posted] == list(range(2, 501))
    assert await books.balances(line) == {"CLAIM": "499.00", "RESERVED": "499.00"}


async def test_a_reversal_names_the_entry_it_turns_and_happens_once(
    books: Books, line: UUID
) -> None:
    [posted] = await books.post(grant(line, "100.00"))

    turned = await books.within(lambda tx: reverse(tx, posted.id, date(2022, 7, 1), "WRONG_AMOUNT"))

    assert turned.entry.reverses_id == posted.id
    assert turned.entry.event is LedgerEvent.REVERSED
    assert [str(one.amount) for one in turned.entry.postings] == ["-100.00", "100.00"]
    assert await books.balances(line) == {}
    with pytest.raises(AlreadyReversed):
        await books.within(lambda tx: reverse(tx, posted.id, DAY, "WRONG_AMOUNT"))
    with pytest.raises(ReversalNotReversible):
        await books.within(lambda tx: reverse(tx, turned.id, DAY, "WRONG_AMOUNT"))
    found = await books.within(lambda tx: entries_of_source(tx, posted.entry.source))
    assert [one.id for one in found] == [posted.id, turned.id]


async def test_two_reversals_at_once_turn_an_entry_once(books: Books, line: UUID) -> None:
    [posted] = await books.post(grant(line, "100.00"))

    outcomes = await asyncio.gather(
        *(books.within(lambda tx: reverse(tx, posted.id, DAY, "DUPLICATE")) for _ in range(5)),
        return_exceptions=True,
    )

    assert sum(isinstance(one, AlreadyReversed) for one in outcomes) == 4
    assert await books.balances(line) == {}


async def test_an_entry_leaves_its_trace_and_its_event(
    books: Books, line: UUID, funding_database: ServiceDatabase
) -> None:
    [posted] = await books.post(grant(line, "100.00"))

    connection = await asyncpg.connect(funding_database.relay_dsn)
    payload = await connection.fetchval(
        "select payload from outbox_message where subject = 'kim.funding.entry-posted.v1'"
    )
    await connection.close()
    assert str(posted.id) in payload
    assert '"ledgerEvent": "AWARD_GRANTED"' in payload


async def test_a_practice_line_takes_no_live_entry(books: Books, line: UUID) -> None:
    await books.post(grant(line, "100.00", book=Book.PRACTICE))

    with pytest.raises(LineOfAnotherBook):
        await books.post(grant(line, "100.00"))
    assert (await books.within(lambda tx: head(tx, Book.LIVE)))[0] == 0
    assert (await books.within(lambda tx: head(tx, Book.PRACTICE)))[0] == 1


async def test_nobody_posts_on_a_line_of_another_county(
    books: Books, line: UUID, funding_database: ServiceDatabase
) -> None:
    async with open_books(funding_database, person(tenant="05566")) as neighbour:
        with pytest.raises(NotFound):
            await neighbour.post(grant(line, "1.00"))
        assert await neighbour.balances(line) == {}


async def test_an_id_is_used_once(books: Books, line: UUID) -> None:
    identity = new_id()

    async def twice(tx: Transaction) -> None:
        for _ in range(2):
            new = entry(line, LedgerEvent.MANUAL, _cash_to_own_share(line))
            await post(tx, replace(new, id=identity))

    with pytest.raises(asyncpg.UniqueViolationError):
        await books.within(twice)
    assert await books.balances(line) == {}


def _cash_to_own_share(line: UUID) -> tuple[Posting, ...]:
    kind = CostKind.OVERHEAD
    return (
        Posting(Account(AccountCode.OWN_SHARE, line, cost_kind=kind), Money(100)),
        Posting(Account(AccountCode.CASH, line), Money(-100)),
    )
