"""Cases of all quarters up to a reporting day, and what of them may be shown (H12).

What is open at the end of a quarter is what was open before, plus what was opened, less what was
closed; a year is the sum of its quarters. So all quarters and years together are one network, and
nothing that is hidden in one of them is the rest of others (`shared.kernel.suppression`). The
groups of a day share the number of open cases with it.

A quarter that was told stays as it was told. What becomes known of it later (a case recorded,
closed or corrected with a day of an old quarter) is counted in the quarter in which it is known, as
a book carries on (`carried_on`); and what an edition hid or showed, the next ones hide and show. So
no difference of two editions is a case.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from shared.kernel.periods import Period
from shared.kernel.suppression import (
    K_PUBLIC,
    TOTAL,
    Cell,
    Flow,
    Node,
    suppress,
    suppress_flows,
)

Counts = Mapping[str, int | None]
RUNNING, OPENED, CLOSED = "RUNNING", "OPENED", "CLOSED"
_OUTSIDE: Final = ("OUTSIDE", "")
_CASES: Final = "CASES"
_OTHER: Final = "OTHER"
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
    told_on: date | None = None
    """Reporting day of the edition that told the quarter first."""


def carried_on(
    told: Sequence[CountOfQuarter], known: Sequence[CountOfQuarter], edition_on: date
) -> list[CountOfQuarter]:
    """The counts of an edition: the quarters `told` by earlier ones as they are, and those that
    came since from what is `known` now.

    The first of the new quarters takes what became known late, so that what was open, was opened
    and was closed still adds up. A count that fell (a case was taken back) goes to the other side:
    fewer opened are more closed, as OTHER.
    """
    last = max((one.quarter_end for one in told), default=date.min)
    fresh = [replace(one, told_on=edition_on) for one in known if one.quarter_end > last]
    if not told or not fresh:
        return [*told, *fresh]
    end = min(one.quarter_end for one in fresh)
    by_date = [one for one in fresh if (one.quarter_end, one.by_group) not in _moves(end)]
    return [*told, *by_date, *_late(told, known, last, end, edition_on)]


def _moves(end: date) -> set[tuple[date, str]]:
    return {(end, OPENED), (end, CLOSED)}


def _late(
    told: Sequence[CountOfQuarter],
    known: Sequence[CountOfQuarter],
    last: date,
    end: date,
    edition_on: date,
) -> Iterator[CountOfQuarter]:
    closed: Counter[str] = Counter()
    for sign, counts in ((1, known), (-1, told)):
        for one in counts:
            if one.by_group == CLOSED and one.quarter_end <= end:
                closed[one.value] += sign * one.cases
    opened = _running(known, end) - _running(told, last) + sum(closed.values())
    taken_back = sum(-count for count in closed.values() if count < 0)
    gone = Counter({reason: count for reason, count in closed.items() if count > 0})
    if opened < 0:
        gone[_OTHER] -= opened
    yield CountOfQuarter(end, OPENED, "", max(opened, 0) + taken_back, edition_on)
    for reason, count in sorted(gone.items()):
        yield CountOfQuarter(end, CLOSED, reason, count, edition_on)


def _running(counts: Sequence[CountOfQuarter], end: date) -> int:
    return sum(one.cases for one in counts if (one.by_group, one.quarter_end) == (RUNNING, end))


class EditionOfCases:
    """All quarters that had ended on a reporting day, each as it was first told."""

    def __init__(self, counts: Iterable[CountOfQuarter], last_day: date, k: int = K_PUBLIC) -> None:
        self.k = max(K_PUBLIC, k)
        self._counts: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        self._told_on: dict[Period, date] = {}
        for one in counts:
            quarter = Period.quarter_of(one.quarter_end)
            self._told_on[quarter] = one.told_on or last_day
            self._counts[one.by_group, str(quarter)][one.value] = one.cases
        last = Period.quarter_of(last_day)
        first = min(self._told_on, default=last)
        self._quarters = [
            quarter
            for year in range(first.year, last.year + 1)
            for quarter in Period(year).quarters()
            if first <= quarter <= last
        ]
        for quarter in self._quarters:
            self._told_on.setdefault(quarter, last_day)
        self._shown: dict[Cell, int | None] = {}
        for day in sorted(set(self._told_on.values())):
            quarters = [one for one in self._quarters if self._told_on[one] <= day]
            flows = self._flows(quarters)
            self._shown = suppress_flows(flows, k=self.k, elsewhere=self._shown)

    def running(self, quarter: Period) -> int | None:
        """Open at the end of the quarter; before the first one nothing was."""
        return self._shown.get((RUNNING, str(quarter)), 0)

    def opened(self, period: Period) -> int | None:
        """In a quarter, or in those of a year that have ended."""
        return self._moved(OPENED, period)

    def closed(self, period: Period) -> int | None:
        return self._moved(CLOSED, period)

    def closed_by_reason(self, year: Period) -> Counts:
        """Of a year that has ended; adds up to `closed`. Of a running one nothing: what it tells
        now less what it told a quarter ago would be the quarter.
        """
        if self._quarters[-1] < year.last_quarter:
            return {}
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

    def _moved(self, kind: str, period: Period) -> int | None:
        if period.quarter is not None:
            return self._shown.get((kind, str(period)), 0)
        ended = [one for one in self._quarters if one.year == period.year]
        return self._shown.get(self._year_until(kind, ended[-1]), 0) if ended else 0

    def _flows(self, quarters: Sequence[Period]) -> dict[Cell, Flow]:
        """What was open before comes into a quarter with what was opened in it; what was closed
        and what is open at its end goes out. In the first one nothing is known but the end. Each
        edition tells what its year has until then: what the year had before, and its new quarters.
        """
        others = quarters[1:]
        nodes = [_OUTSIDE, *(("QUARTER", str(quarter)) for quarter in others), _OUTSIDE]
        flows: dict[Cell, Flow] = {}
        for quarter, here, after in zip(quarters, nodes, nodes[1:], strict=False):
            open_now = self._count(RUNNING, quarter)
            flows[RUNNING, str(quarter)] = Flow(open_now, here, after, rank=2)
        for kind in (OPENED, CLOSED):
            had: Counter[int] = Counter()
            for place, (quarter, here) in enumerate(zip(others, nodes[1:], strict=False)):
                count, until = self._count(kind, quarter), self._year_until(kind, quarter)
                had[quarter.year] += count
                flows[kind, str(quarter)] = _in_or_out(kind, count, until, here)
                later = (self._year_until(kind, one) for one in others[place:])
                same_year = (one for one in later if one != until and one[1][:4] == until[1][:4])
                outside = next(same_year, _OUTSIDE)
                flows[until] = _in_or_out(kind, had[quarter.year], outside, until, rank=1)
        return flows

    def _year_until(self, kind: str, quarter: Period) -> Cell:
        """What the edition that told the quarter told of its year."""
        day = self._told_on[quarter]
        return kind, f"{quarter.year} told {day.isoformat()}"


def _in_or_out(kind: str, count: int, outer: Node, inner: Node, *, rank: int = 0) -> Flow:
    """What was opened comes in, what was closed goes out."""
    ends = (outer, inner) if kind == OPENED else (inner, outer)
    return Flow(count, *ends, rank=rank)
