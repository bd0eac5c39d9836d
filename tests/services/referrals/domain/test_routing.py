"""Who is responsible for a place, and when a person has to decide."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.referrals.domain.areas import (
    AreaKeyUnreadable,
    CoordinateUnusable,
    Districts,
    Location,
    Municipalities,
    Parity,
    Place,
    Shape,
    ShapeUnusable,
    StreetSection,
    ags_of_ars,
    derived_ars,
    is_inside,
)
from services.referrals.domain.routing import (
    NO_RULES,
    ManualReason,
    RuleSet,
    route,
    rules_in_force,
)
from tests.services.referrals.domain.people_and_places import (
    EMS,
    RHEINE,
    STEINFURT_RULES,
    TELGTE,
    WARENDORF_DISTRICT,
    at,
    rule,
)

LEFT = Place(ags=RHEINE, street="Musterweg", house_number="4", location=at("7.41", "52.27"))
RIGHT = Place(ags=RHEINE, street="Musterweg", house_number="5", location=at("7.47", "52.30"))
SERVICE = "CASE_MANAGEMENT"


def test_f11_left_of_the_ems_goes_to_caritas() -> None:
    decision = route(STEINFURT_RULES, SERVICE, LEFT)
    assert decision.unit_id == "rheine-caritas"
    assert [target.rule_id for target in decision.targets] == ["left"]
    assert decision.rules_version == 3


def test_f11_right_of_the_ems_goes_to_lernen_foerdern() -> None:
    assert route(STEINFURT_RULES, SERVICE, RIGHT).unit_id == "rheine-lernen-foerdern"


@pytest.mark.parametrize(
    "place",
    [
        Place(ags=RHEINE, street="Unbekannte Gasse", house_number="1"),
        Place(ags=RHEINE, location=at("8.5", "51.0")),
        Place(ags=RHEINE, location=EMS[2]),
        Place(ags=RHEINE, street="Am Wehr", house_number="11"),
        Place(ags=RHEINE, street="Am Wehr"),
    ],
)
def test_f11_what_cannot_be_located_goes_to_a_person_and_never_to_a_default(place: Place) -> None:
    decision = route(STEINFURT_RULES, SERVICE, place)
    assert decision.manual_reason is ManualReason.NOT_LOCATABLE
    assert decision.unit_id is None
    assert decision.targets == ()


def test_f11_the_key_of_a_divided_municipality_alone_decides_nothing() -> None:
    decision = route(STEINFURT_RULES, SERVICE, Place(ags=RHEINE))
    assert decision.manual_reason is ManualReason.ADDRESS_NEEDED
    assert decision.targets == ()


def test_f11_a_street_list_locates_where_there_is_no_point() -> None:
    place = Place(ags=RHEINE, street="am  wehr", house_number="9a")
    assert route(STEINFURT_RULES, SERVICE, place).unit_id == "rheine-caritas"


def test_f11_a_street_list_and_a_shape_that_disagree_go_to_a_person() -> None:
    place = replace(RIGHT, street="Am Wehr", house_number="3")
    decision = route(STEINFURT_RULES, SERVICE, place)
    assert decision.manual_reason is ManualReason.AMBIGUOUS
    assert decision.unit_id is None
    assert {target.unit_id for target in decision.targets} == {
        "rheine-caritas",
        "rheine-lernen-foerdern",
    }


def test_a_whole_district_covers_its_undivided_municipalities() -> None:
    assert route(STEINFURT_RULES, SERVICE, Place(ags="05566004")).unit_id == "st-cm"


def test_a_place_without_any_rule_goes_to_a_person() -> None:
    decision = route(STEINFURT_RULES, SERVICE, Place(ags=TELGTE))
    assert decision.manual_reason is ManualReason.NO_RULE


def test_another_service_is_not_covered_by_this_services_rules() -> None:
    assert route(STEINFURT_RULES, "DEBT_COUNSELLING", LEFT).manual_reason is ManualReason.NO_RULE


def test_targets_come_by_priority_and_once_per_unit() -> None:
    rules = RuleSet(
        version=1,
        valid_from=date(2026, 1, 1),
        rules=(
            rule("a", Municipalities(frozenset({TELGTE})), "waf-mbe", 5),
            rule("b", Municipalities(frozenset({WARENDORF_DISTRICT})), "waf-cm", 2),
            rule("c", Municipalities(frozenset({TELGTE})), "waf-cm", 1),
        ),
    )
    decision = route(rules, SERVICE, Place(ags=TELGTE))
    assert [(t.unit_id, t.priority, t.rule_id) for t in decision.targets] == [
        ("waf-cm", 1, "c"),
        ("waf-mbe", 5, "a"),
    ]
    assert decision.unit_id == "waf-cm"


def test_two_units_of_the_same_priority_are_a_choice_for_a_person() -> None:
    rules = RuleSet(
        version=1,
        valid_from=date(2026, 1, 1),
        rules=(
            rule("a", Municipalities(frozenset({TELGTE})), "waf-mbe"),
            rule("b", Municipalities(frozenset({TELGTE})), "waf-cm"),
        ),
    )
    decision = route(rules, SERVICE, Place(ags=TELGTE))
    assert decision.manual_reason is ManualReason.AMBIGUOUS
    assert decision.unit_id is None


def test_a_named_district_locates_inside_its_municipality_only() -> None:
    mesum = Districts(RHEINE, frozenset({"Mesum"}))
    assert mesum.covers(Place(ags=RHEINE, district="mesum"))
    assert not mesum.covers(Place(ags=TELGTE, district="Mesum"))
    assert not mesum.covers(Place(ags=RHEINE, street="Mesum"))


@given(st.integers(7_300_000, 7_600_000), st.integers(52_200_000, 52_330_000))
def test_f11_every_point_of_the_town_has_one_side_or_lies_in_the_river(lon: int, lat: int) -> None:
    point = Location(lon, lat)
    decision = route(STEINFURT_RULES, SERVICE, Place(ags=RHEINE, location=point))
    sides = [rule.area.covers(Place(ags=RHEINE, location=point)) for rule in STEINFURT_RULES.rules]
    assert sum(sides[:2]) <= 1
    expected = {(True, False): "rheine-caritas", (False, True): "rheine-lernen-foerdern"}
    assert decision.unit_id == expected.get((sides[0], sides[1]))


SQUARE = (at("0", "0"), at("4", "0"), at("4", "4"), at("0", "4"), at("0", "0"))
NOTCHED = (at("0", "0"), at("4", "0"), at("4", "4"), at("2", "1"), at("0", "4"), at("0", "0"))


@pytest.mark.parametrize(
    ("ring", "lon", "lat", "expected"),
    [
        (SQUARE, "2", "2", True),
        (SQUARE, "5", "2", False),
        (SQUARE, "-1", "0", False),
        (SQUARE, "-1", "4", False),
        (SQUARE, "4", "2", False),
        (SQUARE, "0", "0", False),
        (NOTCHED, "2", "2", False),
        (NOTCHED, "1", "1", True),
        (NOTCHED, "3", "1", True),
        (NOTCHED, "2", "1", False),
        (NOTCHED, "2", "0.999999", True),
    ],
)
def test_a_point_is_inside_a_ring_or_not(
    ring: tuple[Location, ...], lon: str, lat: str, *, expected: bool
) -> None:
    assert is_inside(at(lon, lat), ring) is expected
    assert is_inside(at(lon, lat), ring[::-1]) is expected


@pytest.mark.parametrize(
    ("street", "number", "expected"),
    [
        ("Münsterstr.", "7", True),
        ("MÜNSTERSTRASSE", "7 b", True),
        ("Münster Straße", "21", True),
        ("Münsterstraße", "8", False),
        ("Münsterstraße", "23", False),
        ("Münsterstraße", "5", False),
        ("Münsterstraße", "", False),
        ("Münsterweg", "7", False),
    ],
)
def test_a_street_section_reads_names_and_numbers_as_people_write_them(
    street: str, number: str, *, expected: bool
) -> None:
    odd_side = StreetSection(street="Münsterstraße", from_number=7, to_number=21, parity=Parity.ODD)
    assert odd_side.covers(street, number) is expected


def test_rules_change_on_their_day() -> None:
    old = replace(STEINFURT_RULES, version=1, valid_from=date(2020, 1, 1))
    new = replace(STEINFURT_RULES, version=2, valid_from=date(2022, 11, 1))
    assert rules_in_force((new, old), date(2022, 10, 31)).version == 1
    assert rules_in_force((old, new), date(2022, 11, 1)).version == 2
    assert rules_in_force((old, new), date(2019, 12, 31)) is NO_RULES


def test_before_the_first_rules_every_place_goes_to_a_person() -> None:
    assert route(NO_RULES, SERVICE, LEFT).manual_reason is ManualReason.NO_RULE


def test_f24_keys_stay_text_and_the_regional_key_is_flagged_derived() -> None:
    key = derived_ars("05570044")
    assert (key.ars, key.is_derived) == ("055700044044", True)
    assert ags_of_ars("055700044044") == "05570044"
    assert ags_of_ars("120600181181") == "12060181"


@pytest.mark.parametrize("key", ["5570044", "055700440", "0557004x", "٠٥٥٧٠٠٤٤", ""])
def test_f24_a_key_of_another_form_is_refused(key: str) -> None:
    with pytest.raises(AreaKeyUnreadable):
        derived_ars(key)
    with pytest.raises(AreaKeyUnreadable):
        Municipalities(frozenset({key}))


@given(st.from_regex(r"\A05[0-9]{6}\Z"))
def test_f24_the_regional_key_leads_back_to_the_municipality(ags: str) -> None:
    assert ags_of_ars(derived_ars(ags).ars) == ags


def test_a_shape_is_closed() -> None:
    with pytest.raises(ShapeUnusable):
        Shape(RHEINE, SQUARE[:-1])


@pytest.mark.parametrize(("lon", "lat"), [("181", "0"), ("0", "-90.5"), ("x", "0"), ("1e2", "0")])
def test_coordinates_are_degrees(lon: str, lat: str) -> None:
    with pytest.raises(CoordinateUnusable):
        at(lon, lat)
