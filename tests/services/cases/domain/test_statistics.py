"""Figures: counting units, "thereof", and small cells."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cases.domain.statistics import CountingUnit, PartExceedsWhole, Thereof
from shared.kernel.suppression import TOTAL, reporting_day, suppress


def test_f15_379_families_of_whom_111_leave_268_others() -> None:
    families = Thereof(CountingUnit.FAMILY, total=379, thereof=111)
    assert (families.total, families.thereof, families.others) == (379, 111, 268)
    assert families.unit == "FAMILY"


@pytest.mark.parametrize(("total", "thereof"), [(110, 111), (379, -1)])
def test_f15_a_part_is_never_greater_than_the_whole(total: int, thereof: int) -> None:
    with pytest.raises(PartExceedsWhole):
        Thereof(CountingUnit.FAMILY, total=total, thereof=thereof)


def test_f23_a_small_cell_takes_a_second_one_with_it_and_the_row_total_stays() -> None:
    table = suppress(
        {
            "Ahlen": {"UKRAINE": 40, "OTHER": 60},
            "Telgte": {"UKRAINE": 2, "OTHER": 13},
            "Beckum": {"UKRAINE": 20, "OTHER": 30},
        },
        k=3,
    )
    assert table.text("Telgte", "UKRAINE") == "."
    assert table.text("Telgte", "OTHER") == "."
    assert table.text("Telgte", TOTAL) == "15"
    assert table.text("Beckum", "UKRAINE") == "."
    assert table.text("Beckum", "OTHER") == "."
    assert (table.text("Ahlen", "UKRAINE"), table.text("Ahlen", "OTHER")) == ("40", "60")
    assert table.text(TOTAL, TOTAL) == "165"


def test_f23_one_small_cell_of_one_row_takes_one_second_and_keeps_the_row_total() -> None:
    """As the paper prints it: columns without a total, so that one second cell is enough."""
    table = suppress({"Telgte": {"UKRAINE": 2, "SYRIA": 13, "OTHER": 40}}, k=3)
    row = [table.text("Telgte", column) for column in ("UKRAINE", "SYRIA", "OTHER", TOTAL)]
    assert row == [".", ".", "40", "55"]


@given(st.dates(date(2015, 1, 1), date(2045, 12, 31)), st.integers(0, 91))
def test_f23_two_reports_within_a_quarter_have_the_same_reporting_day(
    day: date, later: int
) -> None:
    """The difference attack: what changes between two close days is not there to subtract."""
    ended = reporting_day(day)
    assert ended <= day
    assert ((ended + timedelta(days=1)).day, ended.month % 3) == (1, 0)
    assert day - ended < timedelta(days=92)
    quarter = (day.year, (day.month - 1) // 3)
    other = day + timedelta(days=later)
    is_last = reporting_day(other) == other
    if (other.year, (other.month - 1) // 3) == quarter and not is_last:
        assert reporting_day(other) == ended


def test_zero_is_shown() -> None:
    table = suppress({"Ahlen": {"A": 0, "B": 10}, "Telgte": {"A": 7, "B": 8}}, k=3)
    assert table.text("Ahlen", "A") == "0"
    assert None not in table.cells.values()


def test_two_hidden_ones_do_not_betray_each_other() -> None:
    """1 + 1 = 2 under a shown total: both would be known to be one."""
    table = suppress({"row": {"A": 1, "B": 1, "C": 50}, "other": {"A": 20, "B": 20, "C": 20}}, k=3)
    assert table.cells["row", "C"] is None


def test_a_row_that_is_small_as_a_whole_hides_its_total_too() -> None:
    table = suppress({"Ahlen": {"A": 20, "B": 30}, "Telgte": {"A": 2, "B": 0}}, k=3)
    assert table.cells["Telgte", TOTAL] is None


tables = st.dictionaries(
    st.sampled_from(["Ahlen", "Beckum", "Oelde", "Telgte"]),
    st.fixed_dictionaries({c: st.integers(0, 12) for c in "ABC"}),
    min_size=1,
)


@given(tables, st.integers(2, 6))
def test_no_equation_of_a_published_table_has_a_single_hidden_cell(
    table: dict[str, dict[str, int]], k: int
) -> None:
    safe = suppress(table, k=k)
    rows, columns = safe.rows, safe.columns
    lines = [[(row, column) for column in columns] for row in rows]
    lines += [[(row, column) for row in rows] for column in columns]
    for line in lines:
        assert sum(safe.cells[cell] is None for cell in line) != 1
    for row in table:
        for column in "ABC":
            shown = safe.cells[row, column]
            assert shown is None or shown == table[row][column]
            assert shown is None or shown == 0 or shown >= k
