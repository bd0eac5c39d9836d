"""What a case costs: divided where both services give their sums, hidden where a group is small."""

from typing import Any

import pytest

from gateway.schema.cost_per_case import cost_per_case
from tests.gateway.conftest import As

QUERY = """{ costPerCase(fiscalYear: 2022) {
  fiscalYear smallCellMin cases costPerCase countedUntil
  lines { fundingLine actual costPerCase label { de } }
  outcomes { outcome cases costPerCase label { de en } }
} }"""


def costs(*items: tuple[str, str]) -> dict[str, Any]:
    lines = [{"fundingLine": line, "actual": sum_, "eligible": sum_} for line, sum_ in items]
    return {"fiscalYear": 2022, "items": lines}


def counted(cases: int | None, **outcomes: int | None) -> dict[str, Any]:
    listed = [{"outcome": name, "cases": count} for name, count in outcomes.items()]
    return {
        "countedUntil": "2022-12-31",
        "smallCellMin": 5,
        "cases": cases,
        "outcomes": listed,
    }


def test_the_cost_of_a_line_is_divided_by_the_cases_of_the_year() -> None:
    found = cost_per_case(
        costs(
            ("B2_CASE_MANAGEMENT", "487680.00"),
            ("B2_CASE_MANAGEMENT", "0.01"),
            ("B1_COORDINATION", "246000.00"),
            ("B3_FOREIGNERS_NATURALISATION", "117000.00"),
        ),
        counted(379, GOALS_REACHED=100, RUNNING=279),
    ).record

    assert found["costPerCase"] == "1286.75"
    assert {line["fundingLine"]: line["costPerCase"] for line in found["lines"]} == {
        "B1_COORDINATION": "649.08",
        "B2_CASE_MANAGEMENT": "1286.75",
        "B3_FOREIGNERS_NATURALISATION": None,
    }
    reached, running = found["outcomes"]
    assert reached["costPerCase"] == "4876.80"
    assert reached["label"] == {"de": "Ziele erreicht", "en": "Goals reached"}
    assert (running["outcome"], running["label"]["de"]) == (None, "Läuft noch")


@pytest.mark.parametrize("cases", [None, 0])
def test_nothing_is_divided_by_a_hidden_or_an_empty_group(cases: int | None) -> None:
    """The cost of a line is public: a cost per case would tell the number of cases."""
    found = cost_per_case(
        costs(("B2_CASE_MANAGEMENT", "4000.00")), counted(cases, GOALS_REACHED=cases)
    ).record

    assert found["costPerCase"] is None
    assert found["lines"][0]["costPerCase"] is None
    assert found["outcomes"][0]["costPerCase"] is None


async def test_whoever_reads_funding_and_figures_sees_what_a_case_costs(as_: As) -> None:
    for persona in ("waf-coordinator", "waf-funding-officer", "waf-unit-head", "waf-auditor"):
        answer = await as_(persona).ask(QUERY)
        found = answer["data"]["costPerCase"]
        assert found["cases"] == 379
        assert found["smallCellMin"] == 5
        assert answer["extensions"]["upstreamCalls"] == 2


async def test_who_lacks_one_of_the_two_rights_sees_nothing(as_: As) -> None:
    for persona in ("waf-case-manager", "waf-team-lead", "waf-b3-officer", "waf-dpo"):
        answer = await as_(persona).ask(QUERY)
        assert answer["data"]["costPerCase"] is None
        assert answer["errors"][0]["extensions"]["code"] in {"FORBIDDEN", "REFUSED"}
