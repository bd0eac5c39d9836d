"""What can be done with a case: the same table in REST and in GraphQL, in both languages."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from services.cases.domain.facts import CaseState
from services.cases.domain.lifecycle import ACTION_LABELS, CASE_LIFECYCLE, CaseAction
from services.cases.operations.case_facts import GIVEN_WITH_THE_COMMAND
from tests.apis import bearer
from tests.gateway.conftest import running, settings_for
from tests.services.cases.conftest import Person
from tests.services.cases.proofs.case_files import CaseFile
from tests.services.cases.proofs.preparations import prepare
from tests.services.cases.proofs.stored import Connection
from tests.waiting import until

QUERY = """query($id: ID!) { case(id: $id) { state allowedActions availableTransitions {
  action label { de en } to rule isOpen asksFor blockedBy { id message { de en } } } } }"""


@pytest.fixture(scope="module")
async def graphql(app: FastAPI, client: httpx.AsyncClient, issuer: str) -> AsyncIterator[Any]:
    """A gateway before the case service of these tests, which is served on a port of its own."""
    config = uvicorn.Config(app, port=0, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())

    async def has_started() -> bool:
        return server.started

    await until(has_started)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with running(settings_for(issuer, cases_url=f"http://127.0.0.1:{port}")) as gateway:
        yield gateway
    server.should_exit = True
    await serving


async def reach(anna: Person, admin: Connection, state: CaseState, *, is_prepared: bool) -> str:
    file = CaseFile(anna, admin, "", CaseAction.EVALUATE)
    await file.reach(CaseState.CLOSED if state is CaseState.ERASED else state)
    if is_prepared or state is CaseState.ERASED:
        await prepare(file, await anna.get(f"/v1/cases/{file.id}"))
    if state is CaseState.ERASED:
        await anna.act(file.id, "erase")
    return file.id


@pytest.mark.parametrize("is_prepared", [False, True])
@pytest.mark.parametrize("state", CaseState)
async def test_rest_and_graphql_tell_the_same_table_in_both_languages(
    anna: Person,
    admin: Connection,
    graphql: httpx.AsyncClient,
    state: CaseState,
    *,
    is_prepared: bool,
) -> None:
    case_id = await reach(anna, admin, state, is_prepared=is_prepared)
    case = await anna.get(f"/v1/cases/{case_id}")
    assert case["state"] == state
    moves = CASE_LIFECYCLE.moves[state]
    steps = case["availableTransitions"]
    assert [step["action"] for step in steps] == list(moves)
    for step in steps:
        move, label = moves[step["action"]], ACTION_LABELS[step["action"]]
        assert (step["to"], step["rule"]) == (move.to, move.rule)
        assert step["label"] == {"de": label.de, "en": label.en}
        said = {guard.id: guard.message for guard in move.guards}
        for blocker in step["blockedBy"]:
            message = said[blocker["id"]]
            assert blocker["message"] == {"de": message.de, "en": message.en}
        assert step["isOpen"] == (not step["blockedBy"])
        assert set(step["asksFor"]) <= GIVEN_WITH_THE_COMMAND & set(said)
    assert case["allowedActions"] == [step["action"] for step in steps if step["isOpen"]]
    body = {"query": QUERY, "variables": {"id": case_id}}
    answer = (await graphql.post("/graphql", json=body, headers=bearer(anna.token))).json()
    assert "errors" not in answer, answer
    names = {one["action"]: one["action"].replace("-", "_").upper() for one in steps}
    assert answer["data"]["case"] == {
        "state": state,
        "allowedActions": [names[action] for action in case["allowedActions"]],
        "availableTransitions": [step | {"action": names[step["action"]]} for step in steps],
    }
