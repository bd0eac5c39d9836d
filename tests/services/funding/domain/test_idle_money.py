"""Which money is used first, how long the rest lay idle, and what interest that exposes to."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.funding.domain.drawdown_facts import two_months_after
from services.funding.domain.idle_money import InterestFrom, idle_money, interest_of_idle
from services.funding.domain.interest import BaseRate, BaseRateMissing, rounded
from services.funding.domain.use_matching import Payout, Use, match_uses, used_of
from shared.kernel.money import ZERO, Money

RATES = (
    BaseRate(date(2023, 1, 1), Decimal("1.62")),
    BaseRate(date(2023, 7, 1), Decimal("3.12")),
)
FIRST, SECOND = UUID(int=1), UUID(int=2)
PAYOUT = Payout(FIRST, date(2023, 3, 1), Money.euros(120_000))
LATE_USE = (
    Use(date(2023, 4, 20), Money.euros(70_000)),
    Use(date(2023, 6, 15), Money.euros(50_000)),
)


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2023-03-01", "2023-05-01"),
        ("2023-12-31", "2024-02-29"),
        ("2022-12-30", "2023-02-28"),
        ("2023-11-15", "2024-01-15"),
    ],
)
def test_two_months_end_on_the_same_day_or_the_last_of_the_month(day: str, last: str) -> None:
    assert two_months_after(date.fromisoformat(day)) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("interest_from", "days", "expected"),
    [(InterestFrom.AFTER_GRACE, 45, "408.08"), (InterestFrom.PAYOUT, 106, "961.26")],
)
def test_money_used_late_exposes_to_interest_until_its_use(
    interest_from: InterestFrom, days: int, expected: str
) -> None:
    idle = idle_money(PAYOUT, LATE_USE, date(2023, 12, 31), interest_from)

    found = interest_of_idle(idle, RATES)

    assert [(str(one.principal), one.days, str(one.percent)) for one in found] == [
        ("50000.00", days, "6.62")
    ]
    assert str(rounded(found)) == expected


def test_money_still_idle_counts_to_the_day_asked_about_under_each_rate() -> None:
    idle = idle_money(PAYOUT, LATE_USE[:1], date(2023, 7, 10), InterestFrom.AFTER_GRACE)

    found = interest_of_idle(idle, RATES)

    assert [(one.first_day, one.days, str(one.percent)) for one in found] == [
        (date(2023, 5, 2), 60, "6.62"),
        (date(2023, 7, 1), 10, "8.12"),
    ]


def test_within_the_two_months_there_is_no_exposure() -> None:
    assert idle_money(PAYOUT, (), date(2023, 5, 1), InterestFrom.PAYOUT) == ()


def test_money_paid_back_late_bears_interest_until_that_day_only() -> None:
    left = Payout(FIRST, date(2023, 3, 1), Money.euros(70_000))
    back = Use(date(2023, 6, 15), Money.euros(50_000))

    idle = idle_money(left, LATE_USE[:1], date(2024, 1, 1), InterestFrom.AFTER_GRACE, back)

    assert str(rounded(interest_of_idle(idle, RATES))) == "408.08"


def test_a_day_without_a_base_rate_is_refused_and_not_guessed() -> None:
    idle = idle_money(PAYOUT, (), date(2023, 6, 1), InterestFrom.AFTER_GRACE)
    late = idle_money(PAYOUT, (), date(2024, 1, 1), InterestFrom.AFTER_GRACE)

    with pytest.raises(BaseRateMissing) as before:
        interest_of_idle(idle, (BaseRate(date(2023, 6, 1), Decimal("1.62")),))
    with pytest.raises(BaseRateMissing) as after:
        interest_of_idle(late, RATES)

    assert before.value.facts["day"] == "2023-05-02"
    assert after.value.facts["day"] == "2024-01-01"


def test_the_oldest_money_is_used_first_and_none_before_it_came() -> None:
    early = Payout(FIRST, date(2023, 3, 1), Money.euros(100))
    late = Payout(SECOND, date(2023, 4, 1), Money.euros(100))
    uses = [Use(date(2023, 2, 1), Money.euros(30)), Use(date(2023, 3, 20), Money.euros(120))]

    matched = match_uses([late, early], uses)

    assert matched[FIRST] == (
        Use(date(2023, 3, 1), Money.euros(30)),
        Use(date(2023, 3, 20), Money.euros(70)),
    )
    assert matched[SECOND] == (Use(date(2023, 4, 1), Money.euros(50)),)


def test_a_correction_takes_back_the_newest_use() -> None:
    uses = [
        Use(date(2023, 3, 5), Money.euros(40)),
        Use(date(2023, 3, 9), Money.euros(20)),
        Use(date(2023, 3, 12), Money.euros(-30)),
    ]

    [found] = match_uses([PAYOUT], uses).values()

    assert found == (Use(date(2023, 3, 5), Money.euros(30)),)


days = st.dates(date(2023, 1, 1), date(2024, 2, 4))
amounts = st.builds(Money, st.integers(1, 100_000))


@given(
    st.lists(st.tuples(days, amounts), max_size=3),
    st.lists(st.tuples(days, amounts), max_size=5),
)
def test_no_cent_is_matched_twice_and_none_is_lost(
    came: list[tuple[date, Money]], went: list[tuple[date, Money]]
) -> None:
    payouts = [Payout(UUID(int=i), *one) for i, one in enumerate(came, 1)]
    uses = [Use(*one) for one in went]

    matched = match_uses(payouts, uses)

    used = sum((used_of(found) for found in matched.values()), ZERO)
    in_total = sum((one.amount for one in payouts), ZERO)
    assert used == min(in_total, used_of(uses))
    for payout in payouts:
        assert used_of(matched[payout.id]) <= payout.amount
        assert all(use.day >= payout.value_date for use in matched[payout.id])
