"""A destruction list is executed case by case: a worker killed in between does nothing twice."""

import asyncio
from typing import Any

from services.cases.domain.practice import Practice
from services.cases.operations.keep_retention import keep_retention
from shared.database.connection import Database
from tests.engines import ServiceDatabase
from tests.services.cases.api.test_retention import ended_cases, move
from tests.services.cases.conftest import Person, SignedIn
from tests.services.cases.erasing import answer_archive, as_owner, locked
from tests.waiting import until

REQUESTS = (
    "select count(*) from outbox_message where aggregate_id = $1"
    " and subject = 'kim.cases.case-erasure-requested.v1'"
)


async def test_an_execution_killed_between_cases_goes_on_and_asks_for_each_case_once(
    anna: Person,
    bernd: Person,
    signed_in: SignedIn,
    pool: Database,
    cases_database: ServiceDatabase,
) -> None:
    lead = signed_in("waf-team-lead")
    cases = sorted(await ended_cases(anna, "1991-03-31", 3))
    listed = await anna.post("/v1/destruction-lists", {"dueUntil": "1994-12-31"})
    path = f"/v1/destruction-lists/{listed['id']}"
    for case_id in cases:
        await answer_archive(anna, case_id)
    for person, action in ((anna, "submit"), (bernd, "review"), (lead, "approve")):
        await move(person, listed, action)
    await move(anna, listed, "execute")

    async def outcomes() -> list[Any]:
        items = (await lead.get(path))["items"]
        by_case = {item["caseId"]: (item["outcome"], item["dropReason"]) for item in items}
        return [by_case[case_id] for case_id in cases]

    async def first_is_done() -> bool:
        return (await outcomes())[0] == ("REQUESTED", None)

    async with locked(cases_database, cases[1]):
        worker = asyncio.create_task(keep_retention(pool, Practice()))
        await until(first_is_done)
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
    between = await lead.get(path)
    assert (between["state"], between["executedAt"]) == ("EXECUTING", None)
    assert await outcomes() == [("REQUESTED", None), ("LISTED", None), ("LISTED", None)]
    refused = await move(anna, listed, "finish", status=422)
    assert refused["guards"] == ["every-case-handled"]

    await anna.act(cases[2], "place-legal-hold")
    await keep_retention(pool, Practice())
    report = await lead.get(path)
    assert report["state"] == "EXECUTED"
    assert await outcomes() == [
        ("REQUESTED", None),
        ("REQUESTED", None),
        ("DROPPED", "LEGAL_HOLD"),
    ]
    asked = [
        await as_owner(cases_database, "outbox_message", REQUESTS, case_id) for case_id in cases
    ]
    assert asked == [1, 1, 0]
