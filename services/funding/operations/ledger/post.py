"""Post entries: one writer per book, whole entries, no account overdrawn, traces left behind."""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.funding.domain.events.ledger import EntryPosted
from services.funding.domain.ledger.accounts import Account, Book, Side
from services.funding.domain.ledger.chain import ORIGIN, Link, LinkPosting
from services.funding.domain.ledger.entries import NewEntry, PostedEntry, Source, turned
from services.funding.domain.ledger.periods import PeriodIsClosed, period_of
from services.funding.domain.ledger.refusals import (
    AlreadyReversed,
    InsufficientFunds,
    LineOfAnotherBook,
    ReversalNotReversible,
)
from services.funding.storage.ledger_records import entry_by_id, natural
from services.funding.storage.locks import lock_book
from services.funding.storage.queries.ledger import (
    ACCOUNTS_BY_PATH,
    BALANCES,
    CLOSED_MONTHS,
    HEAD,
    INSERT_POSTINGS,
    LINES_OF_BOOKS,
    REVERSED_BY,
)
from services.funding.storage.tables import (
    AuditEntry,
    LedgerAccountRow,
    LedgerEntryRow,
    OutboxMessage,
)
from shared.audit.entries import record_changes
from shared.database.transaction import Transaction
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.messaging.outbox import record_event

__all__ = ["REHEARSED", "PostedEntry", "post", "post_all", "reverse"]

# Set while an operation is only rehearsed: collects what it posts.
REHEARSED: ContextVar[list[PostedEntry] | None] = ContextVar("rehearsed", default=None)


async def post(
    tx: Transaction,
    entry: NewEntry,
    *,
    recorded_by: str | None = None,
    released_by: str | None = None,
) -> PostedEntry:
    """Post one entry; `recorded_by` is the caller when left out.

    Raises NotFound for an unknown line, PeriodIsClosed, LineOfAnotherBook, and InsufficientFunds
    with what is free before anything is written.
    """
    [posted] = await post_all(tx, [entry], recorded_by=recorded_by, released_by=released_by)
    return posted


async def post_all(
    tx: Transaction,
    entries: Sequence[NewEntry],
    *,
    recorded_by: str | None = None,
    released_by: str | None = None,
) -> list[PostedEntry]:
    """Post all or none, in the given order, under one lock. Raises what `post` raises."""
    posted: list[PostedEntry] = []
    for book in sorted({entry.book for entry in entries}):
        chosen = [entry for entry in entries if entry.book is book]
        writer = await _Writer.open(tx, book, recorded_by or tx.caller.actor, released_by)
        posted += await writer.write(chosen)
    collected = REHEARSED.get()
    if collected is not None:
        collected.extend(posted)
    return posted


async def reverse(
    tx: Transaction,
    entry_id: UUID,
    value_date: date,
    reason_code: str,
    *,
    source: Source | None = None,
    recorded_by: str | None = None,
    released_by: str | None = None,
) -> PostedEntry:
    """Turn an entry, once, on a day of an open month; `source` is that of the entry if left out.

    Raises NotFound, AlreadyReversed, ReversalNotReversible, and what `post` raises.
    """
    original = await entry_by_id(tx, entry_id)
    if original.entry.reverses_id is not None:
        raise ReversalNotReversible
    await lock_book(tx, original.entry.book)
    if await tx.value(REVERSED_BY, entry_id=entry_id) is not None:
        raise AlreadyReversed
    entry = turned(original, value_date, source or original.entry.source, reason_code)
    return await post(tx, entry, recorded_by=recorded_by, released_by=released_by)


@dataclass(slots=True)
class _Writer:
    """The book in the hands of one transaction."""

    tx: Transaction
    book: Book
    recorded_by: str
    released_by: str | None
    sequence: int
    hash: bytes
    instant: datetime

    @classmethod
    async def open(
        cls, tx: Transaction, book: Book, recorded_by: str, released_by: str | None
    ) -> "_Writer":
        await lock_book(tx, book)
        row = await tx.row(HEAD, tenant_id=tx.caller.tenant_id, book=book.value)
        assert row is not None
        return cls(
            tx,
            book,
            recorded_by,
            released_by,
            row["sequence"],
            row["hash"] or ORIGIN,
            row["instant"],
        )

    async def write(self, entries: Sequence[NewEntry]) -> list[PostedEntry]:
        await self._refuse_closed_months(entries)
        years = await self._fiscal_years(entries)
        accounts = await self._accounts(entries)
        await self._refuse_overdrawing(entries, accounts)
        posted = [await self._insert(entry, years[entry.award_line_id]) for entry in entries]
        await self._insert_postings(posted, accounts)
        await self._leave_traces(posted)
        return posted

    async def _refuse_closed_months(self, entries: Sequence[NewEntry]) -> None:
        rows = await self.tx.rows(
            CLOSED_MONTHS, tenant_id=self.tx.caller.tenant_id, book=self.book.value
        )
        closed = {(row["fiscal_year"], row["month"]) for row in rows}
        for entry in entries:
            day = entry.value_date
            if (day.year, day.month) in closed:
                raise PeriodIsClosed(period=period_of(day))

    async def _fiscal_years(self, entries: Sequence[NewEntry]) -> Mapping[UUID, int]:
        lines = {one.account.award_line_id for entry in entries for one in entry.postings}
        rows = await self.tx.rows(LINES_OF_BOOKS, line_ids=list(lines))
        if len(rows) != len(lines):
            raise NotFound
        if any(row["book"] not in {None, self.book.value} for row in rows):
            raise LineOfAnotherBook
        return {row["id"]: row["fiscal_year"] for row in rows}

    async def _accounts(self, entries: Sequence[NewEntry]) -> Mapping[Account, UUID]:
        """The rows of all accounts, made where they are used for the first time."""
        wanted = {one.account.path: one.account for entry in entries for one in entry.postings}
        rows = await self.tx.rows(ACCOUNTS_BY_PATH, paths=list(wanted))
        found = {wanted[row["path"]]: row["id"] for row in rows}
        for account in wanted.values():
            if account not in found:
                found[account] = new_id()
                await self.tx.insert(LedgerAccountRow, **self._account_row(account, found[account]))
        return found

    def _account_row(self, account: Account, account_id: UUID) -> dict[str, Any]:
        return {
            "id": account_id,
            "book": self.book.value,
            "code": account.code.value,
            "award_line_id": account.award_line_id,
            "allocation_id": account.allocation_id,
            "cost_kind": account.cost_kind.value if account.cost_kind else "",
            "side": account.side.value,
            "is_floored": account.is_floored,
            "path": account.path,
            "created_at": self.instant,
        }

    async def _refuse_overdrawing(
        self, entries: Sequence[NewEntry], accounts: Mapping[Account, UUID]
    ) -> None:
        """Every entry has to leave every account on its own side; the database says so again."""
        rows = await self.tx.rows(BALANCES, account_ids=list(accounts.values()))
        stored = {row["account_id"]: row["balance_cents"] for row in rows}
        balances = {account: stored.get(key, 0) for account, key in accounts.items()}
        for entry in entries:
            before = dict(balances)
            for one in entry.postings:
                balances[one.account] += one.amount.cents
            for account in {one.account for one in entry.postings}:
                if account.is_floored and natural(account, balances[account]).cents < 0:
                    free = natural(account, before[account])
                    raise InsufficientFunds(free=str(free), account=account.code.value)

    async def _insert(self, entry: NewEntry, fiscal_year: int) -> PostedEntry:
        self.sequence += 1
        link = self._link(entry, fiscal_year)
        previous, self.hash = self.hash, link.hash_after(self.hash)
        await self.tx.insert(
            LedgerEntryRow,
            id=link.id,
            book=link.book,
            sequence=link.sequence,
            event=link.event,
            award_line_id=link.award_line_id,
            fiscal_year=link.fiscal_year,
            value_date=link.value_date,
            recorded_at=link.recorded_at,
            source_kind=link.source_kind,
            source_id=link.source_id,
            reference=link.reference,
            reverses_id=link.reverses_id,
            reason_code=link.reason_code,
            posting_count=len(link.postings),
            recorded_by=link.recorded_by,
            released_by=link.released_by,
            previous_hash=previous,
            hash=self.hash,
        )
        return PostedEntry(link.id, link.sequence, link.recorded_at, self.hash, entry)

    def _link(self, entry: NewEntry, fiscal_year: int) -> Link:
        return Link(
            tenant_id=self.tx.caller.tenant_id,
            book=self.book.value,
            sequence=self.sequence,
            id=entry.id or new_id(),
            event=entry.event.value,
            value_date=entry.value_date,
            recorded_at=self.instant,
            fiscal_year=fiscal_year,
            award_line_id=entry.award_line_id,
            source_kind=entry.source.kind,
            source_id=entry.source.id,
            reverses_id=entry.reverses_id,
            reference=entry.reference,
            reason_code=entry.reason_code,
            recorded_by=self.recorded_by,
            released_by=self.released_by,
            postings=tuple(
                LinkPosting(ordinal, one.account.path, one.amount.cents, one.position_id)
                for ordinal, one in enumerate(entry.postings, 1)
            ),
        )

    async def _insert_postings(
        self, posted: Sequence[PostedEntry], accounts: Mapping[Account, UUID]
    ) -> None:
        """Balances are counted posting by posting: within an entry, what grows comes first."""
        lines = [
            (entry, ordinal, one)
            for entry in posted
            for ordinal, one in sorted(
                enumerate(entry.entry.postings, 1),
                key=lambda numbered: (
                    (numbered[1].amount.cents > 0) is not (numbered[1].account.side is Side.DEBIT)
                ),
            )
        ]
        await self.tx.execute(
            INSERT_POSTINGS,
            tenant_id=self.tx.caller.tenant_id,
            entry_ids=[entry.id for entry, _, _ in lines],
            ordinals=[ordinal for _, ordinal, _ in lines],
            account_ids=[accounts[one.account] for _, _, one in lines],
            amounts=[one.amount.cents for _, _, one in lines],
            value_dates=[entry.entry.value_date for entry, _, _ in lines],
            position_ids=[one.position_id for _, _, one in lines],
        )

    async def _leave_traces(self, posted: Sequence[PostedEntry]) -> None:
        await record_changes(
            self.tx,
            AuditEntry,
            action="post-entry",
            kind="journal-entry",
            record_ids=[one.id for one in posted],
            changes={"book": self.book.value, "sequences": [one.sequence for one in posted]},
        )
        for one in posted:
            event = EntryPosted(
                tenant_id=self.tx.caller.tenant_id,
                entry_id=one.id,
                book=self.book,
                sequence=one.sequence,
                ledger_event=one.entry.event,
                award_line_id=one.entry.award_line_id,
                source_kind=one.entry.source.kind,
                source_id=one.entry.source.id,
                reverses_id=one.entry.reverses_id,
            )
            await record_event(self.tx, OutboxMessage, event, aggregate_id=one.id)
