"""The status report of Kreis Warendorf 2022, digit by digit, over GraphQL."""

from typing import Any

import pytest

from deploy.local.demo.client import Client
from tests.gateway.conftest import NOWHERE, As, gateway_of
from tests.local_system import LocalSystem

DAY = "2022-11-21"
REPORT = """
query Report($asOf: Date!) {
  statusReport(asOf: $asOf) {
    asOf
    funding {
      __typename
      ... on FundingStatus {
        programmeVolume additionalFunds ministryTotal
        lines { key amount fte amountPerPost isAdditional validFrom validTo }
        fundingLines { fundingLine amount amountPerPost }
        positions {
          rows { label approved filled reportedVacant unoccupiedComputed residual }
          reportedTotal { approved filled reportedVacant unoccupiedComputed residual }
          computedTotal { approved filled reportedVacant }
          findings { code subject facts { name value } }
        }
        forecasts { fundingLine granted usable unspent }
      }
      ... on UserError { code message }
    }
    cases {
      __typename
      ... on CaseStatistics { unit families { total thereofFledUkraine others } }
      ... on UserError { code message }
    }
  }
}
"""


@pytest.fixture
async def report(as_: As) -> dict[str, Any]:
    data = await as_("waf-coordinator").data(REPORT, asOf=DAY)
    found: dict[str, Any] = data["statusReport"]
    return found


async def test_f1_six_lines_make_the_funding_volume(report: dict[str, Any]) -> None:
    funding = report["funding"]
    assert funding["programmeVolume"] == "1222800.00"
    lines = {line["key"]: line for line in funding["lines"] if not line["isAdditional"]}
    assert {key: line["amount"] for key, line in lines.items()} == {
        "b1-posts": "253800.00",
        "b2-posts": "770000.00",
        "b3-posts": "150000.00",
        "b1-measures": "30000.00",
        "b1-events": "10000.00",
        "b1-advice": "9000.00",
    }
    assert lines["b2-posts"]["amountPerPost"] == "55000.00"
    assert lines["b3-posts"]["amountPerPost"] == "50000.00"
    totals = {line["fundingLine"]: line["amount"] for line in funding["fundingLines"]}
    assert totals["B1_COORDINATION"] == "302800.00"


async def test_f2_eighteen_numbers_come_back_unchanged(report: dict[str, Any]) -> None:
    table = report["funding"]["positions"]
    columns = ("approved", "filled", "reportedVacant", "unoccupiedComputed", "residual")
    assert [(row["label"], *(row[name] for name in columns)) for row in table["rows"]] == [
        ("Koordination", "3.50", "3.50", "0.00", "0.00", "0.00"),
        ("Verwaltung", "0.50", "0.50", "0.00", "0.00", "0.00"),
        ("Case Management-KIM", "14.00", "7.62", "2.88", "6.38", "3.50"),
        ("Ausländerbehörde", "1.00", "0.75", "0.00", "0.25", "0.25"),
        ("Einbürgerungsbehörde", "2.00", "1.50", "0.00", "0.50", "0.50"),
    ]
    assert [table["reportedTotal"][name] for name in columns] == [
        "21.00", "13.87", "2.88", "7.13", "4.25",
    ]  # fmt: skip
    assert table["computedTotal"] == {
        "approved": "21.00",
        "filled": "13.87",
        "reportedVacant": "2.88",
    }


async def test_f2_four_residuals_are_found_and_nothing_else(report: dict[str, Any]) -> None:
    found = [
        (one["code"], one["subject"], {fact["name"]: fact["value"] for fact in one["facts"]})
        for one in report["funding"]["positions"]["findings"]
    ]
    assert [(code, subject, facts["residual"]) for code, subject, facts in found] == [
        ("POSITION_RESIDUAL", "CASE_MANAGEMENT", "3.50"),
        ("POSITION_RESIDUAL", "FOREIGNERS_AUTHORITY", "0.25"),
        ("POSITION_RESIDUAL", "NATURALISATION_AUTHORITY", "0.50"),
        ("POSITION_RESIDUAL", "TOTAL", "4.25"),
    ]


async def test_f3_translation_money_stands_beside_the_volume(report: dict[str, Any]) -> None:
    funding = report["funding"]
    (additional,) = [line for line in funding["lines"] if line["isAdditional"]]
    assert (additional["amount"], additional["validFrom"], additional["validTo"]) == (
        "30000.00", "2022-10-01", "2022-12-31",
    )  # fmt: skip
    assert funding["additionalFunds"] == "30000.00"
    assert funding["ministryTotal"] == "1252800.00"
    assert funding["programmeVolume"] == "1222800.00"


async def test_unfilled_posts_let_money_remain(report: dict[str, Any]) -> None:
    forecasts = {one["fundingLine"]: one for one in report["funding"]["forecasts"]}
    assert forecasts["B2_CASE_MANAGEMENT"]["usable"] == "419100.00"
    assert forecasts["B2_CASE_MANAGEMENT"]["unspent"] == "350900.00"


async def test_f15_379_families_of_whom_111_fled_ukraine(report: dict[str, Any]) -> None:
    assert report["cases"] == {
        "__typename": "CaseStatistics",
        "unit": "FAMILY",
        "families": {"total": 379, "thereofFledUkraine": 111, "others": 268},
    }


async def test_the_report_takes_one_call_for_each_service(as_: As) -> None:
    answer = await as_("waf-coordinator").ask(REPORT, asOf=DAY)
    assert answer["extensions"]["upstreamCalls"] == 2


async def test_a_service_that_is_down_leaves_its_part_to_a_typed_error(
    demo_system: LocalSystem, people: Client
) -> None:
    async with gateway_of(demo_system, people, cases_url=NOWHERE) as as_:
        data = await as_("waf-coordinator").data(REPORT, asOf=DAY)
    assert data["statusReport"]["funding"]["programmeVolume"] == "1222800.00"
    assert data["statusReport"]["cases"] == {
        "__typename": "ServiceUnavailableError",
        "code": "service-unavailable",
        "message": "Der Dienst Fallakten ist zurzeit nicht erreichbar.",
    }


async def test_who_may_see_one_part_only_gets_one_part_only(as_: As) -> None:
    data = await as_("waf-team-lead").data(REPORT, asOf=DAY)
    assert data["statusReport"]["funding"]["__typename"] == "ForbiddenError"
    assert data["statusReport"]["cases"]["families"]["total"] == 379


async def test_another_county_sees_none_of_these_figures(as_: As) -> None:
    data = await as_("st-unit-head").data(REPORT, asOf=DAY)
    assert data["statusReport"]["funding"]["ministryTotal"] != "1252800.00"
    assert data["statusReport"]["cases"]["families"]["total"] in {0, None}


@pytest.mark.parametrize("day", ["2022-02-30", "21.11.2022", "20221121", "", "2022-11-21T00:00"])
async def test_what_is_no_day_is_refused_before_anybody_is_asked(as_: As, day: str) -> None:
    answer = await as_("waf-coordinator").ask(REPORT, asOf=day)
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["BAD_USER_INPUT"]
    assert "data" not in answer
