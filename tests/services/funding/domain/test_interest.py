"""Interest on repayment: five points over the base rate of each day, rounded once at the end."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.funding.domain.interest import (
    BaseRate,
    BaseRateMissing,
    DayCount,
    InterestPiece,
    PaidBeforeClaim,
    Repayment,
    interest,
    rounded,
    years_between,
)
from shared.kernel.money import Money

RATES = (
    BaseRate(date(2023, 1, 1), Decimal("1.62")),
    BaseRate(date(2023, 7, 1), Decimal("3.12")),
    BaseRate(date(2024, 1, 1), Decimal("3.62")),
)
# Rates that reach as far as days are drawn.
LONG_RATES = (*RATES, BaseRate(date(2035, 1, 1), Decimal("1.00")))
DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("principal", "since", "paid_on", "day_count", "expected"),
    [
        ("10000.00", date(2023, 5, 31), date(2023, 8, 31), DayCount.ACT_365, "192.34"),
        ("10000.00", date(2023, 5, 31), date(2023, 8, 31), DayCount.ACT_360, "195.01"),
        ("10000.00", date(2023, 5, 31), date(2023, 8, 31), DayCount.E30_360, "190.50"),
        ("10000.00", date(2023, 11, 30), date(2024, 1, 31), DayCount.ACT_365, "142.18"),
        ("10000.00", date(2023, 11, 30), date(2024, 1, 31), DayCount.ACT_ACT, "141.98"),
        ("350900.00", date(2023, 1, 31), date(2023, 3, 31), DayCount.ACT_365, "3754.92"),
    ],
)
def test_f27_interest_over_a_change_of_the_base_rate(
    principal: str, since: date, paid_on: date, day_count: DayCount, expected: str
) -> None:
    pieces = interest(Money.parse(principal), since, (), paid_on, RATES, day_count)

    assert str(rounded(pieces)) == expected


def test_f27_each_piece_has_its_days_and_its_rate() -> None:
    first, second = interest(
        Money.euros(10_000), date(2023, 5, 31), (), date(2023, 8, 31), RATES, DayCount.ACT_365
    )

    assert (first.first_day, first.last_day, first.days) == (
        date(2023, 6, 1),
        date(2023, 6, 30),
        30,
    )
    assert (second.first_day, second.last_day, second.days) == (
        date(2023, 7, 1),
        date(2023, 8, 31),
        62,
    )
    assert (first.percent, second.percent) == (Decimal("6.62"), Decimal("8.12"))
    assert round(first.amount_cents) == 5441
    assert round(second.amount_cents) == 13793


@given(
    since=DAYS, length=st.integers(1, 900), at=st.integers(0, 900), count=st.sampled_from(DayCount)
)
def test_splitting_the_days_anywhere_changes_nothing_before_the_last_rounding(
    since: date, length: int, at: int, count: DayCount
) -> None:
    until = since + timedelta(days=length)
    middle = since + timedelta(days=min(at, length))
    money = Money(1_234_567)

    def exact(after: date, end: date) -> Fraction:
        pieces = interest(money, after, (), end, LONG_RATES, count)
        return sum((one.amount_cents for one in pieces), Fraction(0))

    assert exact(since, until) == exact(since, middle) + exact(middle, until)
    assert years_between(since, until, count) == (
        years_between(since, middle, count) + years_between(middle, until, count)
    )


@given(since=DAYS, gaps=st.lists(st.integers(0, 200), min_size=2, max_size=2))
def test_what_is_paid_bears_no_interest_any_more(since: date, gaps: list[int]) -> None:
    paid_on = since + timedelta(days=gaps[0])
    until = paid_on + timedelta(days=gaps[1])
    whole, part = Money(900_000), Money(300_000)

    rates, count = LONG_RATES, DayCount.ACT_365
    found = interest(whole, since, (Repayment(paid_on, part),), until, rates, count)
    rest = interest(whole - part, since, (), until, rates, count)
    paid = interest(part, since, (), paid_on, rates, count)

    assert sum(one.amount_cents for one in found) == sum(one.amount_cents for one in (*rest, *paid))


def test_a_day_without_a_base_rate_is_named() -> None:
    with pytest.raises(BaseRateMissing) as refused:
        interest(Money.euros(1), date(2022, 12, 30), (), date(2023, 2, 1), RATES, DayCount.ACT_365)

    assert refused.value.facts == {"day": "2022-12-31"}


def test_the_newest_rate_holds_to_the_end_of_its_half_year_and_no_further() -> None:
    def until(day: date) -> tuple[InterestPiece, ...]:
        return interest(Money.euros(1), date(2024, 6, 1), (), day, RATES, DayCount.ACT_365)

    assert [one.last_day for one in until(date(2024, 6, 30))] == [date(2024, 6, 30)]
    with pytest.raises(BaseRateMissing) as refused:
        until(date(2024, 7, 1))
    assert refused.value.facts == {"day": "2024-07-01"}


def test_a_rate_on_the_day_after_the_claim_is_enough() -> None:
    [piece] = interest(
        Money.euros(365), date(2022, 12, 31), (), date(2023, 1, 1), RATES, DayCount.ACT_365
    )

    assert (piece.days, piece.amount_cents) == (1, Fraction("6.62"))


def test_nothing_is_paid_before_it_is_owed() -> None:
    with pytest.raises(PaidBeforeClaim):
        interest(Money.euros(1), date(2023, 5, 2), (), date(2023, 5, 1), RATES, DayCount.ACT_365)


def test_a_base_rate_may_be_negative() -> None:
    rates = (BaseRate(date(2016, 7, 1), Decimal("-0.88")), RATES[0])
    pieces = interest(
        Money.euros(10_000), date(2021, 12, 31), (), date(2022, 12, 31), rates, DayCount.ACT_365
    )

    assert str(rounded(pieces)) == "412.00"
