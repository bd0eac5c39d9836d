"""Coded problems, outcomes, receipts, deadlines and the sender's reference."""

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referrals.domain.answers import (
    DetailNamesAPerson,
    InstanceUnreadable,
    Problem,
    ReasonIsForTheSystem,
    outcome_for_sender,
    recipients_problems,
)
from services.referrals.domain.codes import Outcome, RejectReason
from services.referrals.domain.deadlines import Deadlines
from services.referrals.domain.receipt import canonical_json, payload_digest
from services.referrals.domain.subject import SubjectIsARegisterNumber, subject_reference
from tests.services.referrals.domain.people_and_places import CONTENT


def test_a_problem_is_a_type_with_a_known_suffix() -> None:
    problem = Problem(RejectReason.NOT_RESPONSIBLE_AREA, "Zuständig ist 05570044", "/content")
    assert problem.type == "urn:kim:problem:referral:not-responsible-area"


def test_a_recipient_cannot_use_the_systems_reason() -> None:
    with pytest.raises(ReasonIsForTheSystem):
        recipients_problems((Problem(RejectReason.CAPACITY), Problem(RejectReason.EXPIRED)))


@pytest.mark.parametrize(
    "detail",
    [
        "Bitte an y.sahin@example.org",
        "Tel. 02581 53-0000",
        "+49 2581 530000",
        "AZR 12345678901",
        "geboren 12.05.1990",
        "geb. 1990-05-12",
    ],
)
def test_a_detail_that_looks_like_a_person_is_refused(detail: str) -> None:
    with pytest.raises(DetailNamesAPerson):
        Problem(RejectReason.INCOMPLETE, detail)


@pytest.mark.parametrize(
    "detail",
    [
        "",
        "Keine Kapazität bis 01.04.2026",
        "Zuständig ist AGS 05570044",
        "Wartezeit 12 bis 16 Wochen, 3 freie Plätze ab 2026-06-01",
    ],
)
def test_a_detail_about_the_service_is_fine(detail: str) -> None:
    assert Problem(RejectReason.CAPACITY, detail).detail == detail


@pytest.mark.parametrize("instance", ["content", "/a\n", "//", "/" + "x" * 101])
def test_an_instance_is_a_json_pointer(instance: str) -> None:
    with pytest.raises(InstanceUnreadable):
        Problem(RejectReason.INCOMPLETE, instance=instance)


def test_the_outcome_is_withheld_without_a_basis() -> None:
    assert outcome_for_sender(Outcome.NO_SHOW, covers_feedback=True) is Outcome.NO_SHOW
    assert outcome_for_sender(Outcome.NO_SHOW, covers_feedback=False) is None


def test_equal_content_has_one_digest_however_it_is_written() -> None:
    turned = {key: CONTENT[key] for key in reversed(CONTENT)}
    decomposed = {
        **CONTENT,
        "identity": {
            key: unicodedata.normalize("NFD", value) for key, value in CONTENT["identity"].items()
        },
    }
    assert payload_digest(turned) == payload_digest(CONTENT)
    assert payload_digest(decomposed) == payload_digest(CONTENT)
    assert (
        canonical_json({"b": [1, True, None], "a": "ü"}) == '{"a":"ü","b":[1,true,null]}'.encode()
    )
    assert payload_digest({"a": "ü"}) == (
        "sha256:fd621823002706e24604cb868a9f4f8850d6f01fb5040d49ba050482e1472437"
    )


def test_a_float_has_no_canonical_spelling() -> None:
    with pytest.raises(TypeError):
        payload_digest({"amount": 1.5})


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), JSON_VALUES), st.text(min_size=1))
def test_any_change_changes_the_digest(content: dict[str, object], extra: str) -> None:
    changed = {**content, extra: ["changed", content.get(extra)]}
    assert payload_digest(changed) != payload_digest(content)


def test_a_rejected_referral_is_kept_for_fourteen_days() -> None:
    rejected_at = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    assert Deadlines().purge_at(rejected_at) == datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
    with pytest.raises(ValueError, match="some days"):
        Deadlines(purge_rejected_after_days=0)


@pytest.mark.parametrize(
    "reference",
    ["12345BG6789012", "12345 bg 6789012", "123A456789", "12345678901", "12-345678-901234"],
)
def test_a_register_number_is_no_reference_of_a_person(reference: str) -> None:
    with pytest.raises(SubjectIsARegisterNumber):
        subject_reference(reference)


@pytest.mark.parametrize("reference", ["JC-2026-000471", "a1", "KIM-2026-000123"])
def test_an_own_file_reference_is_fine(reference: str) -> None:
    assert subject_reference(reference) == reference
