"""Export a book: streamed, from one consistent state, without holding a transaction open."""

from collections.abc import AsyncIterator
from enum import StrEnum

from services.funding.domain.ledger.printing.beancount import BeancountPrinter
from services.funding.domain.ledger.printing.chain_lines import print_header, print_link
from services.funding.domain.ledger.printing.plain_text import PlainTextPrinter
from services.funding.domain.ledger.printing.printed import Printer
from services.funding.domain.ledger.printing.tables import CsvPrinter
from services.funding.storage.book_records import BookScope, OpenedBook
from services.funding.storage.queries.moments import LAST_DAY, LAST_INSTANT
from shared.database.connection import Database
from shared.kernel.caller import Caller
from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text


class ExportFormat(StrEnum):
    HLEDGER = "hledger"
    LEDGER = "ledger"
    BEANCOUNT = "beancount"
    CSV = "csv"
    NDJSON = "ndjson"


class ChainNotWhole(RuleViolated):
    code = "chain-not-whole"
    title = Text(
        de="Zum Prüfen wird ein Buch ganz ausgegeben, ohne Haushaltsjahr und Stichtag.",
        en="For verification a book is exported whole, without fiscal year and day.",
    )


async def export_book(
    database: Database, caller: Caller, scope: BookScope, form: ExportFormat
) -> AsyncIterator[bytes]:
    """The pieces of the file. Raises ChainNotWhole before the first of them."""
    if form is ExportFormat.NDJSON and (scope.fiscal_year, scope.as_of, scope.known_at) != (
        None,
        LAST_DAY,
        LAST_INSTANT,
    ):
        raise ChainNotWhole
    book = await OpenedBook.open(database, caller, scope)
    if form is ExportFormat.NDJSON:
        return _chain(book)
    return _journal(book, await _printer(book, form))


async def _printer(book: OpenedBook, form: ExportFormat) -> Printer:
    if form is ExportFormat.CSV:
        return CsvPrinter()
    accounts = await book.accounts()
    if form is ExportFormat.BEANCOUNT:
        return BeancountPrinter(accounts, f"{book.caller.tenant_id} {book.scope.book.value}")
    return PlainTextPrinter(accounts)


async def _journal(book: OpenedBook, printer: Printer) -> AsyncIterator[bytes]:
    yield printer.head().encode()
    last_on = None
    async for link in book.journal():
        last_on = link.value_date
        yield printer.entry(link).encode()
    tail = printer.tail(last_on)
    if tail:
        yield tail.encode()


async def _chain(book: OpenedBook) -> AsyncIterator[bytes]:
    header = print_header(
        book.caller.tenant_id, book.scope.book.value, book.head_sequence, book.head_hash
    )
    yield header.encode()
    async for stored in book.chain():
        yield print_link(stored).encode()
