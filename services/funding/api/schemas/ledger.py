"""The books: accounts, journal entries, proposals, verification, periods."""

import re
from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from services.funding.api.schemas.fields import ClientId, Currency
from services.funding.domain.costs import CostKind
from services.funding.domain.ledger.accounts import AccountCode, Book
from services.funding.operations.ledger.propose import NewProposal, manual_entry
from services.funding.operations.ledger.verify import BookCheck, ClosingCheck
from shared.kernel.money import SIGNED_AMOUNT_PATTERN, Money
from shared.service.rehearsals import DryRunView
from shared.web.fields import LegalDate, RequestModel, ResponseModel, coded

BULK_MAX = 500
POSTINGS_MAX = 50
EntryReference = coded(r"^[A-Z0-9][A-Z0-9./_-]{0,39}$", 40)
ReasonCode = coded(r"^[A-Z][A-Z_]{0,29}$", 30)


def _signed(value: object) -> object:
    if isinstance(value, Money):
        return value
    if not isinstance(value, str) or not re.fullmatch(SIGNED_AMOUNT_PATTERN, value):
        raise PydanticCustomError("amount_form", "An amount is text with two decimals.")
    return Money.parse(value)


SignedAmount = Annotated[
    Money,
    BeforeValidator(_signed),
    WithJsonSchema({"type": "string", "pattern": SIGNED_AMOUNT_PATTERN, "examples": ["-55000.00"]}),
]


class ManualPostingBody(RequestModel):
    """Debit positive, credit negative. `costKind` where the account is kept by kind of cost."""

    code: AccountCode
    cost_kind: CostKind | None = None
    amount: SignedAmount


class JournalProposalBody(RequestModel):
    """A manual entry. It is posted under the proposal's id, when another person agrees."""

    id: ClientId | None = None
    award_line_id: UUID
    value_date: LegalDate
    reference: EntryReference | None = None  # type: ignore[valid-type] # built by a function
    reason_code: ReasonCode | None = None  # type: ignore[valid-type] # built by a function
    book: Book = Book.LIVE
    currency: Currency = "EUR"
    postings: list[ManualPostingBody] = Field(min_length=2, max_length=POSTINGS_MAX)

    def command(self) -> NewProposal:
        return manual_entry(
            proposal_id=self.id,
            award_line_id=self.award_line_id,
            value_date=self.value_date,
            reference=self.reference or "",
            reason_code=self.reason_code or "",
            book=self.book,
            postings=[(one.code, one.cost_kind, one.amount) for one in self.postings],
        )


class JournalProposalsBody(RequestModel):
    """Many at once: all are recorded or none."""

    items: list[JournalProposalBody] = Field(min_length=1, max_length=BULK_MAX)


class ReversalBody(RequestModel):
    """The day in an open month on which the entry is undone, and why."""

    value_date: LegalDate
    reason_code: ReasonCode  # type: ignore[valid-type] # built by a function


class BookBody(RequestModel):
    book: Book = Book.LIVE


class LapseBody(BookBody):
    value_date: LegalDate


class LedgerAccountView(ResponseModel):
    """`balance` is positive on the account's own side; `CASH` may be negative."""

    id: UUID
    code: AccountCode
    path: str
    book: Book
    award_line_id: UUID
    allocation_id: UUID | None
    cost_kind: CostKind | None
    side: str
    balance: str
    currency: str


class LedgerAccountPage(ResponseModel):
    items: list[LedgerAccountView]
    cursors: list[str] | None = None
    next_cursor: str | None


class PostingView(ResponseModel):
    """`amount`: debit positive, credit negative; `side` is the side on which the account grows."""

    ordinal: int
    account: str
    account_id: UUID
    code: AccountCode
    side: str
    amount: str
    position_id: UUID | None


class JournalEntryView(ResponseModel):
    """`valueDate` is the legal date of the fact, `recordedAt` when it was entered."""

    id: UUID
    book: Book
    sequence: int
    event: str
    award_line_id: UUID
    fiscal_year: int
    value_date: date
    recorded_at: datetime
    source_kind: str
    source_id: UUID
    reference: str
    reason_code: str
    currency: str
    postings: list[PostingView]
    reverses_id: UUID | None
    reversed_by_id: UUID | None
    previous_hash: str
    hash: str


class JournalEntryPage(ResponseModel):
    items: list[JournalEntryView]
    cursors: list[str] | None = None
    next_cursor: str | None


class ManualPostingView(ResponseModel):
    code: AccountCode
    cost_kind: CostKind | None
    amount: str


class JournalProposalView(ResponseModel):
    id: UUID
    version: int
    state: str
    allowed_actions: list[str]
    award_line_id: UUID
    value_date: date
    reference: str
    reason_code: str
    book: Book
    postings: list[ManualPostingView]
    currency: str
    entry_id: UUID | None
    created_at: datetime
    updated_at: datetime


class JournalProposalPage(ResponseModel):
    items: list[JournalProposalView]
    cursors: list[str] | None = None
    next_cursor: str | None


class NewProposalView(ResponseModel):
    id: UUID
    version: int
    state: str


class NewProposals(ResponseModel):
    items: list[NewProposalView]


class RehearsedPosting(ResponseModel):
    event: str
    value_date: date
    account: str
    code: AccountCode
    amount: str


class RehearsedBalance(ResponseModel):
    account: str
    code: AccountCode
    balance: str


class MoneyDryRunView(DryRunView):
    """What a command would answer (`result`) and post. Nothing of it is stored."""

    postings: list[RehearsedPosting]
    balances: list[RehearsedBalance]


class ClosingView(ResponseModel):
    """`isSealed`: a keyed seal is there and fits; `isIntact`: the book still has that head."""

    fiscal_year: int
    month: int | None
    closed_at: datetime
    head_sequence: int
    is_sealed: bool
    is_intact: bool

    @classmethod
    def of(cls, check: ClosingCheck) -> Self:
        return cls(
            fiscal_year=check.fiscal_year,
            month=check.month,
            closed_at=check.closed_at,
            head_sequence=check.head_sequence,
            is_sealed=check.is_sealed,
            is_intact=check.is_intact,
        )


class LedgerVerificationView(ResponseModel):
    """`firstBroken` is the sequence at which the chain does not hold."""

    book: Book
    is_intact: bool
    entries: int
    head_sequence: int
    head_hash: str
    first_broken: int | None
    balances_differing: int
    periods: list[ClosingView]

    @classmethod
    def of(cls, check: BookCheck) -> Self:
        return cls(
            book=check.book,
            is_intact=check.is_intact,
            entries=check.chain.entries,
            head_sequence=check.chain.head_sequence,
            head_hash=check.chain.head_hash.hex(),
            first_broken=check.chain.first_broken,
            balances_differing=check.balances_differing,
            periods=[ClosingView.of(one) for one in check.closings],
        )


class LedgerPeriodView(ResponseModel):
    period: str
    book: Book
    state: str
    is_closing_requested: bool
    closed_at: datetime | None
    head_sequence: int | None
    head_hash: str | None
    is_sealed: bool


class LedgerPeriods(ResponseModel):
    items: list[LedgerPeriodView]


class TrialBalanceView(ResponseModel):
    """`balance`: debit positive, as exported books have it."""

    account: str
    code: AccountCode
    balance: str


class YearCloseView(ResponseModel):
    book: Book
    fiscal_year: int
    closed_at: datetime
    trial_balance: list[TrialBalanceView]
    head_sequence: int
    head_hash: str
    is_sealed: bool


class LapsedView(ResponseModel):
    book: Book
    fiscal_year: int
    entry_ids: list[UUID]
    lapsed: str
