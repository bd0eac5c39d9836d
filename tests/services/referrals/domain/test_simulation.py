"""What other rules would change, asked of past referrals that are known by neighbourhood only."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referrals.domain.areas import (
    Location,
    Municipalities,
    Place,
    Shape,
    Streets,
    StreetSection,
)
from services.referrals.domain.codes import Mode
from services.referrals.domain.routing import ManualReason, RuleSet, route
from services.referrals.domain.simulation import Sample, Way, compare, leaves_sample
from tests.services.referrals.domain.people_and_places import (
    LEFT_OF_THE_EMS,
    RHEINE,
    RIGHT_OF_THE_EMS,
    STEINFURT_RULES,
    at,
    rule,
)

SERVICE = "CASE_MANAGEMENT"
CARITAS, LERNEN = "rheine-caritas", "rheine-lernen-foerdern"
SWAPPED = RuleSet(
    version=4,
    valid_from=STEINFURT_RULES.valid_from,
    rules=(
        rule("left", Shape(RHEINE, LEFT_OF_THE_EMS), LERNEN),
        rule("right", Shape(RHEINE, RIGHT_OF_THE_EMS), CARITAS),
        *STEINFURT_RULES.rules[2:],
    ),
)


def sample(lon: str, lat: str, times: int = 1, unit_id: str = CARITAS) -> Sample:
    place = Place(ags=RHEINE, street="Musterweg", location=at(lon, lat))
    return Sample(service_code=SERVICE, place=place, unit_id=unit_id, times=times)


def test_f11_the_other_side_of_the_ems_gets_them_all() -> None:
    found = compare(
        STEINFURT_RULES, SWAPPED, [sample("7.41", "52.27"), sample("7.47", "52.30", 3, LERNEN)]
    )
    assert (found.examined, found.unchanged, found.changed, found.to_manual) == (4, 0, 4, 0)
    assert (found.near_the_line, found.number_needed, found.went_elsewhere) == (0, 0, 4)
    assert found.ways == (
        (Way(SERVICE, RHEINE, LERNEN, CARITAS, None), 3),
        (Way(SERVICE, RHEINE, CARITAS, LERNEN, None), 1),
    )


@pytest.mark.parametrize(
    ("lon", "lat", "is_near"),
    [
        ("7.455", "52.262", True),  # a bend of the river
        ("7.473", "52.249", True),  # between two bends
        ("7.474", "52.249", False),
        ("7.300", "52.250", True),  # the outer edge of the shape
        ("7.299", "52.250", False),
    ],
)
def test_points_near_the_line_are_counted_apart(lon: str, lat: str, *, is_near: bool) -> None:
    found = compare(STEINFURT_RULES, SWAPPED, [sample(lon, lat, 5)])
    assert (found.near_the_line == 5, found.examined) == (is_near, 5)
    assert found.unchanged + found.changed == (0 if is_near else 5)


@given(
    lon=st.integers(7_390_000, 7_560_000),
    lat=st.integers(52_200_000, 52_330_000),
    off=st.tuples(st.integers(-500, 500), st.integers(-500, 500)),
)
def test_a_sample_that_is_counted_says_what_every_point_of_its_square_would_say(
    lon: int, lat: int, off: tuple[int, int]
) -> None:
    """The rounded point may stand for the true one, or it is set apart."""
    rounded = Location(round(lon / 1000) * 1000, round(lat / 1000) * 1000)
    true = Location(rounded.lon_microdeg + off[0], rounded.lat_microdeg + off[1])
    place = Place(ags=RHEINE, location=rounded)
    one = Sample(service_code=SERVICE, place=place, unit_id=CARITAS, times=1)
    found = compare(STEINFURT_RULES, SWAPPED, [one])
    if not found.near_the_line:
        for rules in (STEINFURT_RULES, SWAPPED):
            exact = route(rules, SERVICE, Place(ags=RHEINE, location=true))
            assert exact.unit_id == route(rules, SERVICE, place).unit_id


def test_rules_that_decide_alike_change_nothing_near_the_line_either() -> None:
    renamed = replace(STEINFURT_RULES, version=4)
    found = compare(STEINFURT_RULES, renamed, [sample("7.455", "52.262", 2)])
    assert (found.unchanged, found.changed, found.near_the_line) == (2, 0, 0)


def test_a_street_divided_by_its_numbers_is_counted_apart() -> None:
    place = Place(ags=RHEINE, street="am wehr")
    one = Sample(service_code=SERVICE, place=place, unit_id=CARITAS, times=4)
    found = compare(STEINFURT_RULES, SWAPPED, [one])
    assert (found.number_needed, found.near_the_line, found.changed) == (4, 0, 0)
    whole = RuleSet(
        version=4,
        valid_from=STEINFURT_RULES.valid_from,
        rules=(rule("all", Streets(RHEINE, (StreetSection(street="Am Wehr"),)), LERNEN),),
    )
    none = replace(whole, rules=())
    found = compare(none, whole, [one])
    assert (found.changed, found.from_manual, found.went_elsewhere) == (4, 4, 4)


def test_whom_the_new_rules_leave_to_a_person_is_counted() -> None:
    fewer = replace(STEINFURT_RULES, version=4, rules=STEINFURT_RULES.rules[:1])
    found = compare(STEINFURT_RULES, fewer, [sample("7.47", "52.30", 2, LERNEN)])
    assert (found.changed, found.to_manual, found.went_elsewhere) == (2, 2, 0)
    [(way, times)] = found.ways
    assert (way.to_unit, way.manual_reason, times) == ("", ManualReason.NOT_LOCATABLE, 2)


def test_other_services_and_municipalities_stay_where_they_are() -> None:
    everywhere = rule("rest", Municipalities(frozenset({"05566"})), "st-cm")
    before = RuleSet(version=1, valid_from=STEINFURT_RULES.valid_from, rules=(everywhere,))
    course = replace(sample("7.41", "52.27"), service_code="LANGUAGE_COURSE")
    greven = Sample(service_code=SERVICE, place=Place(ags="05566012"), unit_id="st-cm", times=7)
    found = compare(before, STEINFURT_RULES, [course, greven])
    assert (found.examined, found.unchanged, found.changed) == (8, 8, 0)


def test_child_protection_leaves_no_sample() -> None:
    assert {mode for mode in Mode if not leaves_sample(mode)} == {Mode.CHILD_PROTECTION}
