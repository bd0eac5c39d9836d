"""The legal ground, judged at the moment of sending."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referrals.domain.agencies import EndpointStatus
from services.referrals.domain.catalogue import service
from services.referrals.domain.codes import (
    DataCategory,
    Mode,
    Purpose,
    ReferralAction,
    ReferralState,
    Side,
)
from services.referrals.domain.facts import ReferralFacts, Sending
from services.referrals.domain.legal_ground import (
    ConsentForm,
    Declaration,
    DisclosureDecision,
    DisclosureGround,
    LegalGround,
    ProtectionSteps,
    StatutoryDecision,
    StatutoryGround,
)
from services.referrals.domain.lifecycle import next_state
from services.referrals.domain.sharing import PayloadFacts
from shared.kernel.lifecycle import GuardFailed
from tests.services.referrals.domain.people_and_places import (
    CASE_MANAGEMENT,
    CONSENT,
    CONTENT,
    FOREIGNERS_OFFICE,
    JOBCENTER,
    NOW,
    PAYLOAD,
    READY_TO_SEND,
    SENDING,
    YOUTH_OFFICE,
)


def submit(facts: ReferralFacts) -> ReferralState:
    return next_state(ReferralState.READY, ReferralAction.SUBMIT, Side.SENDER, facts)


def failing(facts: ReferralFacts) -> list[str]:
    with pytest.raises(GuardFailed) as refusal:
        submit(facts)
    guards = refusal.value.facts["guards"]
    assert isinstance(guards, list)
    return guards


def sending(**changes: Any) -> ReferralFacts:
    return replace(READY_TO_SEND, sending=replace(SENDING, **changes))


def with_consent(**changes: Any) -> ReferralFacts:
    return sending(ground=LegalGround(consent=replace(CONSENT, **changes)))


def decided(ground: StatutoryGround) -> LegalGround:
    return LegalGround(
        statutory=StatutoryDecision(ground=ground, decided_by="kc|u1", decided_at=NOW)
    )


def test_a_consent_that_covers_everything_lets_the_referral_go() -> None:
    assert submit(READY_TO_SEND) is ReferralState.SUBMITTED


@pytest.mark.parametrize(
    ("changes", "guard"),
    [
        ({"recipient_unit": "waf-ki"}, "consent-names-recipient"),
        ({"recipient_unit": "*"}, "consent-names-recipient"),
        ({"purpose": Purpose.COUNSELLING}, "consent-covers-purpose"),
        ({"categories": frozenset({DataCategory.IDENTITY})}, "consent-covers-categories"),
        ({"valid_to": date(2026, 3, 9)}, "consent-holds-today"),
        ({"given_on": date(2026, 3, 11), "valid_to": date(2026, 4, 1)}, "consent-holds-today"),
        ({"is_revoked": True}, "consent-holds-today"),
    ],
)
def test_a_consent_that_misses_one_thing_covers_nothing(
    changes: dict[str, Any], guard: str
) -> None:
    assert failing(with_consent(**changes)) == [guard]


def test_a_revocation_ends_the_declarations_it_names_and_no_other() -> None:
    ground = LegalGround(consent=CONSENT, secrecy_release=replace(CONSENT, reference="S-1"))
    after = ground.after(frozenset({"S-1"}))
    assert after.consent == CONSENT
    assert after.secrecy_release is not None
    assert after.secrecy_release.is_revoked
    assert ground.references == ("E-2026-17", "S-1")


def test_the_last_day_of_a_consent_counts_in_german_time() -> None:
    last_second = datetime(2026, 3, 10, 22, 59, 59, tzinfo=UTC)
    next_day = datetime(2026, 3, 10, 23, 0, 0, tzinfo=UTC)
    assert submit(replace(READY_TO_SEND, now=last_second)) is ReferralState.SUBMITTED
    assert failing(replace(READY_TO_SEND, now=next_day)) == ["consent-holds-today"]


def test_the_first_day_of_a_consent_counts_in_german_time() -> None:
    facts = with_consent(given_on=date(2026, 3, 10))
    too_early = datetime(2026, 3, 9, 22, 59, 59, tzinfo=UTC)
    assert failing(replace(facts, now=too_early)) == ["consent-holds-today"]
    assert submit(replace(facts, now=too_early + timedelta(seconds=1))) is ReferralState.SUBMITTED


def test_without_any_ground_nothing_goes() -> None:
    assert failing(sending(ground=None)) == ["legal-ground-is-given"]


def test_consent_and_statute_at_once_is_no_ground() -> None:
    both = LegalGround(consent=CONSENT, statutory=decided(StatutoryGround.SGB_X_69_1_1).statutory)
    assert "legal-ground-is-given" in failing(sending(ground=both))


def test_section_69_carries_between_section_35_bodies_only() -> None:
    ground = decided(StatutoryGround.SGB_X_69_1_1)
    to_case_management = sending(ground=ground)
    to_youth_office = sending(
        ground=ground,
        service=service("YOUTH_WELFARE"),
        recipient=YOUTH_OFFICE,
        purpose=Purpose.YOUTH_WELFARE,
    )
    assert failing(to_case_management) == ["statute-applies"]
    assert submit(to_youth_office) is ReferralState.SUBMITTED


def test_a_statutory_decision_of_tomorrow_carries_nothing_today() -> None:
    late = LegalGround(
        statutory=StatutoryDecision(
            ground=StatutoryGround.SGB_X_69_1_1,
            decided_by="kc|u1",
            decided_at=NOW + timedelta(minutes=1),
        )
    )
    facts = sending(
        ground=late,
        service=service("YOUTH_WELFARE"),
        recipient=YOUTH_OFFICE,
        purpose=Purpose.YOUTH_WELFARE,
    )
    assert failing(facts) == ["statute-applies"]


def test_a_unit_that_has_not_committed_itself_receives_nothing() -> None:
    uncommitted = replace(CASE_MANAGEMENT, commitment_78_signed_on=None)
    from_tomorrow = replace(CASE_MANAGEMENT, commitment_78_signed_on=date(2026, 3, 11))
    for recipient in (uncommitted, from_tomorrow):
        assert failing(sending(recipient=recipient)) == ["commitment-78-is-signed"]


def test_a_section_35_body_needs_no_commitment() -> None:
    assert JOBCENTER.commitment_78_signed_on is None
    assert JOBCENTER.is_bound_to_secrecy_on(date(2026, 3, 10))


@pytest.mark.parametrize("status", [EndpointStatus.DRAFT, EndpointStatus.SUSPENDED])
def test_only_an_active_endpoint_receives(status: EndpointStatus) -> None:
    recipient = replace(CASE_MANAGEMENT, endpoint_status=status)
    assert failing(sending(recipient=recipient)) == ["endpoint-is-active"]


def test_a_unit_receives_only_services_it_offers() -> None:
    recipient = replace(CASE_MANAGEMENT, services=frozenset())
    assert failing(sending(recipient=recipient)) == ["service-is-offered"]


def test_a_referral_without_recipient_stays_with_the_sender() -> None:
    assert "recipient-is-known" in failing(sending(recipient=None))


def test_a_unit_cannot_refer_to_itself() -> None:
    assert "recipient-is-another-unit" in failing(sending(sender=CASE_MANAGEMENT))


def test_health_data_need_a_consent_in_writing_unless_a_reason_is_given() -> None:
    content = {**CONTENT, "health": {"summary": "braucht Facharzt"}}
    oral = replace(
        CONSENT,
        recipient_unit="waf-gesundheit",
        purpose=Purpose.HEALTH,
        form=ConsentForm.ORAL,
        categories=CONSENT.categories | {DataCategory.HEALTH},
    )
    health_office = replace(
        CASE_MANAGEMENT,
        unit_id="waf-gesundheit",
        services=frozenset({"HEALTH_COUNSELLING"}),
    )

    def facts(consent: Declaration) -> ReferralFacts:
        return sending(
            service=service("HEALTH_COUNSELLING"),
            recipient=health_office,
            purpose=Purpose.HEALTH,
            payload=PayloadFacts.of(content),
            ground=LegalGround(consent=consent),
        )

    assert failing(facts(oral)) == ["consent-has-due-form"]
    assert submit(facts(replace(oral, form=ConsentForm.WRITTEN))) is ReferralState.SUBMITTED
    assert submit(facts(replace(oral, form_reason="Krankenhaus"))) is ReferralState.SUBMITTED


def test_a_consent_does_not_release_from_secrecy() -> None:
    secret = PayloadFacts.of(CONTENT, secret=frozenset({DataCategory.NEED}))
    assert failing(sending(payload=secret)) == ["secrecy-is-released"]
    released = LegalGround(consent=CONSENT, secrecy_release=replace(CONSENT, reference="S-1"))
    assert submit(sending(payload=secret, ground=released)) is ReferralState.SUBMITTED


@pytest.mark.parametrize(
    "changes",
    [
        {"recipient_unit": "waf-ki"},
        {"is_revoked": True},
        {"valid_to": date(2026, 3, 9)},
        {"categories": frozenset({DataCategory.IDENTITY})},
    ],
)
def test_a_release_from_secrecy_must_cover_unit_day_and_part(changes: dict[str, Any]) -> None:
    secret = PayloadFacts.of(CONTENT, secret=frozenset({DataCategory.NEED}))
    ground = LegalGround(consent=CONSENT, secrecy_release=replace(CONSENT, **changes))
    assert failing(sending(payload=secret, ground=ground)) == ["secrecy-is-released"]


def test_more_data_than_the_service_needs_are_refused_even_with_consent() -> None:
    content = {**CONTENT, "residence": {"group": "TOLERATED"}}
    consent = replace(CONSENT, categories=frozenset(DataCategory))
    facts = sending(payload=PayloadFacts.of(content), ground=LegalGround(consent=consent))
    assert failing(facts) == ["content-is-minimal"]


def test_a_disputed_field_must_travel_with_its_note() -> None:
    lost = PayloadFacts.of(CONTENT, disputed=frozenset({"identity.nationalities"}))
    kept = PayloadFacts.of(CONTENT, disputed=frozenset({"identity.birthDate"}))
    assert failing(sending(payload=lost)) == ["disputes-are-carried"]
    assert submit(sending(payload=kept)) is ReferralState.SUBMITTED


STEPS = ProtectionSteps(
    discussed_with_family=False,
    not_discussed_reason="Das Kind wäre gefährdet",
    specialist_consulted=True,
    family_informed=False,
    not_informed_reason="Das Kind wäre gefährdet",
)
TO_YOUTH_OFFICE = Sending(
    mode=Mode.CHILD_PROTECTION,
    service=service("CHILD_PROTECTION"),
    purpose=Purpose.CHILD_PROTECTION,
    sender=CASE_MANAGEMENT,
    recipient=YOUTH_OFFICE,
    payload=PAYLOAD,
    ground=decided(StatutoryGround.KKG_4_3),
    protection_steps=STEPS,
)


def test_f28_child_protection_goes_without_consent_when_the_steps_are_recorded() -> None:
    assert submit(replace(READY_TO_SEND, sending=TO_YOUTH_OFFICE)) is ReferralState.SUBMITTED


@pytest.mark.parametrize(
    "steps",
    [
        None,
        replace(STEPS, not_discussed_reason=" "),
        replace(STEPS, not_informed_reason=""),
    ],
)
def test_f28_child_protection_without_the_steps_is_refused(steps: ProtectionSteps | None) -> None:
    facts = replace(READY_TO_SEND, sending=replace(TO_YOUTH_OFFICE, protection_steps=steps))
    assert failing(facts) == ["protection-steps-are-recorded"]


def test_f28_child_protection_permits_telling_the_youth_office_what_is_secret() -> None:
    payload = replace(PAYLOAD, secret=frozenset({DataCategory.NEED}))
    facts = replace(READY_TO_SEND, sending=replace(TO_YOUTH_OFFICE, payload=payload))
    assert submit(facts) is ReferralState.SUBMITTED


def test_the_child_protection_statute_carries_to_the_youth_office_only() -> None:
    elsewhere = replace(YOUTH_OFFICE, type=JOBCENTER.type)
    facts = replace(READY_TO_SEND, sending=replace(TO_YOUTH_OFFICE, recipient=elsewhere))
    assert failing(facts) == ["statute-applies"]
    in_disguise = sending(ground=decided(StatutoryGround.KKG_4_3))
    assert failing(in_disguise) == ["statute-applies"]


APPLICATION = {
    "identity": {"familyName": "Şahin", "givenNames": "Yıldız"},
    "languages": {"spoken": ["tur"]},
}
DECISION = DisclosureDecision(
    ground=DisclosureGround.CLIENT_CONSENT,
    decided_by="kc|head",
    decided_at=NOW,
    fields=frozenset({"identity.familyName", "identity.givenNames", "languages.spoken"}),
    client_informed=True,
    reason="Hilfe beim Antrag nach § 25b",
)
TO_FOREIGNERS_OFFICE = Sending(
    mode=Mode.ZUSTEUERUNG_OUT,
    service=service("RESIDENCE_APPLICATION"),
    purpose=Purpose.OWN_APPLICATION,
    sender=CASE_MANAGEMENT,
    recipient=FOREIGNERS_OFFICE,
    payload=PayloadFacts.of(APPLICATION),
    ground=LegalGround(
        consent=replace(CONSENT, recipient_unit="waf-abh", purpose=Purpose.OWN_APPLICATION)
    ),
    disclosure=DECISION,
)


def to_foreigners_office(**changes: Any) -> ReferralFacts:
    return replace(READY_TO_SEND, sending=replace(TO_FOREIGNERS_OFFICE, **changes))


def test_f17_the_persons_own_application_goes_with_a_decision_that_names_every_field() -> None:
    assert submit(to_foreigners_office()) is ReferralState.SUBMITTED


@pytest.mark.parametrize(
    "decision",
    [
        None,
        replace(DECISION, fields=frozenset({"identity.familyName"})),
        replace(DECISION, reason="  "),
        replace(DECISION, decided_at=NOW + timedelta(seconds=1)),
    ],
)
def test_f17_nothing_goes_to_a_foreigners_authority_without_a_full_decision(
    decision: DisclosureDecision | None,
) -> None:
    assert failing(to_foreigners_office(disclosure=decision)) == ["disclosure-is-decided"]


def test_f17_a_decision_does_not_open_case_management_content_to_the_authority() -> None:
    facts = to_foreigners_office(
        service=service("CASE_MANAGEMENT"),
        payload=PAYLOAD,
        disclosure=replace(DECISION, fields=PAYLOAD.fields),
    )
    assert "authority-gets-its-own-matters" in failing(facts)


def test_f17_client_consent_as_the_ground_needs_the_consent_itself() -> None:
    ground = decided(StatutoryGround.SGB_X_69_1_1)
    assert "disclosure-is-decided" in failing(to_foreigners_office(ground=ground))


CHANGES: list[Callable[[Sending], Sending]] = [
    lambda s: replace(s, disclosure=None),
    lambda s: replace(s, disclosure=replace(DECISION, fields=frozenset())),
    lambda s: replace(s, service=service("CASE_MANAGEMENT"), payload=PAYLOAD),
    lambda s: replace(s, ground=None),
]


@given(
    st.sampled_from([FOREIGNERS_OFFICE, replace(FOREIGNERS_OFFICE, type=FOREIGNERS_OFFICE.type)]),
    st.sampled_from(Mode),
    st.sampled_from(Purpose),
    st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4),
)
def test_f17_no_combination_reaches_the_authority_without_its_decision(
    recipient: Any, mode: Mode, purpose: Purpose, changes: list[Callable[[Sending], Sending]]
) -> None:
    attempt = replace(TO_FOREIGNERS_OFFICE, recipient=recipient, mode=mode, purpose=purpose)
    for change in changes:
        attempt = change(attempt)
    with pytest.raises(GuardFailed):
        submit(replace(READY_TO_SEND, sending=attempt))


@given(
    given_on=st.dates(date(2026, 2, 1), date(2026, 4, 30)),
    days=st.integers(0, 60),
    today=st.dates(date(2026, 2, 1), date(2026, 6, 30)),
)
def test_a_consent_holds_exactly_on_its_days(given_on: date, days: int, today: date) -> None:
    consent = replace(CONSENT, given_on=given_on, valid_to=given_on + timedelta(days=days))
    assert consent.holds_on(today) == (today in {given_on + timedelta(d) for d in range(days + 1)})
