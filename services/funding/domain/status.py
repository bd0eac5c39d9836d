"""The funding status on a day: what is granted, what is only expected, and who works on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.funding.domain.allocation_tree import Share
from services.funding.domain.amounts import AmountStatus, StatedAmount, totals_by_status
from services.funding.domain.award_lifecycle import GRANTED_STATES, AwardState
from services.funding.domain.awards import AwardLine, LinePurpose
from services.funding.domain.findings import Finding
from services.funding.domain.legal_dates import Period
from services.funding.domain.part_year import (
    PartYearAmounts,
    PartYearDecision,
    part_year_amounts,
)
from services.funding.domain.positions import PostTable, UnspentForecast, unspent_forecast
from services.funding.domain.programme import FundingLine
from services.funding.domain.rates import RateTable, UnitKind, amount_per_post
from shared.kernel.money import ZERO, Money

COUNTED_STATES = GRANTED_STATES | {AwardState.EXPECTED, AwardState.APPLIED}


def status_of_award(state: AwardState, awarded_on: date | None, as_of: date) -> AmountStatus:
    """Whether an award's money was granted on a day: an award dated later was still expected."""
    is_granted = state in GRANTED_STATES and awarded_on is not None and awarded_on <= as_of
    return AmountStatus.GRANTED if is_granted else AmountStatus.EXPECTED


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One award line as it stood on the day; `allocated` and `own_use` are those of today."""

    award_id: UUID
    award_reference: str | None
    award_state: AwardState
    version_number: int
    line_id: UUID
    line: AwardLine
    period: Period
    name_de: str
    name_en: str
    status: AmountStatus
    allocated: Share
    own_use: Share
    part_year_decision: PartYearDecision | None = None

    @property
    def part_year(self) -> PartYearAmounts | None:
        """Both amounts, where posts are paid for less than the fiscal year (R-S1-16)."""
        if self.line.purpose is not LinePurpose.POSTS or self.line.is_additional:
            return None
        if self.period.covers(Period.of_year(self.period.start.year)):
            return None
        return part_year_amounts(self.line.amount, self.period, self.part_year_decision)

    @property
    def amount_per_post(self) -> Money | None:
        return amount_per_post(self.line.amount, self.line.fte) if self.line.fte else None


@dataclass(frozen=True, slots=True)
class LineTotal:
    """What is granted in one funding line, additional money left out."""

    funding_line: FundingLine
    amount: Money
    posts_amount: Money
    fte: Decimal

    @property
    def amount_per_post(self) -> Money | None:
        return amount_per_post(self.posts_amount, self.fte) if self.fte else None


@dataclass(frozen=True, slots=True)
class PostStatus:
    """The table of posts and where it comes from: a reported table, or the posts on record."""

    table: PostTable
    report_id: UUID | None = None
    reported_on: date | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class LineForecast:
    """What a funding line can use at most with the posts filled on the day (R-S4-4)."""

    funding_line: FundingLine
    filled_fte: Decimal
    forecast: UnspentForecast


@dataclass(frozen=True, slots=True)
class FundingStatus:
    """All figures of one county on one day."""

    as_of: date
    lines: tuple[StatusLine, ...]
    posts: PostStatus
    rates: RateTable
    found: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found on record, and what follows from the figures themselves."""
        part_years = (
            finding
            for line in self.granted
            if line.part_year is not None
            for finding in line.part_year.findings(line.line.key)
        )
        unspent = (finding for one in self.forecasts for finding in one.forecast.findings)
        return (*self.found, *part_years, *unspent)

    @property
    def granted(self) -> tuple[StatusLine, ...]:
        return tuple(line for line in self.lines if line.status is AmountStatus.GRANTED)

    @property
    def programme_volume(self) -> Money:
        """The Fördervolumen: granted, additional money left out (F1)."""
        return sum((s.line.amount for s in self.granted if not s.line.is_additional), ZERO)

    @property
    def additional_funds(self) -> Money:
        return sum((s.line.amount for s in self.granted if s.line.is_additional), ZERO)

    @property
    def ministry_total(self) -> Money:
        """All the ministry's granted money (F3)."""
        return self.programme_volume + self.additional_funds

    @property
    def totals(self) -> Mapping[AmountStatus, Money]:
        """Granted and expected side by side, never added."""
        return totals_by_status(StatedAmount(s.line.amount, s.status) for s in self.lines)

    @property
    def line_totals(self) -> tuple[LineTotal, ...]:
        return tuple(self._total(funding_line) for funding_line in FundingLine)

    @property
    def forecasts(self) -> tuple[LineForecast, ...]:
        """For each line with a rate on record for the year; a rate is never guessed."""
        found: list[LineForecast] = []
        for total in self.line_totals:
            rate = self.rates.find(total.funding_line, UnitKind.POST_YEAR, self.as_of.year)
            filled = self._filled(total.funding_line)
            if rate is None or filled is None or not total.fte:
                continue
            forecast = unspent_forecast(total.posts_amount, filled, rate.ceiling)
            found.append(LineForecast(total.funding_line, filled, forecast))
        return tuple(found)

    def _total(self, funding_line: FundingLine) -> LineTotal:
        lines = [
            s.line
            for s in self.granted
            if s.line.funding_line is funding_line and not s.line.is_additional
        ]
        posts = [line for line in lines if line.purpose is LinePurpose.POSTS]
        return LineTotal(
            funding_line,
            sum((line.amount for line in lines), ZERO),
            sum((line.amount for line in posts), ZERO),
            sum((line.fte or Decimal(0) for line in posts), Decimal("0.00")),
        )

    def _filled(self, funding_line: FundingLine) -> Decimal | None:
        """The filled posts of one line; None when the table has no such row."""
        rows = [row for row in self.posts.table.rows if row.funding_line is funding_line]
        return sum((row.figures.filled for row in rows), Decimal("0.00")) if rows else None
