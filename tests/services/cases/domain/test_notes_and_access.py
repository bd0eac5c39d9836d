"""Entrusted notes, roles, the blind double-care check, warnings, events."""

from dataclasses import fields
from datetime import date
from itertools import product

import pytest

from services.cases.domain import events
from services.cases.domain.access import RIGHTS, Right, Role, may
from services.cases.domain.dates import date_warnings
from services.cases.domain.double_care import answer, asked_match_keys, match_keys
from services.cases.domain.notes import (
    ClassReasonMissing,
    Confidentiality,
    NoteClass,
    NoteKind,
    ReleaseReason,
    classify,
    text_warnings,
)
from services.cases.domain.people import BirthDate, PersonName


def test_f18_an_entrusted_note_is_read_by_its_owner_only() -> None:
    note = NoteClass(Confidentiality.ENTRUSTED, "kreis|anna")
    assert note.may_read("kreis|anna")
    for other in ("kreis|bernd", "kreis|team-lead", "kreis|admin"):
        assert not note.may_read(other)


def test_a_conversation_note_is_entrusted_unless_a_reason_says_otherwise() -> None:
    """R-J2."""
    usual = classify(NoteKind.CONVERSATION, "kreis|anna", None, None)
    assert usual == NoteClass(Confidentiality.ENTRUSTED, "kreis|anna")
    loosened = classify(
        NoteKind.CONVERSATION, "kreis|anna", Confidentiality.NORMAL, "nur Terminabsprache"
    )
    assert loosened.confidentiality is Confidentiality.NORMAL
    with pytest.raises(ClassReasonMissing):
        classify(NoteKind.CONVERSATION, "kreis|anna", Confidentiality.NORMAL, " ")


def test_a_file_note_is_normal_and_may_be_entrusted() -> None:
    assert classify(NoteKind.FILE, "kreis|anna", None, None).may_read("kreis|bernd")
    entrusted = classify(NoteKind.FILE, "kreis|anna", Confidentiality.ENTRUSTED, None)
    assert not entrusted.may_read("kreis|bernd")


@pytest.mark.parametrize("wanted", [Confidentiality.NORMAL, Confidentiality.CONFIDENTIAL])
def test_a_conversation_is_taken_out_of_the_writers_hands_only_with_a_reason(
    wanted: Confidentiality,
) -> None:
    with pytest.raises(ClassReasonMissing):
        classify(NoteKind.CONVERSATION, "kreis|anna", wanted, None)
    chosen = classify(NoteKind.CONVERSATION, "kreis|anna", wanted, "Hilfeplangespräch")
    assert chosen.confidentiality is wanted


@pytest.mark.parametrize(
    ("confidentiality", "readers"),
    [
        (Confidentiality.NORMAL, {"writer", "in charge", "receiver", "colleague"}),
        (Confidentiality.CONFIDENTIAL, {"writer", "in charge"}),
        (Confidentiality.ENTRUSTED, {"writer", "receiver"}),
    ],
)
def test_hazard_06_who_reads_a_note_of_each_class(
    confidentiality: Confidentiality, readers: set[str]
) -> None:
    note = NoteClass(confidentiality, "writer")
    everybody = ("writer", "in charge", "receiver", "colleague")
    assert readers == {
        one
        for one in everybody
        if note.may_read(one, in_charge={"in charge"}, handed_on_to={"receiver"})
    }


def test_only_the_five_grounds_of_section_65_release_an_entrusted_note() -> None:
    assert len(ReleaseReason) == 5


def test_free_text_about_a_stay_without_title_warns_the_writer() -> None:
    """R-A3, R-A4."""
    assert [w.code for w in text_warnings("lebt ohne Aufenthaltstitel in Ahlen")] == [
        "residence-knowledge-in-free-text"
    ]
    assert text_warnings("sucht einen Deutschkurs") == ()


def test_f16_a_sunday_is_accepted_with_a_warning() -> None:
    assert [w.code for w in date_warnings(date(2022, 5, 22), "/heldOn")] == ["WEEKEND_DATE"]
    assert date_warnings(date(2022, 11, 21), "/heldOn") == ()


R = Right
EXPECTED_RIGHTS = {
    Role.INTEGRATOR: {
        R.IMPORT_CASES,
        R.EXPORT_FILES,
        R.FOLLOW,
        R.MANAGE_WEBHOOKS,
        R.READ_REQUEST_LOG,
    },
    Role.CASE_MANAGER: {
        R.READ_RIGHTS,
        R.HANDLE_RIGHTS,
        R.KEEP_DEPUTIES,
        R.OPEN_EMERGENCY,
        R.READ_EMERGENCIES,
        R.READ_CASES,
        R.CHANGE_CASES,
        R.KEEP_STAFF,
        R.IMPORT_CASES,
        R.READ_FIGURES,
        R.HANDLE_DESTRUCTION,
        R.READ_FINDINGS,
        R.RECORD_FINDINGS,
        R.WORK_ON_FINDINGS,
        R.READ_MEETINGS,
        R.RELEASE_RESTRICTED,
        R.FOLLOW,
        R.EXPORT,
    },
    Role.TEAM_LEAD: {
        R.KEEP_DEPUTIES,
        R.READ_EMERGENCIES,
        R.KEEP_STAFF,
        R.READ_EXTRACTS,
        R.READ_FIGURES,
        R.HANDLE_DESTRUCTION,
        R.APPROVE_DESTRUCTION,
        R.SET_DELETION_RULES,
        R.READ_FINDINGS,
        R.READ_MEETINGS,
        R.RELEASE_RESTRICTED,
        R.EXPORT,
    },
    Role.COORDINATOR: {
        R.READ_FIGURES,
        R.READ_CONTROLLING,
        R.KEEP_CASE_TYPES,
        R.READ_FINDINGS,
        R.WORK_ON_FINDINGS,
        R.READ_MEETINGS,
        R.KEEP_MEETINGS,
        R.EXPORT,
    },
    Role.FUNDING_OFFICER: {R.READ_FIGURES, R.READ_FINDINGS},
    Role.FUNDING_APPROVER: {R.READ_FIGURES, R.READ_FINDINGS},
    Role.UNIT_HEAD: {
        R.READ_FIGURES,
        R.READ_CONTROLLING,
        R.READ_FINDINGS,
        R.READ_MEETINGS,
        R.RELEASE_RESTRICTED,
        R.EXPORT,
    },
    Role.ADMIN: {
        R.KEEP_CASE_TYPES,
        R.MANAGE_WEBHOOKS,
        R.READ_REQUEST_LOG,
        R.SET_ACCESS_SCOPES,
    },
    Role.AUDITOR: {R.READ_FIGURES, R.READ_CONTROLLING},
    Role.DPO: {R.READ_AUDIT, R.READ_RIGHTS, R.READ_EMERGENCIES, R.REVIEW_EMERGENCIES},
}


@pytest.mark.parametrize(("role", "right"), list(product(Role, Right)))
def test_every_pair_of_role_and_right(role: Role, right: Right) -> None:
    expected = right in EXPECTED_RIGHTS.get(role, set())
    assert may(frozenset({role}), "CM_TEAM", right) is expected


def test_only_case_managers_read_case_content() -> None:
    assert [role for role in Role if Right.READ_CASES in RIGHTS[role]] == [Role.CASE_MANAGER]


@pytest.mark.parametrize("right", list(Right))
def test_hazard_01_a_b3_post_and_every_foreigners_authority_are_blind_to_cases(
    right: Right,
) -> None:
    everything = frozenset(Role)
    assert not may(everything, "CM_TEAM", right)
    without_b3 = everything - {Role.B3_OFFICER}
    assert may(without_b3, "CM_TEAM", right)
    assert not may(without_b3, "ABH", right)
    assert not may(without_b3, "EBH", right)


def test_an_unknown_role_gives_nothing() -> None:
    assert not may(frozenset({"superuser"}), "CM_TEAM", Right.READ_CASES)


def test_hazard_11_the_double_care_answer_names_units_and_nothing_else() -> None:
    involved = answer(frozenset({"waf-cm", "rheine-caritas"}), asking_unit="waf-cm")
    assert involved.contact_units == ("rheine-caritas",)
    assert involved.is_another_service_involved
    assert not answer(frozenset({"waf-cm"}), asking_unit="waf-cm").is_another_service_involved
    assert [field.name for field in fields(involved)] == ["contact_units"]


def test_the_same_person_matches_however_the_name_is_spelt() -> None:
    born = BirthDate(1990, 5, 17)
    keys = {
        match_keys(PersonName.of(family, given), born)
        for family, given in [("Şahin", "Yıldız"), ("SAHIN", "YILDIZ"), ("S\u0327ahin", "Yıldız")]
    }
    assert len(keys) == 1
    other_day = match_keys(PersonName.of("Şahin", "Yıldız"), BirthDate(1990, 5, 18))
    assert not set(other_day) & set(*keys)


def test_an_inexact_birth_date_never_matches_by_machine() -> None:
    for born in (BirthDate(1990), BirthDate(1990, 5), BirthDate()):
        assert match_keys(PersonName.of("Şahin", "Yıldız"), born) == ()


@pytest.mark.parametrize(
    ("ours", "theirs", "matches"),
    [
        (("Kowalenko", "Olena", None), ("Kovalenko", "Olena", None), True),
        (("Mohammed", "Ali", None), ("Muhammad", "Aly", None), True),
        (("Mohammed", "Khaled", None), ("Unleserlich", "Mhmd", "محمد خالد"), True),
        (("Unleserlich", "Mhmd", "محمد خالد"), ("Muhammad", "Khalid", None), True),
        (("Haddad", "Nadia", None), ("Haddad", "Anita", None), False),
        (("Haddad", "Rima", None), ("Haddad", "Noor", None), False),
    ],
)
def test_hazard_11_the_blind_check_hears_names_and_reads_other_scripts(
    ours: tuple[str, str, str | None],
    theirs: tuple[str, str, str | None],
    matches: bool,  # noqa: FBT001 - a table of cases
) -> None:
    born = BirthDate(1990, 5, 17)
    asked = set(asked_match_keys(PersonName.of(*ours), born))
    assert bool(asked & set(match_keys(PersonName.of(*theirs), born))) is matches


def test_events_carry_ids_and_codes_only() -> None:
    allowed_endings = (
        "_id",
        "_ids",
        "_state",
        "_reason",
        "_on",
        "_at",
        "action",
        "rule",
        "purpose",
        "_circle",
        "reason",
        "attempts",
        "_hours",
        # Codes of what was asked for and changed; the names of fields are codes, too.
        "data_right",
        "change",
        "fields",
        "with_content",
        "is_overdue",
    )
    for event in events.EVENTS:
        for field in fields(event):
            assert field.name.endswith(allowed_endings), (event, field.name)


def test_events_have_versioned_names_of_this_service() -> None:
    assert [event.event_type for event in events.EVENTS] == [
        "kim.cases.case-requested.v1",
        "kim.cases.case-phase-changed.v1",
        "kim.cases.case-file-changed.v1",
        "kim.cases.case-closed.v1",
        "kim.cases.consent-revoked.v1",
        "kim.cases.consent-invalidated.v1",
        "kim.cases.case-erasure-requested.v1",
        "kim.cases.deletion-rule-changed.v1",
        "kim.cases.structural-finding-recorded.v1",
        "kim.cases.finding-measure-funded.v1",
        "kim.cases.legal-circle-changed.v1",
        "kim.cases.family-split.v1",
        "kim.cases.families-joined.v1",
        "kim.cases.personal-data-inquired.v1",
        "kim.cases.personal-data-changed.v1",
        "kim.cases.rights-request-moved.v1",
        "kim.cases.rights-request-due.v1",
        "kim.cases.emergency-access-opened.v1",
        "kim.cases.webhook-dead-lettered.v1",
        "kim.cases.webhook-switched-off.v1",
        "kim.cases.webhook-fell-silent.v1",
        "kim.cases.webhook-missed-events.v1",
    ]
