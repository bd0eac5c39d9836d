"""Close months and years: asked for by one person, closed by another, never opened again."""

from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson

from services.funding.domain.acts import CLOSE_PERIOD as MAY_CLOSE
from services.funding.domain.events.ledger import FiscalYearClosed, PeriodClosed
from services.funding.domain.ledger.accounts import Book
from services.funding.domain.ledger.chain import seal_of
from services.funding.domain.ledger.entries import LedgerEvent, NewEntry, Source
from services.funding.domain.ledger.periods import (
    MONTHS,
    ClosingNotRequested,
    MonthsStillOpen,
    PeriodAlreadyClosed,
    PeriodState,
    require_over,
)
from services.funding.domain.ledger.rules import lapsed
from services.funding.operations.amend_award import FourEyesNeeded
from services.funding.operations.changes import leave_trace
from services.funding.operations.ledger.post import post_all
from services.funding.storage.ledger_records import head
from services.funding.storage.locks import lock_book
from services.funding.storage.queries.books import (
    CLOSE_PERIOD,
    JOURNAL_ACCOUNTS,
    LINES_TO_LAPSE,
    PERIOD_FOR_UPDATE,
    PERIODS,
    REQUEST_CLOSING,
    YEAR_CLOSES,
)
from services.funding.storage.queries.moments import LAST_INSTANT
from services.funding.storage.tables import LedgerYearCloseRow
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.kernel.access_acts import relations_to
from shared.kernel.access_relations import Relation
from shared.kernel.clock import berlin_date, iso_instant, now
from shared.kernel.errors import NotFound
from shared.kernel.money import Money
from shared.service.writes import Answer


async def request_closing(tx: Transaction, book: Book, year: int, month: int) -> Answer:
    """Ask for the closing of a month that is over; asking twice changes nothing.

    Raises PeriodNotOver, PeriodAlreadyClosed.
    """
    require_over(year, month, berlin_date(now()))
    period = {"book": book.value, "fiscal_year": year, "month": month}
    inserted = await tx.execute(
        REQUEST_CLOSING, tenant_id=tx.caller.tenant_id, requested_by=tx.caller.actor, **period
    )
    if inserted:
        await leave_trace(
            tx,
            action="request-closing",
            kind="ledger-period",
            record_id=period_id(tx.caller.tenant_id, book, year, month),
            changes={"book": book.value, "period": f"{year:04d}-{month:02d}"},
        )
    row = await tx.row(PERIOD_FOR_UPDATE, **period)
    if row is not None and row["state"] == PeriodState.CLOSED:
        raise PeriodAlreadyClosed
    return await _month(tx, book, year, month)


async def close_period(
    tx: Transaction, book: Book, year: int, month: int, seal_key: bytes
) -> Answer:
    """Close a month at the head of its book.

    Raises ClosingNotRequested, PeriodAlreadyClosed, FourEyesNeeded.
    """
    period = {"book": book.value, "fiscal_year": year, "month": month}
    row = await tx.row(PERIOD_FOR_UPDATE, **period)
    if row is None:
        raise ClosingNotRequested
    if row["state"] == PeriodState.CLOSED:
        raise PeriodAlreadyClosed
    relations = relations_to(tx.caller, {Relation.AUTHOR: row["requested_by"]})
    MAY_CLOSE.require(tx.caller, relations, FourEyesNeeded)
    await lock_book(tx, book)
    sequence, hash_ = await head(tx, book)
    seal = _seal(tx, book, year, month, sequence, hash_, seal_key)
    await tx.execute(
        CLOSE_PERIOD,
        **period,
        closed_by=tx.caller.actor,
        head_sequence=sequence,
        head_hash=hash_,
        seal=seal,
    )
    identity = period_id(tx.caller.tenant_id, book, year, month)
    event = PeriodClosed(tenant_id=tx.caller.tenant_id, book=book, fiscal_year=year, month=month)
    await leave_trace(
        tx,
        action="close-period",
        kind="ledger-period",
        record_id=identity,
        changes={"book": book.value, "period": f"{year:04d}-{month:02d}", "head": sequence},
        events=(event,),
    )
    return await _month(tx, book, year, month)


async def close_year(tx: Transaction, book: Book, year: int, seal_key: bytes) -> Answer:
    """Keep what every account stood at when the year ended.

    Raises MonthsStillOpen; AlreadyExists (by the database) when it is closed already.
    """
    rows = await tx.rows(PERIODS, book=book.value, fiscal_year=year)
    closed = {row["month"] for row in rows if row["state"] == PeriodState.CLOSED}
    if closed != set(MONTHS):
        raise MonthsStillOpen(months=[f"{year:04d}-{m:02d}" for m in MONTHS if m not in closed])
    await lock_book(tx, book)
    sequence, hash_ = await head(tx, book)
    balances = await tx.rows(
        JOURNAL_ACCOUNTS,
        book=book.value,
        fiscal_year=None,
        head=sequence,
        as_of=date(year, 12, 31),
        known_at=LAST_INSTANT,
    )
    await tx.insert(
        LedgerYearCloseRow,
        book=book.value,
        fiscal_year=year,
        closed_at=now(),
        closed_by=tx.caller.actor,
        trial_balance=[
            {
                "account": row["path"],
                "code": row["code"],
                "balance": str(Money(row["balance_cents"])),
            }
            for row in balances
        ],
        head_sequence=sequence,
        head_hash=hash_,
        seal=_seal(tx, book, year, None, sequence, hash_, seal_key),
    )
    await leave_trace(
        tx,
        action="close-year",
        kind="fiscal-year",
        record_id=period_id(tx.caller.tenant_id, book, year, None),
        changes={"book": book.value, "fiscalYear": year, "head": sequence},
        events=(FiscalYearClosed(tenant_id=tx.caller.tenant_id, book=book, fiscal_year=year),),
    )
    return await read_year_close(tx, book, year)


async def lapse_claims(tx: Transaction, book: Book, year: int, value_date: date) -> Answer:
    """What was granted for the year and never called ends, line by line, where it is free.

    Raises PeriodIsClosed: lapse before the month of the value date is closed.
    """
    rows = await tx.rows(LINES_TO_LAPSE, book=book.value, fiscal_year=year)
    source = Source("fiscal-year", period_id(tx.caller.tenant_id, book, year, None))
    entries = [
        NewEntry(
            event=LedgerEvent.CLAIM_LAPSED,
            award_line_id=row["id"],
            value_date=value_date,
            source=source,
            postings=lapsed(row["id"], Money(min(row["free_cents"], row["claim_cents"]))),
            book=book,
        )
        for row in rows
    ]
    posted = await post_all(tx, entries) if entries else []
    total = sum((one.entry.postings[0].amount.cents for one in posted), 0)
    return _answer(
        {
            "book": book.value,
            "fiscalYear": year,
            "entryIds": [str(one.id) for one in posted],
            "lapsed": str(Money(total)),
        }
    )


async def read_year_close(tx: Transaction, book: Book, year: int) -> Answer:
    """A closed year with its balances. Raises NotFound."""
    row = await tx.row(YEAR_CLOSES, book=book.value, fiscal_year=year)
    if row is None:
        raise NotFound
    return _answer(
        {
            "book": book.value,
            "fiscalYear": year,
            "closedAt": _instant(row["closed_at"]),
            "trialBalance": row["trial_balance"],
            "headSequence": row["head_sequence"],
            "headHash": row["head_hash"].hex(),
            "isSealed": row["seal"] is not None,
        }
    )


async def read_months(tx: Transaction, book: Book, year: int) -> list[dict[str, Any]]:
    """All twelve months of a year, also those that nobody has touched."""
    rows = await tx.rows(PERIODS, book=book.value, fiscal_year=year)
    known = {row["month"]: row for row in rows}
    return [
        {
            "period": f"{year:04d}-{month:02d}",
            "book": book.value,
            "state": row["state"] if row else PeriodState.OPEN.value,
            "isClosingRequested": row is not None,
            "closedAt": _instant(row["closed_at"]) if row else None,
            "headSequence": row["head_sequence"] if row else None,
            "headHash": row["head_hash"].hex() if row and row["head_hash"] else None,
            "isSealed": bool(row and row["seal"]),
        }
        for month in MONTHS
        for row in (known.get(month),)
    ]


def period_id(tenant_id: str, book: Book, year: int, month: int | None) -> UUID:
    """A month or year as a record of the audit log and of events: always the same id."""
    return uuid5(
        NAMESPACE_URL, f"kim:ledger-period:{tenant_id}:{book.value}:{year}-{month or 0:02d}"
    )


async def _month(tx: Transaction, book: Book, year: int, month: int) -> Answer:
    return _answer((await read_months(tx, book, year))[month - 1])


def _seal(
    tx: Transaction,
    book: Book,
    year: int,
    month: int | None,
    sequence: int,
    hash_: bytes,
    key: bytes,
) -> bytes | None:
    if not key:
        return None
    return seal_of(
        key,
        tenant_id=tx.caller.tenant_id,
        book=book.value,
        year=year,
        month=month,
        head_sequence=sequence,
        head_hash=hash_,
    )


def _instant(instant: datetime | None) -> str | None:
    return iso_instant(instant) if instant else None


def _answer(body: dict[str, Any]) -> Answer:
    return Answer(Document(orjson.dumps(body), version=None))
