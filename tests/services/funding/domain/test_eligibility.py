"""What of a post's cost the grant pays: F5, F8, F9, Warendorf's year, and rounding once."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.funding.domain.costs import CostNegative
from services.funding.domain.eligibility import (
    ceiling_of_months,
    eligible_of_posts,
    months_shown,
    share_months,
    steps_of,
    target,
)
from services.funding.domain.ledger.rules import Recognition
from services.funding.domain.legal_dates import Period
from services.funding.domain.occupancies import Occupancy
from services.funding.domain.part_year import PartYearDecision
from shared.kernel.money import ZERO, Money

CEILING = Money.euros(55_000)
YEAR = Fraction(12)
YEAR_2022 = Period.of_year(2022)
MONTHS = st.fractions(min_value=0, max_value=12, max_denominator=3_100)
AMOUNTS = st.integers(min_value=0, max_value=20_000_000).map(Money)


def parts(eligible: str, own: str = "0.00", undecided: str = "0.00") -> Recognition:
    return Recognition(Money.parse(eligible), Money.parse(own), ZERO, Money.parse(undecided))


def test_f5_aachen_pays_the_ceiling_and_the_rest_is_own_share() -> None:
    assert target(Money.euros(64_000), CEILING, YEAR) == parts("55000.00", "9000.00")
    assert target(Money.euros(320_000), CEILING, 5 * YEAR) == parts("275000.00", "45000.00")


def test_f8_low_salary_counts_as_it_is() -> None:
    assert target(Money.euros(48_000), CEILING, YEAR) == parts("48000.00")


def test_f9_part_year_stays_undecided_until_somebody_decides() -> None:
    held = [Occupancy(1, Decimal("1.00"), date(2020, 10, 1))]
    months = share_months(held, Period.of_year(2020))
    assert months == 3

    def decided(decision: PartYearDecision | None) -> Recognition:
        return target(
            Money.euros(16_000), CEILING, months, decision=decision, post_months=Fraction(3)
        )

    assert decided(None) == parts("13750.00", undecided="2250.00")
    assert decided(PartYearDecision.FULL_AMOUNT) == parts("16000.00")
    assert decided(PartYearDecision.PRO_RATA) == parts("13750.00", "2250.00")


def test_a_gap_of_a_whole_year_post_is_no_part_year_and_pays_pro_rata() -> None:
    held = [Occupancy(1, Decimal("1.00"), date(2022, 1, 1), date(2022, 6, 30))]
    months = share_months(held, YEAR_2022)
    assert target(Money.euros(40_000), CEILING, months) == parts("27500.00", "12500.00")


def test_warendorf_b2_year_is_419100_of_487680() -> None:
    held = [
        *(Occupancy(seat, Decimal("1.00"), date(2021, 9, 1)) for seat in range(1, 8)),
        Occupancy(8, Decimal("0.62"), date(2022, 1, 1)),
        Occupancy(8, Decimal("0.38"), date(2022, 1, 1), programme="MBE"),
    ]
    months = share_months(held, YEAR_2022)

    assert months_shown(months) == Decimal("91.44")
    assert ceiling_of_months(CEILING, months) == Money.euros(419_100)
    assert target(Money.euros(487_680), CEILING, months) == parts("419100.00", "68580.00")


def test_a_month_in_part_counts_by_its_days() -> None:
    held = [Occupancy(1, Decimal("0.50"), date(2022, 2, 15), date(2022, 3, 10))]
    assert share_months(held, YEAR_2022) == (Fraction(14, 28) + Fraction(10, 31)) / 2


def test_half_a_cent_is_rounded_up_although_a_third_of_a_month_is_no_decimal() -> None:
    assert Money(18).times(Fraction(1, 36)) == Money(1)
    assert Money(-18).times(Fraction(1, 36)) == Money(-1)


def test_a_negative_cost_is_refused() -> None:
    with pytest.raises(CostNegative):
        target(Money(-1), CEILING, YEAR)


@given(AMOUNTS, MONTHS, MONTHS, st.sampled_from([None, *PartYearDecision]))
def test_the_parts_of_a_cost_are_the_whole(
    actual: Money, months: Fraction, lived: Fraction, decision: PartYearDecision | None
) -> None:
    post_months = max(months, lived)
    found = target(actual, CEILING, months, decision=decision, post_months=post_months)
    assert found.total == actual
    assert found.eligible + found.undecided <= CEILING.times(2) or months == 0


@given(st.lists(AMOUNTS, max_size=8), MONTHS)
def test_costs_one_after_another_reach_the_target_of_their_sum(
    actuals: list[Money], months: Fraction
) -> None:
    steps = steps_of(actuals, CEILING, months)
    assert [step.total for step in steps] == actuals
    eligible = sum((step.eligible for step in steps), ZERO)
    assert eligible == target(sum(actuals, ZERO), CEILING, months).eligible


@given(st.lists(st.tuples(AMOUNTS, MONTHS), max_size=20))
def test_cost_per_post_is_rounded_once_and_the_difference_is_shown(
    posts: list[tuple[Money, Fraction]],
) -> None:
    rounded = eligible_of_posts(posts, CEILING)
    assert sum(rounded.parts, ZERO) + rounded.difference == rounded.whole
    assert 2 * abs(rounded.difference.cents) <= len(posts) + 1


def test_three_posts_of_a_third_of_a_month_leave_a_cent() -> None:
    rounded = eligible_of_posts([(CEILING, Fraction(1, 3))] * 3, Money.parse("55000.20"))
    assert [str(part) for part in rounded.parts] == ["1527.78"] * 3
    assert (str(rounded.whole), str(rounded.difference)) == ("4583.35", "0.01")
