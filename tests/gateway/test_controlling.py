"""The controlling report: one call, three parts, each from its own service."""

from typing import Any

import pytest

from deploy.local.demo.client import Client
from tests.gateway.conftest import NOWHERE, As, gateway_of
from tests.local_system import LocalSystem

YEAR = {"fromOn": "2022-01-01", "toOn": "2022-12-31"}
QUERY = """query ($period: ReportingPeriod!) { kimControlling(period: $period) {
  fromOn toOn
  cases { __typename ... on CaseControlling {
    openBefore opened closed openAtEnd smallCellMin
    byPhase { value cases label { de } } byTargetGroup { value cases } byAge { value cases }
    byLine { fundingLine isCounted openAtEnd }
    byFieldOfAction { value cases } closedByReason { value cases } } }
  funding { __typename ... on FundingControlling {
    fiscalYear programmeVolume additionalFunds ministryTotal
    lines { fundingLine granted committed used free posts { approved filled }
      outlook { expectedUnspent repaymentWarning } }
    positions { reportedTotal { approved filled reportedVacant } } } }
  referrals { __typename ... on ReferralControlling {
    isSettled settledOn referrals medianDaysToPull
    recipients { agencyType referrals outcomes { outcome referrals } label { de } }
    senders { agencyType referrals } outcomes { outcome referrals }
    flows { senderType recipientType referrals medianDaysToAnswer senderLabel { de } } } }
} }"""


async def asked(as_: As, persona: str, period: dict[str, str] | None = None) -> dict[str, Any]:
    return await as_(persona).ask(QUERY, period=period or YEAR)


async def test_f1_f2_f15_one_call_tells_cases_money_and_posts_of_a_year(as_: As) -> None:
    answer = await asked(as_, "waf-coordinator")
    assert "errors" not in answer, answer
    assert answer["extensions"]["upstreamCalls"] == 3
    told = answer["data"]["kimControlling"]
    assert counts(told["cases"]["byPhase"]) == {
        "INTAKE": 60, "ASSESSMENT": 85, "PLANNING": 70, "LINKING": 64, "MONITORING": 84,
        "EVALUATION": 16,
    }  # fmt: skip
    assert counts(told["cases"]["byTargetGroup"]) == {"UKRAINE_TEMP_PROTECTION": 111, "NONE": 268}
    assert counts(told["cases"]["byAge"]) == {
        "FROM_3_TO_6_MONTHS": 124, "FROM_6_TO_12_MONTHS": 110,
        "FROM_12_TO_24_MONTHS": 145,
    }  # fmt: skip
    moved = {name: told["cases"][name] for name in ("openBefore", "opened", "closed", "openAtEnd")}
    assert moved == {"openBefore": 145, "opened": 234, "closed": 0, "openAtEnd": 379}
    assert [tuple(line.values()) for line in told["cases"]["byLine"]] == [
        ("B1_COORDINATION", False, None),
        ("B2_CASE_MANAGEMENT", True, 379),
        ("B3_FOREIGNERS_NATURALISATION", False, None),
    ]
    funding = told["funding"]
    assert funding["positions"]["reportedTotal"] == {
        "approved": "21.00", "filled": "13.87", "reportedVacant": "2.88",
    }  # fmt: skip
    assert (funding["programmeVolume"], funding["ministryTotal"]) == ("1222800.00", "1252800.00")
    assert [
        (
            line["fundingLine"][:2],
            line["granted"],
            line["free"],
            line["posts"]["filled"],
            line["outlook"]["expectedUnspent"],
        )
        for line in funding["lines"]
    ] == [
        ("B1", "302800.00", "332800.00", "4.00", None),
        ("B2", "770000.00", "770000.00", "7.62", "350900.00"),
        ("B3", "150000.00", "150000.00", "2.25", "37500.00"),
    ]


def counts(items: list[dict[str, Any]]) -> dict[str, int | None]:
    return {one["value"]: one["cases"] for one in items}


async def test_a_service_that_is_down_leaves_its_part_to_a_typed_error(
    demo_system: LocalSystem, people: Client
) -> None:
    async with gateway_of(demo_system, people, referrals_url=NOWHERE) as as_:
        told = (await asked(as_, "waf-coordinator"))["data"]["kimControlling"]
        document = (await as_("waf-coordinator").file("/reports/controlling.json", **YEAR)).json()
    assert told["referrals"] == {"__typename": "ServiceUnavailableError"}
    assert told["cases"]["openAtEnd"] == 379
    assert told["funding"]["programmeVolume"] == "1222800.00"
    assert [one["part"] for one in document["missing"]] == ["Überleitungen"]
    assert document["referrals"] is None
    assert document["cases"]["openAtEnd"] == 379


PARTS = ("cases", "funding", "referrals")
ALL, MONEY, NOTHING = (True, True, True), (False, True, False), (False, False, False)


@pytest.mark.parametrize(
    ("persona", "seen"),
    [
        ("waf-coordinator", ALL),
        ("waf-unit-head", ALL),
        ("waf-auditor", ALL),
        ("waf-funding-officer", MONEY),
        ("waf-funding-approver", MONEY),
        ("waf-case-manager", NOTHING),
        ("waf-team-lead", NOTHING),
        ("waf-b3-officer", NOTHING),
        ("waf-jobcenter-system", NOTHING),
        ("waf-integrator", NOTHING),
        ("waf-dpo", NOTHING),
        ("waf-admin", NOTHING),
    ],
)
async def test_who_may_see_which_part(as_: As, persona: str, seen: tuple[bool, ...]) -> None:
    told = (await asked(as_, persona))["data"]["kimControlling"]
    kinds = {part: told[part]["__typename"] for part in PARTS}
    for part, is_seen in zip(PARTS, seen, strict=True):
        refused = kinds[part] in {"ForbiddenError", "NotFoundError"}
        assert refused is not is_seen, kinds
    answer = await as_(persona).file("/reports/controlling.json", **YEAR)
    assert answer.status_code == 200 if any(seen) else answer.status_code in {403, 404}


@pytest.mark.parametrize(
    ("first", "last", "status", "code"),
    [
        ("2022-01-01", "2022-06-30", 422, "period-not-whole"),
        ("2022-01-01", "2022-01-31", 422, "period-not-whole"),
        ("2022-01-02", "2022-12-31", 422, "period-not-whole"),
        ("2198-01-01", "2198-12-31", 409, "figures-not-settled"),
    ],
)
async def test_other_periods_than_ended_quarters_and_years_are_refused(
    as_: As, first: str, last: str, status: int, code: str
) -> None:
    coordinator = as_("waf-coordinator")
    answer = await coordinator.file("/reports/controlling.csv", fromOn=first, toOn=last)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    document = await asked(as_, "waf-coordinator", {"fromOn": first, "toOn": last})
    assert document["data"]["kimControlling"] is None
    assert document["extensions"]["upstreamCalls"] == 0
