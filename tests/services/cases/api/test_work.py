"""Contacts, tasks, flags; work lists with one statement each, deputies, seen marks, searches."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from services.cases.api.schemas import standing_in, work
from services.cases.domain.work import WorkList
from shared.kernel.clock import berlin_date, now
from tests.engines import ServiceDatabase
from tests.services.cases.api.test_reading import check
from tests.services.cases.conftest import Person, SignedIn, client_named, today


def day(days: int) -> str:
    return (berlin_date(now()) + timedelta(days=days)).isoformat()


async def actor_of(person: Person, ending: str) -> str:
    staff = (await person.get("/v1/staff-members"))["items"]
    actor: str = next(one["actor"] for one in staff if one["actor"].endswith(ending))
    return actor


async def opened(anna: Person, *, is_assigned: bool = True) -> str:
    opening = {
        "origin": "SELF_CONTACT",
        "isAreaResolved": True,
        "members": [client_named("Kowalenko")],
    }
    case_id: str = (await anna.post("/v1/cases", opening))["id"]
    if is_assigned:
        await anna.act(case_id, "assign")
    return case_id


async def listed(person: Person, name: str) -> dict[str, dict[str, Any]]:
    """The whole work list by case id, page by page."""
    found: dict[str, dict[str, Any]] = {}
    after: dict[str, str] = {}
    while True:
        page = await person.get(f"/v1/work-lists/{name}", first="100", **after)
        check(work.WorkListPage, page)
        found |= {one["id"]: one for one in page["items"]}
        if page["nextCursor"] is None:
            return found
        after = {"after": page["nextCursor"]}


async def test_a_contact_with_an_interpreter_points_to_its_cost(
    anna: Person, case: dict[str, Any]
) -> None:
    path = f"/v1/cases/{case['id']}/contacts"
    body = {
        "kind": "HOME_VISIT",
        "heldOn": today(),
        "minutes": 45,
        "language": "ukr",
        "interpreterKind": "PHONE",
        "outcome": "ADVISED",
    }
    contact = await anna.post(path, body)
    check(work.ContactView, contact)
    assert contact["costReference"] == "TRANSLATION_PHONE"
    plain = await anna.post(path, {**body, "interpreterKind": None})
    assert plain["costReference"] is None
    problem = await anna.post(path, {**body, "heldOn": day(1)}, status=422)
    assert problem["code"] == "date-in-future"
    await anna.post(path, {**body, "minutes": 0}, status=422)
    page = await anna.get(path)
    check(work.ContactPage, page)
    assert len(page["items"]) == 2
    assert (await anna.get(f"/v1/cases/{case['id']}"))["contactAttempts"] == []


async def test_a_task_is_done_or_cancelled_once(anna: Person, case: dict[str, Any]) -> None:
    path = f"/v1/cases/{case['id']}/tasks"
    task = await anna.post(path, {"title": "Antrag prüfen", "dueOn": day(-1)})
    check(work.TaskView, task)
    assert (task["isOverdue"], task["state"], task["deputy"]) == (True, "OPEN", None)
    later = {"title": "Antrag prüfen", "dueOn": day(7)}
    await anna.put(f"/v1/tasks/{task['id']}", later, status=428)
    changed = await anna.put(f"/v1/tasks/{task['id']}", later, version=1)
    assert (changed["isOverdue"], changed["version"]) == (False, 2)
    done = await anna.post(f"/v1/tasks/{task['id']}/actions/finish", status=200)
    assert (done["state"], done["endedBy"]) == ("DONE", await actor_of(anna, "|waf-case-manager"))
    again = await anna.post(f"/v1/tasks/{task['id']}/actions/cancel", status=409)
    assert again["code"] == "transition-not-allowed"
    await anna.put(f"/v1/tasks/{task['id']}", later, version=3, status=409)
    assert (await anna.get(f"/v1/tasks/{task['id']}"))["version"] == 3
    unknown = {**later, "assignee": "urn:test|nobody"}
    assert (await anna.post(path, unknown, status=409))["code"] == "colleague-unknown"


async def test_a_flag_is_raised_once_and_lifted_once(anna: Person, case: dict[str, Any]) -> None:
    path = f"/v1/cases/{case['id']}/flags"
    body = {"code": "HOUSING_LOSS", "severity": "CRITICAL", "reason": "Räumung am Monatsende."}
    flag = await anna.post(path, body)
    check(work.FlagView, flag)
    assert (await anna.post(path, body, status=409))["code"] == "flag-is-raised"
    item = (await listed(anna, "unassigned"))[case["id"]]
    assert [one["code"] for one in item["flags"]] == ["HOUSING_LOSS"]
    lifted = await anna.post(f"/v1/flags/{flag['id']}/actions/lift", status=200)
    assert lifted["liftedAt"] is not None
    problem = await anna.post(f"/v1/flags/{flag['id']}/actions/lift", status=409)
    assert problem["code"] == "flag-is-lifted"
    assert (await listed(anna, "unassigned"))[case["id"]]["flags"] == []
    await anna.post(path, body)
    assert len((await anna.get(path))["items"]) == 2


async def test_a_work_list_shows_state_and_next_task_of_each_case(anna: Person) -> None:
    mine, free = await opened(anna), await opened(anna, is_assigned=False)
    for due, title in ((5, "später"), (-2, "zuerst")):
        await anna.post(f"/v1/cases/{mine}/tasks", {"title": title, "dueOn": day(due)})
    item = (await listed(anna, "mine"))[mine]
    assert (item["state"], item["nextTask"]["title"]) == ("INTAKE", "zuerst")
    assert item["nextTask"]["isOverdue"] is True
    lists = {name: set(await listed(anna, name)) for name in WorkList}
    assert {name: mine in found for name, found in lists.items()} == {
        "mine": True, "team": True, "unassigned": False, "overdue": True, "changed": True,
    }  # fmt: skip
    assert {name: free in found for name, found in lists.items()} == {
        "mine": False, "team": True, "unassigned": True, "overdue": False, "changed": False,
    }  # fmt: skip


async def test_a_work_list_is_paged_over_cases_without_a_task(anna: Person) -> None:
    for _ in range(2):
        await opened(anna)
    first = await anna.get("/v1/work-lists/team", first="1", sort="-dueOn")
    following = {"first": "1", "sort": "-dueOn", "after": first["nextCursor"]}
    second = await anna.get("/v1/work-lists/team", **following)
    assert [one["nextTask"] for one in (*first["items"], *second["items"])] == [None, None]
    assert first["items"][0]["id"] > second["items"][0]["id"]


async def test_changed_since_seen_follows_the_mark_of_each_person(
    anna: Person, bernd: Person
) -> None:
    case_id = await opened(anna)
    path = f"/v1/cases/{case_id}"
    await anna.put(f"{path}/seen", status=428)
    seen = await anna.put(f"{path}/seen", version=(await anna.get(path))["version"])
    check(work.SeenView, seen)
    assert case_id not in await listed(anna, "changed")
    assert (await listed(anna, "mine"))[case_id]["changedSinceSeen"] is False
    assert (await listed(bernd, "team"))[case_id]["changedSinceSeen"] is True
    before = (await anna.get(path))["version"]
    await bernd.post(f"{path}/tasks", {"title": "Rückruf", "dueOn": day(1)})
    assert (await listed(anna, "changed"))[case_id]["changedSinceSeen"] is True
    await anna.put(f"{path}/seen", version=before, status=412)
    assert case_id in await listed(anna, "changed")


async def test_a_deputy_sees_what_the_principals_lists_show_while_it_runs(
    anna: Person, bernd: Person
) -> None:
    case_id = await opened(anna)
    task = await anna.post(f"/v1/cases/{case_id}/tasks", {"title": "Frist", "dueOn": day(-3)})
    bernds = await actor_of(anna, "|waf-case-manager-2")
    personal = ("mine", "overdue", "changed")
    over = {"deputy": bernds, "fromOn": day(-20), "toOn": day(-1)}
    await anna.post("/v1/deputyships", over)
    for name in personal:
        assert case_id not in await listed(bernd, name)
    running = await anna.post("/v1/deputyships", {**over, "fromOn": today(), "toOn": today()})
    check(standing_in.DeputyshipView, running)
    for name in personal:
        assert set(await listed(anna, name)) <= set(await listed(bernd, name))
        assert case_id in await listed(bernd, name)
    assert (await anna.get(f"/v1/tasks/{task['id']}"))["deputy"] == bernds
    end = f"/v1/deputyships/{running['id']}/actions/end"
    await anna.post(end, status=200)
    for name in personal:
        assert case_id not in await listed(bernd, name)
    assert (await anna.post(end, status=409))["code"] == "deputyship-ended"
    too_long = {**over, "toOn": day(400)}
    assert (await anna.post("/v1/deputyships", too_long, status=422))["code"] == (
        "deputyship-too-long"
    )


@pytest.mark.parametrize("name", WorkList)
async def test_a_work_list_needs_one_statement(
    name: WorkList, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        case_id = await opened(anna)
        await anna.post(f"/v1/cases/{case_id}/tasks", {"title": "Frist", "dueOn": day(-1)})
    await anna.get(f"/v1/work-lists/{name}")  # tokens, connections and types are known from here
    sent: list[str] = []
    run, simple = asyncpg.Connection._do_execute, asyncpg.Connection.execute

    async def counted(self: Any, query: str, *rest: Any, **more: Any) -> Any:
        sent.append(query)
        return await run(self, query, *rest, **more)

    async def counted_simple(self: Any, query: str, *rest: Any, **more: Any) -> Any:
        sent.append(query)
        return await simple(self, query, *rest, **more)

    monkeypatch.setattr(asyncpg.Connection, "_do_execute", counted)
    monkeypatch.setattr(asyncpg.Connection, "execute", counted_simple)
    await anna.get(f"/v1/work-lists/{name}", first="50")
    assert len(sent) == 1, sent


async def test_a_saved_search_belongs_to_one_person_and_names_nobody(
    anna: Person, bernd: Person
) -> None:
    body = {"name": "Neu", "filters": {"state[in]": "INTAKE,ASSESSMENT", "sort": "-openedOn"}}
    search = await anna.post("/v1/saved-searches", body)
    check(work.SearchView, search)
    path = f"/v1/saved-searches/{search['id']}"
    assert (await anna.get("/v1/cases", **search["filters"]))["items"] is not None
    await bernd.get(path, status=404)
    await bernd.send("DELETE", path, status=404)
    assert search["id"] not in {
        one["id"] for one in (await bernd.get("/v1/saved-searches"))["items"]
    }
    naming = {"name": "X", "filters": {"personId": search["id"]}}
    assert (await anna.put(path, naming, version=1, status=422))["code"] == "search-not-storable"
    changed = await anna.put(path, {"name": "Alt", "filters": {"state": "INTAKE"}}, version=1)
    assert (changed["version"], changed["filters"]) == (2, {"state": "INTAKE"})
    await anna.send("DELETE", path)
    await anna.get(path, status=404)


async def test_work_is_closed_to_everybody_but_case_managers(
    signed_in: SignedIn, case: dict[str, Any]
) -> None:
    paths = [
        *(f"/v1/work-lists/{name}" for name in WorkList),
        *(f"/v1/cases/{case['id']}/{part}" for part in ("contacts", "tasks", "flags")),
        "/v1/saved-searches",
    ]
    stranger = signed_in("rheine-caritas-case-manager")
    for path in paths:
        await signed_in("waf-team-lead").get(path, status=403)
        await signed_in("waf-b3-officer").get(path, status=404)
        if case["id"] in path:
            await stranger.get(path, status=404)
        elif "work-lists" in path:
            assert case["id"] not in {one["id"] for one in (await stranger.get(path))["items"]}


async def test_the_seen_mark_of_another_person_is_hidden_by_the_database(
    anna: Person, case: dict[str, Any], database: Callable[[str], ServiceDatabase]
) -> None:
    await anna.put(f"/v1/cases/{case['id']}/seen", version=case["version"])
    connection = await asyncpg.connect(database("cases").app_dsn)
    identity = {
        "app.tenant": "05570",
        "app.unit": "waf-cm",
        "app.unit_type": "CM_TEAM",
        "app.roles": ",case_manager,",
        "app.actor": "urn:test|colleague",
    }
    for name, value in identity.items():
        await connection.execute("select set_config($1, $2, false)", name, value)
    assert await connection.fetchval("select count(*) from seen_mark") == 0
    await connection.close()
