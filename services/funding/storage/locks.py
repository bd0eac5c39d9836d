"""Locks in one order, so that no two commands about money wait for each other.

Award, then all award lines of the command by id, then the records of these lines, then the book,
then balances. Whoever holds a line is alone with its allocations, payments, reservations and
costs; whoever holds the book waits for nobody. Rows are locked `for no key update`: a row that
only refers to a locked one never waits.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

import asyncpg

from services.funding.domain.ledger.accounts import Book
from services.funding.storage.queries.awards import AWARD_LINE_FOR_UPDATE, LINES_FOR_UPDATE
from services.funding.storage.queries.ledger import BOOK_LOCK
from shared.database.transaction import Transaction
from shared.kernel.errors import NotFound


async def lock_line(tx: Transaction, line_id: UUID) -> asyncpg.Record:
    """The award line, locked until commit. Raises NotFound."""
    line = await tx.row(AWARD_LINE_FOR_UPDATE, line_id=line_id)
    if line is None:
        raise NotFound
    return line


async def lock_lines(tx: Transaction, line_ids: Iterable[UUID]) -> Sequence[asyncpg.Record]:
    """Those that there are, by id. A command about several lines takes all of them first."""
    return await tx.rows(LINES_FOR_UPDATE, line_ids=list(set(line_ids)))


async def lock_book(tx: Transaction, book: Book) -> None:
    """Wait for this tenant's turn with the book and keep it until the transaction ends."""
    await tx.execute(BOOK_LOCK, tenant_id=tx.caller.tenant_id, book=book.value)


async def lock_books(tx: Transaction, books: Iterable[Book]) -> None:
    """The live book comes first. A command that posts entry by entry takes its books before."""
    for book in sorted(set(books)):
        await lock_book(tx, book)
