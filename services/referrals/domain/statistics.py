"""Figures about referrals that may leave the units: whole periods, small groups hidden (H12).

Every figure counts the referrals **sent** in a period, as they stood on the settling day, the end
of the first quarter of the following year; so nothing that happens later can be subtracted. Totals
of months and quarters are shown when their quarter has ended, groups when their year is settled.
Tables of one year share their totals, and units add up to agency types: what one table hides no
other one shows (`shared.kernel.suppression`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.suppression import K_PUBLIC, TOTAL, Cell, SafeTable, suppress
from shared.kernel.text import Text

MONTHS: Final = 12
QUARTER: Final = 3
_ROW: Final = "ALL"


class GroupBy(StrEnum):
    MONTH = "month"
    RECIPIENT_UNIT = "recipientUnit"
    RECIPIENT_TYPE = "recipientType"
    SENDER_TYPE = "senderType"
    SERVICE = "service"
    OUTCOME = "outcome"
    MODE = "mode"


FLOW: Final = "flow"


class PeriodNotWhole(RuleViolated):
    code = "period-not-whole"
    title = Text(
        de="Zahlen gibt es für ganze Quartale und ganze Kalenderjahre.",
        en="There are figures for whole quarters and whole calendar years.",
    )


class PeriodTooShort(RuleViolated):
    code = "period-too-short"
    title = Text(
        de="Nach diesem Merkmal gibt es Zahlen nur für ganze Kalenderjahre.",
        en="By this characteristic there are figures for whole calendar years only.",
    )


class FiguresNotSettled(Conflict):
    code = "figures-not-settled"
    title = Text(
        de="Für diesen Zeitraum stehen die Zahlen noch nicht fest.",
        en="The figures of this period are not settled yet.",
    )


@dataclass(frozen=True, slots=True)
class Period:
    """A whole calendar year, or one quarter of it (1 to 4)."""

    year: int
    quarter: int | None = None

    @classmethod
    def between(cls, first: date, last: date) -> "Period":
        """Raises PeriodNotWhole."""
        for period in (cls(first.year), *(cls(first.year, number) for number in range(1, 5))):
            if (period.first, period.last) == (first, last):
                return period
        raise PeriodNotWhole

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
        """How the referrals of the year stood on this day is what groups are counted by."""
        return date(self.year + 1, 3, 31)

    def months(self) -> tuple[str, ...]:
        return tuple(
            f"{self.year}-{month:02}" for month in range(self.first.month, self.last.month + 1)
        )

    def require_over(self, by: str, today: date) -> None:
        """Raises PeriodTooShort, FiguresNotSettled."""
        if self.quarter is not None and by in _OF_YEARS:
            raise PeriodTooShort
        end = self.last if by == GroupBy.MONTH else self.settled_on
        if today <= end:
            raise FiguresNotSettled(availableFrom=(end + timedelta(days=1)).isoformat())


_OF_YEARS: Final = frozenset({GroupBy.RECIPIENT_UNIT.value, FLOW})


@dataclass(frozen=True, slots=True)
class Group:
    """Referrals of one value in one quarter, or in the whole year (None). `within` is the agency
    type of a unit, or the sender's agency type of a flow.
    """

    value: str
    referrals: int
    within: str = ""
    quarter: int | None = None


@dataclass(frozen=True, slots=True)
class Median:
    """Days that something took in half of the referrals it happened to, and to how many."""

    days: Decimal | None
    referrals: int

    def shown(self, count: int | None) -> str | None:
        """Only of a group that is shown, and of as many as it takes to hide one."""
        if count is None or self.days is None or self.referrals < K_PUBLIC:
            return None
        return str(self.days)


class YearOfReferrals:
    """The safe tables of one year: each from the counts of its own groups and the year's totals."""

    def __init__(self, by_month: Iterable[Group]) -> None:
        self._months = {group.value: group.referrals for group in by_month}

    def by_month(self, period: Period) -> SafeTable:
        """Months of a quarter with its total, or of the year with that of the year."""
        if period.quarter is not None:
            months = {month: self._months.get(month, 0) for month in period.months()}
            return suppress({_ROW: months}, k=K_PUBLIC)
        quarters = [Period(period.year, number) for number in range(1, 5)]
        shown: dict[Cell, int | None] = {}
        table: dict[str, dict[str, int]] = {}
        for quarter in quarters:
            own, row = self.by_month(quarter), f"Q{quarter.quarter}"
            table[row] = {}
            for month in period.months():
                is_inside = month in quarter.months()
                table[row][month] = self._months.get(month, 0) if is_inside else 0
                shown[row, month] = own.cells[_ROW, month] if is_inside else 0
                if is_inside:
                    shown[TOTAL, month] = own.cells[_ROW, month]
            shown[row, TOTAL] = own.cells[_ROW, TOTAL]
        return suppress(table, k=K_PUBLIC, elsewhere=shown)

    def total(self, period: Period) -> int | None:
        """The referrals of a period; None when its months or quarters could tell a small one."""
        row = TOTAL if period.quarter is None else _ROW
        return self.by_month(period).cells[row, TOTAL]

    def by_value(self, year: Period, groups: Iterable[Group]) -> SafeTable:
        """The groups of the whole year in the column TOTAL, those of its quarters in Q1 to Q4.

        The year comes first, as most is left to see in it; the quarters show what it allows.
        """
        groups = list(groups)
        whole = {group.value: group.referrals for group in groups if group.quarter is None}
        total = self.total(year)
        first = suppress(
            {value: {"YEAR": count} for value, count in whole.items()},
            k=K_PUBLIC,
            elsewhere={(TOTAL, "YEAR"): total, (TOTAL, TOTAL): total},
        )
        shown: dict[Cell, int | None] = {(TOTAL, TOTAL): total}
        shown |= {(value, TOTAL): first.cells[value, TOTAL] for value in whole}
        for number in range(1, 5):
            shown[TOTAL, f"Q{number}"] = self.total(Period(year.year, number))
        table = {value: {f"Q{number}": 0 for number in range(1, 5)} for value in whole}
        for group in groups:
            if group.quarter is not None:
                table[group.value][f"Q{group.quarter}"] = group.referrals
        return suppress(table, k=K_PUBLIC, elsewhere=shown)

    def by_unit(self, units: Iterable[Group], types: SafeTable) -> SafeTable:
        """Types in rows, their units in columns, with the types as `by_value` shows them."""
        units = list(units)
        table: dict[str, dict[str, int]] = {
            kind: {unit.value: 0 for unit in units} for kind in types.rows if kind != TOTAL
        }
        shown: dict[Cell, int | None] = {
            (kind, unit.value): 0 for kind in table for unit in units if unit.within != kind
        }
        for unit in units:
            table[unit.within][unit.value] = unit.referrals
        shown |= {(kind, TOTAL): types.cells[kind, TOTAL] for kind in types.rows}
        return suppress(table, k=K_PUBLIC, elsewhere=shown)

    def flow(self, groups: Iterable[Group], senders: SafeTable, recipients: SafeTable) -> SafeTable:
        """The sender's agency type in rows, the recipient's in columns, with both as shown."""
        columns = [column for column in recipients.rows if column != TOTAL]
        table = {row: dict.fromkeys(columns, 0) for row in senders.rows if row != TOTAL}
        for group in groups:
            table[group.within][group.value] = group.referrals
        shown: dict[Cell, int | None] = {
            **{(row, TOTAL): senders.cells[row, TOTAL] for row in senders.rows},
            **{(TOTAL, column): recipients.cells[column, TOTAL] for column in recipients.rows},
        }
        return suppress(table, k=K_PUBLIC, elsewhere=shown)
