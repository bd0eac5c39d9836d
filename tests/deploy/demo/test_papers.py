"""The data files say what the papers say: every figure below was read from the paper itself."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from deploy.local.demo.papers import area_of, ems_polygon, municipalities, paper, units
from services.referrals.domain.areas import Location, is_inside
from services.referrals.domain.catalogue import SERVICES
from shared.kernel.clock import is_weekend
from shared.kernel.money import AMOUNT_PATTERN, FTE_PATTERN, Money, parse_fte

FILES = ("warendorf", "aachen", "rheine", "bergisch_gladbach", "programme")
PAPERS = (
    "Kreis Warendorf, Berichtsvorlage 187/2022",
    "StädteRegion Aachen, Sitzungsvorlage 2020/0354",
    "Stadt Rheine, Vorlage 232/20",
    "Stadt Rheine, Vermerk Integrationsrat, TOP 2 (2023)",
    "Stadt Bergisch Gladbach, Drucksache 0495/2020",
    "Kreis Heinsberg, Vorlage 0049/2021",
    "Stadt Kamen, Vorlage 056/2023",
    "Bezirksregierung Arnsberg, KIM",
    "Deutsche Bundesbank, Basiszinssatz nach § 247 BGB",
)
AMOUNT_KEYS = re.compile(
    r"(amount|volume|requested|recommended|decided|need|.*_per_fte|personnel_cost.*)$"
)


def _walk(node: Any, path: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every leaf with its path and its last key."""
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, dict | list):
                yield from _walk(value, f"{path}/{key}")
            else:
                yield f"{path}/{key}", str(key), value
    elif isinstance(node, list):
        for index, value in enumerate(node):
            if isinstance(value, dict | list):
                yield from _walk(value, f"{path}/{index}")
            else:
                yield f"{path}/{index}", path.rsplit("/", 1)[-1], value


@pytest.mark.parametrize("name", [*FILES, "units", "rheine_areas"])
def test_no_figure_became_a_float_or_lost_a_zero(name: str) -> None:
    for path, key, value in _walk(paper(name)):
        if name == "rheine_areas" and isinstance(value, float):
            continue  # coordinates are the only decimals that are numbers
        assert not isinstance(value, float), path
        if key.endswith("fte") and not key.endswith("_per_fte"):
            assert re.fullmatch(FTE_PATTERN, value), path
        elif AMOUNT_KEYS.match(key) and value is not None:
            assert re.fullmatch(AMOUNT_PATTERN, value), path
        if "ags" in key:
            assert isinstance(value, str), path
            assert re.fullmatch(r"05[0-9]{6}", value), path


@pytest.mark.parametrize("name", FILES)
def test_every_source_names_one_of_the_papers(name: str) -> None:
    sources = [value for _, key, value in _walk(paper(name)) if key.endswith("source")]
    assert sources
    for source in sources:
        if source != "PRESS_RELEASE":
            assert source.startswith(PAPERS), source


def test_f1_warendorf_six_lines_sum_to_the_printed_volume() -> None:
    award = paper("warendorf")["award"]
    amounts = [Money.parse(line["amount"]) for line in award["lines"]]
    assert [str(amount) for amount in amounts] == [
        "253800.00",
        "770000.00",
        "150000.00",
        "30000.00",
        "10000.00",
        "9000.00",
    ]
    assert str(sum(amounts, Money(0))) == award["funding_volume"] == "1222800.00"


def test_f2_warendorf_positions_are_the_eighteen_printed_numbers() -> None:
    table = paper("warendorf")["positions"]
    columns = ("approved_fte", "filled_fte", "reported_vacant_fte")
    assert [[row[column] for column in columns] for row in table["rows"]] == [
        ["3.50", "3.50", "0.00"],
        ["0.50", "0.50", "0.00"],
        ["14.00", "7.62", "2.88"],
        ["1.00", "0.75", "0.00"],
        ["2.00", "1.50", "0.00"],
    ]
    assert [table["reported_total"][column] for column in columns] == ["21.00", "13.87", "2.88"]
    for column in columns:
        summed = sum((parse_fte(row[column]) for row in table["rows"]), Decimal(0))
        assert f"{summed:.2f}" == table["reported_total"][column]


def test_f3_translation_money_is_a_line_of_its_own_outside_the_volume() -> None:
    translation = paper("warendorf")["translation"]
    assert translation["is_additional"] is True
    assert translation["amount"] == "30000.00"
    assert translation["valid_from"] == date(2022, 10, 1)
    assert translation["valid_to"] == date(2022, 12, 31)
    volume = Money.parse(paper("warendorf")["award"]["funding_volume"])
    assert str(volume + Money.parse(translation["amount"])) == "1252800.00"


def test_f4_aachen_forwards_five_of_six_positions() -> None:
    aachen = paper("aachen")
    award, forwarded = aachen["case_management"], aachen["forwarding"]
    ceiling = Money.parse(award["ceiling_per_fte"])
    assert str(ceiling.times(parse_fte(award["fte"]))) == award["amount"] == "330000.00"
    assert str(ceiling.times(parse_fte(forwarded["fte"]))) == forwarded["amount"] == "275000.00"
    kept = Money.parse(award["amount"]) - Money.parse(forwarded["amount"])
    assert str(kept) == award["kept"]["amount"] == "55000.00"


def test_f6_aachen_request_recommendation_and_decision_are_three_facts() -> None:
    share = paper("aachen")["own_share"]
    assert (share["requested"], share["recommended"]) == ("100000.00", "45000.00")
    assert share["decided"] is None
    assert share["is_cap"] is True
    gap = Money.parse(share["personnel_cost_per_fte"]) - Money.parse(share["ceiling_per_fte"])
    assert str(gap) == share["own_share_per_fte"] == "9000.00"


def test_f7_aachen_plans_revenue_and_expense_gross() -> None:
    plan = paper("aachen")["budget_plan"]
    assert plan["fiscal_year"] == 2021
    assert plan["product"] == "946100"
    assert [(p["kind"], p["account"], p["amount"]) for p in plan["postings"]] == [
        ("REVENUE", "414100", "570000.00"),
        ("EXPENSE", None, "275000.00"),
    ]


def test_f9_aachen_residence_rights_start_in_october() -> None:
    b3 = paper("aachen")["residence_rights"]
    assert (b3["fte"], b3["amount"], b3["starts_on"]) == ("1.00", "55000.00", date(2020, 10, 1))


def test_f10_rheine_positions_keep_their_versions() -> None:
    versions = {
        position["key"]: [version["approved_fte"] for version in position["versions"]]
        for position in paper("rheine")["positions"]
    }
    assert versions == {
        "rheine-b1": ["1.00"],
        "rheine-b2": ["1.90", "3.50"],
        "rheine-b3": ["1.50", "2.00"],
    }
    assert paper("rheine")["occupancies"][0]["occupied_from"] == date(2022, 11, 1)


def test_f11_the_two_sides_of_the_ems_do_not_overlap() -> None:
    drawing = paper("rheine_areas")
    assert drawing["is_approximation"] is True
    rings = {
        area["key"]: tuple(Location.degrees(str(x), str(y)) for x, y in ems_polygon(area["key"]))
        for area in drawing["areas"]
    }
    for check in drawing["check_points"]:
        point = Location.degrees(*map(str, check["point"]))
        sides = [key for key, ring in rings.items() if is_inside(point, ring)]
        assert sides == [check["area"]], check["name"]


def test_f11_no_street_stands_on_both_sides() -> None:
    left, right = paper("rheine_areas")["areas"]
    assert not set(left["streets"]) & set(right["streets"])
    assert set(left["streets_from_paper"]) <= set(left["streets"])
    assert set(right["streets_from_paper"]) <= set(right["streets"])


def test_f16_the_concept_was_endorsed_on_a_sunday() -> None:
    endorsed_on = paper("warendorf")["concept"]["endorsed_on"]
    assert endorsed_on == date(2022, 5, 22)
    assert is_weekend(endorsed_on)


def test_the_programme_is_announced_and_not_granted() -> None:
    programme = paper("programme")["programme"]
    assert programme["volume"] == "25000000.00"
    assert programme["announced_on"] == date(2020, 4, 20)
    assert programme["status"] == "ANNOUNCED"


def test_bergisch_gladbach_plans_one_position_in_a_quarter() -> None:
    position = paper("bergisch_gladbach")["position"]
    assert (position["fte"], position["planned_start"]) == ("1.00", "2021-Q1")
    assert position["focus"] == "TRANSITION_SCHOOL_WORK"


def test_the_four_tenants_have_all_their_municipalities() -> None:
    counts = {tenant["id"]: len(tenant["municipalities"]) for tenant in paper("units")["tenants"]}
    assert counts == {"05570": 13, "05566": 24, "05334": 10, "05378": 8}
    for tenant, count in counts.items():
        keys = municipalities(tenant)
        assert len(set(keys)) == count
        assert all(key.startswith(tenant) for key in keys)


def test_the_award_of_aachen_leaves_out_the_city() -> None:
    assert paper("aachen")["scope"]["excluded_ags"] == ["05334002"]
    forwarded_to = units()["ac-wohlfahrt"]
    assert "05334002" not in area_of(forwarded_to, "05334")
    assert len(area_of(forwarded_to, "05334")) == 9


def test_every_routing_rule_leads_to_a_unit_that_offers_the_service() -> None:
    known = units()
    assert all(unit.get("capacity", {}).keys() <= set(unit["services"]) for unit in known.values())
    for tenant in paper("units")["tenants"]:
        for rule in tenant["routing"]:
            unit = known[rule["unit"]]
            assert unit["tenant_id"] == tenant["id"]
            assert rule["service"] in unit["services"]
            assert rule["service"] in SERVICES
            assert set(area_of(rule, tenant["id"])) <= set(area_of(unit, tenant["id"]))


def test_bodies_outside_the_social_code_that_receive_social_data_have_committed_themselves() -> (
    None
):
    for slug, unit in units().items():
        is_outside = "CASE_MANAGEMENT" in unit["services"] and not unit["body_35_sgb1"]
        assert ("commitment_78_signed_on" in unit) is is_outside, slug


def test_unit_slugs_are_usable_as_controller_keys() -> None:
    assert len(units()) == 23
    for slug in units():
        assert re.fullmatch(r"[a-z0-9][a-z0-9-]{1,62}", slug)
