"""The periods that figures are told for: whole quarters and whole calendar years, nothing else.

Whoever could choose days would learn from two periods what happened on the day between (R-ST3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.text import Text

MONTHS: Final = 12
QUARTER: Final = 3
QUARTERS: Final = (1, 2, 3, 4)
YEARS: Final = range(1900, 2200)


class PeriodNotWhole(RuleViolated):
    code = "period-not-whole"
    title = Text(
        de="Zahlen gibt es für ganze Quartale und ganze Kalenderjahre.",
        en="There are figures for whole quarters and whole calendar years.",
    )


class FiguresNotSettled(Conflict):
    code = "figures-not-settled"
    title = Text(
        de="Für diesen Zeitraum stehen die Zahlen noch nicht fest.",
        en="The figures of this period are not settled yet.",
    )


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A whole calendar year, or one quarter of it (1 to 4)."""

    year: int
    quarter: int | None = None

    @classmethod
    def between(cls, first: date, last: date) -> "Period":
        """Raises PeriodNotWhole, also for years that nobody reports."""
        if first.year not in YEARS:
            raise PeriodNotWhole
        for period in (cls(first.year), *cls(first.year).quarters()):
            if (period.first, period.last) == (first, last):
                return period
        raise PeriodNotWhole

    @classmethod
    def quarter_of(cls, day: date) -> "Period":
        return cls(day.year, (day.month - 1) // QUARTER + 1)

    @property
    def first(self) -> date:
        month = 1 if self.quarter is None else QUARTER * (self.quarter - 1) + 1
        return date(self.year, month, 1)

    @property
    def last(self) -> date:
        end = MONTHS if self.quarter is None else QUARTER * self.quarter
        return date(self.year + end // MONTHS, end % MONTHS + 1, 1) - timedelta(days=1)

    @property
    def settled_on(self) -> date:
        """How the records of the year stood on this day is what groups are counted by."""
        return date(self.year + 1, 3, 31)

    @property
    def last_quarter(self) -> "Period":
        return Period(self.year, self.quarter or QUARTERS[-1])

    @property
    def before(self) -> "Period":
        """The quarter before this period."""
        return Period.quarter_of(self.first - timedelta(days=1))

    @property
    def after(self) -> "Period":
        """The quarter after this period."""
        return Period.quarter_of(self.last + timedelta(days=1))

    def quarters(self) -> Iterator["Period"]:
        for number in (self.quarter,) if self.quarter else QUARTERS:
            yield Period(self.year, number)

    def months(self) -> tuple[str, ...]:
        return tuple(
            f"{self.year}-{month:02}" for month in range(self.first.month, self.last.month + 1)
        )

    def require_ended(self, today: date) -> None:
        """Raises FiguresNotSettled."""
        require_after(self.last, today)

    def __str__(self) -> str:
        return f"{self.year}" if self.quarter is None else f"{self.year}-Q{self.quarter}"


def require_after(end: date, today: date) -> None:
    """Raises FiguresNotSettled, with the day from which on there are figures."""
    if today <= end:
        raise FiguresNotSettled(availableFrom=(end + timedelta(days=1)).isoformat())
