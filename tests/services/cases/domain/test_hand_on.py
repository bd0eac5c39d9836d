"""Each ground of § 65 (1) Nr. 1 to 5 SGB VIII with what it asks for."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.cases.domain.hand_on import GROUNDS, HandOnFacts, SecrecyGround, require_ground
from services.cases.domain.notes import ReleaseReason
from shared.kernel.lifecycle import GuardFailed

R = ReleaseReason
BOUND = HandOnFacts(is_receiver_bound=True)
DANGER = HandOnFacts(is_receiver_bound=True, has_danger_signs=True, is_needed_for_assessment=True)
COURT = HandOnFacts(
    is_receiver_outside=True,
    has_court_reference=True,
    has_danger_signs=True,
    is_decision_impossible_otherwise=True,
)
SUFFICIENT = {
    R.CONSENT_OF_ENTRUSTER: replace(BOUND, is_consent_covering=True),
    R.FAMILY_COURT_8A: COURT,
    R.SUCCESSOR_ON_DANGER: replace(DANGER, is_receiver_in_charge=True),
    R.RISK_ASSESSMENT: DANGER,
    R.AS_203_PERSON: replace(BOUND, secrecy_ground=SecrecyGround.JUSTIFYING_EMERGENCY),
}
FLAGS = [name for name in HandOnFacts.__dataclass_fields__ if name != "secrecy_ground"]


def lacking(reason: ReleaseReason, facts: HandOnFacts) -> list[str]:
    return [guard.id for guard in GROUNDS[reason] if not guard.holds(facts)]


@pytest.mark.parametrize("reason", list(R))
def test_each_ground_has_facts_that_suffice_and_nothing_suffices_for_none(
    reason: ReleaseReason,
) -> None:
    require_ground(reason, SUFFICIENT[reason])
    with pytest.raises(GuardFailed) as refusal:
        require_ground(reason, HandOnFacts())
    assert refusal.value.facts["guards"] == lacking(reason, HandOnFacts())


def test_hazard_05_a_professional_needs_the_release_beside_the_consent() -> None:
    facts = replace(SUFFICIENT[R.CONSENT_OF_ENTRUSTER], is_release_needed=True)
    assert lacking(R.CONSENT_OF_ENTRUSTER, facts) == ["release-covers-hand-on"]
    require_ground(R.CONSENT_OF_ENTRUSTER, replace(facts, is_release_covering=True))


def test_a_change_of_the_worker_alone_hands_nothing_on() -> None:
    """F18: without signs of danger the successor gets nothing (§ 65 (1) Nr. 3)."""
    facts = replace(BOUND, is_receiver_in_charge=True)
    assert lacking(R.SUCCESSOR_ON_DANGER, facts) == [
        "danger-signs-recorded",
        "needed-for-risk-assessment",
    ]


def test_an_expert_outside_gets_pseudonymised_data_only() -> None:
    """§ 64 (2a)."""
    outside = replace(DANGER, is_receiver_outside=True, is_receiver_bound=False)
    assert lacking(R.RISK_ASSESSMENT, outside) == ["expert-bound-or-pseudonymised"]
    require_ground(R.RISK_ASSESSMENT, replace(outside, is_pseudonymised=True))


def test_the_authority_of_a_professional_is_named_and_a_release_is_shown() -> None:
    assert lacking(R.AS_203_PERSON, BOUND) == ["secrecy-ground-named"]
    claimed = replace(BOUND, secrecy_ground=SecrecyGround.RELEASE)
    assert lacking(R.AS_203_PERSON, claimed) == ["secrecy-ground-named"]
    require_ground(R.AS_203_PERSON, replace(claimed, is_release_covering=True))


@given(
    reason=st.sampled_from(list(R)),
    flags=st.fixed_dictionaries({name: st.booleans() for name in FLAGS}),
    ground=st.sampled_from([None, *SecrecyGround]),
)
def test_nobody_unbound_inside_ever_receives_a_note(
    reason: ReleaseReason, flags: dict[str, bool], ground: SecrecyGround | None
) -> None:
    facts = HandOnFacts(**flags, secrecy_ground=ground)
    if not lacking(reason, facts):
        assert facts.is_receiver_bound or facts.is_receiver_outside
        court_or_expert = {R.FAMILY_COURT_8A, R.RISK_ASSESSMENT}
        assert not facts.is_receiver_outside or reason in court_or_expert


def test_every_guard_speaks_both_languages_and_names_its_law() -> None:
    for guards in GROUNDS.values():
        for guard in guards:
            assert guard.message.de != guard.message.en
            assert "§" in guard.source
