"""Invented values have the shape of the original, and nothing else of it."""

import re

from hypothesis import given
from hypothesis import strategies as st

from shared.scrubbing.invented import Invented

ONE, OTHER = Invented(b"1" * 32), Invented(b"2" * 32)
DAYS = st.dates().map(lambda day: f"{day:%Y-%m-%d}".rjust(10, "0"))


@given(st.text(min_size=1), st.text(min_size=1))
def test_the_same_name_becomes_the_same_and_another_key_another(name: str, other: str) -> None:
    assert ONE.family_name(name) == ONE.family_name(name)
    assert re.fullmatch(r"[A-Z][a-z]{7}", ONE.family_name(name))
    if name != other:
        assert ONE.number("x", name) != ONE.number("x", other)
    assert ONE.number("x", name) != OTHER.number("x", name)


@given(st.lists(st.from_regex(r"[A-Za-z]{1,9}", fullmatch=True), min_size=1, max_size=4))
def test_there_are_as_many_given_names_as_before(names: list[str]) -> None:
    assert len(ONE.given_names(" ".join(names)).split()) == len(names)


@given(DAYS)
def test_a_birth_date_stays_in_its_year_and_as_exact_as_it_was(day: str) -> None:
    for original in (day, day[:7], day[:4]):
        drawn = ONE.birth_date(original)
        assert len(drawn) == len(original)
        assert drawn[:4] == original[:4]
    _, month, number = ONE.birth_date(day).split("-")
    assert 1 <= int(month) <= 12
    assert 1 <= int(number) <= 31


@given(st.text(alphabet="AZaz09-/. ", max_size=30))
def test_a_number_keeps_its_shape(original: str) -> None:
    drawn = ONE.digits(original)
    assert len(drawn) == len(original)
    for before, after in zip(original, drawn, strict=True):
        assert before.isdigit() == after.isdigit()
        assert before.isalpha() == after.isalpha()


def test_an_actor_keeps_the_issuer_alone() -> None:
    assert re.fullmatch(r"kreis\|[0-9a-f]{24}", ONE.actor("kreis|anna.muster"))
