from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.money import AmountUnreadable, FteUnreadable, Money, fte_german, parse_fte


def test_an_amount_is_read_and_written_without_loss() -> None:
    assert Money.parse("1222800.00").cents == 122_280_000
    assert str(Money(122_280_000)) == "1222800.00"
    assert Money(122_280_000).german() == "1.222.800,00"
    assert Money(-5).german() == "-0,05"
    assert str(Money(-5)) == "-0.05"


@pytest.mark.parametrize(
    "text", ["1", "1.0", "1,00", "1_000.00", " 1.00", "01.00", "1e3", "NaN", "", "٣.00", "1.00\n"]
)
def test_an_amount_in_another_form_is_refused(text: str) -> None:
    with pytest.raises(AmountUnreadable):
        Money.parse(text)


@pytest.mark.parametrize("text", ["7,62", "7.6", "7.620", "-1.00", "1000.00"])
def test_a_post_in_another_form_is_refused(text: str) -> None:
    with pytest.raises(FteUnreadable):
        parse_fte(text)


def test_posts_are_printed_with_a_decimal_comma() -> None:
    assert fte_german(parse_fte("7.62")) == "7,62"


def test_products_are_rounded_half_up_at_the_end() -> None:
    assert Money(5_500_000).times(Decimal("7.62")).cents == 41_910_000
    assert Money(1).times(Decimal("0.5")).cents == 1


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_text_and_cents_are_two_forms_of_one_amount(cents: int) -> None:
    assert Money.parse(str(Money(cents))).cents == cents


@given(
    st.integers(0, 10**12),
    st.lists(st.integers(0, 1000), min_size=1, max_size=20).filter(lambda w: sum(w) > 0),
)
def test_the_parts_of_a_split_sum_to_the_whole(cents: int, weights: list[int]) -> None:
    parts = Money(cents).split(weights)
    assert sum(part.cents for part in parts) == cents
    assert all(part.cents == 0 for part, weight in zip(parts, weights, strict=True) if not weight)
