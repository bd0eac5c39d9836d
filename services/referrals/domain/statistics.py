"""Figures about referrals that may leave the units: whole periods, small groups hidden (H12).

Every figure counts the referrals **sent** in a period, as they stood on the settling day, the end
of the first quarter of the following year; so nothing that happens later can be subtracted. Totals
of months and quarters are shown when their quarter has ended, groups when their year is settled.
Tables of one year share their totals, and units add up to agency types: what one table hides no
other one shows (`shared.kernel.suppression`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from shared.kernel.errors import RuleViolated
from shared.kernel.periods import Period, require_after
from shared.kernel.suppression import K_PUBLIC, TOTAL, Cell, SafeTable, suppress
from shared.kernel.text import Text

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
OUTCOME_OF_TYPE: Final = "outcomeOfType"


class Outcome(StrEnum):
    """How a referral stood on the settling day; OPEN is sent and not answered."""

    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    COMPLETED = "COMPLETED"
    RETURNED = "RETURNED"
    REJECTED = "REJECTED"
    EXPIRED = "EXPIRED"
    WITHDRAWN = "WITHDRAWN"


class PeriodTooShort(RuleViolated):
    code = "period-too-short"
    title = Text(
        de="Nach diesem Merkmal gibt es Zahlen nur für ganze Kalenderjahre.",
        en="By this characteristic there are figures for whole calendar years only.",
    )


_OF_YEARS: Final = frozenset({GroupBy.RECIPIENT_UNIT.value, FLOW, OUTCOME_OF_TYPE})


def require_over(period: Period, by: str, today: date) -> None:
    """Raises PeriodTooShort, FiguresNotSettled."""
    if period.quarter is not None and by in _OF_YEARS:
        raise PeriodTooShort
    require_after(period.last if by == GroupBy.MONTH else period.settled_on, today)


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

    def crossed(self, groups: Iterable[Group], rows: SafeTable, columns: SafeTable) -> SafeTable:
        """`within` in rows, `value` in columns, with the totals of both as they are shown: from
        the sender's agency type to the recipient's, or the recipient's agency type by outcome.
        """
        across = [column for column in columns.rows if column != TOTAL]
        table = {row: dict.fromkeys(across, 0) for row in rows.rows if row != TOTAL}
        for group in groups:
            table[group.within][group.value] = group.referrals
        shown: dict[Cell, int | None] = {
            **{(row, TOTAL): rows.cells[row, TOTAL] for row in rows.rows},
            **{(TOTAL, column): columns.cells[column, TOTAL] for column in columns.rows},
        }
        return suppress(table, k=K_PUBLIC, elsewhere=shown)
