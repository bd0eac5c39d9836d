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
    ReversalNotReversible,
)
from services.funding.operations.ledger.places import make_accounts, places_of
from services.funding.storage.ledger_records import entry_by_id, natural
from services.funding.storage.locks import lock_book
from services.funding.storage.queries.ledger import REVERSED_BY, STANDING, WRITE
from shared.audit.entries import audit_row
from shared.database.transaction import Transaction
from shared.kernel.ids import new_id
from shared.messaging.outbox import outbox_row

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
        who = recorded_by or tx.caller.actor
        writer = await _Writer.open(tx, book, chosen, who, released_by)
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
    """The book in the hands of one transaction: read in one go, written in one statement."""

    tx: Transaction
    book: Book
    recorded_by: str
    released_by: str | None
    years: Mapping[UUID, int]
    accounts: Mapping[Account, UUID]
    balances: dict[Account, int]
    closed_months: frozenset[int]
    sequence: int
    hash: bytes
    instant: datetime

    @classmethod
    async def open(
        cls,
        tx: Transaction,
        book: Book,
        entries: Sequence[NewEntry],
        recorded_by: str,
        released_by: str | None,
    ) -> "_Writer":
        """What can be read before the lock is: others wait for as few round trips as can be."""
        places = await places_of(tx, entries)
        await lock_book(tx, book)
        if not places.are_settled:
            places = await places_of(tx, entries)
        places.require_book(book)
        accounts = await make_accounts(tx, places, book)
        row = await tx.row(
            STANDING,
            tenant_id=tx.caller.tenant_id,
            book=book.value,
            account_ids=list(accounts.values()),
        )
        assert row is not None
        return cls(
            tx,
            book,
            recorded_by,
            released_by,
            places.years,
            accounts,
            dict(zip(accounts, row["balances"], strict=True)),
            frozenset(row["closed_months"]),
            row["sequence"],
            row["hash"] or ORIGIN,
            row["instant"],
        )

    async def write(self, entries: Sequence[NewEntry]) -> list[PostedEntry]:
        self._refuse_closed_months(entries)
        self._refuse_overdrawing(entries)
        links, posted, previous = [], [], [self.hash]
        for entry in entries:
            self.sequence += 1
            link = self._link(entry, self.years[entry.award_line_id])
            self.hash = link.hash_after(self.hash)
            previous.append(self.hash)
            links.append(link)
            posted.append(PostedEntry(link.id, link.sequence, link.recorded_at, self.hash, entry))
        await self.tx.execute(
            WRITE,
            tenant_id=self.tx.caller.tenant_id,
            book=self.book.value,
            recorded_at=self.instant,
            recorded_by=self.recorded_by,
            released_by=self.released_by,
            previous_hashes=previous[:-1],
            hashes=previous[1:],
            **_entry_columns(links),
            **self._posting_columns(posted),
            **self._traces(posted),
        )
        return posted

    def _refuse_closed_months(self, entries: Sequence[NewEntry]) -> None:
        for entry in entries:
            day = entry.value_date
            if day.year * 100 + day.month in self.closed_months:
                raise PeriodIsClosed(period=period_of(day))

    def _refuse_overdrawing(self, entries: Sequence[NewEntry]) -> None:
        """Every entry has to leave every account on its own side; the database says so again."""
        balances = self.balances
        for entry in entries:
            before = dict(balances)
            for one in entry.postings:
                balances[one.account] += one.amount.cents
            for account in {one.account for one in entry.postings}:
                if account.is_floored and natural(account, balances[account]).cents < 0:
                    free = natural(account, before[account])
                    raise InsufficientFunds(free=str(free), account=account.code.value)

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

    def _posting_columns(self, posted: Sequence[PostedEntry]) -> dict[str, Any]:
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
        return {
            "entry_ids": [entry.id for entry, _, _ in lines],
            "ordinals": [ordinal for _, ordinal, _ in lines],
            "account_ids": [self.accounts[one.account] for _, _, one in lines],
            "amounts": [one.amount.cents for _, _, one in lines],
            "value_dates": [entry.entry.value_date for entry, _, _ in lines],
            "position_ids": [one.position_id for _, _, one in lines],
        }

    def _traces(self, posted: Sequence[PostedEntry]) -> dict[str, Any]:
        """One audit entry for all, one event for each."""
        audit = audit_row(
            self.tx.caller,
            action="post-entry",
            kind="journal-entry",
            record_ids=[one.id for one in posted],
            changes={"book": self.book.value, "sequences": [one.sequence for one in posted]},
        )
        tenant_id = self.tx.caller.tenant_id
        events = [
            outbox_row(self._event(one), tenant_id=tenant_id, aggregate_id=one.id) for one in posted
        ]
        return {f"audit_{name}": value for name, value in audit.items()} | {
            "told_at": events[0]["created_at"],
            "event_ids": [one["id"] for one in events],
            "subjects": [one["subject"] for one in events],
            "payloads": [one["payload"] for one in events],
        }

    def _event(self, one: PostedEntry) -> EntryPosted:
        return EntryPosted(
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


def _entry_columns(links: Sequence[Link]) -> dict[str, Any]:
    """The entries by column, as the statement takes them."""
    return {
        "ids": [link.id for link in links],
        "sequences": [link.sequence for link in links],
        "events": [link.event for link in links],
        "line_ids": [link.award_line_id for link in links],
        "fiscal_years": [link.fiscal_year for link in links],
        "entry_dates": [link.value_date for link in links],
        "source_kinds": [link.source_kind for link in links],
        "source_ids": [link.source_id for link in links],
        "references": [link.reference for link in links],
        "reverses_ids": [link.reverses_id for link in links],
        "reason_codes": [link.reason_code for link in links],
        "posting_counts": [len(link.postings) for link in links],
    }
