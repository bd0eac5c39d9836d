"""The fifteen hazards of the domain, each with tests that carry its number and try all of it.

They stand beside what they try; those that go through several rooms stand in this folder.
"""

import pytest

from tests.architecture.test_features_are_proven import NOT_RUN, collected_tests

HERE = "tests/hazards"
CASES = "tests/services/cases"
FUNDING = "tests/services/funding"
REFERRALS = "tests/services/referrals"
PROOFS: dict[str, list[tuple[str, str]]] = {
    # One file for everybody, because all are "KIM".
    "01": [
        (f"{HERE}/cases/test_people_as_they_are.py",
         "test_hazard_01_one_file_for_all_of_kim_is_a_file_of_one_controller"),
        (f"{CASES}/api/test_access.py",
         "test_hazard_01_to_posts_of_foreigners_authorities_nothing_here_exists"),
        (f"{CASES}/api/test_conferences.py",
         "test_hazard_01_an_authority_without_a_disclosure_decision_is_refused"),
        (f"{CASES}/domain/test_notes_and_access.py",
         "test_hazard_01_a_b3_post_and_every_foreigners_authority_are_blind_to_cases"),
        (f"{REFERRALS}/test_sharing_api.py", "test_hazard_01_a_foreigners_authority_cannot_send"),
        (f"{REFERRALS}/test_f17_channels.py",
         "test_f17_nothing_reaches_an_authority_that_was_not_released_to_it"),
        (f"{REFERRALS}/test_f17_channels.py", "test_f17_the_property_notices_a_hole"),
        ("tests/journeys/test_nothing_leaks.py", "test_f17_nothing_leaks_from_the_whole_system"),
    ],
    # Reporting to the foreigners' authority by itself.
    "02": [
        (f"{CASES}/proofs/test_hazards.py",
         "test_hazard_02_a_stay_without_title_is_told_to_nobody_by_the_system"),
        (f"{REFERRALS}/test_hazards.py",
         "test_hazard_02_no_clock_and_no_event_decides_on_a_disclosure"),
        (f"{REFERRALS}/test_hazards.py",
         "test_hazard_02_what_was_not_disclosed_is_written_down_as_well"),
    ],
    # Numbers of other registers as keys of people.
    "03": [
        (f"{CASES}/storage/test_policies.py", "test_no_table_holds_a_register_number"),
        (f"{CASES}/proofs/test_hazards.py",
         "test_hazard_03_no_operation_takes_or_gives_a_register_number"),
        (f"{CASES}/proofs/test_hazards.py",
         "test_hazard_03_a_person_is_not_recorded_with_a_register_number"),
    ],
    # One consent for all authorities, by one adult for the family, without end.
    "04": [
        (f"{CASES}/api/test_consents.py", "test_hazard_04_there_is_no_consent_of_a_family"),
        (f"{CASES}/api/test_consents.py", "test_an_incomplete_consent_stays_a_draft"),
        (f"{CASES}/api/test_consents.py",
         "test_a_consent_runs_for_twelve_months_unless_it_says_less"),
        (f"{CASES}/domain/test_consent.py", "test_hazard_04_a_consent_covers_no_other_act"),
    ],
    # Consent and release from secrecy as one tick.
    "05": [
        (f"{CASES}/domain/test_findings.py",
         "test_hazard_05_what_is_under_secrecy_needs_a_release_besides_the_consent"),
        (f"{REFERRALS}/test_hazards.py",
         "test_hazard_05_consent_and_release_from_secrecy_are_two_declarations"),
    ],
    # Supervision, coordination and administration that read everything.
    "06": [
        (f"{CASES}/api/test_notes.py", "test_f18_supervisor_and_administrator_get_no_note_at_all"),
        (f"{CASES}/api/test_notes.py",
         "test_f18_after_a_hand_over_the_successor_does_not_see_the_entrusted_note"),
        (f"{CASES}/storage/test_findings_policies.py",
         "test_hazard_06_coordination_sees_the_extract_and_no_link_to_its_case"),
    ],
    # Partner agencies that read "their" clients.
    "07": [
        (f"{CASES}/api/test_access.py",
         "test_each_role_reaches_what_its_row_says_and_nothing_else"),
        (f"{CASES}/api/test_access.py",
         "test_a_case_of_another_unit_looks_exactly_like_one_that_does_not_exist"),
        (f"{REFERRALS}/test_hazards.py",
         "test_hazard_07_a_partner_reaches_its_own_boxes_and_nothing_behind_them"),
        ("tests/journeys/test_nothing_leaks.py", "test_f17_nothing_leaks_from_the_whole_system"),
    ],
    # "Vacant" as approved less filled; totals trusted or repaired.
    "08": [
        (f"{HERE}/funding/test_money_and_posts.py",
         "test_hazard_08_reported_posts_are_neither_computed_nor_repaired"),
        (f"{FUNDING}/api/test_status_report.py",
         "test_f2_warendorf_positions_are_printed_digit_by_digit"),
        (f"{FUNDING}/api/test_positions.py",
         "test_a_reported_table_keeps_numbers_that_contradict_each_other"),
    ],
    # A ceiling paid as a lump sum, overhead included; a request "corrected".
    "09": [
        (f"{HERE}/funding/test_money_and_posts.py",
         "test_hazard_09_a_ceiling_is_no_lump_sum_and_a_request_no_decision"),
        (f"{HERE}/funding/test_money_and_posts.py",
         "test_hazard_09_the_ceiling_is_that_of_line_and_year"),
        (f"{FUNDING}/spending/test_expenditure.py",
         "test_f5_aachen_eligible_own_share_and_refused_overhead"),
    ],
    # One proof of use for all lines, without the recipient's own, forwarded once only.
    "10": [
        (f"{FUNDING}/proofs/test_proof_steps.py",
         "test_hazard_10_a_recipients_proof_has_to_be_checked_first"),
        (f"{FUNDING}/spending/test_dated_rules.py",
         "test_hazard_10_the_legal_form_of_a_line_follows_the_rule_of_the_day_of_the_notice"),
        (f"{FUNDING}/api/test_allocations.py", "test_f13_unna_tree_is_checked_on_every_level"),
        (f"{FUNDING}/api/test_recoveries.py",
         "test_f27_interest_is_told_by_day_and_posts_nothing"),
    ],
    # Double funding and double care as a warning, found by reading others' files.
    "11": [
        (f"{CASES}/api/test_double_care_and_erasure.py",
         "test_hazard_11_the_check_names_the_other_unit_and_nothing_else"),
        (f"{CASES}/api/test_restricted_persons.py",
         "test_hazard_11_the_blind_check_tells_nothing_of_a_restricted_person"),
        (f"{FUNDING}/api/test_positions.py",
         "test_f26_double_funding_is_refused_and_changes_nothing"),
        (f"{FUNDING}/storage/test_post_shares.py",
         "test_f26_the_database_refuses_the_second_share"),
    ],
    # Figures by place and origin in which a family is found.
    "12": [
        (f"{CASES}/api/test_case_outcomes.py",
         "test_hazard_12_a_difference_tells_no_small_group"),
        (f"{CASES}/api/test_import_and_statistics.py", "test_hazard_12_small_figures_stay_hidden"),
        (f"{CASES}/api/test_import_and_statistics.py",
         "test_f23_the_difference_of_two_days_tells_nobody"),
        ("tests/shared/test_suppression.py",
         "test_hidden_cells_cannot_be_recomputed_by_any_combination_of_equations"),
    ],
    # Deleted here and kept there; a backup that brings people back.
    "13": [
        ("tests/journeys/test_erasure_reaches_everybody.py",
         "test_hazard_13_an_erasure_waits_for_every_service_and_survives_killed_workers"),
        (f"{CASES}/api/test_erasures_replayed.py",
         "test_hazard_13_a_restored_backup_is_made_to_forget_again"),
        (f"{CASES}/api/test_double_care_and_erasure.py",
         "test_erasure_leaves_a_tombstone_and_takes_entrusted_notes_with_it"),
    ],
    # A date of birth that is none, names in ASCII, keys as numbers, law as code.
    "15": [
        (f"{HERE}/cases/test_people_as_they_are.py",
         "test_hazard_15_a_person_is_kept_as_it_is_known_and_not_as_a_form_wants_it"),
        (f"{HERE}/cases/test_people_as_they_are.py",
         "test_hazard_15_codes_are_dated_and_old_rows_keep_theirs"),
        (f"{CASES}/domain/test_timeline.py",
         "test_hazard_15_a_paragraph_that_is_history_keeps_its_code_but_is_not_chosen_any_more"),
    ],
    # Webhooks with content, without proof, or as the only way to learn of an event.
    "14": [
        (f"{REFERRALS}/domain/test_events_and_access.py",
         "test_f17_events_carry_ids_and_codes_only"),
        (f"{REFERRALS}/test_hazards.py",
         "test_hazard_14_twenty_at_once_end_a_referral_with_one_event"),
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


def test_all_fifteen_hazards_have_a_test_that_carries_their_number() -> None:
    assert sorted(PROOFS) == [f"{number:02}" for number in range(1, 16)]
    for number, proofs in PROOFS.items():
        assert any(test.startswith(f"test_hazard_{number}_") for _, test in proofs), number
