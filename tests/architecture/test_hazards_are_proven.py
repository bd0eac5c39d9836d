"""The hazards of the domain that concern cases and referrals, each with the tests that try it."""

import pytest

from tests.architecture.test_features_are_proven import NOT_RUN, collected_tests

CASES = "tests/services/cases"
REFERRALS = "tests/services/referrals"
PROOFS: dict[str, list[tuple[str, str]]] = {
    # One file for everybody, because all are "KIM".
    "H1": [
        (f"{CASES}/api/test_access.py",
         "test_h1_to_posts_of_foreigners_authorities_nothing_here_exists"),
        (f"{CASES}/api/test_conferences.py",
         "test_h1_an_authority_without_a_disclosure_decision_is_refused"),
        (f"{CASES}/domain/test_notes_and_access.py",
         "test_h1_a_b3_post_and_every_foreigners_authority_are_blind_to_cases"),
        (f"{REFERRALS}/test_sharing_api.py", "test_h1_a_foreigners_authority_cannot_send"),
        (f"{REFERRALS}/test_f17_channels.py",
         "test_f17_nothing_reaches_an_authority_that_was_not_released_to_it"),
        (f"{REFERRALS}/test_f17_channels.py", "test_f17_the_property_notices_a_hole"),
        ("tests/journeys/test_nothing_leaks.py", "test_f17_nothing_leaks_from_the_whole_system"),
    ],
    # Reporting to the foreigners' authority by itself.
    "H2": [
        (f"{CASES}/proofs/test_hazards.py",
         "test_h2_a_stay_without_title_is_told_to_nobody_by_the_system"),
        (f"{REFERRALS}/test_hazards.py",
         "test_h2_no_clock_and_no_event_decides_on_a_disclosure"),
        (f"{REFERRALS}/test_hazards.py",
         "test_h2_what_was_not_disclosed_is_written_down_as_well"),
    ],
    # Numbers of other registers as keys of people.
    "H3": [
        (f"{CASES}/storage/test_policies.py", "test_no_table_holds_a_register_number"),
        (f"{CASES}/proofs/test_hazards.py",
         "test_h3_no_operation_takes_or_gives_a_register_number"),
        (f"{CASES}/proofs/test_hazards.py",
         "test_h3_a_person_is_not_recorded_with_a_register_number"),
    ],
    # One consent for all authorities, by one adult for the family, without end.
    "H4": [
        (f"{CASES}/api/test_consents.py", "test_there_is_no_consent_of_a_family"),
        (f"{CASES}/api/test_consents.py", "test_an_incomplete_consent_stays_a_draft"),
        (f"{CASES}/api/test_consents.py",
         "test_a_consent_runs_for_twelve_months_unless_it_says_less"),
        (f"{CASES}/domain/test_consent.py", "test_a_consent_covers_no_other_act"),
    ],
    # Consent and release from secrecy as one tick.
    "H5": [
        (f"{CASES}/domain/test_findings.py",
         "test_h5_what_is_under_secrecy_needs_a_release_besides_the_consent"),
        (f"{REFERRALS}/test_hazards.py",
         "test_h5_consent_and_release_from_secrecy_are_two_declarations"),
    ],
    # Supervision, coordination and administration that read everything.
    "H6": [
        (f"{CASES}/api/test_notes.py", "test_f18_supervisor_and_administrator_get_no_note_at_all"),
        (f"{CASES}/api/test_notes.py",
         "test_f18_after_a_hand_over_the_successor_does_not_see_the_entrusted_note"),
        (f"{CASES}/storage/test_findings_policies.py",
         "test_h6_coordination_sees_the_extract_and_no_link_to_its_case"),
    ],
    # Partner agencies that read "their" clients.
    "H7": [
        (f"{CASES}/api/test_access.py",
         "test_each_role_reaches_what_its_row_says_and_nothing_else"),
        (f"{CASES}/api/test_access.py",
         "test_a_case_of_another_unit_looks_exactly_like_one_that_does_not_exist"),
        (f"{REFERRALS}/test_hazards.py",
         "test_h7_a_partner_reaches_its_own_boxes_and_nothing_behind_them"),
        ("tests/journeys/test_nothing_leaks.py", "test_f17_nothing_leaks_from_the_whole_system"),
    ],
    # Webhooks with content, without proof, or as the only way to learn of an event.
    "H14": [
        (f"{REFERRALS}/domain/test_events_and_access.py",
         "test_f17_events_carry_ids_and_codes_only"),
        (f"{REFERRALS}/test_hazards.py", "test_h14_twenty_at_once_end_a_referral_with_one_event"),
        (f"{REFERRALS}/test_webhook_outage.py",
         "test_a_receiver_down_for_ten_minutes_loses_nothing_and_keeps_the_order"),
        ("tests/shared/webhooks/test_signing.py",
         "test_f20_a_receiver_refuses_wrong_hmac_301_seconds_replay_and_changed_body"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("hazard", PROOFS)
def test_each_hazard_is_tried_by_tests_that_run(hazard: str) -> None:
    for path, test in PROOFS[hazard]:
        found = collected_tests(path)
        assert test in found, f"{path} has no {test}"
        assert not found[test] & NOT_RUN, f"{path}::{test} does not run"
