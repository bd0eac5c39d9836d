"""What happens in the books."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from services.funding.domain.ledger.accounts import Book
from services.funding.domain.ledger.entries import LedgerEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPosted:
    """An entry stands in the books; `source_id` is the record that caused it."""

    event_type: ClassVar[str] = "kim.funding.entry-posted.v1"

    tenant_id: str
    entry_id: UUID
    book: Book
    sequence: int
    ledger_event: LedgerEvent
    award_line_id: UUID
    source_kind: str
    source_id: UUID
    reverses_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodClosed:
    """A month of the books takes no entry any more."""

    event_type: ClassVar[str] = "kim.funding.period-closed.v1"

    tenant_id: str
    book: Book
    fiscal_year: int
    month: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FiscalYearClosed:
    """All twelve months are closed and the year's balances are on record."""

    event_type: ClassVar[str] = "kim.funding.fiscal-year-closed.v1"

    tenant_id: str
    book: Book
    fiscal_year: int


EVENTS: tuple[type, ...] = (EntryPosted, PeriodClosed, FiscalYearClosed)
