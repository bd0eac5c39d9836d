"""The directory, capacities, responsibility, clocks, deputies and signposting at the one door."""

from typing import Any
from uuid import uuid4

from tests.gateway.conftest import As
from tests.gateway.test_main_job import LATER, TODAY, new_referral
from tests.gateway.working import done, tried
from tests.waiting import until

COORDINATOR, LEAD = "rheine-coordinator", "rheine-caritas-team-lead"
MANAGER, ELSEWHERE = "rheine-caritas-case-manager", "waf-case-manager"
UNIT = "rheine-caritas"
SIGNPOST = "SignpostingSuccess signposting { id version state allowedActions outcome }"


async def capacity_version(as_: As) -> int | None:
    query = f'{{ unitService(unitId: "{UNIT}", serviceCode: "CASE_MANAGEMENT") {{ version }} }}'
    found = (await as_(LEAD).data(query))["unitService"]
    return None if found is None else found["version"]


async def told(as_: As, persona: str, **given: Any) -> Any:
    version = await capacity_version(as_)
    seen = {} if version is None else {"expectedVersion": version}
    of = {"unitId": UNIT, "serviceCode": "CASE_MANAGEMENT", "accepts": True}
    fields = "... on UnitServiceSuccess { capacity { version seatsFree opening { day opensAt } } }"
    return await tried(as_(persona), "tellCapacity", fields, **of, **seen, **given)


async def test_units_come_with_what_they_can_take_on_in_two_calls(as_: As) -> None:
    opening = [{"day": "MO", "opensAt": "08:00", "closesAt": "12:00"}]
    answer = await told(as_, LEAD, seatsFree=3, opening=opening, languages=["tur"])
    assert answer["__typename"] == "UnitServiceSuccess", answer
    query = """{ orgUnits(first: 100) { edges { node { unitId type services endpointStatus
      capacities { serviceCode accepts seatsFree opening { day opensAt closesAt } } } } } }"""
    whole = await as_(MANAGER).ask(query)
    units = {e["node"]["unitId"]: e["node"] for e in whole["data"]["orgUnits"]["edges"]}
    assert {UNIT, "rheine-abh", "st-jobcenter"} <= set(units)
    (mine,) = units[UNIT]["capacities"]
    assert (mine["serviceCode"], mine["seatsFree"], mine["opening"]) == (
        "CASE_MANAGEMENT",
        3,
        opening,
    )
    assert whole["extensions"]["upstreamCalls"] == 2
    foreign = await as_(ELSEWHERE).data(f'{{ orgUnit(unitId: "{UNIT}") {{ id }} }}')
    assert foreign == {"orgUnit": None}


async def test_a_unit_tells_its_own_capacity_on_the_version_seen(as_: As) -> None:
    assert (await told(as_, LEAD, seatsFree=2))["__typename"] == "UnitServiceSuccess"
    version = await capacity_version(as_)
    of = {"unitId": UNIT, "serviceCode": "CASE_MANAGEMENT", "accepts": False}
    missing = await tried(as_(LEAD), "tellCapacity", "", **of)
    assert missing["__typename"] == "StaleVersionError"
    refused = await told(as_, "rheine-lernen-foerdern-case-manager", seatsFree=9)
    assert refused["__typename"] == "ForbiddenError"
    assert await capacity_version(as_) == version


async def test_a_full_service_is_said_where_responsibility_is_asked(as_: As) -> None:
    query = """{ routing(service: "CASE_MANAGEMENT", ags: "05570044") {
      unitId manualReason rulesVersion targets { unitId accepts reason { de en } } } }"""
    found = (await as_(ELSEWHERE).data(query))["routing"]
    assert found["unitId"] == "waf-cm"
    assert [(one["unitId"], one["accepts"]) for one in found["targets"]] == [("waf-cm", True)]
    twice = await as_(ELSEWHERE).ask(query.replace('ags: "05570044"', 'ags: "05570044", ars: "1"'))
    assert twice["errors"][0]["extensions"]["service"] == "referrals"


async def test_an_address_is_asked_by_post_only(as_: As) -> None:
    query = '{ routing(service: "X", address: "Musterweg 4", municipality: "05566076") { unitId } }'
    answer = await as_(MANAGER).file("/graphql", query=query)
    assert answer.status_code == 405


async def test_rules_are_tried_on_past_referrals_and_nothing_changes(as_: As) -> None:
    query = "{ routingRuleSets(first: 1) { edges { node { version rules { ruleId serviceCode unitId"
    query += " priority reason { de en } area { kind keys ags names ring"
    query += " sections { street fromNumber toNumber parity } } } } } } }"
    before = (await as_(COORDINATOR).data(query))["routingRuleSets"]["edges"][0]["node"]
    rules = [
        rule | {"area": {key: value for key, value in rule["area"].items() if value is not None}}
        for rule in before["rules"]
    ]
    fields = (
        "RoutingSimulationSuccess simulation { rulesVersion examined unchanged changed toManual }"
    )
    same = await done(as_(COORDINATOR), "simulateRouting", fields, rules=rules)
    assert (same["rulesVersion"], same["changed"], same["toManual"]) == (before["version"], 0, 0)
    odd = [{**rules[0], "area": {"kind": "MUNICIPALITIES", "ags": "05566076"}}]
    refused = await tried(as_(COORDINATOR), "simulateRouting", "", rules=odd)
    assert refused["__typename"] == "ValidationError"
    forbidden = await tried(as_(MANAGER), "simulateRouting", "", rules=rules)
    assert forbidden["__typename"] == "ForbiddenError"
    assert (await as_(COORDINATOR).data(query))["routingRuleSets"]["edges"][0]["node"] == before
    one = f"{{ routingRuleSet(version: {before['version']}) {{ version }} }}"
    assert (await as_(MANAGER).data(one))["routingRuleSet"]["version"] == before["version"]


async def test_services_and_codes_are_published_with_both_names(as_: As) -> None:
    query = """{ serviceCatalogue { items { code title { de en } isAuthorityMatter } }
      referralCodeLists referralCodeList(name: "topics") { codes { code label { de en } } }
      nothing: referralCodeList(name: "no-such-list") { name } }"""
    found = await as_(MANAGER).data(query)
    services = {one["code"]: one for one in found["serviceCatalogue"]["items"]}
    assert services["RESIDENCE_APPLICATION"]["isAuthorityMatter"] is True
    assert "topics" in found["referralCodeLists"]
    labels = {one["code"]: one["label"] for one in found["referralCodeList"]["codes"]}
    assert labels["HOUSING"] == {"de": "Wohnen", "en": "Housing"}
    assert found["nothing"] is None


async def test_a_deputy_is_appointed_in_the_own_unit_and_ended(as_: As) -> None:
    fields = "ReferralDeputyshipSuccess deputyship { id version deputy toOn }"
    people = {"principal": f"dev|{uuid4().hex}", "deputy": "dev|stands-in"}
    made = await done(
        as_(MANAGER), "appointReferralDeputy", fields, **people, fromOn=TODAY, toOn=LATER
    )
    given = {"deputyshipId": made["id"], "expectedVersion": made["version"], "lastDay": TODAY}
    foreign = await tried(as_(ELSEWHERE), "endReferralDeputyship", "", **given)
    assert foreign["__typename"] == "NotFoundError"
    ended = await done(as_(MANAGER), "endReferralDeputyship", fields, **given)
    assert ended["toOn"] == TODAY
    stale = await tried(as_(MANAGER), "endReferralDeputyship", "", **given)
    assert stale["__typename"] in {"StaleVersionError", "ConflictError"}
    query = """query($filter: ReferralDeputyshipFilter) { referralDeputyships(filter: $filter) {
      edges { node { id toOn } } } }"""
    asked = {"filter": {"principal": people["principal"]}}
    listed = (await as_(MANAGER).data(query, **asked))["referralDeputyships"]["edges"]
    assert [one["node"] for one in listed] == [{"id": made["id"], "toOn": TODAY}]
    hidden = await as_("rheine-lernen-foerdern-case-manager").data(query, **asked)
    assert hidden["referralDeputyships"]["edges"] == []


async def test_a_signposting_is_followed_to_its_outcome(as_: As) -> None:
    made = await done(
        as_(MANAGER),
        "signpostPerson",
        SIGNPOST,
        serviceCode="DEBT_COUNSELLING",
        topic="DEBT",
        targetName="Schuldnerberatung Rheine",
        municipalityAgs="05566076",
    )
    assert (made["state"], "INFORM" in made["allowedActions"]) == ("RECORDED", True)
    step = {"signpostingId": made["id"], "expectedVersion": made["version"]}
    informed = await done(
        as_(MANAGER), "informSignpostedPerson", SIGNPOST, **step, informedOn=TODAY, language="tur"
    )
    again = await tried(
        as_(MANAGER), "informSignpostedPerson", "", **step, informedOn=TODAY, language="tur"
    )
    assert again["__typename"] == "StaleVersionError"
    known = await done(
        as_(MANAGER),
        "recordSignpostingOutcome",
        SIGNPOST,
        signpostingId=made["id"],
        expectedVersion=informed["version"],
        outcome="SERVICE_STARTED",
        source="CLIENT",
    )
    assert (known["state"], known["outcome"]) == ("OUTCOME_KNOWN", "SERVICE_STARTED")
    query = "query($id: ID!) { signposting(id: $id) { state referral { id } } }"
    seen = await as_(MANAGER).data(query, id=made["id"])
    assert seen["signposting"] == {"state": "OUTCOME_KNOWN", "referral": None}
    for stranger in (ELSEWHERE, "rheine-lernen-foerdern-case-manager"):
        assert (await as_(stranger).data(query, id=made["id"]))["signposting"] is None


async def test_a_signposting_becomes_a_referral_when_the_person_wants_it(as_: As) -> None:
    made = await done(
        as_(MANAGER),
        "signpostPerson",
        SIGNPOST,
        serviceCode="JOB_PLACEMENT",
        topic="WORK",
        targetName="Jobcenter Rheine",
        targetUnit="st-jobcenter",
        municipalityAgs="05566076",
    )
    given = new_referral(
        mode="WARM_HANDOVER",
        serviceCode="JOB_PLACEMENT",
        topic="WORK",
        recipientUnit="st-jobcenter",
    )
    step = {"signpostingId": made["id"], "expectedVersion": made["version"]}
    informed = await done(
        as_(MANAGER), "informSignpostedPerson", SIGNPOST, **step, informedOn=TODAY, language="tur"
    )
    draft = await done(
        as_(MANAGER),
        "handOverSignposting",
        "ReferralSuccess referral { id state signpostingId recipient { unitId } }",
        signpostingId=made["id"],
        expectedVersion=informed["version"],
        **given,
    )
    assert draft["state"] == "DRAFT"
    late = await tried(as_(MANAGER), "handOverSignposting", "", **step, **given)
    assert late["__typename"] in {"StaleVersionError", "ConflictError"}
    assert (draft["signpostingId"], draft["recipient"]) == (made["id"], {"unitId": "st-jobcenter"})
    query = "query($id: ID!) { signposting(id: $id) { referral { id } } }"
    seen = (await as_(MANAGER).data(query, id=made["id"]))["signposting"]
    assert seen == {"referral": {"id": draft["id"]}}


async def test_what_the_units_systems_asked_is_listed_for_its_own_people_only(as_: As) -> None:
    query = """query($service: ServiceName!) { requestLog(service: $service, first: 50) {
      edges { node { method route status problem { code } } } } }"""
    forbidden = await as_(MANAGER).ask(query, service="REFERRALS")
    assert forbidden["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    await tried(as_("st-jobcenter-system"), "holdReferral", "", referralId=str(uuid4()),
                expectedVersion=1, reason="PERSON_ABSENT")  # fmt: skip
    refused = {
        "method": "POST",
        "route": "/v1/referrals/{referral_id}/actions/hold",
        "status": 404,
        "problem": {"code": "not-found"},
    }

    async def is_listed() -> bool:
        listed = await as_("st-jobcenter-system").data(query, service="REFERRALS")
        return refused in [edge["node"] for edge in listed["requestLog"]["edges"]]

    # Written in portions, after the answer.
    assert await until(is_listed)
