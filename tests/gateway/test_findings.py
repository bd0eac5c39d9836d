"""Structural findings, case conferences, meetings and the concept through the one door."""

from typing import Any

import pytest

from tests.gateway.conftest import As
from tests.gateway.test_main_job import TODAY
from tests.gateway.working import ANNA, ELSEWHERE, LEAD, bound, done, opened, tried

PROBLEM = "Sprachkurse beginnen so selten, dass Monate ohne Kurs vergehen."
FINDING = """FindingSuccess finding { id version state title fieldOfAction
  steps { step } extracts { id arrivalBand } }"""
MEETING = {
    "body": "STEERING_GROUP", "bodyName": "Lenkungsgruppe KIM", "heldOn": "2022-05-23",
    "topics": ["Handlungskonzept"], "decisions": ["Zustimmung."], "participantUnits": ["waf-ki"],
}  # fmt: skip
CONCEPT = {
    "title": "Handlungskonzept KIM", "documentReference": "Akte 50-12", "datedOn": "2022-05-02",
}  # fmt: skip
ABH = {
    "unit": "waf-abh", "unitType": "ABH", "basis": "STATUTORY", "ground": "AUFENTHG_87_1",
    "fieldsDisclosed": [],
}  # fmt: skip


@pytest.fixture
async def case(as_: As) -> Any:
    await bound(as_(ANNA))
    return await opened(as_(ANNA))


async def step(as_: As, persona: str, finding: Any, name: str) -> Any:
    given = {"findingId": finding["id"], "step": name, "doneOn": TODAY, "result": "Festgehalten."}
    return await done(as_(persona), "recordFindingStep", FINDING, **given)


async def act(as_: As, persona: str, finding: Any, action: str, **more: Any) -> Any:
    given = {"findingId": finding["id"], "action": action, "expectedVersion": finding["version"]}
    return await done(as_(persona), "performFindingAction", FINDING, **given, **more)


async def test_a_finding_goes_from_an_extract_to_its_measure(as_: As, case: Any) -> None:
    extract = {
        "caseId": case["id"], "fieldOfAction": "LANGUAGE", "problem": PROBLEM, "arrivalYear": 2022,
    }  # fmt: skip
    given = {"title": "Zu wenige Kurse", "fieldOfAction": "LANGUAGE", "extracts": [extract]}
    finding = await done(as_(ANNA), "recordFinding", FINDING, **given)
    assert (finding["state"], finding["extracts"][0]["arrivalBand"]) == ("DRAFT", "SINCE_2022")
    early = {"findingId": finding["id"], "expectedVersion": finding["version"]}
    refused = await tried(
        as_(ANNA), "performFindingAction", "__typename", action="BEGIN_ANALYSIS", **early
    )
    assert [one["id"] for one in refused["guards"]] == ["cases-collected"]
    twice = {"findingId": finding["id"], **extract}
    known = await tried(as_(ANNA), "addFindingExtract", "__typename", **twice)
    assert (known["__typename"], known["code"]) == ("ConflictError", "case-is-extracted")
    finding = await step(as_, ANNA, finding, "COLLECT")
    finding = await act(as_, ANNA, finding, "BEGIN_ANALYSIS")
    finding = await step(as_, ANNA, finding, "ANALYSE")
    finding = await step(as_, LEAD, finding, "DISCUSS")
    described = {
        "title": "Zu wenige Kurse", "fieldOfAction": "LANGUAGE", "participantUnits": ["waf-cm"],
        "partnerUnits": ["waf-jobcenter"], "proposedMeasure": "Brückenkurs.",
        "fundingReference": "INTERFACE_MEASURES", "findingId": finding["id"],
    }  # fmt: skip
    finding = await done(
        as_(LEAD), "describeFinding", FINDING, **described, expectedVersion=finding["version"]
    )
    finding = await act(as_, LEAD, finding, "PROPOSE_MEASURE")
    assert finding["state"] == "MEASURE_PROPOSED"
    start = {"findingId": finding["id"], "expectedVersion": finding["version"]}
    refused = await tried(
        as_(ANNA), "performFindingAction", "__typename", action="START_MEASURE", **start
    )
    assert (refused["__typename"], refused["code"]) == ("ForbiddenError", "not-your-turn")
    query = """query { structuralFindings(filter: {state: [MEASURE_PROPOSED]}) {
      edges { node { id proposedMeasure } } } }"""
    for persona in (ANNA, LEAD):
        edges = (await as_(persona).data(query))["structuralFindings"]["edges"]
        assert finding["id"] in {edge["node"]["id"] for edge in edges}


async def test_only_the_cases_own_unit_finds_the_extract_made_from_it(as_: As, case: Any) -> None:
    extract = {"caseId": case["id"], "fieldOfAction": "LANGUAGE", "problem": PROBLEM}
    given = {"title": "Kurse", "fieldOfAction": "LANGUAGE", "extracts": [extract]}
    finding = await done(as_(ANNA), "recordFinding", FINDING, **given)
    query = """query($id: ID!) { case(id: $id) {
      extractOrigins { extractId finding { id title } } } }"""
    (origin,) = (await as_(ANNA).data(query, id=case["id"]))["case"]["extractOrigins"]
    assert origin["finding"] == {"id": finding["id"], "title": "Kurse"}
    assert origin["extractId"] == finding["extracts"][0]["id"]
    assert await as_(ELSEWHERE).data(query, id=case["id"]) == {"case": None}


async def test_a_conference_names_what_each_unit_was_told(as_: As, case: Any) -> None:
    anna = as_(ANNA)
    own = {"unit": "waf-cm", "unitType": "CM_TEAM", "basis": "OWN_UNIT", "fieldsDisclosed": []}
    given = {
        "caseId": case["id"], "heldOn": TODAY, "topics": ["WORK"],
        "extract": "Eine Person sucht Arbeit und wartet auf einen Kurs.",
        "participants": [own], "outcomes": [{"kind": "DECISION", "text": "Kurs zuerst."}],
    }  # fmt: skip
    shown = "ConferenceSuccess conference { id participants { unit basis } outcomes { kind } }"
    made = await done(anna, "recordConference", shown, **given)
    assert made["participants"] == [{"unit": "waf-cm", "basis": "OWN_UNIT"}]
    refused = await tried(
        anna, "recordConference", "__typename", **(given | {"participants": [own, ABH]})
    )
    assert refused["code"] == "disclosure-decision-missing"
    query = "query($id: ID!) { case(id: $id) { conferences { id outcomes { text } } } }"
    seen = (await anna.data(query, id=case["id"]))["case"]["conferences"]
    assert seen == [{"id": made["id"], "outcomes": [{"text": "Kurs zuerst."}]}]
    one = "query($id: ID!) { caseConference(id: $id) { id } }"
    assert await as_(ELSEWHERE).data(one, id=made["id"]) == {"caseConference": None}
    figures = "{ conferenceStatistics { year total byQuarter { quarter conferences } } }"
    counted = (await as_(LEAD).data(figures))["conferenceStatistics"]
    assert counted["year"] == int(TODAY[:4])


async def test_the_steering_group_endorses_a_concept(as_: As) -> None:
    lead = as_(LEAD)
    meeting = await done(lead, "recordMeeting", "MeetingSuccess meeting { id body }", **MEETING)
    fields = "ConceptSuccess concept { id version state endorsedOn }"
    concept = await done(lead, "draftConcept", fields, **CONCEPT)
    given = {"conceptId": concept["id"], "action": "ENDORSE", "onDate": "2022-05-23"}
    version = {"expectedVersion": concept["version"]}
    refused = await tried(lead, "performConceptAction", "__typename", **given, **version)
    assert [one["id"] for one in refused["guards"]] == ["steering-group-met"]
    endorsed = await done(
        lead, "performConceptAction", fields, **given, **version, meetingId=meeting["id"]
    )
    assert (endorsed["state"], endorsed["endorsedOn"]) == ("ENDORSED", "2022-05-23")
    query = """{ meetings(filter: {body: STEERING_GROUP}) { edges { node { id } } }
      conceptVersions { edges { node { id } } } }"""
    read = await as_(ANNA).data(query)
    assert meeting["id"] in {edge["node"]["id"] for edge in read["meetings"]["edges"]}
    assert concept["id"] in {edge["node"]["id"] for edge in read["conceptVersions"]["edges"]}
    refused = await tried(as_(ANNA), "recordMeeting", "__typename", **MEETING)
    assert refused["__typename"] == "ForbiddenError"


async def test_meetings_on_a_sunday_come_with_a_caution(as_: As) -> None:
    given = MEETING | {"heldOn": "2022-05-22"}
    fields = "... on MeetingSuccess { warnings { code pointer } }"
    answer = await tried(as_(LEAD), "recordMeeting", fields, **given)
    assert [one["code"] for one in answer["warnings"]] == ["WEEKEND_DATE"]


async def test_a_team_lead_reads_extracts_and_no_case(as_: As, case: Any) -> None:
    lead = as_("waf-team-lead")
    extracts = await lead.data("{ caseExtracts { state openedYear fieldsOfAction } }")
    assert {"state", "openedYear", "fieldsOfAction"} == set(extracts["caseExtracts"][0])
    hidden = await lead.ask("query($id: ID!) { case(id: $id) { contacts { id } } }", id=case["id"])
    assert hidden["data"] == {"case": None}
