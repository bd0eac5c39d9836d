"""Entries: several postings that belong together and sum to zero."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.funding.domain.ledger.accounts import Account, Book
from shared.kernel.errors import RuleViolated
from shared.kernel.money import ZERO, Money
from shared.kernel.text import Text

POSTINGS_MIN = 2


class EntryUnbalanced(RuleViolated):
    """`difference` is debit less credit."""

    code = "entry-unbalanced"
    title = Text(
        de="Soll und Haben dieser Buchung sind nicht gleich.",
        en="Debit and credit of this entry differ.",
    )


class EntryTooShort(RuleViolated):
    code = "entry-too-short"
    title = Text(
        de="Eine Buchung braucht mindestens zwei Zeilen.",
        en="An entry needs at least two postings.",
    )


class LinesMixed(RuleViolated):
    """Only money carried over to another year touches two lines."""

    code = "lines-mixed"
    title = Text(
        de="Eine Buchung betrifft nur eine Zeile eines Bescheids.",
        en="An entry is about one line of one award.",
    )


class AmountZero(RuleViolated):
    code = "amount-zero"
    title = Text(
        de="Eine Buchungszeile über 0,00 sagt nichts.",
        en="A posting of 0.00 says nothing.",
    )


class LedgerEvent(StrEnum):
    """The fact that was posted. Each is undone by its own command, `MANUAL` by a reversal."""

    AWARD_GRANTED = "AWARD_GRANTED"
    AWARD_AMENDED = "AWARD_AMENDED"
    RESERVED = "RESERVED"
    RESERVATION_VOIDED = "RESERVATION_VOIDED"
    RESERVATION_EXPIRED = "RESERVATION_EXPIRED"
    RESERVATION_POSTED = "RESERVATION_POSTED"
    ALLOCATION_ACTIVATED = "ALLOCATION_ACTIVATED"
    ALLOCATION_AMENDED = "ALLOCATION_AMENDED"
    ALLOCATION_RELEASED = "ALLOCATION_RELEASED"
    DRAWDOWN_REQUESTED = "DRAWDOWN_REQUESTED"
    DRAWDOWN_RETURNED = "DRAWDOWN_RETURNED"
    DRAWDOWN_PAID = "DRAWDOWN_PAID"
    PAYMENT_SENT = "PAYMENT_SENT"
    PAYMENT_CONFIRMED = "PAYMENT_CONFIRMED"
    PAYMENT_FAILED = "PAYMENT_FAILED"
    PASSED_ON = "PASSED_ON"
    EXPENDITURE_BOOKED = "EXPENDITURE_BOOKED"
    ELIGIBILITY_DECIDED = "ELIGIBILITY_DECIDED"
    ELIGIBILITY_ADJUSTED = "ELIGIBILITY_ADJUSTED"
    PROOF_CHECKED = "PROOF_CHECKED"
    RECOVERED = "RECOVERED"
    REPAYMENT_OWED = "REPAYMENT_OWED"
    CLAIM_LAPSED = "CLAIM_LAPSED"
    REPAID = "REPAID"
    INTEREST_FIXED = "INTEREST_FIXED"
    INTEREST_PAID = "INTEREST_PAID"
    CARRIED_OVER = "CARRIED_OVER"
    REVERSED = "REVERSED"
    MANUAL = "MANUAL"


@dataclass(frozen=True, slots=True)
class Posting:
    """One account's share of an entry: debit positive, credit negative. Raises AmountZero."""

    account: Account
    amount: Money
    position_id: UUID | None = None

    def __post_init__(self) -> None:
        if self.amount == ZERO:
            raise AmountZero


@dataclass(frozen=True, slots=True)
class Source:
    """The record that caused an entry: `award`, `drawdown`, `payment`, `expenditure` …"""

    kind: str
    id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry that may be posted.

    `value_date` is the legal date of the fact; when it was entered, the books say themselves.
    `reason_code` is upper-case letters and underscores, 30 at most. `id` may be given by a client.
    Raises EntryTooShort, EntryUnbalanced, LinesMixed.
    """

    event: LedgerEvent
    award_line_id: UUID
    value_date: date
    source: Source
    postings: tuple[Posting, ...]
    reference: str = ""
    reason_code: str = ""
    book: Book = Book.LIVE
    reverses_id: UUID | None = None
    id: UUID | None = None

    def __post_init__(self) -> None:
        if len(self.postings) < POSTINGS_MIN:
            raise EntryTooShort
        difference = sum((posting.amount for posting in self.postings), ZERO)
        if difference != ZERO:
            raise EntryUnbalanced(difference=str(difference))
        lines = {posting.account.award_line_id for posting in self.postings}
        is_carried = self.event is LedgerEvent.CARRIED_OVER or self.reverses_id is not None
        if lines != {self.award_line_id} and not (is_carried and self.award_line_id in lines):
            raise LinesMixed


@dataclass(frozen=True, slots=True)
class PostedEntry:
    """An entry as it stands in the books; `sequence` counts without gaps per tenant and book."""

    id: UUID
    sequence: int
    recorded_at: datetime
    hash: bytes
    entry: NewEntry


def turned(entry: PostedEntry, value_date: date, source: Source, reason_code: str) -> NewEntry:
    """The entry that undoes another: all signs turned, naming what it turns."""
    return NewEntry(
        event=LedgerEvent.REVERSED,
        award_line_id=entry.entry.award_line_id,
        value_date=value_date,
        source=source,
        postings=tuple(
            Posting(posting.account, -posting.amount, posting.position_id)
            for posting in entry.entry.postings
        ),
        reference=entry.entry.reference,
        reason_code=reason_code,
        book=entry.entry.book,
        reverses_id=entry.id,
    )
