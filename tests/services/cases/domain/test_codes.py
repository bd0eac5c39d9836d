"""Code lists: labels in two languages, validity, and what is deliberately not in them."""

from datetime import date

import pytest

from services.cases.domain import codes
from services.cases.domain.code_lists import Code, CodeList, CodeNotValid, CodeUnknown
from services.cases.domain.codes import ClosingReason, DeclineReason, UnitType
from shared.kernel.text import Text

LISTS = [value for value in vars(codes).values() if isinstance(value, CodeList)]
LABEL = Text(de="alt", en="old")
DATED = CodeList(
    "dated",
    "1",
    LABEL,
    (Code("OLD", LABEL, valid_from=date(2020, 1, 1), valid_to=date(2022, 12, 31)),),
)


def test_the_lists_have_the_length_of_the_rule_book() -> None:
    assert {code_list.name: len(code_list.codes) for code_list in LISTS} == {
        "residence-groups": 14,
        "legal-circles": 15,
        "fields-of-action": 18,
        "unit-types": 28,
        "case-phases": 10,
        "closing-reasons": 13,
        "decline-reasons": 6,
        "arrival-cohorts": 1,
        "case-ages": 5,
    }


def test_a_list_has_a_versioned_name() -> None:
    assert codes.FIELDS_OF_ACTION.urn == "urn:kim:code-list:fields-of-action:2026-1"


def test_no_title_is_not_a_residence_group() -> None:
    """R-A3: do not collect what creates the duty to report."""
    texts = " ".join(
        f"{code.code} {code.label.de} {code.label.en}" for code in codes.RESIDENCE_GROUPS.codes
    ).lower()
    for forbidden in (
        "ohne titel",
        "kein titel",
        "no title",
        "illegal",
        "undocumented",
        "no_title",
    ):
        assert forbidden not in texts


def test_enumerations_and_lists_say_the_same() -> None:
    assert [c.code for c in codes.CLOSING_REASONS.codes] == list(ClosingReason)
    assert [c.code for c in codes.DECLINE_REASONS.codes] == list(DeclineReason)
    assert [c.code for c in codes.UNIT_TYPES.codes] == list(UnitType)


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(CodeUnknown):
        codes.RESIDENCE_GROUPS.choose("NO_TITLE", date(2022, 11, 21))


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2022, 12, 31)])
def test_both_days_of_validity_count(day: date) -> None:
    assert DATED.choose("OLD", day) == "OLD"


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2023, 1, 1)])
def test_outside_its_validity_a_code_cannot_be_chosen_but_still_be_read(day: date) -> None:
    with pytest.raises(CodeNotValid):
        DATED.choose("OLD", day)
    assert DATED.entry("OLD").label.de == "alt"


def test_a_list_with_a_double_code_does_not_come_into_being() -> None:
    with pytest.raises(ValueError, match="twice"):
        CodeList("double", "1", LABEL, (Code("A", LABEL), Code("A", LABEL)))
