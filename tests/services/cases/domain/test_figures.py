"""Quarters that carry over: what is hidden in one is the rest of no others (H12, R-ST2, R-ST3)."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from services.cases.domain.figures import (
    CLOSED,
    FIELD_OF_ACTION,
    OPENED,
    RUNNING,
    CountOfQuarter,
    EditionOfCases,
    GroupOfCases,
)
from shared.kernel.periods import Period
from shared.kernel.suppression import Cell
from tests.shared.test_suppression import solved

K = 5
ENDS = (date(2024, 12, 31), *(Period(2025, number).last for number in range(1, 5)))
Moves = list[tuple[int, int]]
# Opened in each quarter, and how many of those open are closed in it (in percent).
moves = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 100)), min_size=4, max_size=4)


def told(before: int, quarters: Moves) -> tuple[EditionOfCases, dict[Cell, int]]:
    """An edition, and what it was made of."""
    counts = [CountOfQuarter(ENDS[0], RUNNING, "", before)]
    truth: dict[Cell, int] = {(RUNNING, "2024-Q4"): before}
    running = before
    for end, (opened, percent) in zip(ENDS[1:], quarters, strict=False):
        closed = (running + opened) * percent // 100
        running += opened - closed
        name = str(Period.quarter_of(end))
        for kind, count in ((OPENED, opened), (CLOSED, closed), (RUNNING, running)):
            counts.append(CountOfQuarter(end, kind, "OTHER" if kind == CLOSED else "", count))
            truth[kind, name] = count
    for kind in (OPENED, CLOSED):
        quarters_of = [truth[kind, f"2025-Q{n}"] for n in range(1, len(quarters) + 1)]
        truth[kind, "2025"] = sum(quarters_of)
    return EditionOfCases(counts, ENDS[len(quarters)], K), truth


def shown(edition: EditionOfCases, cells: dict[Cell, int]) -> dict[Cell, int | None]:
    ask = {RUNNING: edition.running, OPENED: edition.opened, CLOSED: edition.closed}
    return {(kind, name): ask[kind](period(name)) for kind, name in cells}


def period(name: str) -> Period:
    year, _, quarter = name.partition("-Q")
    return Period(int(year), int(quarter) if quarter else None)


def equations(quarters: int) -> list[dict[Cell, int]]:
    names = ["2024-Q4", *(f"2025-Q{n}" for n in range(1, quarters + 1))]
    carried = [
        {(RUNNING, before): 1, (OPENED, now): 1, (CLOSED, now): -1, (RUNNING, now): -1}
        for before, now in pairwise(names)
    ]
    years = [
        {(kind, "2025"): -1, **{(kind, name): 1 for name in names[1:]}} for kind in (OPENED, CLOSED)
    ]
    return carried + years


@given(st.integers(0, 40), moves)
def test_no_combination_of_quarters_and_years_tells_a_small_count(
    before: int, quarters: Moves
) -> None:
    edition, truth = told(before, quarters)
    safe = shown(edition, truth)
    assert all(value in (None, truth[cell]) for cell, value in safe.items())
    hidden = sorted(cell for cell, value in safe.items() if value is None)
    small = {cell for cell, value in truth.items() if 0 < value < K}
    assert small <= set(hidden)
    assert not small & solved(equations(4), hidden)


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 4),
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 100)), min_size=2, max_size=2),
)
def test_every_small_count_has_another_history_that_shows_the_same(
    before: int, quarters: Moves
) -> None:
    """Found by trying all small histories: each hidden small count could be another one."""
    edition, truth = told(before, quarters)
    safe = shown(edition, truth)
    others: dict[Cell, set[int]] = {cell: set() for cell in truth}
    small = [cell for cell, value in truth.items() if 0 < value < K]
    for tried in histories(safe):
        for cell, value in tried.items():
            others[cell].add(value)
        if all(len(others[cell]) > 1 for cell in small):
            return
    assert not small, safe


def histories(safe: dict[Cell, int | None]) -> Iterator[dict[Cell, int]]:
    """All that show the same, of at most twelve cases a cell: as many as can close in one quarter
    when four were there and four more began in each.
    """
    cells = [(RUNNING, "2024-Q4"), (OPENED, "2025-Q1"), (CLOSED, "2025-Q1"),
             (OPENED, "2025-Q2"), (CLOSED, "2025-Q2")]  # fmt: skip
    tries = [range(13) if (value := safe[cell]) is None else [value] for cell in cells]
    for start, o1, c1, o2, c2 in product(*tries):
        first, last = start + o1 - c1, start + o1 - c1 + o2 - c2
        if first < 0 or last < 0:
            continue
        tried: dict[Cell, int] = {
            (RUNNING, "2024-Q4"): start, (RUNNING, "2025-Q1"): first, (RUNNING, "2025-Q2"): last,
            (OPENED, "2025-Q1"): o1, (OPENED, "2025-Q2"): o2, (OPENED, "2025"): o1 + o2,
            (CLOSED, "2025-Q1"): c1, (CLOSED, "2025-Q2"): c2, (CLOSED, "2025"): c1 + c2,
        }  # fmt: skip
        if all(value is None or tried[cell] == value for cell, value in safe.items()):
            yield tried


@given(st.integers(0, 30), moves, st.integers(1, 4))
def test_one_case_more_in_an_open_quarter_changes_no_shown_total_by_one_small_step(
    before: int, quarters: Moves, number: int
) -> None:
    """A count that is shown is none or five and more, whatever it was made of."""
    edition, truth = told(before, quarters)
    for cell, value in shown(edition, truth).items():
        assert value is None or value == 0 or value >= K, cell
    assert edition.opened(Period(2025, number)) in (None, quarters[number - 1][0])


def groups_of(counts: dict[str, int], fields: dict[str, int]) -> EditionOfCases:
    end, running = ENDS[0], sum(counts.values())
    return EditionOfCases(
        [
            CountOfQuarter(end, RUNNING, "", running),
            *(CountOfQuarter(end, GroupOfCases.PHASE, name, n) for name, n in counts.items()),
            *(CountOfQuarter(end, FIELD_OF_ACTION, name, n) for name, n in fields.items()),
        ],
        end,
    )


def test_f23_a_small_group_takes_one_more_with_it_and_the_total_stays() -> None:
    edition = groups_of({"INTAKE": 2, "ASSESSMENT": 9, "LINKING": 30}, {})
    quarter = Period(2024, 4)
    assert edition.groups(quarter, GroupOfCases.PHASE) == {
        "INTAKE": None, "ASSESSMENT": None, "LINKING": 30,
    }  # fmt: skip
    assert edition.running(quarter) == 41


def test_a_field_that_all_but_few_need_is_hidden_like_one_that_few_need() -> None:
    """38 of 41 need language: 41 less 38 would be the three who do not."""
    edition = groups_of({"LINKING": 41}, {"LANGUAGE": 38, "WORK": 20, "DEBT": 3, "HOUSING": 41})
    assert edition.fields_of_action(Period(2024, 4)) == {
        "DEBT": None, "HOUSING": 41, "LANGUAGE": None, "WORK": 20,
    }  # fmt: skip
