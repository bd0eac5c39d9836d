"""Figures that leave the unit: what is counted is named, and small cells stay hidden.

Suppression: a cell from 1 to k - 1 is hidden (primary); as long as an equation of the table (a
row or a column with its total) has exactly one hidden cell, or its hidden cells add up to less
than k, a further cell is hidden (secondary). It protects each published table for itself;
tables by place are made for fixed reporting days only, so that nobody learns
from the difference of two days who came in between (R-ST3).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text

K_INTERNAL: Final = 3
K_PUBLIC: Final = 5
HIDDEN: Final = "."
TOTAL: Final = "TOTAL"

Cell = tuple[str, str]


class CountingUnit(StrEnum):
    PERSON = "PERSON"
    FAMILY = "FAMILY"
    CASE = "CASE"
    REFERRAL = "REFERRAL"


class PartExceedsWhole(RuleViolated):
    code = "part-exceeds-whole"
    title = Text(
        de="Die Darunter-Zahl ist größer als die Gesamtzahl.",
        en="The part is greater than the whole.",
    )


@dataclass(frozen=True, slots=True)
class Thereof:
    """A number "thereof" another one: 379 families, thereof 111; never to be added (R-S4-5)."""

    unit: CountingUnit
    total: int
    thereof: int

    def __post_init__(self) -> None:
        if not 0 <= self.thereof <= self.total:
            raise PartExceedsWhole(total=self.total, thereof=self.thereof)

    @property
    def others(self) -> int:
        return self.total - self.thereof


@dataclass(frozen=True, slots=True)
class SafeTable:
    """A table with totals under the key TOTAL; None is a hidden cell, shown as a full stop."""

    k: int
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[Cell, int | None]

    def text(self, row: str, column: str) -> str:
        value = self.cells[row, column]
        return HIDDEN if value is None else str(value)


def reporting_day(day: date) -> date:
    """The last day of the quarter that had ended by this day."""
    next_day = day + timedelta(days=1)
    return date(next_day.year, next_day.month - (next_day.month - 1) % 3, 1) - timedelta(days=1)


def suppress(table: Mapping[str, Mapping[str, int]], *, k: int = K_INTERNAL) -> SafeTable:
    """The table with row, column and grand totals, safe to show. Missing cells count as zero."""
    rows = tuple(table)
    columns = tuple(dict.fromkeys(column for row in table.values() for column in row))
    values = _with_totals(table, rows, columns)
    hidden = {cell for cell, value in values.items() if 0 < value < k}
    lines = tuple(_lines(rows, columns))
    while victim := _next_victim(lines, values, hidden, k):
        hidden.add(victim)
    shown = {cell: None if cell in hidden else value for cell, value in values.items()}
    return SafeTable(k, (*rows, TOTAL), (*columns, TOTAL), shown)


def _with_totals(
    table: Mapping[str, Mapping[str, int]], rows: tuple[str, ...], columns: tuple[str, ...]
) -> dict[Cell, int]:
    values = {(row, column): table[row].get(column, 0) for row in rows for column in columns}
    for row in rows:
        values[row, TOTAL] = sum(values[row, column] for column in columns)
    for column in (*columns, TOTAL):
        values[TOTAL, column] = sum(values[row, column] for row in rows)
    return values


def _lines(rows: tuple[str, ...], columns: tuple[str, ...]) -> Iterator[tuple[Cell, ...]]:
    """Every equation of the table: cells that add up to the last one."""
    for row in (*rows, TOTAL):
        yield tuple((row, column) for column in (*columns, TOTAL))
    for column in (*columns, TOTAL):
        yield tuple((row, column) for row in (*rows, TOTAL))


def _next_victim(
    lines: tuple[tuple[Cell, ...], ...], values: Mapping[Cell, int], hidden: set[Cell], k: int
) -> Cell | None:
    for line in lines:
        if not _gives_away(line, values, hidden, k):
            continue
        candidates = [cell for cell in line if cell not in hidden]
        if candidates:
            # Inner cells before totals, values before zeros, the smallest loss first.
            return min(
                candidates,
                key=lambda cell: (cell.count(TOTAL), values[cell] == 0, values[cell], cell),
            )
    return None


def _gives_away(
    line: tuple[Cell, ...], values: Mapping[Cell, int], hidden: set[Cell], k: int
) -> bool:
    *parts, total = line
    hidden_parts = [cell for cell in parts if cell in hidden]
    if total in hidden:
        return not hidden_parts
    return len(hidden_parts) == 1 or 0 < sum(values[cell] for cell in hidden_parts) < k
