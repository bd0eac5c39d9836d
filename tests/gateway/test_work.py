"""The daily work on cases through the one door."""

from typing import Any

import pytest

from tests.gateway.conftest import As
from tests.gateway.test_main_job import LATER, TODAY
from tests.gateway.working import (
    ANNA,
    BERND,
    ELSEWHERE,
    bound,
    done,
    opened,
    tried,
    version_of,
)

PAST = "2022-05-02"
CONTACT = {
    "kind": "HOME_VISIT", "heldOn": TODAY, "minutes": 45, "language": "ukr",
    "outcome": "ADVISED", "interpreterKind": "PERSON",
}  # fmt: skip
WORK = """query($id: ID!) { case(id: $id) {
  contacts { kind minutes costReference } tasks { id title state isOverdue case { id } }
  flags { code severity liftedAt } notes { text confidentiality }
} }"""
LIST = """query($name: WorkListName!) { workList(name: $name, first: 100) { edges { node {
  id reference changedSinceSeen nextTask { title isOverdue } flags { code }
  case { id allowedActions }
} } } }"""
MANY = """query($first: Int!) { cases(first: $first) { edges { node {
  id file { phases { toState } currentPlan { id } } consents { state }
  contacts { id } tasks { id } flags { id } notes { id } documents { id } assessments { id }
  planVersions { id approval { approver } } conferences { id } extractOrigins { id }
  relatedCases { id relatedCase { state } }
} } } }"""


@pytest.fixture
async def case(as_: As) -> Any:
    await bound(as_(ANNA))
    return await opened(as_(ANNA))


async def listed(as_: As, persona: str, name: str) -> dict[str, Any]:
    edges = (await as_(persona).data(LIST, name=name))["workList"]["edges"]
    return {edge["node"]["id"]: edge["node"] for edge in edges}


async def test_contacts_tasks_and_flags_of_a_case(as_: As, case: Any) -> None:
    anna, case_id = as_(ANNA), case["id"]
    contact = await done(
        anna, "recordContact", "ContactSuccess contact { costReference }", caseId=case_id, **CONTACT
    )
    assert contact == {"costReference": "TRANSLATION_PERSON"}
    fields = "TaskSuccess task { id version state title dueOn }"
    task = await done(anna, "setTask", fields, caseId=case_id, title="Antrag", dueOn=TODAY)
    changed = {"taskId": task["id"], "title": "Antrag abgeben", "dueOn": LATER}
    version = {"expectedVersion": task["version"]}
    assert (await done(anna, "changeTask", fields, **changed, **version))["dueOn"] == LATER
    stale = await tried(anna, "changeTask", "__typename", **changed, **version)
    assert stale["__typename"] == "StaleVersionError"
    ended = await done(anna, "performTaskAction", fields, taskId=task["id"], action="FINISH")
    assert ended["state"] == "DONE"
    again = await tried(anna, "performTaskAction", "__typename", taskId=task["id"], action="CANCEL")
    assert again["__typename"] == "ConflictError"
    raised = {"code": "DEADLINE", "severity": "CRITICAL", "reason": "Frist am Freitag"}
    flag = await done(anna, "raiseFlag", "FlagSuccess flag { id }", caseId=case_id, **raised)
    twice = await tried(anna, "raiseFlag", "__typename", caseId=case_id, **raised)
    assert (twice["__typename"], twice["code"]) == ("ConflictError", "flag-is-raised")
    await done(anna, "liftFlag", "FlagSuccess flag { liftedAt }", flagId=flag["id"])
    read = (await anna.data(WORK, id=case_id))["case"]
    assert read["contacts"] == [
        {"kind": "HOME_VISIT", "minutes": 45, "costReference": "TRANSLATION_PERSON"}
    ]
    assert [(one["title"], one["state"]) for one in read["tasks"]] == [("Antrag abgeben", "DONE")]
    assert read["tasks"][0]["case"] == {"id": case_id}
    assert [one["liftedAt"] is None for one in read["flags"]] == [False]


async def test_another_unit_sees_no_work_and_can_do_none(as_: As, case: Any) -> None:
    stranger = as_(ELSEWHERE)
    task = await done(
        as_(ANNA), "setTask", "TaskSuccess task { id }", caseId=case["id"], title="A", dueOn=TODAY
    )
    query = """query($id: ID!, $task: ID!) { case(id: $id) { id } task(id: $task) { id }
      tasks(filter: {caseId: [$id]}) { edges { node { id } } } }"""
    seen = await stranger.data(query, id=case["id"], task=task["id"])
    assert seen == {"case": None, "task": None, "tasks": {"edges": []}}
    refused = await tried(stranger, "recordContact", "__typename", caseId=case["id"], **CONTACT)
    assert refused["__typename"] == "NotFoundError"
    refused = await tried(
        stranger, "performTaskAction", "__typename", taskId=task["id"], action="FINISH"
    )
    assert refused["__typename"] == "NotFoundError"


async def test_work_lists_with_next_task_flags_and_what_changed(as_: As, case: Any) -> None:
    anna, case_id = as_(ANNA), case["id"]
    task = {"caseId": case_id, "title": "Überfällig", "dueOn": PAST}
    await done(anna, "setTask", "TaskSuccess task { id }", **task)
    mine = (await listed(as_, ANNA, "MINE"))[case_id]
    assert mine["nextTask"] == {"title": "Überfällig", "isOverdue": True}
    assert mine["case"]["id"] == case_id
    assert mine["case"]["allowedActions"]
    assert case_id in await listed(as_, ANNA, "OVERDUE")
    assert case_id in await listed(as_, BERND, "TEAM")
    assert case_id not in await listed(as_, BERND, "MINE")
    assert case_id not in await listed(as_, ANNA, "UNASSIGNED")
    assert case_id in await listed(as_, ANNA, "CHANGED")
    seen = {"caseId": case_id, "expectedVersion": await version_of(anna, case_id)}
    await done(anna, "markCaseSeen", "SeenSuccess seenMark { seenAt }", **seen)
    assert case_id not in await listed(as_, ANNA, "CHANGED")
    unseen = seen | {"expectedVersion": seen["expectedVersion"] + 5}
    stale = await tried(anna, "markCaseSeen", "__typename", **unseen)
    assert stale["__typename"] == "StaleVersionError"
    assert await listed(as_, ELSEWHERE, "TEAM") is not None
    assert case_id not in await listed(as_, ELSEWHERE, "TEAM")


async def test_a_deputy_has_the_principals_list_while_the_deputyship_runs(
    as_: As, case: Any
) -> None:
    anna, bernd = as_(ANNA), as_(BERND)
    await bound(bernd)
    query = "{ viewer { actor } staffMembers(first: 100) { edges { node { actor isActive } } } }"
    found = await bernd.data(query)
    staff = {edge["node"]["actor"] for edge in found["staffMembers"]["edges"]}
    assert found["viewer"]["actor"] in staff
    period = {"deputy": found["viewer"]["actor"], "fromOn": TODAY, "toOn": LATER}
    made = await done(
        anna, "appointDeputy", "DeputyshipSuccess deputyship { id principal }", **period
    )
    assert case["id"] in await listed(as_, BERND, "MINE")
    running = "{ deputyships { edges { node { id deputy } } } }"
    edges = (await anna.data(running))["deputyships"]["edges"]
    assert made["id"] in {edge["node"]["id"] for edge in edges}
    ended = {"deputyshipId": made["id"]}
    await done(anna, "endDeputyship", "DeputyshipSuccess deputyship { toOn }", **ended)
    assert case["id"] not in await listed(as_, BERND, "MINE")
    again = await tried(anna, "endDeputyship", "__typename", **ended)
    assert (again["__typename"], again["code"]) == ("ConflictError", "deputyship-ended")
    alone = await tried(
        bernd, "appointDeputy", "__typename", **period, principal=found["viewer"]["actor"]
    )
    assert (alone["__typename"], alone["code"]) == ("ValidationError", "deputy-unsuitable")


async def test_a_person_keeps_searches_that_name_nobody(as_: As) -> None:
    anna = as_(ANNA)
    fields = "SavedSearchSuccess savedSearch { id version name filters }"
    given = {"name": "Neue Fälle", "filters": {"state[in]": "INTAKE", "sort": "-openedOn"}}
    saved = await done(anna, "saveSearch", fields, **given)
    assert saved["filters"] == given["filters"]
    names = await tried(anna, "saveSearch", "__typename", name="X", filters={"personId": "1"})
    assert (names["__typename"], names["code"]) == ("ValidationError", "search-not-storable")
    changed = {"searchId": saved["id"], "expectedVersion": saved["version"]}
    renamed = await done(anna, "changeSearch", fields, **changed, **(given | {"name": "Neu"}))
    assert renamed["name"] == "Neu"
    query = "{ savedSearches(first: 100) { edges { node { id name } } } }"
    edges = (await anna.data(query))["savedSearches"]["edges"]
    assert {"id": saved["id"], "name": "Neu"} in [edge["node"] for edge in edges]
    others = (await as_(BERND).data(query))["savedSearches"]["edges"]
    assert saved["id"] not in {edge["node"]["id"] for edge in others}
    await done(anna, "removeSearch", fields, searchId=saved["id"])
    edges = (await anna.data(query))["savedSearches"]["edges"]
    assert saved["id"] not in {edge["node"]["id"] for edge in edges}


async def test_many_cases_with_all_their_parts_take_one_call_for_each_kind(as_: As) -> None:
    await bound(as_(ANNA))
    made = [await opened(as_(ANNA)) for _ in range(3)]
    related = {"caseId": made[0]["id"], "relatedCaseId": made[1]["id"], "relation": "SIBLING"}
    await done(as_(ANNA), "relateCase", "RelatedCaseSuccess relatedCase { id }", **related)
    calls = []
    for first in (3, 6):
        answer = await as_(ANNA).ask(MANY, first=first)
        assert "errors" not in answer, answer
        calls.append(answer["extensions"]["upstreamCalls"])
        nodes = {edge["node"]["id"]: edge["node"] for edge in answer["data"]["cases"]["edges"]}
    # The list, twelve kinds of parts at once, and what the relations lead to; no plan, no approval.
    assert calls[0] == calls[1] == 14
    assert nodes[made[2]["id"]]["file"]["phases"][-1] == {"toState": "INTAKE"}
    for one in made[:2]:
        assert [r["relatedCase"]["state"] for r in nodes[one["id"]]["relatedCases"]] == ["INTAKE"]
