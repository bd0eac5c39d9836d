from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.funding.domain.figures import FigureLocale, read_fte, write_fte
from services.funding.domain.findings import FindingCode
from services.funding.domain.legal_dates import Period
from services.funding.domain.occupancies import (
    MoreFilledThanApproved,
    Occupancy,
    OccupancyEndsBeforeItStarts,
    PostPaidTwice,
    ShareOutOfRange,
    filled_fte,
    outlasting_findings,
    refuse_double_funding,
    refuse_overstaffing,
    vacant_periods,
)
from services.funding.domain.positions import (
    LINE_OF_POST_TYPE,
    POST_TYPE_NAMES,
    PostFigures,
    PostRow,
    PostTable,
    PostType,
    unspent_forecast,
)
from shared.kernel.money import Money, fte_text
from tests.services.funding.domain.warendorf import POSITIONS, figures


def test_f2_warendorf_positions_add_up_by_column_and_not_by_row() -> None:
    total = POSITIONS.computed_total

    assert (fte_text(total.approved), fte_text(total.filled), fte_text(total.reported_vacant)) == (
        "21.00",
        "13.87",
        "2.88",
    )
    assert [fte_text(row.figures.residual) for row in POSITIONS.rows] == [
        "0.00",
        "0.00",
        "3.50",
        "0.25",
        "0.50",
    ]
    assert fte_text(POSITIONS.total.residual) == "4.25"
    assert fte_text(POSITIONS.total.unoccupied_computed) == "7.13"


def test_f2_warendorf_positions_give_three_row_findings_and_one_for_the_total() -> None:
    assert [
        (finding.code, finding.subject, finding.facts["residual"]) for finding in POSITIONS.findings
    ] == [
        (FindingCode.POSITION_RESIDUAL, "CASE_MANAGEMENT", "3.50"),
        (FindingCode.POSITION_RESIDUAL, "FOREIGNERS_AUTHORITY", "0.25"),
        (FindingCode.POSITION_RESIDUAL, "NATURALISATION_AUTHORITY", "0.50"),
        (FindingCode.POSITION_RESIDUAL, "TOTAL", "4.25"),
    ]


def test_f2_warendorf_positions_are_exported_digit_by_digit() -> None:
    printed = [
        ["3,50", "3,50", "0,00"],
        ["0,50", "0,50", "0,00"],
        ["14,00", "7,62", "2,88"],
        ["1,00", "0,75", "0,00"],
        ["2,00", "1,50", "0,00"],
        ["21,00", "13,87", "2,88"],
    ]
    read = [PostFigures(*(read_fte(number, FigureLocale.DE) for number in row)) for row in printed]

    assert read == [*(row.figures for row in POSITIONS.rows), POSITIONS.reported_total]
    assert [
        [
            write_fte(number, FigureLocale.DE)
            for number in (row.approved, row.filled, row.reported_vacant)
        ]
        for row in read
    ] == printed


def test_the_reported_vacancy_is_never_derived() -> None:
    case_management = POSITIONS.rows[2].figures

    assert fte_text(case_management.reported_vacant) == "2.88"
    assert fte_text(case_management.unoccupied_computed) == "6.38"


def test_a_wrong_total_is_reported_and_not_repaired() -> None:
    wrong = replace(POSITIONS, reported_total=figures("21.00", "13.78", "2.88"))

    assert wrong.total == figures("21.00", "13.78", "2.88")
    assert [
        (finding.code, finding.subject, dict(finding.facts))
        for finding in wrong.findings
        if finding.code is FindingCode.COLUMN_SUM_MISMATCH
    ] == [
        (
            FindingCode.COLUMN_SUM_MISMATCH,
            "filled",
            {"reported": "13.78", "computed": "13.87"},
        )
    ]


def test_a_table_without_a_total_row_is_summed_without_a_finding_on_columns() -> None:
    table = PostTable(POSITIONS.rows)

    assert table.total == POSITIONS.reported_total
    assert len(table.findings) == 4


def test_the_filled_posts_limit_what_can_be_spent() -> None:
    forecast = unspent_forecast(Money.euros(770_000), Decimal("7.62"), Money.euros(55_000))

    assert (str(forecast.usable), str(forecast.unspent)) == ("419100.00", "350900.00")
    assert [finding.code for finding in forecast.findings] == [FindingCode.UNSPENT_FUNDS_EXPECTED]
    assert unspent_forecast(Money.euros(1), Decimal("1.00"), Money.euros(2)).findings == ()


def test_every_post_type_has_a_name_and_a_line() -> None:
    assert set(POST_TYPE_NAMES) == set(LINE_OF_POST_TYPE) == set(PostType)


FTE = st.integers(min_value=0, max_value=99_999).map(lambda hundredths: Decimal(hundredths) / 100)


@given(st.lists(st.builds(PostFigures, FTE, FTE, FTE), min_size=1, max_size=6))
def test_residuals_of_the_rows_add_up_to_that_of_the_total(rows: list[PostFigures]) -> None:
    table = PostTable(tuple(PostRow("", PostType.CASE_MANAGEMENT, row) for row in rows))

    assert sum(row.residual for row in rows) == table.total.residual


def occupancy(share: str, since: date, until: date | None = None, **more: object) -> Occupancy:
    return Occupancy(seat=1, share=Decimal(share), since=since, until=until, **more)  # type: ignore[arg-type] # programme and seat by keyword


def test_a_post_can_be_approved_and_vacant_in_between() -> None:
    held = [
        occupancy("1.00", date(2022, 1, 1), date(2022, 5, 31)),
        occupancy("1.00", date(2022, 11, 1)),
    ]

    assert vacant_periods(held, Period.of_year(2022)) == (
        Period(date(2022, 6, 1), date(2022, 10, 31)),
    )
    assert fte_text(filled_fte(held, date(2022, 7, 1))) == "0.00"
    assert fte_text(filled_fte(held, date(2022, 11, 1))) == "1.00"


def test_gaps_before_and_after_the_occupancies_are_found() -> None:
    held = [occupancy("0.50", date(2022, 3, 1), date(2022, 3, 31))]

    assert vacant_periods(held, Period.of_year(2022)) == (
        Period(date(2022, 1, 1), date(2022, 2, 28)),
        Period(date(2022, 4, 1), date(2022, 12, 31)),
    )
    assert vacant_periods([], Period.of_year(2022)) == (Period.of_year(2022),)


def test_f26_double_funding_is_refused_with_the_day_and_the_sum() -> None:
    held = [
        occupancy("0.60", date(2022, 1, 1)),
        occupancy("0.50", date(2022, 4, 1), date(2022, 4, 1), programme="MBE"),
    ]

    with pytest.raises(PostPaidTwice) as refused:
        refuse_double_funding(held)

    assert refused.value.status == 422
    assert refused.value.facts == {"day": "2022-04-01", "seat": 1, "share": "1.10"}


def test_shares_that_follow_each_other_are_no_double_funding() -> None:
    refuse_double_funding(
        [
            occupancy("0.60", date(2022, 1, 1), date(2022, 3, 31)),
            occupancy("1.00", date(2022, 4, 1), programme="MBE"),
            replace(occupancy("1.00", date(2022, 1, 1)), seat=2),
        ]
    )


def test_more_people_than_approved_posts_are_refused() -> None:
    held = [
        occupancy("0.75", date(2022, 1, 1)),
        replace(occupancy("0.50", date(2022, 2, 1)), seat=2),
    ]

    refuse_overstaffing(held, lambda _: Decimal("1.25"))
    with pytest.raises(MoreFilledThanApproved) as refused:
        refuse_overstaffing(held, lambda _: Decimal("1.00"))
    assert refused.value.facts == {"day": "2022-02-01", "filled": "1.25", "approved": "1.00"}


def test_posts_are_counted_against_what_is_approved_on_the_day() -> None:
    def approved_on(day: date) -> Decimal:
        return Decimal("3.50") if day >= date(2022, 7, 1) else Decimal("1.00")

    held = [
        occupancy("1.00", date(2022, 1, 1)),
        replace(occupancy("1.00", date(2022, 7, 1)), seat=2),
        replace(occupancy("1.00", date(2022, 1, 1), programme="MBE"), seat=3),
    ]

    refuse_overstaffing(held, approved_on)
    with pytest.raises(MoreFilledThanApproved):
        refuse_overstaffing([*held, replace(held[1], seat=4, since=date(2022, 6, 30))], approved_on)


@pytest.mark.parametrize("share", ["0.00", "1.01", "-0.10"])
def test_a_share_outside_zero_to_one_is_refused(share: str) -> None:
    with pytest.raises(ShareOutOfRange):
        occupancy(share, date(2022, 1, 1))


def test_an_occupancy_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(OccupancyEndsBeforeItStarts):
        occupancy("1.00", date(2022, 1, 2), date(2022, 1, 1))


def test_a_post_that_outlasts_its_award_raises_an_alert() -> None:
    until, award_until = date(2023, 3, 31), date(2022, 12, 31)

    findings = outlasting_findings("post-1", until, award_until, has_other_source=False)

    assert [finding.code for finding in findings] == [FindingCode.POSITION_OUTLASTS_AWARD]
    assert outlasting_findings("post-1", until, award_until, has_other_source=True) == ()
    assert outlasting_findings("post-1", award_until, award_until, has_other_source=False) == ()


@given(
    st.lists(
        st.tuples(
            st.integers(1, 100),
            st.integers(0, 60),
            st.integers(0, 60),
            st.sampled_from(["KIM", "MBE"]),
        ),
        max_size=6,
    )
)
def test_what_passes_the_check_is_at_most_a_full_post_on_every_day(
    shares: list[tuple[int, int, int, str]],
) -> None:
    first = date(2022, 1, 1).toordinal()
    held = [
        Occupancy(
            1,
            Decimal(hundredths) / 100,
            date.fromordinal(first + start),
            date.fromordinal(first + start + length),
            programme,
        )
        for hundredths, start, length, programme in shares
    ]
    worst = max(
        (
            sum(one.share for one in held if one.covers(date.fromordinal(first + day)))
            for day in range(125)
        ),
        default=0,
    )

    if worst <= 1:
        refuse_double_funding(held)
    else:
        with pytest.raises(PostPaidTwice):
            refuse_double_funding(held)
