"""Periods that may be asked for, and tables of one year that betray nothing together."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referrals.domain.statistics import (
    FLOW,
    Group,
    GroupBy,
    Median,
    PeriodTooShort,
    YearOfReferrals,
    require_over,
)
from shared.kernel.periods import FiguresNotSettled, Period, PeriodNotWhole
from shared.kernel.suppression import K_PUBLIC, TOTAL, SafeTable

YEAR = Period(2025)


def months(**counts: int) -> YearOfReferrals:
    """`m01=7, m02=…`: what was sent in which month."""
    return YearOfReferrals(
        Group(f"2025-{name[1:]}", count) for name, count in counts.items() if count
    )


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 1, 1), date(2025, 1, 31)),
        (date(2025, 1, 1), date(2025, 6, 30)),
        (date(2025, 2, 1), date(2025, 4, 30)),
        (date(2025, 1, 2), date(2025, 3, 31)),
        (date(2024, 7, 1), date(2025, 6, 30)),
        (date(2025, 3, 31), date(2025, 1, 1)),
        (date(2025, 1, 1), date(2026, 12, 31)),
        (date(9999, 10, 1), date(9999, 12, 31)),
        (date(1, 1, 1), date(1, 12, 31)),
    ],
)
def test_only_whole_quarters_and_years_are_periods(first: date, last: date) -> None:
    with pytest.raises(PeriodNotWhole):
        Period.between(first, last)


@given(st.integers(2020, 2090), st.sampled_from([None, 1, 2, 3, 4]))
def test_a_period_is_found_by_its_days(year: int, quarter: int | None) -> None:
    period = Period(year, quarter)
    assert Period.between(period.first, period.last) == period
    assert (period.last + timedelta(days=1)).day == 1


def test_groups_are_shown_when_the_year_is_settled_and_months_when_the_quarter_is_over() -> None:
    quarter = Period(2025, 2)
    require_over(quarter, GroupBy.MONTH.value, date(2025, 7, 1))
    with pytest.raises(FiguresNotSettled) as early:
        require_over(quarter, GroupBy.MONTH.value, date(2025, 6, 30))
    assert early.value.facts == {"availableFrom": "2025-07-01"}
    with pytest.raises(FiguresNotSettled) as unsettled:
        require_over(quarter, GroupBy.SERVICE.value, date(2026, 3, 31))
    assert unsettled.value.facts == {"availableFrom": "2026-04-01"}
    require_over(quarter, GroupBy.SERVICE.value, date(2026, 4, 1))


@pytest.mark.parametrize("by", [GroupBy.RECIPIENT_UNIT.value, FLOW])
def test_units_and_flows_have_no_quarters(by: str) -> None:
    with pytest.raises(PeriodTooShort):
        require_over(Period(2025, 1), by, date(2030, 1, 1))
    require_over(Period(2025), by, date(2030, 1, 1))


def test_a_median_needs_five_and_a_group_that_is_shown() -> None:
    assert Median(Decimal("3.5"), 5).shown(9) == "3.5"
    assert Median(Decimal("3.5"), 4).shown(9) is None
    assert Median(Decimal("3.5"), 9).shown(None) is None


def test_the_year_minus_three_quarters_is_not_the_small_one() -> None:
    """The difference attack: 40 in the year, 12 + 12 + 13 in three quarters, 3 in the fourth."""
    year = months(m01=12, m04=12, m07=13, m10=3)
    assert year.total(Period(2025, 4)) is None
    assert [year.total(Period(2025, number)) for number in (1, 2, 3)] == [12, 12, 13]
    assert year.total(YEAR) is None


def test_a_quarter_minus_two_months_is_not_the_small_one() -> None:
    table = months(m01=9, m02=2, m03=30).by_month(Period(2025, 1))
    row = [table.cells["ALL", month] for month in Period(2025, 1).months()]
    assert row == [None, None, 30]
    assert table.cells["ALL", TOTAL] == 41


def test_the_year_is_shown_first_and_its_quarters_as_far_as_it_allows() -> None:
    year = months(m01=20, m04=20, m07=20, m10=20)
    groups = [
        Group("HOUSING", 22),
        Group("LANGUAGE", 58),
        *(Group("HOUSING", count, quarter=q) for q, count in ((1, 2), (2, 7), (3, 7), (4, 6))),
        *(Group("LANGUAGE", count, quarter=q) for q, count in ((1, 18), (2, 13), (3, 13), (4, 14))),
    ]
    table = year.by_value(YEAR, groups)
    assert (table.cells["HOUSING", TOTAL], table.cells["LANGUAGE", TOTAL]) == (22, 58)
    assert table.cells["HOUSING", "Q1"] is None
    hidden = {cell for cell, value in table.cells.items() if value is None}
    assert TOTAL not in {name for cell in hidden for name in cell}
    for quarter in ("Q1", "Q2", "Q3", "Q4"):
        assert len({cell for cell in hidden if quarter in cell}) in {0, 2}


KINDS = ("JUGENDAMT", "JOBCENTER", "MBE")
referrals = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.sampled_from(KINDS),
        st.integers(0, 1),
        st.integers(1, 12),
    ),
    max_size=90,
)


@given(referrals)
def test_all_tables_of_a_year_show_the_same_totals_and_hide_what_is_small(
    sent: list[tuple[str, str, int, int]],
) -> None:
    """Units, types and flows of one year: what one shows is what the others show, or hidden."""

    def counted(key: list[str], within: list[str] | None = None) -> list[Group]:
        pairs = list(zip(key, within or [""] * len(key), strict=True))
        return [Group(value, pairs.count((value, of)), of) for value, of in sorted(set(pairs))]

    def whole_and_quarters(place: int) -> list[Group]:
        kinds = Counter(one[place] for one in sent)
        quarters = Counter((one[place], (one[3] + 2) // 3) for one in sent)
        return [
            *(Group(str(kind), count) for kind, count in kinds.items()),
            *(
                Group(str(kind), count, quarter=number)
                for (kind, number), count in quarters.items()
            ),
        ]

    by_month = counted([f"2025-{month:02}" for *_, month in sent])
    year = YearOfReferrals(by_month)
    senders, recipients = (year.by_value(YEAR, whole_and_quarters(place)) for place in (0, 1))
    units = counted([f"{to}-{n}" for _, to, n, _ in sent], [to for _, to, _, _ in sent])
    by_unit = year.by_unit(units, recipients)
    flow = year.crossed(
        counted([to for _, to, _, _ in sent], [of for of, _, _, _ in sent]), senders, recipients
    )
    tables: list[SafeTable] = [recipients, senders, by_unit, flow]
    for table in tables:
        assert table.cells.get((TOTAL, TOTAL), 0) in {year.total(YEAR), 0}
        assert not {value for value in table.cells.values() if value and value < K_PUBLIC}
    for kind in recipients.rows:
        assert by_unit.cells[kind, TOTAL] == recipients.cells[kind, TOTAL]
        assert flow.cells[TOTAL, kind] == recipients.cells[kind, TOTAL]
    for kind in senders.rows:
        assert flow.cells[kind, TOTAL] == senders.cells[kind, TOTAL]
