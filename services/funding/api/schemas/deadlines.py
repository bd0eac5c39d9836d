"""Deadlines, alerts, forecasts and occupied months: what is sent and what is answered."""

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from typing import Literal, Self
from uuid import UUID

from services.funding.domain.deadlines import Deadline, DeadlineKind, SubjectKind
from services.funding.domain.eligibility import months_shown
from services.funding.domain.forecasts import LineOutlook, Outlook, YearOfPost
from shared.kernel.money import Money, fte_text
from shared.web.fields import LegalDate, RequestModel, ResponseModel


class DeadlineBody(RequestModel):
    """A deadline that only a person knows: the use of money, the year for a revocation."""

    subject_kind: Literal["AWARD", "ALLOCATION"]
    subject_id: UUID
    kind: DeadlineKind
    stated_on: LegalDate

    def deadline(self) -> Deadline:
        return Deadline(SubjectKind(self.subject_kind), self.subject_id, self.kind, self.stated_on)


class DeadlineView(ResponseModel):
    """`dueOn` is `statedOn`, or the next working day in North Rhine-Westphalia."""

    id: UUID
    version: int
    kind: str
    state: str
    subject_kind: str
    subject_id: UUID
    stated_on: date
    due_on: date
    warned_at: datetime | None
    missed_at: datetime | None
    done_at: datetime | None
    created_at: datetime
    updated_at: datetime


class DeadlinePage(ResponseModel):
    items: list[DeadlineView]
    cursors: list[str] | None = None
    next_cursor: str | None


class AlertView(ResponseModel):
    """Something a person should look at; `figures` are the amounts and dates behind it."""

    id: UUID
    code: str
    subject_kind: str
    subject_id: str
    figures: dict[str, str]
    raised_at: datetime
    resolved_at: datetime | None
    is_open: bool


class AlertPage(ResponseModel):
    items: list[AlertView]
    cursors: list[str] | None = None
    next_cursor: str | None


def _amount(amount: Money | None) -> str | None:
    return None if amount is None else str(amount)


def _months(months: Fraction | None) -> str | None:
    return None if months is None else fte_text(months_shown(months))


class LineOutlookView(ResponseModel):
    """One funding line. Where no rate or no post is on record the figures stay empty."""

    funding_line: str
    granted: str
    used: str
    burn_per_month: str
    expected_use: str
    filled_fte: str | None
    usable_at_filled: str | None
    occupied_months: str | None
    usable_as_occupied: str | None
    expected_unspent: str | None
    repayment_warning: bool

    @classmethod
    def of(cls, line: LineOutlook) -> Self:
        return cls(
            funding_line=line.funding_line.value,
            granted=str(line.granted),
            used=str(line.used),
            burn_per_month=str(line.burn_per_month),
            expected_use=str(line.expected_use),
            filled_fte=None if line.filled_fte is None else fte_text(line.filled_fte),
            usable_at_filled=_amount(line.usable_at_filled),
            occupied_months=_months(line.occupied_months),
            usable_as_occupied=_amount(line.usable_as_occupied),
            expected_unspent=_amount(line.expected_unspent),
            repayment_warning=line.has_repayment_warning,
        )


class OutlookView(ResponseModel):
    fiscal_year: int
    as_of: date
    items: list[LineOutlookView]

    @classmethod
    def of(cls, outlook: Outlook) -> Self:
        return cls(
            fiscal_year=outlook.fiscal_year,
            as_of=outlook.as_of,
            items=[LineOutlookView.of(line) for line in outlook.lines],
        )


class OccupiedMonthView(ResponseModel):
    """Share-months; `vacant` is counted here and is not what somebody reported."""

    month: str
    approved: str
    occupied: str
    vacant: str


class VacantPeriodView(ResponseModel):
    """Both days included."""

    first_day: date
    last_day: date


class OccupiedMonthsView(ResponseModel):
    """`vacantPeriods`: the gaps in which nobody at all was on the post."""

    position_id: UUID
    fiscal_year: int
    items: list[OccupiedMonthView]
    approved_months: str
    occupied_months: str
    vacant_months: str
    vacant_periods: list[VacantPeriodView]

    @classmethod
    def of(cls, position_id: UUID, fiscal_year: int, year: YearOfPost) -> Self:
        months = year.months
        items = [
            OccupiedMonthView(
                month=f"{one.month.start:%Y-%m}",
                approved=one.shown[0],
                occupied=one.shown[1],
                vacant=one.shown[2],
            )
            for one in months
        ]
        return cls(
            position_id=position_id,
            fiscal_year=fiscal_year,
            items=items,
            approved_months=_sum(one.approved for one in months),
            occupied_months=_sum(one.occupied for one in months),
            vacant_months=_sum(one.vacant for one in months),
            vacant_periods=[
                VacantPeriodView(first_day=one.start, last_day=one.end) for one in year.vacant
            ],
        )


def _sum(months: Iterable[Fraction]) -> str:
    """The exact sum, rounded once."""
    return fte_text(months_shown(sum(months, Fraction(0))))
