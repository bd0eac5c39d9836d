"""Cases of all quarters up to a reporting day, and what of them may be shown (H12).

What is open at the end of a quarter is what was open before, plus what was opened, less what was
closed; a year is the sum of its quarters. So all quarters and years together are one network, and
nothing that is hidden in one of them is the rest of others (`shared.kernel.suppression`). The
groups of a day share the number of open cases with it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from shared.kernel.periods import Period
from shared.kernel.suppression import K_PUBLIC, TOTAL, Cell, Flow, suppress, suppress_flows

Counts = Mapping[str, int | None]
RUNNING, OPENED, CLOSED = "RUNNING", "OPENED", "CLOSED"
_OUTSIDE: Final = ("OUTSIDE", "")
_CASES: Final = "CASES"
_WITH, _WITHOUT = "WITH", "WITHOUT"


class GroupOfCases(StrEnum):
    """What cases that are open on a day are told apart by: each is in exactly one group of it."""

    PHASE = "PHASE"
    TARGET_GROUP = "TARGET_GROUP"
    AGE = "AGE"


FIELD_OF_ACTION: Final = "FIELD_OF_ACTION"


@dataclass(frozen=True, slots=True)
class CountOfQuarter:
    """One count: `value` is empty where there is nothing to tell apart."""

    quarter_end: date
    by_group: str
    value: str
    cases: int


class EditionOfCases:
    """All quarters that had ended on a reporting day, as they were known when first asked for."""

    def __init__(self, counts: Iterable[CountOfQuarter], last_day: date, k: int = K_PUBLIC) -> None:
        self.k = max(K_PUBLIC, k)
        self._counts: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        quarters: set[Period] = set()
        for one in counts:
            quarter = Period.quarter_of(one.quarter_end)
            quarters.add(quarter)
            self._counts[one.by_group, str(quarter)][one.value] = one.cases
        last = Period.quarter_of(last_day)
        first = min(quarters, default=last)
        self._quarters = [
            quarter
            for year in range(first.year, last.year + 1)
            for quarter in Period(year).quarters()
            if first <= quarter <= last
        ]
        self._shown = suppress_flows(self._flows(), k=self.k)

    def running(self, quarter: Period) -> int | None:
        """Open at the end of the quarter; before the first one nothing was."""
        return self._shown.get((RUNNING, str(quarter)), 0)

    def opened(self, period: Period) -> int | None:
        """In a quarter, or in those of a year that have ended."""
        return self._shown.get((OPENED, str(period)), 0)

    def closed(self, period: Period) -> int | None:
        return self._shown.get((CLOSED, str(period)), 0)

    def closed_by_reason(self, year: Period) -> Counts:
        """Of the quarters of the year that have ended; adds up to `closed`."""
        table: dict[str, dict[str, int]] = {}
        for quarter in year.quarters():
            for reason, count in self._counts[CLOSED, str(quarter)].items():
                line = table.setdefault(reason, {_CASES: 0})
                line[_CASES] += count
        return self._one_column(dict(sorted(table.items())), self.closed(year))

    def groups(self, quarter: Period, by: GroupOfCases) -> Counts:
        """The cases open at the end of the quarter; adds up to `running`."""
        counts = self._counts[by.value, str(quarter)]
        table = {value: {_CASES: count} for value, count in sorted(counts.items())}
        return self._one_column(table, self.running(quarter))

    def fields_of_action(self, quarter: Period) -> Counts:
        """Cases open at the end of the quarter with need in a field: one may be in several.

        Where only few have no need in it, that hides the others, too.
        """
        running = self._count(RUNNING, quarter)
        shown: dict[str, int | None] = {}
        for value, count in sorted(self._counts[FIELD_OF_ACTION, str(quarter)].items()):
            parts = {_WITH: {_CASES: count}, _WITHOUT: {_CASES: running - count}}
            shown[value] = self._one_column(parts, self.running(quarter))[_WITH]
        return shown

    def _one_column(self, table: Mapping[str, Mapping[str, int]], total: int | None) -> Counts:
        elsewhere = {(TOTAL, _CASES): total, (TOTAL, TOTAL): total}
        safe = suppress(table, k=self.k, elsewhere=elsewhere)
        return {row: safe.cells[row, TOTAL] for row in table}

    def _count(self, by_group: str, quarter: Period) -> int:
        return sum(self._counts[by_group, str(quarter)].values())

    def _flows(self) -> dict[Cell, Flow]:
        """What was open before comes into a quarter with what was opened in it; what was closed
        and what is open at its end goes out. In the first one nothing is known but the end.
        """
        others = self._quarters[1:]
        nodes = [_OUTSIDE, *(("QUARTER", str(quarter)) for quarter in others), _OUTSIDE]
        flows: dict[Cell, Flow] = {}
        for quarter, here, after in zip(self._quarters, nodes, nodes[1:], strict=False):
            open_now = self._count(RUNNING, quarter)
            flows[RUNNING, str(quarter)] = Flow(open_now, here, after, rank=2)
        years: Counter[Cell] = Counter()
        for quarter, here in zip(others, nodes[1:], strict=False):
            for kind in (OPENED, CLOSED):
                count, year = self._count(kind, quarter), (kind, str(quarter.year))
                ends = (year, here) if kind == OPENED else (here, year)
                flows[kind, str(quarter)] = Flow(count, *ends)
                years[year] += count
        for year, count in years.items():
            ends = (_OUTSIDE, year) if year[0] == OPENED else (year, _OUTSIDE)
            flows[year] = Flow(count, *ends, rank=1)
        return flows
