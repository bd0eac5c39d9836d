"""Periods of money and posts, both ends inclusive, and what is remarkable about a date."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from services.funding.domain.findings import Finding, FindingCode
from shared.kernel.clock import is_weekend
from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text

MONTHS_PER_QUARTER = 3


class PeriodEndsBeforeItStarts(RuleViolated):
    code = "period-ends-before-it-starts"
    title = Text(
        de="Der Zeitraum endet vor seinem Beginn.",
        en="The period ends before it starts.",
    )


class QuarterUnreadable(RuleViolated):
    code = "quarter-unreadable"
    title = Text(
        de="Ein Quartal wird als Jahr und Nummer angegeben, z. B. 2021-Q1.",
        en="A quarter is a year and a number, for example 2021-Q1.",
    )


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included (Bewilligungszeitraum)."""

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts. Raises PeriodEndsBeforeItStarts."""
        if self.end < self.start:
            raise PeriodEndsBeforeItStarts(start=self.start.isoformat(), end=self.end.isoformat())

    @classmethod
    def of_year(cls, fiscal_year: int) -> Self:
        """The Haushaltsjahr: the calendar year."""
        return cls(date(fiscal_year, 1, 1), date(fiscal_year, 12, 31))

    def contains(self, day: date) -> bool:
        return self.start <= day <= self.end

    def covers(self, other: "Period") -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Period") -> bool:
        return self.start <= other.end and other.start <= self.end

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a year: the precision in which councils plan the start of a post (R-S2-4)."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `"2021-Q1"`. Raises QuarterUnreadable."""
        match = re.fullmatch(r"([0-9]{4})-Q([1-4])", text)
        if match is None:
            raise QuarterUnreadable
        return cls(int(match[1]), int(match[2]))

    @property
    def period(self) -> Period:
        first_month = (self.number - 1) * MONTHS_PER_QUARTER + 1
        last_month = first_month + MONTHS_PER_QUARTER - 1
        next_month = date(self.year + last_month // 12, last_month % 12 + 1, 1)
        return Period(date(self.year, first_month, 1), next_month - timedelta(days=1))

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"


def weekend_findings(subject: str, day: date) -> tuple[Finding, ...]:
    """A weekend date is accepted and only remarked on (R-S4-9).

    Warendorf's steering group endorsed its concept on 22.05.2022, a Sunday.
    """
    if not is_weekend(day):
        return ()
    return (Finding(FindingCode.WEEKEND_DATE, subject, {"date": day.isoformat()}),)
