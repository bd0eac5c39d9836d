"""Invented people: exact numbers, real writing systems, nobody real."""

import hashlib
import re
import unicodedata
from collections import Counter
from datetime import date

import pytest

from deploy.local.demo.papers import municipalities, paper
from deploy.local.demo.people import (
    CASE_MANAGEMENT_BEGAN_ON,
    COUNTED_ON,
    FLED_UKRAINE,
    Family,
    families,
)
from services.cases.domain.codes import ARRIVAL_COHORTS
from services.cases.domain.facts import OPEN_STATES, CaseState
from services.cases.domain.people import (
    BirthDate,
    PersonName,
    clean_languages,
    clean_nationalities,
)

UKRAINE = "166"
# Digests of the surnames of officials that the papers name, so that the names stand nowhere here.
OFFICIALS = {
    "083602b9e0ec8fe5",
    "5919b28f978090de",
    "4f9a86e5200dc086",
    "ca92ddfb27ada7d4",
    "999ac90f9a80a40e",
    "3bbed2548efb20dd",
}


@pytest.fixture(scope="module")
def everyone() -> list[Family]:
    return families()


def test_f15_warendorf_has_379_families_of_whom_111_fled_ukraine(everyone: list[Family]) -> None:
    counselling = paper("warendorf")["counselling"]
    fled = [family for family in everyone if FLED_UKRAINE in family.cohorts]
    assert len(everyone) == counselling["families"] == 379
    assert len(fled) == counselling["families_fled_ukraine"] == 111
    assert len(everyone) - len(fled) == 268


def test_the_same_families_come_out_every_time(everyone: list[Family]) -> None:
    assert families() == everyone
    assert len({family.key for family in everyone}) == 379
    assert hashlib.sha256(repr(everyone).encode()).hexdigest()[:16] == "c3f27aedbe6687a2"


def test_having_fled_ukraine_is_independent_of_nationality(everyone: list[Family]) -> None:
    def has_ukrainian(family: Family) -> bool:
        return any(UKRAINE in person.nationalities for person in family.members)

    fled = [family for family in everyone if FLED_UKRAINE in family.cohorts]
    others = [family for family in everyone if FLED_UKRAINE not in family.cohorts]
    assert sum(not has_ukrainian(family) for family in fled) == 9
    assert sum(has_ukrainian(family) for family in others) == 5
    assert FLED_UKRAINE in ARRIVAL_COHORTS


def test_families_live_in_all_thirteen_municipalities(everyone: list[Family]) -> None:
    spread = Counter(family.municipality_ags for family in everyone)
    assert sorted(spread) == municipalities("05570")
    assert spread["05570004"] == 96
    assert spread["05570012"] == 7
    fled = Counter(family.municipality_ags for family in everyone if family.cohorts)
    assert fled["05570048"] == 1
    assert sum(fled.values()) == 111


def test_every_case_was_opened_on_a_working_day_before_the_report(everyone: list[Family]) -> None:
    for family in everyone:
        assert CASE_MANAGEMENT_BEGAN_ON <= family.opened_on < COUNTED_ON == date(2022, 9, 30)
        assert family.opened_on.weekday() < 5
        assert family.opened_on <= family.in_phase_since < COUNTED_ON
        if family.cohorts:
            assert family.opened_on >= date(2022, 3, 1)


def test_every_family_is_in_counselling_on_the_reporting_day(everyone: list[Family]) -> None:
    phases = Counter(family.phase for family in everyone)
    assert phases == {
        "INTAKE": 60,
        "ASSESSMENT": 85,
        "PLANNING": 70,
        "LINKING": 64,
        "MONITORING": 84,
        "EVALUATION": 16,
    }
    assert {CaseState(phase) for phase in phases} <= set(OPEN_STATES) - {CaseState.REQUESTED}


def test_names_come_in_many_scripts_each_with_a_latin_form(everyone: list[Family]) -> None:
    scripts = Counter(family.script for family in everyone)
    assert {"Latn", "Arab", "Cyrl", "Grek", "Geor", "Ethi", "Hans", "Taml", "Armn"} <= set(scripts)
    for family in everyone:
        for person in family.members:
            for name in (person.family_name, person.given_name):
                assert unicodedata.is_normalized("NFC", name.written)
                if family.script == "Latn":
                    continue
                assert name.written != name.latin
                assert not re.search("[A-Za-z]", name.written)


def test_every_name_is_accepted_by_the_rules_of_the_case_records(everyone: list[Family]) -> None:
    for family in everyone:
        for person in family.members:
            PersonName.of(
                person.family_name.latin,
                person.given_name.latin,
                f"{person.given_name.written} {person.family_name.written}",
            )


def test_birth_dates_are_as_exact_as_they_are_known(everyone: list[Family]) -> None:
    people = [person for family in everyone for person in family.members]
    for person in people:
        birth = BirthDate.parse(person.born, today=COUNTED_ON)
        assert birth.precision.value == person.birth_precision
        if not person.is_adult:
            assert not birth.is_certainly_adult(date(int(person.born[:4]) + 17, 12, 31))
    assert Counter(person.birth_precision for person in people) == {
        "DAY": 1064,
        "MONTH": 54,
        "YEAR": 100,
    }


def test_languages_and_nationalities_are_codes_and_texts(everyone: list[Family]) -> None:
    people = [person for family in everyone for person in family.members]
    for person in people:
        clean_languages(person.languages)
        clean_nationalities(person.nationalities)
        assert all(len(language) == 3 for language in person.languages)
    counts = Counter(len(person.nationalities) for person in people)
    assert counts[0] > 0
    assert counts[2] > 0
    assert any("000" in person.nationalities for person in people)


def test_families_have_one_to_eight_members_and_an_adult_client(everyone: list[Family]) -> None:
    sizes = Counter(len(family.members) for family in everyone)
    assert sizes == {1: 60, 2: 71, 3: 88, 4: 83, 5: 53, 6: 16, 7: 5, 8: 3}
    assert all(family.client.is_adult for family in everyone)


def test_children_of_some_origins_bear_their_fathers_given_name(everyone: list[Family]) -> None:
    eritrean = [family for family in everyone if family.origin == "eritrean"]
    with_father = [
        (father, child)
        for family in eritrean
        for father in family.members
        for child in family.members
        if father.is_adult and father.gender == "MALE" and not child.is_adult
    ]
    assert with_father
    assert all(child.family_name == father.given_name for father, child in with_father)


def test_no_official_of_the_papers_is_among_the_people(everyone: list[Family]) -> None:
    names = {
        name.latin
        for family in everyone
        for person in family.members
        for name in (person.family_name, person.given_name)
    }
    digests = {hashlib.sha256(name.casefold().encode()).hexdigest()[:16] for name in names}
    assert not digests & OFFICIALS
