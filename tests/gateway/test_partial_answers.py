"""One service fails: its fields say so, each at its place, and all others come in time."""

import time
from typing import Any

import pytest

from deploy.local.demo.client import Client
from tests.gateway.broken_services import NONSENSE, failing
from tests.gateway.conftest import As, gateway_of
from tests.gateway.test_main_job import SUBMIT, change, new_referral, step
from tests.local_system import LocalSystem
from tests.waiting import until

CARITAS = "rheine-caritas-case-manager"
COORDINATOR = "waf-coordinator"
TIMEOUT_S = 4.0
# Time that the living services and this machine may take besides.
MARGIN_S = 3.0
UNAVAILABLE = {"code": "SERVICE_UNAVAILABLE", "retryable": True, "retryAfterS": 2}
SERVICES = ("cases", "funding", "referrals")
# What a coordinator reads of each. The other: cases ↔ referrals, again two levels below.
STEERING = """
query Steering {
  awards { edges { node { id total positions { id } } } }
  orgUnits { edges { node { unitId } } }
  structuralFindings { edges { node { id } } }
}
"""
JOINED = """
query All($case: ID!, $referral: ID!) {
  case(id: $case) { id referral { id case { id } } referrals { id case { referrals { id } } } }
  cases(first: 2) { edges { node { id referrals { id } } } }
  referral(id: $referral) { id case { id referrals { id } } }
  nodes(ids: [$case, $referral]) { __typename id }
  viewer { actor }
}
"""
STEERED_BY = {"awards": "funding", "orgUnits": "referrals", "structuralFindings": "cases"}
FED_BY = {
    "case": "cases", "cases": "cases", "referral": "referrals",
}  # fmt: skip


@pytest.fixture
async def joined(as_: As) -> dict[str, str]:
    """A case and the referral it came from."""
    sent = (await change(as_("st-jobcenter-system"), SUBMIT, **new_referral()))["referral"]
    pulled = await step(as_(CARITAS), "pullReferral", "ReferralStepInput", sent)
    await step(as_(CARITAS), "acceptReferral", "AcceptReferralInput", pulled["referral"])
    query = "query($id: ID!) { referral(id: $id) { case { id } } }"

    async def case() -> Any:
        found = (await as_(CARITAS).data(query, id=sent["id"]))["referral"]
        return found and found["case"]

    return {"referral": sent["id"], "case": (await until(case))["id"]}


async def asked(
    system: LocalSystem,
    people: Client,
    service: str,
    how: str,
    query: str,
    /,
    persona: str = CARITAS,
    **given: str,
) -> tuple[dict[str, Any], float]:
    """The answer while a service fails, and the seconds it took."""
    async with failing(how) as address:
        changes: dict[str, Any] = {f"{service}_url": address, "upstream_timeout_s": TIMEOUT_S}
        async with gateway_of(system, people, **changes) as as_:
            await as_(persona).data("{ viewer { actor } }")  # signs in
            began_s = time.perf_counter()
            answer = await as_(persona).ask(query, **given)
            return answer, time.perf_counter() - began_s


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("how", ["gone", "silent"])
async def test_an_operation_over_three_services_has_the_data_of_two(
    demo_system: LocalSystem, people: Client, service: str, how: str
) -> None:
    answer, taken_s = await asked(demo_system, people, service, how, STEERING, persona=COORDINATOR)
    assert taken_s < TIMEOUT_S + MARGIN_S
    (missing,) = [field for field, fed_by in STEERED_BY.items() if fed_by == service]
    for field in STEERED_BY.keys() - {missing}:
        assert answer["data"][field]["edges"] is not None
    assert answer["data"][missing] is None
    (error,) = answer["errors"]
    assert error["path"] == [missing]
    assert error["extensions"] == UNAVAILABLE | {"service": service}


@pytest.mark.parametrize("service", SERVICES[::2])
@pytest.mark.parametrize("how", ["gone", "silent"])
async def test_a_service_that_is_down_takes_only_its_own_fields(
    demo_system: LocalSystem, people: Client, joined: dict[str, str], service: str, how: str
) -> None:
    answer, taken_s = await asked(demo_system, people, service, how, JOINED, **joined)
    data = answer["data"]
    assert taken_s < TIMEOUT_S + MARGIN_S
    assert data["viewer"]["actor"]
    for field, fed_by in FED_BY.items():
        assert (data[field] is None) == (fed_by == service), field
    # What came from a living service is whole down to the place where the dead one is asked.
    if service == "cases":
        assert data["referral"] == {"id": joined["referral"], "case": None}
    if service == "referrals":
        assert data["case"] == {"id": joined["case"], "referral": None, "referrals": None}
        assert all(edge["node"]["referrals"] is None for edge in data["cases"]["edges"])
    for error in answer["errors"]:
        assert error["extensions"] == UNAVAILABLE | {"service": service}
        assert value_at(data, error["path"]) is None


async def test_every_place_that_is_missing_is_named_by_its_path(
    demo_system: LocalSystem, people: Client, joined: dict[str, str]
) -> None:
    answer, _ = await asked(demo_system, people, "referrals", "gone", JOINED, **joined)
    rows = len(answer["data"]["cases"]["edges"])
    assert sorted(str(error["path"]) for error in answer["errors"]) == sorted(
        str(path)
        for path in (
            ["case", "referral"],
            ["case", "referrals"],
            ["nodes", 1],
            ["referral"],
            *(["cases", "edges", row, "node", "referrals"] for row in range(rows)),
        )
    )
    assert [node and node["id"] for node in answer["data"]["nodes"]] == [joined["case"], None]


@pytest.mark.parametrize("how", NONSENSE)
async def test_nonsense_counts_as_no_answer(
    demo_system: LocalSystem, people: Client, joined: dict[str, str], how: str
) -> None:
    query = """query($case: ID!, $referral: ID!) {
      referral(id: $referral) { id state case { id state origin } }
      case(id: $case) { id state origin file { phases { toState } } }
      cases { edges { node { id state } } }
      tasks { edges { node { id state } } }
    }"""
    answer, _ = await asked(demo_system, people, "cases", how, query, **joined)
    assert answer["data"]["referral"]["id"] == joined["referral"]
    assert answer["data"]["referral"]["case"] is None
    assert answer["data"]["case"] is None
    extensions = [error["extensions"] for error in answer["errors"]]
    assert {(one["code"], one["service"]) for one in extensions} == {
        ("SERVICE_UNAVAILABLE", "cases")
    }
    assert "HOROSCOPE" not in str(answer)


async def test_with_every_service_gone_the_operation_is_still_answered(
    demo_system: LocalSystem, people: Client, joined: dict[str, str]
) -> None:
    query = """query($ids: [ID!]!) {
      viewer { actor }
      nodes(ids: $ids) { id }
      statusReport(asOf: "2022-11-21") { funding { __typename } cases { __typename } }
      serviceStatus { service isReachable isReady version failing latencyMs since }
    }"""
    async with failing("gone") as nowhere:
        gone = {f"{service}_url": nowhere for service in SERVICES}
        async with gateway_of(demo_system, people, **gone) as as_:
            answer = await as_(COORDINATOR).ask(query, ids=[joined["case"], "no-uuid"])
    data = answer["data"]
    assert data["viewer"]["actor"]
    assert data["nodes"] == [None, None]
    assert {part["__typename"] for part in data["statusReport"].values()} == {
        "ServiceUnavailableError"
    }
    assert [error["path"] for error in answer["errors"]] == [["nodes", 0]]
    assert [one["service"] for one in data["serviceStatus"]] == [one.upper() for one in SERVICES]
    for one in data["serviceStatus"]:
        assert (one["isReachable"], one["isReady"], one["version"]) == (False, False, None)


@pytest.mark.parametrize(
    "persona", ["waf-case-manager", "rheine-b3-officer", "waf-coordinator", "st-jobcenter-system"]
)
async def test_everybody_signed_in_sees_how_the_services_are(as_: As, persona: str) -> None:
    query = "{ serviceStatus { service isReachable isReady version failing latencyMs since } }"
    answer = await as_(persona).ask(query)
    assert "errors" not in answer
    assert answer["extensions"]["upstreamCalls"] == len(SERVICES)
    for one in answer["data"]["serviceStatus"]:
        assert (one["isReachable"], one["isReady"], one["failing"]) == (True, True, [])
        assert one["version"] == "0.1.0"
        assert one["latencyMs"] >= 0
    again = (await as_(persona).data(query))["serviceStatus"]
    assert [one["since"] for one in again] == [
        one["since"] for one in answer["data"]["serviceStatus"]
    ]


async def test_a_silent_service_is_told_from_a_ready_one(
    demo_system: LocalSystem, people: Client
) -> None:
    query = "{ serviceStatus { service isReachable isReady latencyMs } }"
    answer, taken_s = await asked(demo_system, people, "funding", "silent", query)
    assert taken_s < TIMEOUT_S + MARGIN_S
    seen = {one["service"]: one for one in answer["data"]["serviceStatus"]}
    assert seen["FUNDING"]["isReachable"] is False
    assert seen["FUNDING"]["latencyMs"] >= TIMEOUT_S * 900
    assert seen["CASES"]["isReady"] is True
    assert seen["REFERRALS"]["isReady"] is True


def value_at(data: Any, path: list[str | int]) -> Any:
    """The value at a path, null already where something above it is."""
    for key in path:
        if data is None:
            return None
        data = data[key]
    return data
