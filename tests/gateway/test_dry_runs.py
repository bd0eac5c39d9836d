"""`KIM-Dry-Run: true`: every change of the request asks every rule and makes nothing."""

import json

import httpx
import pytest

from tests.architecture.gateway_requests import bare, changes
from tests.architecture.test_gateway_offers_everything import SERVICES
from tests.gateway.conftest import As, Asker
from tests.gateway.test_main_job import SUBMIT, new_referral, step
from tests.gateway.test_referral_exchange import CARITAS, JOBCENTER, sent, whole
from tests.gateway.working import LEAD, tried

COUNT = "{ referralOutbox(first: 1) { edges { node { id } } } }"
# Nothing is stored by them, so that there is nothing to try.
HARMLESS = {("referrals", "POST", "/v1/routing-rules/simulate")}


def trying(asker: Asker) -> Asker:
    asker.headers["KIM-Dry-Run"] = "true"
    return asker


async def test_a_trial_answers_as_the_change_would_and_stores_nothing(as_: As) -> None:
    before = await as_(JOBCENTER).data(COUNT)
    answer = await trying(as_(JOBCENTER)).ask(SUBMIT, input=new_referral(idempotencyKey="try-1"))
    told = answer["data"]["result"]
    assert (told["__typename"], told["referral"]["state"]) == ("ReferralSuccess", "SUBMITTED")
    assert answer["extensions"]["dryRun"] == {"warnings": []}
    assert await as_(JOBCENTER).data(COUNT) == before
    hidden = "query($id: ID!) { referral(id: $id) { id } }"
    found = await as_(JOBCENTER).data(hidden, id=told["referral"]["id"])
    assert found == {"referral": None}


async def test_a_trial_is_refused_for_what_the_change_would_be_refused_for(as_: As) -> None:
    referral = await sent(as_)
    stale = referral | {"version": 99}
    refused = await step(trying(as_(CARITAS)), "pullReferral", "ReferralStepInput", stale)
    assert refused["__typename"] == "StaleVersionError"
    foreign = await step(trying(as_(JOBCENTER)), "pullReferral", "ReferralStepInput", referral)
    assert foreign["__typename"] == "ForbiddenError"
    assert (await whole(as_(JOBCENTER), referral))["version"] == referral["version"]


async def test_every_change_of_the_request_is_only_tried(as_: As) -> None:
    referral = await sent(as_)
    query = """mutation($pull: ReferralStepInput!, $say: PostReferralMessageInput!) {
      pullReferral(input: $pull) { ... on ReferralSuccess { referral { state version } } }
      postReferralMessage(input: $say) { ... on ReferralMessageSuccess { posted { number } } } }"""
    given = {
        "pull": {"referralId": referral["id"], "expectedVersion": referral["version"]},
        "say": {"referralId": referral["id"], "body": "Guten Tag."},
    }
    answer = await trying(as_(CARITAS)).ask(query, **given)
    assert answer["data"]["pullReferral"]["referral"]["state"] == "DELIVERED"
    assert answer["data"]["postReferralMessage"]["posted"]["number"] == 1
    seen = await whole(as_(CARITAS), referral)
    assert (seen["state"], seen["messages"], seen["version"]) == (
        "SUBMITTED",
        [],
        referral["version"],
    )


async def test_what_to_think_over_before_sending_is_said_in_a_trial(as_: As) -> None:
    asker = as_("rheine-caritas-team-lead")
    query = '{ unitService(unitId: "rheine-caritas", serviceCode: "CASE_MANAGEMENT") { version } }'

    async def seats(free: int) -> None:
        found = (await asker.data(query))["unitService"]
        seen = {} if found is None else {"expectedVersion": found["version"]}
        of = {"unitId": "rheine-caritas", "serviceCode": "CASE_MANAGEMENT", "accepts": True}
        told = await tried(asker, "tellCapacity", "", **of, **seen, seatsFree=free)
        assert told["__typename"] == "UnitServiceSuccess", told

    await seats(0)
    try:
        answer = await trying(as_(JOBCENTER)).ask(SUBMIT, input=new_referral())
        assert answer["data"]["result"]["__typename"] == "ReferralSuccess"
        (warning,) = answer["extensions"]["dryRun"]["warnings"]
        assert (warning["code"], warning["unitId"]) == ("service-full", "rheine-caritas")
    finally:
        await seats(5)


async def test_rules_of_routing_can_be_tried_before_they_are_published(as_: As) -> None:
    rules = [
        {
            "ruleId": "rheine-all",
            "serviceCode": "CASE_MANAGEMENT",
            "unitId": "rheine-caritas",
            "reason": {"de": "Ganz Rheine", "en": "All of Rheine"},
            "area": {"kind": "MUNICIPALITIES", "keys": ["05566076"]},
        }
    ]
    query = "{ routingRuleSets(first: 1) { edges { node { version } } } }"
    coordinator = as_("rheine-coordinator")
    before = await coordinator.data(query)
    fields = "... on RoutingRuleSetSuccess { ruleSet { version rules { ruleId area { keys } } } }"
    tried_ = await tried(
        trying(as_("rheine-coordinator")),
        "publishRoutingRules",
        fields,
        validFrom="2099-01-01",
        rules=rules,
    )
    assert tried_["ruleSet"]["rules"] == [{"ruleId": "rheine-all", "area": {"keys": ["05566076"]}}]
    assert await coordinator.data(query) == before
    simulated = await tried(
        trying(as_("rheine-coordinator")),
        "simulateRouting",
        "... on RoutingSimulationSuccess { simulation { examined } }",
        rules=rules,
    )
    assert simulated["__typename"] == "RoutingSimulationSuccess"


async def test_other_services_are_tried_by_the_same_header(as_: As) -> None:
    fields = "... on StaffMemberSuccess { staffMember { boundToSecrecyOn } }"
    query = "{ staffMembers(first: 100) { edges { node { actor boundToSecrecyOn } } } }"
    before = await as_(LEAD).ask(query)
    told = await tried(
        trying(as_("waf-case-manager-2")), "keepStaffMember", fields, boundToSecrecyOn="2020-01-31"
    )
    assert told["staffMember"]["boundToSecrecyOn"] == "2020-01-31"
    assert (await as_(LEAD).ask(query))["data"] == before["data"]


@pytest.mark.parametrize("said", ["yes", "1", "TRUE", ""])
async def test_a_trial_in_another_word_makes_no_change(as_: As, said: str) -> None:
    asker = as_(JOBCENTER)
    before = await asker.data(COUNT)
    asker.headers["KIM-Dry-Run"] = said
    answer = await asker.ask(SUBMIT, input=new_referral())
    assert (answer["status"], answer["code"]) == (400, "dry-run-unreadable")
    assert await as_(JOBCENTER).data(COUNT) == before


async def test_the_answer_says_in_its_header_that_it_was_a_trial(
    door: httpx.AsyncClient,
) -> None:
    body = {"query": "{ viewer { unitId } }"}
    tried_ = await door.post("/graphql", json=body, headers={"KIM-Dry-Run": "true"})
    made = await door.post("/graphql", json=body)
    assert [one.headers.get("KIM-Dry-Run") for one in (tried_, made)] == ["true", None]
    assert "dryRun" not in made.json()["extensions"]


async def test_two_words_about_a_trial_are_refused(door: httpx.AsyncClient) -> None:
    said = [("KIM-Dry-Run", "false"), ("KIM-Dry-Run", "true")]
    refused = await door.post("/graphql", json={"query": "{ viewer { unitId } }"}, headers=said)
    assert (refused.status_code, refused.json()["code"]) == (400, "dry-run-unreadable")


def test_every_change_that_the_gateway_offers_can_be_tried() -> None:
    contracts = {
        service: json.loads((SERVICES / service / "contracts" / "openapi.json").read_text())
        for service in ("cases", "funding", "referrals")
    }
    without = {
        (service, method.upper(), bare(path))
        for service, contract in contracts.items()
        for path, offered in contract["paths"].items()
        for method, operation in offered.items()
        if "dryRun" not in {one.get("name") for one in operation.get("parameters", ())}
    }
    assert changes() & without == HARMLESS
