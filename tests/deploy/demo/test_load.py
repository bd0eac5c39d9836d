"""The loader against the whole running system: what is there afterwards, and only once."""

from typing import Any

import pytest

from deploy.local.demo.client import Client
from deploy.local.demo.load import load
from tests.local_system import LocalSystem

REPORTED = "2022-11-21"
FUNDING_LISTS = (
    "/v1/programmes",
    "/v1/rates",
    "/v1/awards",
    "/v1/positions",
    "/v1/position-reports",
    "/v1/allocations",
    "/v1/own-share-requests",
    "/v1/budget-entries",
)


async def _count_everything(system: LocalSystem) -> dict[str, int]:
    async with Client(system.settings) as client:
        counts = {
            f"{persona} {path}": len(await client.items(persona, "funding", path))
            for persona in ("waf-funding-officer", "st-funding-officer", "ac-funding-officer")
            for path in FUNDING_LISTS
        }
        for persona in ("waf-admin", "st-admin", "ac-coordinator", "rbk-coordinator"):
            for path in ("/v1/org-units", "/v1/unit-services", "/v1/routing-rules"):
                counts[f"{persona} {path}"] = len(await client.items(persona, "referrals", path))
        for path in ("/v1/cases", "/v1/families", "/v1/staff-members"):
            items = await client.items("waf-case-manager", "cases", path, first="100")
            counts[f"cases {path}"] = len(items)
    return counts


async def test_a_second_start_finds_everything_and_adds_nothing(
    demo_system: LocalSystem, capsys: pytest.CaptureFixture[str]
) -> None:
    before = await _count_everything(demo_system)
    capsys.readouterr()
    await load(demo_system.settings)
    said = capsys.readouterr().out
    assert await _count_everything(demo_system) == before
    assert "new" not in said
    assert said.count("are there") == 10


async def test_the_loaded_directory_says_who_has_room(demo_system: LocalSystem) -> None:
    async with Client(demo_system.settings) as client:
        told = await client.items("st-admin", "referrals", "/v1/unit-services")
        full = await client.get(
            "waf-admin", "referrals", "/v1/unit-services", unitId="waf-jugendamt"
        )
    assert {one["unitId"]: (one["seatsFree"], one["waitingDays"]) for one in told} == {
        "rheine-caritas": (9, 7),
        "rheine-lernen-foerdern": (0, 21),
    }
    assert [one["seatsFree"] for one in full.accepted["items"]] == [0]


async def test_f15_the_loaded_county_counsels_379_families_of_whom_111_fled_ukraine(
    demo_system: LocalSystem,
) -> None:
    async with Client(demo_system.settings) as client:
        answer = await client.get(
            "waf-coordinator", "cases", "/v1/reports/case-statistics", asOf=REPORTED
        )
    assert answer.accepted["unit"] == "FAMILY"
    assert answer.accepted["families"] == {
        "total": 379,
        "thereofFledUkraine": 111,
        "others": 268,
    }


async def test_f1_f2_f3_the_loaded_funding_status_is_that_of_the_paper(
    demo_system: LocalSystem,
) -> None:
    async with Client(demo_system.settings) as client:
        answer = await client.get(
            "waf-funding-officer", "funding", "/v1/reports/funding-status", asOf=REPORTED
        )
    status = answer.accepted
    assert status["programmeVolume"] == "1222800.00"
    assert status["additionalFunds"] == "30000.00"
    assert status["ministryTotal"] == "1252800.00"
    rows = status["positions"]["rows"]
    assert [_numbers(row) for row in rows] == [
        ("3.50", "3.50", "0.00", "0.00"),
        ("0.50", "0.50", "0.00", "0.00"),
        ("14.00", "7.62", "2.88", "3.50"),
        ("1.00", "0.75", "0.00", "0.25"),
        ("2.00", "1.50", "0.00", "0.50"),
    ]
    assert _numbers(status["positions"]["reportedTotal"]) == ("21.00", "13.87", "2.88", "4.25")
    assert [finding["code"] for finding in status["findings"]] == ["UNSPENT_FUNDS_EXPECTED"] * 2


def _numbers(row: dict[str, Any]) -> tuple[str, ...]:
    return row["approved"], row["filled"], row["reportedVacant"], row["residual"]


async def test_f4_f6_aachen_forwards_five_of_six_posts_and_decides_nothing(
    demo_system: LocalSystem,
) -> None:
    async with Client(demo_system.settings) as client:
        [share] = await client.items("ac-funding-officer", "funding", "/v1/allocations")
        [request] = await client.items("ac-funding-officer", "funding", "/v1/own-share-requests")
    assert (share["state"], share["fte"], share["amount"]) == ("ACTIVE", "5.00", "275000.00")
    assert request["requestedAmount"] == "100000.00"
    assert request["recommendedAmount"] == "45000.00"
    assert request["decidedAmount"] is None
    assert request["findings"] == ["REQUEST_NOT_DERIVABLE"]


@pytest.mark.parametrize(
    ("day", "b2", "b3", "occupied"),
    [("2021-12-31", "1.90", "1.50", "0.00"), ("2022-12-31", "3.50", "2.00", "1.00")],
)
async def test_f10_rheine_positions_answer_as_of_a_day(
    demo_system: LocalSystem, day: str, b2: str, b3: str, occupied: str
) -> None:
    async with Client(demo_system.settings) as client:
        listed = await client.items("st-funding-officer", "funding", "/v1/positions")
        posts = {
            post["postType"]: (
                await client.get(
                    "st-funding-officer", "funding", f"/v1/positions/{post['id']}", asOf=day
                )
            ).accepted
            for post in listed
        }
    assert posts["CASE_MANAGEMENT"]["approvedFte"] == b2
    assert posts["FOREIGNERS_AUTHORITY"]["approvedFte"] == b3
    assert posts["COORDINATION"]["occupiedFte"] == occupied


@pytest.mark.parametrize(
    ("address", "unit", "manual_reason"),
    [
        ("Mühlenstraße 140", "rheine-caritas", None),
        ("Osnabrücker Str. 140", "rheine-lernen-foerdern", None),
        ("Am Weg ohne Schild 3", None, "NOT_LOCATABLE"),
    ],
)
async def test_f11_the_loaded_rules_decide_by_the_side_of_the_ems(
    demo_system: LocalSystem, address: str, unit: str | None, manual_reason: str | None
) -> None:
    async with Client(demo_system.settings) as client:
        answer = await client.get(
            "st-jobcenter-system",
            "referrals",
            "/v1/routing",
            service="CASE_MANAGEMENT",
            municipality="05566076",
            address=address,
        )
    assert answer.accepted["unitId"] == unit
    assert answer.accepted["manualReason"] == manual_reason
