"""Consent and release from secrecy: what they must say, how they live, what they cover."""

from dataclasses import replace
from datetime import date
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cases.domain.consent import (
    Act,
    Consent,
    ConsentPurpose,
    ConsentType,
    DataCategory,
    Direction,
    Form,
    Giver,
    NotUnderstandable,
    RepresentationBasis,
    covers,
    latest_valid_to,
    require_understandable,
)
from services.cases.domain.consent_lifecycle import (
    CONSENT_LIFECYCLE,
    ConsentAction,
    ConsentFacts,
    ConsentState,
)
from services.cases.domain.consent_rules import (
    RULES,
    ConsentIncomplete,
    faults,
    require_complete,
)
from services.cases.domain.people import BirthDate
from shared.kernel.lifecycle import GuardFailed, TransitionNotAllowed

S, A = ConsentState, ConsentAction
OLENA = UUID("018f0000-0000-7000-8000-000000000001")
DOCUMENT = UUID("018f0000-0000-7000-8000-00000000000d")
TODAY = date(2022, 11, 21)
ADULT = BirthDate(1990, 5, 17)
CHILD = BirthDate(2014, 3, 2)

CONSENT = Consent(
    consent_type=ConsentType.EINWILLIGUNG,
    subject_person_id=OLENA,
    giver=Giver.SELF,
    purpose=ConsentPurpose.REFERRAL,
    data_categories=frozenset({DataCategory.IDENTITY, DataCategory.CONTACT}),
    discloser_unit="waf-cm",
    recipient_unit="waf-jobcenter",
    direction=Direction.OUT,
    form=Form.SCHRIFTLICH,
    language="uk",
    information_text_version="2022-03",
    recorded_by="kreis|anna",
    is_refusal_explained=True,
    is_revocability_explained=True,
    given_on=TODAY,
    valid_from=TODAY,
    valid_to=date(2023, 11, 20),
    evidence_document_id=DOCUMENT,
)
ACT = Act(
    consent_type=ConsentType.EINWILLIGUNG,
    subject_person_id=OLENA,
    purpose=ConsentPurpose.REFERRAL,
    data_categories=frozenset({DataCategory.IDENTITY}),
    discloser_unit="waf-cm",
    recipient_unit="waf-jobcenter",
    direction=Direction.OUT,
)
ORAL = {"form": Form.MUENDLICH, "form_reason": "Telefonat", "witness": "kreis|bernd"}


def codes(consent: Consent, birth: BirthDate = ADULT) -> list[str]:
    return [fault.code for fault in faults(consent, birth)]


@pytest.mark.parametrize(
    ("birth", "found"),
    [
        ("2007-11-22", ["child-needs-representation"]),
        ("2007-11-21", []),
        ("2007", []),
        ("2008", ["child-needs-representation"]),
        (None, []),
    ],
)
def test_a_child_under_fifteen_does_not_consent_alone(birth: str | None, found: list[str]) -> None:
    born = BirthDate.parse(birth, today=TODAY)
    assert codes(CONSENT, born) == found
    represented = replace(
        CONSENT, giver=Giver.REPRESENTATIVE, representation_basis=RepresentationBasis.PARENT
    )
    assert codes(represented, born) == []


def test_a_consent_with_every_particular_has_no_fault() -> None:
    assert faults(CONSENT, ADULT) == ()
    require_complete(CONSENT, ADULT)


INCOMPLETE = [
    ({"recipient_unit": "alle-beteiligten-behoerden"}, "recipient-not-concrete"),
    ({"recipient_unit": "*"}, "recipient-not-concrete"),
    ({"recipient_unit": ""}, "recipient-not-concrete"),
    ({"data_categories": frozenset()}, "data-categories-missing"),
    ({"information_text_version": " "}, "information-text-missing"),
    ({"is_refusal_explained": False}, "refusal-not-explained"),
    ({"is_revocability_explained": False}, "revocability-not-explained"),
    ({"consent_type": ConsentType.SCHWEIGEPFLICHTENTBINDUNG}, "released-person-missing"),
    ({**ORAL, "form_reason": None}, "oral-form-reason-missing"),
    ({**ORAL, "witness": "kreis|anna"}, "sole-witness"),
    ({"evidence_document_id": None}, "evidence-missing"),
    ({"giver": Giver.REPRESENTATIVE}, "representation-unclear"),
    ({"representation_basis": RepresentationBasis.CUSTODIAN}, "representation-unclear"),
    (
        {"giver": Giver.REPRESENTATIVE, "representation_basis": RepresentationBasis.PARENT},
        "adult-decides-for-themselves",
    ),
    ({"valid_from": date(2022, 11, 20), "valid_to": TODAY}, "not-retroactive"),
    ({"valid_to": date(2023, 11, 21)}, "valid-too-long"),
    ({"valid_to": date(2022, 11, 20)}, "valid-too-long"),
]


@pytest.mark.parametrize(("change", "code"), INCOMPLETE)
def test_a_missing_particular_is_named_and_nothing_else(
    change: dict[str, object], code: str
) -> None:
    assert codes(replace(CONSENT, **change)) == [code]


def test_every_rule_of_the_table_is_tried() -> None:
    assert {rule[1] for rule in RULES} == {row[1] for row in INCOMPLETE} | {
        "health-data-needs-form",
        "child-needs-representation",
    }


def test_health_data_need_the_written_or_electronic_form_or_a_reason() -> None:
    """R-C2, § 67b (2) s. 2 SGB X."""
    health = frozenset({DataCategory.HEALTH})
    spoken = replace(CONSENT, **ORAL, data_categories=health)
    assert codes(spoken) == []
    assert codes(replace(spoken, form_reason=None)) == [
        "health-data-needs-form",
        "oral-form-reason-missing",
    ]
    for form in (Form.SCHRIFTLICH, Form.ELEKTRONISCH):
        assert codes(replace(CONSENT, form=form, data_categories=health)) == []


def test_a_guardian_consents_for_a_child() -> None:
    by_parent = replace(
        CONSENT, giver=Giver.REPRESENTATIVE, representation_basis=RepresentationBasis.PARENT
    )
    assert codes(by_parent, CHILD) == []
    assert codes(by_parent, BirthDate()) == []


def test_all_faults_come_at_once() -> None:
    with pytest.raises(ConsentIncomplete) as refused:
        require_complete(replace(CONSENT, recipient_unit="all", evidence_document_id=None), ADULT)
    assert [fault.pointer for fault in refused.value.faults] == [
        "/recipientUnit",
        "/evidenceDocumentId",
    ]


def test_information_must_exist_in_the_language_or_be_interpreted() -> None:
    require_understandable("uk", frozenset({"de", "uk"}), None)
    require_understandable("ti", frozenset({"de", "uk"}), "Telefondolmetschen")
    with pytest.raises(NotUnderstandable):
        require_understandable("ti", frozenset({"de", "uk"}), " ")


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (date(2022, 11, 21), date(2023, 11, 20)),
        (date(2024, 2, 29), date(2025, 2, 27)),
        (date(2022, 1, 1), date(2022, 12, 31)),
    ],
)
def test_twelve_months_end_the_day_before(begins: date, ends: date) -> None:
    assert latest_valid_to(begins) == ends


def test_an_active_consent_covers_exactly_its_act() -> None:
    assert covers(CONSENT, ACT, is_active=True, on=TODAY)
    assert not covers(CONSENT, ACT, is_active=False, on=TODAY)


@pytest.mark.parametrize(
    "change",
    [
        {"consent_type": ConsentType.SCHWEIGEPFLICHTENTBINDUNG},
        {"subject_person_id": DOCUMENT},
        {"purpose": ConsentPurpose.CASE_CONFERENCE},
        {"data_categories": frozenset({DataCategory.IDENTITY, DataCategory.HEALTH})},
        {"discloser_unit": "rheine-caritas"},
        {"recipient_unit": "rheine-caritas"},
        {"direction": Direction.IN},
    ],
)
def test_hazard_04_a_consent_covers_no_other_act(change: dict[str, object]) -> None:
    assert not covers(CONSENT, replace(ACT, **change), is_active=True, on=TODAY)


def test_both_directions_cover_either() -> None:
    both = replace(CONSENT, direction=Direction.BOTH)
    for direction in (Direction.OUT, Direction.IN):
        assert covers(both, replace(ACT, direction=direction), is_active=True, on=TODAY)


def test_the_last_day_of_validity_counts_and_the_next_does_not() -> None:
    """R-C5: valid_to is an inclusive date."""
    assert covers(CONSENT, ACT, is_active=True, on=date(2023, 11, 20))
    assert not covers(CONSENT, ACT, is_active=True, on=date(2023, 11, 21))
    assert not covers(CONSENT, ACT, is_active=True, on=date(2022, 11, 20))


def test_two_consents_of_one_scope_share_a_key_and_of_two_persons_do_not() -> None:
    longer = replace(CONSENT, data_categories=frozenset(DataCategory), given_on=date(2022, 12, 1))
    assert longer.scope_key == CONSENT.scope_key
    assert replace(CONSENT, subject_person_id=DOCUMENT).scope_key != CONSENT.scope_key


EXPECTED = {
    (S.DRAFT, A.GIVE): S.ACTIVE,
    (S.DRAFT, A.SCHEDULE): S.SCHEDULED,
    (S.DRAFT, A.REFUSE): S.REFUSED,
    (S.SCHEDULED, A.ACTIVATE): S.ACTIVE,
    (S.SCHEDULED, A.REVOKE): S.REVOKED,
    (S.ACTIVE, A.REVOKE): S.REVOKED,
    (S.ACTIVE, A.EXPIRE): S.EXPIRED,
    (S.ACTIVE, A.SUPERSEDE): S.SUPERSEDED,
    **{(state, A.INVALIDATE): S.INVALID for state in S if state is not S.INVALID},
}


def facts_for(action: ConsentAction) -> ConsentFacts:
    ready = ConsentFacts(
        today=TODAY,
        valid_from=TODAY,
        valid_to=TODAY,
        is_complete=True,
        is_evidence_stored=True,
        is_successor_active=True,
        is_ordered_by_dpo=True,
    )
    if action is A.SCHEDULE:
        return replace(ready, valid_from=date(2022, 12, 1))
    if action is A.EXPIRE:
        return replace(ready, valid_to=date(2022, 11, 20))
    return ready


@pytest.mark.parametrize(("state", "action"), list(product(S, A)))
def test_every_pair_of_consent_state_and_action_does_what_the_rule_book_says(
    state: ConsentState, action: ConsentAction
) -> None:
    if (state, action) in EXPECTED:
        assert (
            CONSENT_LIFECYCLE.next_state(state, action, facts_for(action))
            is EXPECTED[state, action]
        )
    else:
        with pytest.raises(TransitionNotAllowed):
            CONSENT_LIFECYCLE.next_state(state, action, facts_for(action))


@pytest.mark.parametrize(
    ("state", "action", "change", "guard"),
    [
        (S.DRAFT, A.GIVE, {"is_complete": False}, "consent-complete"),
        (S.DRAFT, A.GIVE, {"valid_from": date(2022, 11, 22)}, "validity-begun"),
        (S.DRAFT, A.GIVE, {"valid_to": date(2022, 11, 20)}, "validity-not-over"),
        (S.DRAFT, A.SCHEDULE, {"valid_from": TODAY}, "validity-not-begun"),
        (S.SCHEDULED, A.ACTIVATE, {"valid_from": date(2022, 11, 22)}, "validity-begun"),
        (S.ACTIVE, A.EXPIRE, {"valid_to": TODAY}, "validity-over"),
        (S.ACTIVE, A.SUPERSEDE, {"is_successor_active": False}, "successor-active"),
        (S.ACTIVE, A.INVALIDATE, {"is_ordered_by_dpo": False}, "ordered-by-dpo"),
    ],
)
def test_a_missing_precondition_refuses_the_consent_move(
    state: ConsentState, action: ConsentAction, change: dict[str, object], guard: str
) -> None:
    with pytest.raises(GuardFailed) as refused:
        CONSENT_LIFECYCLE.next_state(state, action, replace(facts_for(action), **change))
    assert refused.value.facts["guards"] == [guard]


def test_revoking_needs_no_reason_and_no_form() -> None:
    """Art. 7 (3) DSGVO: as easy as giving."""
    assert CONSENT_LIFECYCLE.moves[S.ACTIVE][A.REVOKE].guards == ()


@given(st.lists(st.sampled_from(ConsentAction), max_size=30))
def test_no_walk_leads_from_revoked_back_to_active(actions: list[ConsentAction]) -> None:
    state, is_revoked = CONSENT_LIFECYCLE.initial, False
    for action in actions:
        if action in CONSENT_LIFECYCLE.allowed(state):
            state = CONSENT_LIFECYCLE.next_state(state, action, facts_for(action))
        is_revoked = is_revoked or state is S.REVOKED
        assert not (is_revoked and state is S.ACTIVE)
