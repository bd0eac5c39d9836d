"""Hidden cells stay hidden: against equations, against signs, and between tables."""

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.suppression import TOTAL, Cell, Flow, is_known, suppress

Table = dict[str, dict[str, int]]
COLUMNS = ("A", "B", "C")
tables = st.dictionaries(
    st.sampled_from(["r1", "r2", "r3", "r4"]),
    st.fixed_dictionaries({column: st.integers(0, 9) for column in COLUMNS}),
    min_size=1,
)


def equations(rows: tuple[str, ...], columns: tuple[str, ...]) -> list[dict[Cell, int]]:
    found = [{(row, column): 1 if column != TOTAL else -1 for column in columns} for row in rows]
    return found + [
        {(row, column): 1 if row != TOTAL else -1 for row in rows} for column in columns
    ]


def solved(lines: list[dict[Cell, int]], hidden: list[Cell]) -> set[Cell]:
    """The cells that the equations alone determine, by elimination over the rationals."""
    matrix = [[Fraction(line.get(cell, 0)) for cell in hidden] for line in lines]
    pivots: list[int] = []
    for column in range(len(hidden)):
        row = next((r for r in range(len(pivots), len(matrix)) if matrix[r][column]), None)
        if row is None:
            continue
        at = len(pivots)
        matrix[at], matrix[row] = matrix[row], matrix[at]
        matrix[at] = [value / matrix[at][column] for value in matrix[at]]
        for other in range(len(matrix)):
            if other != at and (factor := matrix[other][column]):
                matrix[other] = [
                    value - factor * pivot
                    for value, pivot in zip(matrix[other], matrix[at], strict=True)
                ]
        pivots.append(column)
    return {
        hidden[column]
        for at, column in enumerate(pivots)
        if sum(1 for value in matrix[at] if value) == 1
    }


@given(tables, st.integers(2, 6))
def test_hidden_cells_cannot_be_recomputed_by_any_combination_of_equations(
    table: Table, k: int
) -> None:
    safe = suppress(table, k=k)
    hidden = sorted(cell for cell, value in safe.cells.items() if value is None)
    values = suppress(table, k=1).cells
    known = solved(equations(safe.rows, safe.columns), hidden)
    assert not {cell for cell in known if 0 < (values[cell] or 0) < k}


@given(
    st.fixed_dictionaries(
        {row: st.fixed_dictionaries({c: st.integers(0, 4) for c in "AB"}) for row in ("r1", "r2")}
    ),
    st.integers(2, 4),
)
def test_what_is_not_known_has_another_table_that_shows_the_same(table: Table, k: int) -> None:
    """Every small cell can be otherwise: found by trying all tables of that size."""
    safe = suppress(table, k=k)
    inner = [(row, column) for row in table for column in "AB"]
    others: dict[Cell, set[int]] = {cell: set() for cell in safe.cells}
    for numbers in product(range(9), repeat=4):
        tried: Table = {"r1": {}, "r2": {}}
        for (row, column), number in zip(inner, numbers, strict=True):
            tried[row][column] = number
        whole = suppress(tried, k=1).cells
        if all(shown is None or whole[cell] == shown for cell, shown in safe.cells.items()):
            for cell, value in whole.items():
                others[cell].add(value or 0)
    values = suppress(table, k=1).cells
    for cell, value in values.items():
        if 0 < (value or 0) < k:
            assert len(others[cell]) > 1, (cell, safe.cells)


def test_a_pipe_without_a_detour_is_known() -> None:
    row, one, other = ("row", "r"), ("column", "A"), ("column", "B")
    flows = {("r", "A"): Flow(2, row, one), ("r", "B"): Flow(0, row, other)}
    assert is_known(("r", "A"), set(flows), flows)


@given(tables)
def test_what_another_table_shows_stays_and_what_it_hides_stays_hidden(table: Table) -> None:
    """Quarters beside a year: the year was shown first."""
    year = suppress({row: {"Y": sum(cells.values())} for row, cells in table.items()}, k=5)
    elsewhere = {(row, TOTAL): year.cells[row, TOTAL] for row in year.rows}
    quarters = suppress(table, k=5, elsewhere=elsewhere)
    for cell, shown in elsewhere.items():
        assert quarters.cells[cell] == shown
    hidden = sorted(cell for cell, value in quarters.cells.items() if value is None)
    values = suppress(table, k=1).cells
    known = solved(equations(quarters.rows, quarters.columns), hidden)
    assert not {cell for cell in known if 0 < (values[cell] or 0) < 5}
