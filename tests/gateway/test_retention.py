"""How long cases are kept, destruction lists and erasure through the one door."""

from typing import Any
from uuid import uuid4

import orjson
import pytest

from deploy.local.demo.client import Client
from tests.gateway.conftest import As, Asker
from tests.gateway.test_main_job import TODAY, change, mutation
from tests.gateway.test_people import ELSEWHERE, SAMIRA, TOBIAS, invented

LEAD = "waf-team-lead"
LIST = """id version state author reviewer approver
  items { caseId outcome dropReason } counts { listed requested excluded dropped }
  availableTransitions { action isOpen blockedBy { id } }"""
KEPT = """query($id: ID!) { case(id: $id) { version
  retention { label { en } isErased keptUntil isDue isUnderLegalHold because { de } rule {
    source dataKind result periodYears }
    wouldChangeIf { code } kinds { dataKind dueOn isErased rule { dataKind } } }
  erasure { state requestedAt services erasedAt } } }"""


@pytest.fixture
async def ended(people: Client) -> list[str]:
    """Two cases taken over from an older system, closed long ago."""
    lines = [
        {
            "key": uuid4().hex,
            "state": "CLOSED",
            "openedOn": "1990-01-02",
            "closedOn": "2001-06-30",
            "closingReason": "GOALS_REACHED",
            "members": [
                {
                    "role": "CLIENT",
                    "person": {"familyName": invented("Altfall"), "givenNames": "Olena"},
                }
            ],
        }
        for _ in range(2)
    ]
    text = b"\n".join(orjson.dumps(line) for line in lines).decode()
    answer = await people.post_lines(
        SAMIRA, "cases", "/v1/imports/cases", text, key=f"gql-{uuid4().hex}"
    )
    return [line["caseId"] for line in answer.accepted["report"]]


async def on_list(asker: Asker, name: str, kind: str, **given: Any) -> Any:
    fields = f"... on DestructionListSuccess {{ destructionList {{ {LIST} }} }}"
    return await change(asker, mutation(name, kind, fields), **given)


async def move(asker: Asker, listed: Any, action: str) -> Any:
    query = f"query($id: ID!) {{ destructionList(id: $id) {{ {LIST} }} }}"
    seen = (await asker.data(query, id=listed["id"]))["destructionList"]
    return await on_list(
        asker, "performDestructionListAction", "PerformDestructionListActionInput",
        listId=listed["id"], action=action, expectedVersion=seen["version"],
    )  # fmt: skip


async def hold(asker: Asker, case_id: str) -> None:
    version = (await asker.data(KEPT, id=case_id))["case"]["version"]
    act = mutation("performCaseAction", "PerformCaseActionInput", "")
    given = {"caseId": case_id, "action": "PLACE_LEGAL_HOLD", "expectedVersion": version}
    assert (await change(asker, act, **given))["__typename"] == "CaseSuccess"


async def test_a_case_says_until_when_it_is_kept_and_a_hold_suspends_that(
    as_: As, ended: list[str]
) -> None:
    samira = as_(SAMIRA)
    kept = (await samira.data(KEPT, id=ended[0]))["case"]
    assert (kept["retention"]["keptUntil"], kept["retention"]["isDue"]) == ("2004-12-31", True)
    assert kept["retention"]["because"]["de"].startswith("Der Fall endete am 30.06.2001.")
    assert kept["erasure"]["requestedAt"] is None
    assert kept["retention"]["rule"]["source"] == "DEFAULT"
    parts = {one["dataKind"]: one["rule"]["dataKind"] for one in kept["retention"]["kinds"]}
    assert (parts["NOTE"], parts["CONSENT"]) == ("CASE_FILE", "CASE_FILE")
    await hold(samira, ended[0])
    held = (await samira.data(KEPT, id=ended[0]))["case"]["retention"]
    assert (held["keptUntil"], held["isUnderLegalHold"]) == (None, True)
    assert await as_(ELSEWHERE).data(KEPT, id=ended[0]) == {"case": None}


async def test_three_people_look_before_a_list_is_executed(as_: As, ended: list[str]) -> None:
    samira, tobias, lead = as_(SAMIRA), as_(TOBIAS), as_(LEAD)
    drafted = await on_list(
        samira, "draftDestructionList", "DraftDestructionListInput", dueUntil="2004-12-31"
    )
    listed = drafted["destructionList"]
    assert {item["caseId"] for item in listed["items"]} >= set(ended)
    await move(samira, listed, "SUBMIT")
    own = await move(samira, listed, "REVIEW")
    assert own["__typename"] == "GuardFailedError"
    assert [guard["id"] for guard in own["guards"]] == ["is-second-person"]
    sent_back = await move(tobias, listed, "REQUEST_CHANGES")
    seen = sent_back["destructionList"]
    stale = await on_list(
        samira, "excludeFromDestructionList", "ExcludeFromDestructionListInput",
        listId=seen["id"], caseId=ended[1], expectedVersion=seen["version"] + 7,
    )  # fmt: skip
    assert stale["__typename"] == "StaleVersionError"
    for case_id in (item["caseId"] for item in listed["items"] if item["caseId"] != ended[0]):
        excluded = await on_list(
            samira, "excludeFromDestructionList", "ExcludeFromDestructionListInput",
            listId=seen["id"], caseId=case_id, expectedVersion=seen["version"],
        )  # fmt: skip
        seen = excluded["destructionList"]
    await move(samira, listed, "SUBMIT")
    await move(tobias, listed, "REVIEW")
    approved = await move(lead, listed, "APPROVE")
    assert approved["destructionList"]["state"] == "APPROVED"
    early = await move(samira, listed, "EXECUTE")
    assert [guard["id"] for guard in early["guards"]] == ["archive-has-answered"]
    await answer_archive(samira, ended[0])
    executing = (await move(samira, listed, "EXECUTE"))["destructionList"]
    assert (executing["state"], executing["counts"]["listed"]) == ("EXECUTING", 1)
    query = """{ destructionLists(first: 5, filter: {state: [EXECUTING, EXECUTED]}) {
      edges { node { id } } } }"""
    found = (await samira.data(query))["destructionLists"]["edges"]
    assert listed["id"] in {edge["node"]["id"] for edge in found}
    assert (await as_(ELSEWHERE).data(query))["destructionLists"]["edges"] == []


async def answer_archive(asker: Asker, case_id: str) -> None:
    version = (await asker.data(KEPT, id=case_id))["case"]["version"]
    done = await change(
        asker, mutation("prepareErasure", "PrepareErasureInput", ""),
        caseId=case_id, expectedVersion=version, archiveAnswer="DECLINED",
    )  # fmt: skip
    assert done["__typename"] == "CaseSuccess", done


async def test_an_erasure_is_requested_everywhere_once_nothing_hinders_it(
    as_: As, ended: list[str]
) -> None:
    samira = as_(SAMIRA)
    query = mutation(
        "requestErasure",
        "RequestErasureInput",
        "... on ErasureSuccess { erasure { requestedAt services } }",
    )
    version = (await samira.data(KEPT, id=ended[0]))["case"]["version"]
    early = await change(samira, query, caseId=ended[0], expectedVersion=version)
    assert early["__typename"] == "GuardFailedError"
    assert (await samira.data(KEPT, id=ended[0]))["case"]["version"] == version
    await answer_archive(samira, ended[0])
    asked = await change(samira, query, caseId=ended[0], expectedVersion=version + 1)
    assert asked["__typename"] == "ErasureSuccess", asked
    assert asked["erasure"]["requestedAt"] is not None
    assert asked["erasure"]["services"] == ["referrals"]


async def test_only_who_may_sets_a_deletion_rule(as_: As) -> None:
    query = mutation(
        "setDeletionRule",
        "SetDeletionRuleInput",
        "... on DeletionRuleSuccess { rule { result periodYears } }",
    )
    rule = {
        "result": "CAPACITY", "startEvent": "PROCESS_ENDED", "periodYears": 20,
        "legalReasonDe": "Beschluss der Stelle", "legalReasonEn": "Decision of the unit",
        "validFrom": TODAY,
    }  # fmt: skip
    refused = await change(as_(SAMIRA), query, **rule)
    assert refused["__typename"] == "ForbiddenError"
    made = await change(as_(LEAD), query, **rule)
    assert made["rule"] == {"result": "CAPACITY", "periodYears": 20}
    listed = '{ deletionRules(filter: {result: "CAPACITY"}) { edges { node { periodYears } } } }'
    found = (await as_(LEAD).data(listed))["deletionRules"]["edges"]
    assert [edge["node"] for edge in found] == [{"periodYears": 20}]


async def test_a_delivered_person_says_where_each_value_came_from(
    as_: As, ended: list[str]
) -> None:
    query = """query($id: ID!) { case(id: $id) {
      file { externalIds { system value } provenance { sourceSystem fields } }
      valueOrigins { fields { field origins { value sourceSystem by isLatest } } }
      person { externalIds { system } provenance { fields } valueOrigins { fields { field } } }
    } }"""
    case = (await as_(SAMIRA).data(query, id=ended[0]))["case"]
    assert [one["system"] for one in case["file"]["externalIds"]] == ["import"]
    assert "openedOn" in case["file"]["provenance"][0]["fields"]
    fields = {one["field"]: one["origins"][0] for one in case["valueOrigins"]["fields"]}
    assert (fields["openedOn"]["value"], fields["openedOn"]["isLatest"]) == ("1990-01-02", True)
    names = {one["field"] for one in case["person"]["valueOrigins"]["fields"]}
    assert {"familyName", "givenNames"} <= names


async def test_a_rule_for_a_part_of_the_file_shows_how_far_it_is_followed(as_: As) -> None:
    query = mutation(
        "setDeletionRule",
        "SetDeletionRuleInput",
        "... on DeletionRuleSuccess { rule { dataKind recomputation { state casesTotal } } }",
    )
    rule = {
        "dataKind": "CONTACT", "result": "DECEASED", "startEvent": "PROCESS_ENDED",
        "periodYears": 2,
        "legalReasonDe": "Beschluss der Stelle", "legalReasonEn": "Decision of the unit",
        "validFrom": TODAY,
    }  # fmt: skip
    made = (await change(as_(LEAD), query, **rule))["rule"]
    assert made["dataKind"] == "CONTACT"
    listed = """{ deletionRules(filter: {dataKind: [CONTACT], result: "DECEASED"}) {
      edges { node { dataKind recomputation { state casesDone } } } } }"""
    (edge,) = (await as_(LEAD).data(listed))["deletionRules"]["edges"]
    assert edge["node"]["recomputation"]["state"] in {"WAITING", "RUNNING", "DONE"}
    technical = await change(as_(LEAD), query, **(rule | {"dataKind": "ACCESS_LOG"}))
    assert technical["__typename"] == "ValidationError", technical


async def test_what_was_erased_is_listed_for_its_own_unit(as_: As) -> None:
    query = """query($since: DateTime!) { erasures(filter: {erasedAtGte: $since}) {
      edges { node { caseId dataKind erasedAt unitId } } } }"""
    for persona in (SAMIRA, ELSEWHERE):
        found = (await as_(persona).data(query, since="2100-01-01T00:00:00Z"))["erasures"]
        assert found["edges"] == []
