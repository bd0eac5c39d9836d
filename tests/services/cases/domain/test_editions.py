"""Editions that follow each other: what is told of a quarter stays, and no difference is a case."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from services.cases.domain.figures import (
    CLOSED,
    OPENED,
    RUNNING,
    CountOfQuarter,
    EditionOfCases,
    carried_on,
)
from shared.kernel.periods import Period
from tests.shared.test_suppression import solved

K = 5
QUARTERS = (Period(2024, 4), *Period(2025).quarters(), *Period(2026).quarters())
LAST = len(QUARTERS) - 1
REASONS = ("GOALS_REACHED", "OTHER")


@dataclass(frozen=True)
class Case:
    """Opened and closed in quarters by their place; `known` is the first edition that knows it."""

    opened: int
    closed: int
    reason: str
    known: int


cases = st.lists(
    st.builds(
        Case,
        opened=st.integers(0, LAST),
        closed=st.integers(0, LAST + 3),
        reason=st.sampled_from(REASONS),
        known=st.integers(0, LAST),
    ).filter(lambda one: one.closed >= one.opened and one.known >= one.opened),
    max_size=60,
)


def known_in(found: list[Case], edition: int) -> list[CountOfQuarter]:
    """What the database counts by date when the quarter at this place has ended."""
    seen = [one for one in found if one.known <= edition]
    counts: list[CountOfQuarter] = []
    for place, quarter in enumerate(QUARTERS[: edition + 1]):
        running = sum(one.opened <= place < one.closed for one in seen)
        counts.append(CountOfQuarter(quarter.last, RUNNING, "", running))
        if opened := sum(one.opened == place for one in seen):
            counts.append(CountOfQuarter(quarter.last, OPENED, "", opened))
        closed = Counter(one.reason for one in seen if one.closed == place)
        counts.extend(CountOfQuarter(quarter.last, CLOSED, why, n) for why, n in closed.items())
    return counts


def editions(found: list[Case], places: list[int]) -> list[list[CountOfQuarter]]:
    told: list[CountOfQuarter] = []
    made = []
    for place in places:
        told = carried_on(told, known_in(found, place), QUARTERS[place].last)
        made.append(told)
    return made


def count(counts: list[CountOfQuarter], kind: str, quarter: Period) -> int:
    return sum(
        one.cases for one in counts if (one.by_group, one.quarter_end) == (kind, quarter.last)
    )


asked_in = st.lists(st.integers(1, LAST), min_size=1, max_size=5, unique=True).map(sorted)


@given(cases, asked_in)
def test_what_was_told_of_a_quarter_stays_and_all_of_them_add_up(
    found: list[Case], places: list[int]
) -> None:
    before: list[CountOfQuarter] = []
    for counts, place in zip(editions(found, places), places, strict=True):
        assert counts[: len(before)] == before
        before = counts
        assert all(one.cases >= 0 for one in counts)
        for earlier, quarter in pairwise(QUARTERS[: place + 1]):
            came = count(counts, RUNNING, earlier) + count(counts, OPENED, quarter)
            assert came == count(counts, CLOSED, quarter) + count(counts, RUNNING, quarter)
        now = sum(one.opened <= place < one.closed for one in found if one.known <= place)
        assert count(counts, RUNNING, QUARTERS[place]) == now


@settings(deadline=None)
@given(cases, asked_in)
def test_no_combination_of_editions_tells_a_small_count(
    found: list[Case], places: list[int]
) -> None:
    """Whoever keeps every edition knows what any of them showed, and what a year had in each."""
    truth: dict[tuple[str, str], int] = {}
    seen: set[tuple[str, str]] = set()
    equations: list[dict[tuple[str, str], int]] = []
    for counts, place in zip(editions(found, places), places, strict=True):
        edition = EditionOfCases(counts, QUARTERS[place].last, K)
        quarters = QUARTERS[: place + 1]
        for quarter in quarters:
            told = {RUNNING: edition.running(quarter)}
            if quarter != QUARTERS[0]:
                told |= {OPENED: edition.opened(quarter), CLOSED: edition.closed(quarter)}
            for kind, shown in told.items():
                truth[kind, str(quarter)] = count(counts, kind, quarter)
                if shown is not None:
                    assert shown == truth[kind, str(quarter)]
                    seen.add((kind, str(quarter)))
        for year in {one.year for one in quarters[1:]}:
            parts = [str(one) for one in quarters[1:] if one.year == year]
            for kind, ask in ((OPENED, edition.opened), (CLOSED, edition.closed)):
                cell = (kind, f"{year} in {place}")
                truth[cell] = sum(truth[kind, part] for part in parts)
                equations.append({cell: -1, **{(kind, part): 1 for part in parts}})
                shown = ask(Period(year))
                assert shown in (None, truth[cell])
                if shown is not None:
                    seen.add(cell)
    last = QUARTERS[: places[-1] + 1]
    equations += [
        {
            (RUNNING, str(one)): 1, (OPENED, str(two)): 1,
            (CLOSED, str(two)): -1, (RUNNING, str(two)): -1,
        }
        for one, two in pairwise(last)
    ]  # fmt: skip
    hidden = sorted(set(truth) - seen)
    small = {cell for cell, value in truth.items() if 0 < value < K}
    assert small <= set(hidden)
    assert not small & solved(equations, hidden)


def test_a_case_recorded_late_counts_in_the_quarter_in_which_it_is_known() -> None:
    found = [*[Case(0, 9, "OTHER", 0)] * 20, *[Case(1, 9, "OTHER", 3)] * 6]
    first, second = editions(found, [2, 3])
    told = EditionOfCases(first, QUARTERS[2].last, K)
    later = EditionOfCases(second, QUARTERS[3].last, K)
    assert (told.opened(Period(2025, 1)), told.running(Period(2025, 2))) == (0, 20)
    assert (later.opened(Period(2025, 1)), later.running(Period(2025, 2))) == (0, 20)
    assert (later.opened(Period(2025, 3)), later.running(Period(2025, 3))) == (6, 26)


def test_a_case_taken_back_leaves_as_closed_and_nothing_is_below_zero() -> None:
    told = [
        CountOfQuarter(date(2025, 3, 31), RUNNING, "", 20, date(2025, 3, 31)),
        CountOfQuarter(date(2025, 3, 31), OPENED, "", 20, date(2025, 3, 31)),
        CountOfQuarter(date(2025, 3, 31), CLOSED, "MOVED_AWAY", 7, date(2025, 3, 31)),
    ]
    known = [
        CountOfQuarter(date(2025, 3, 31), RUNNING, "", 14),
        CountOfQuarter(date(2025, 3, 31), CLOSED, "MOVED_AWAY", 5),
        CountOfQuarter(date(2025, 6, 30), RUNNING, "", 14),
        CountOfQuarter(date(2025, 6, 30), CLOSED, "OTHER", 1),
    ]
    added = carried_on(told, known, date(2025, 6, 30))[len(told) :]
    moves = {(one.by_group, one.value): one.cases for one in added}
    assert moves == {(RUNNING, ""): 14, (OPENED, ""): 2, (CLOSED, "OTHER"): 8}


def test_why_cases_were_closed_is_told_when_the_year_has_ended() -> None:
    """What a running year tells now less what it told a quarter ago would be one quarter."""
    found = [*[Case(0, 1, "GOALS_REACHED", 0)] * 8, *[Case(0, 3, "GOALS_REACHED", 0)] * 6]
    running, ended = editions(found, [2, 4])
    assert EditionOfCases(running, QUARTERS[2].last, K).closed_by_reason(Period(2025)) == {}
    whole = EditionOfCases(ended, QUARTERS[4].last, K)
    assert whole.closed_by_reason(Period(2025)) == {"GOALS_REACHED": 14}
