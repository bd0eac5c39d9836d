"""Deadlines and alerts: each is told once, in ids and codes, and moved where nobody works."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from deploy.local.postgres import PostgresServer
from services.funding.api.schemas.deadlines import AlertPage, DeadlinePage, DeadlineView
from services.funding.operations.each_tenant import each_tenant
from services.funding.operations.keep_alerts import keep_alerts
from services.funding.operations.keep_deadlines import keep_deadlines
from shared.database.connection import Database, open_database
from shared.database.transaction import Transaction
from tests.engines import ServiceDatabase
from tests.services.funding.desk import Desk, Record
from tests.services.funding.papers import WARENDORF_AWARD, award, case_management, line
from tests.services.funding.steps import active, granted, released, share

Day = Callable[[date], Awaitable[None]]
Told = Callable[[], Awaitable[list[tuple[str, dict[str, Any]]]]]


@pytest.fixture
async def system(funding_database: ServiceDatabase) -> AsyncIterator[Database]:
    database = await open_database(
        funding_database.app_dsn, application="kim-tests", connections_max=2
    )
    yield database
    await database.close()


@pytest.fixture
def on(system: Database) -> Day:
    """`await on(day)`: the worker looks at every tenant on that day."""

    async def look(day: date) -> None:
        async def of_tenant(tx: Transaction) -> None:
            await keep_deadlines(tx, day, 28)
            await keep_alerts(tx, day)

        await each_tenant(system, "deadline-timer", of_tenant)

    return look


@pytest.fixture
def told(postgres: PostgresServer, funding_database: ServiceDatabase) -> Told:
    """The events of deadlines and alerts so far, as type and data."""

    async def read() -> list[tuple[str, dict[str, Any]]]:
        admin = await asyncpg.connect(postgres.dsn("postgres", funding_database.name))
        try:
            rows = await admin.fetch("select payload from outbox_message order by position")
        finally:
            await admin.close()
        events = [json.loads(row["payload"]) for row in rows]
        names = [event["type"].removeprefix("kim.funding.") for event in events]
        return [
            (name, event["data"])
            for name, event in zip(names, events, strict=True)
            if name.startswith(("deadline-", "alert-"))
        ]

    return read


def kinds(events: list[tuple[str, dict[str, Any]]], name: str) -> list[str]:
    return [data["kind"] for event, data in events if event == f"{name}.v1"]


COORDINATION = award(2022, "100000.00", [line("b1", "Baustein 1", "100000.00", "2.00")])


async def deadlines(desk: Desk, **query: str) -> dict[str, Record]:
    page = await desk.read("/v1/deadlines", **query)
    DeadlinePage.model_validate(page)
    return {one["kind"]: one for one in page["items"]}


async def test_deadlines_warn_once_and_are_missed_once(
    officer: Desk, approver: Desk, on: Day, told: Told
) -> None:
    """30 October 2022 was a Sunday; 31 March 2023 a Friday."""
    await granted(officer, approver, COORDINATION)

    await on(date(2022, 10, 2))
    assert kinds(await told(), "deadline-near") == []
    for _ in range(2):
        await on(date(2022, 10, 3))
    assert kinds(await told(), "deadline-near") == ["APPLICATION"]
    await on(date(2022, 10, 31))
    assert kinds(await told(), "deadline-missed") == []
    for _ in range(2):
        await on(date(2022, 11, 1))
    assert kinds(await told(), "deadline-missed") == ["APPLICATION"]
    application = (await deadlines(officer, kind="APPLICATION"))["APPLICATION"]
    assert (application["statedOn"], application["dueOn"]) == ("2022-10-30", "2022-10-31")
    assert application["state"] == "MISSED"

    await on(date(2022, 12, 15))
    await on(date(2023, 3, 31))
    assert kinds(await told(), "deadline-near") == ["APPLICATION", "AWARD_END", "PROOF"]
    await on(date(2023, 4, 1))
    assert kinds(await told(), "deadline-missed") == ["APPLICATION", "PROOF"]
    assert (await deadlines(officer, state="DONE")).keys() == {"AWARD_END"}


@pytest.mark.parametrize(
    ("stated", "due"),
    [
        ("2024-03-31", "2024-04-02"),  # Easter Sunday and Monday
        ("2025-11-01", "2025-11-03"),  # All Saints' Day, a Saturday
        ("2023-03-31", "2023-03-31"),
    ],
)
async def test_a_term_that_ends_on_a_closed_day_ends_on_the_next_working_day(
    officer: Desk, approver: Desk, on: Day, stated: str, due: str
) -> None:
    await granted(officer, approver, case_management("6.00", "330000.00", proofDueOn=stated))

    await on(date(2022, 1, 1))

    proof = (await deadlines(officer, kind="PROOF"))["PROOF"]
    assert (proof["statedOn"], proof["dueOn"]) == (stated, due)


async def test_what_is_done_is_told_no_more(
    officer: Desk, approver: Desk, on: Day, told: Told
) -> None:
    """A follow-up application, the award being final, and a tick by hand."""
    first = await granted(officer, approver, COORDINATION)
    await officer.act("awards", first, "notify", {"notifiedOn": "2021-12-20"})
    await on(date(2022, 1, 1))
    assert kinds(await told(), "deadline-near") == ["OBJECTION"]
    following = await officer.create("/v1/awards", COORDINATION | {"fiscalYear": 2023} | YEAR_2023)
    await officer.act("awards", following, "apply")
    proof = (await deadlines(officer, kind="PROOF"))["PROOF"]

    ticked = await officer.act("deadlines", proof, "complete")
    again = await officer.try_act("deadlines", ticked, "complete")
    await on(date(2023, 6, 1))

    DeadlineView.model_validate(ticked)
    assert ticked["state"] == "DONE"
    assert (again.status_code, again.json()["code"]) == (409, "deadline-is-done")
    assert (await deadlines(officer, state="DONE")).keys() == {
        "APPLICATION",
        "AWARD_END",
        "OBJECTION",
        "PROOF",
    }
    assert kinds(await told(), "deadline-missed") == []


YEAR_2023 = {"validFrom": "2023-01-01", "validTo": "2023-12-31", "awardedOn": None}


async def test_a_moved_day_is_told_anew(officer: Desk, approver: Desk, on: Day, told: Told) -> None:
    held = await granted(officer, approver, case_management("6.00", "330000.00"))
    await on(date(2023, 3, 20))
    path = f"/v1/awards/{held['id']}"
    moved = await officer.send("PATCH", path, {"proofDueOn": "2023-06-30"}, version=held["version"])
    assert moved.status_code == 200, moved.text
    await on(date(2023, 4, 3))
    assert (await deadlines(officer, kind="PROOF"))["PROOF"]["state"] == "OPEN"
    await on(date(2023, 6, 15))

    assert kinds(await told(), "deadline-near") == ["PROOF", "PROOF"]
    assert kinds(await told(), "deadline-missed") == []


async def test_a_recipient_owes_its_proof_before_the_award_does(
    officer: Desk, approver: Desk, on: Day
) -> None:
    held = await active(officer, approver, case_management("6.00", "330000.00"))
    allocation = await released(officer, approver, share(held["lines"][0], "1.00", "55000.00"))

    await on(date(2022, 6, 1))

    found = await deadlines(officer, subjectId=allocation["id"])
    assert found["CHILD_PROOF"]["dueOn"] == "2023-02-28"
    assert found["CHILD_PROOF"]["subjectKind"] == "ALLOCATION"


async def test_events_of_deadlines_carry_codes_only(
    officer: Desk, approver: Desk, on: Day, told: Told
) -> None:
    await granted(officer, approver, COORDINATION)

    await on(date(2023, 5, 1))

    events = await told()
    assert {name for name, _ in events} == {"deadline-missed.v1", "alert-raised.v1"}
    for name, data in events:
        members = {"tenantId", "deadlineId", "kind", "subjectKind", "subjectId", "dueOn"}
        if name.startswith("alert"):
            members = {"tenantId", "alertId", "code", "subjectKind"}
        assert data.keys() == members
        assert "Arnsberg" not in json.dumps(data)
        assert "DEMO" not in json.dumps(data)


async def test_a_post_that_outlasts_its_award_raises_an_alert_once(
    officer: Desk, approver: Desk, on: Day, told: Told
) -> None:
    held = await granted(officer, approver, case_management("6.00", "330000.00"))
    post = await officer.create(
        "/v1/positions",
        {
            "postType": "CASE_MANAGEMENT",
            "approvedFte": "1.00",
            "effectiveFrom": "2022-01-01",
            "validTo": "2023-06-30",
            "awardLineId": held["lines"][0]["id"],
        },
    )
    alert = {"code": "POSITION_OUTLASTS_AWARD"}

    for day in (1, 2, 3):
        await on(date(2022, 2, day))
    page = await officer.read("/v1/alerts", **alert)
    follow_up = COVERING_2023 | {"followsAwardId": held["id"]}
    await granted(officer, approver, follow_up)
    await on(date(2022, 2, 4))

    AlertPage.model_validate(page)
    (raised,) = page["items"]
    assert (raised["subjectId"], raised["isOpen"]) == (post["id"], True)
    assert raised["figures"] == {"positionUntil": "2023-06-30", "awardUntil": "2022-12-31"}
    (resolved,) = (await officer.read("/v1/alerts", **alert))["items"]
    assert (resolved["id"], resolved["isOpen"]) == (raised["id"], False)
    assert (await officer.read("/v1/alerts", **alert, isOpen="true"))["items"] == []
    names = [name for name, data in await told() if data.get("code") == alert["code"]]
    assert names == ["alert-raised.v1", "alert-resolved.v1"]


COVERING_2023 = case_management("6.00", "330000.00", 2023, kind="ANSCHLUSS")


async def test_a_deadline_that_only_a_person_knows_is_recorded_by_hand(
    officer: Desk, approver: Desk, on: Day, told: Told
) -> None:
    held = await granted(officer, approver, WARENDORF_AWARD)
    body = {
        "subjectKind": "AWARD",
        "subjectId": held["id"],
        "kind": "REVOCATION_YEAR",
        "statedOn": "2023-05-01",
    }

    recorded = await officer.create("/v1/deadlines", body)
    twice = await officer.send("POST", "/v1/deadlines", body)
    computed = await officer.send("POST", "/v1/deadlines", body | {"kind": "PROOF"})
    unknown = await officer.send("POST", "/v1/deadlines", body | {"subjectId": str(uuid4())})
    await on(date(2023, 5, 3))

    assert recorded["dueOn"] == "2023-05-02"  # 1 May is a holiday
    assert await officer.read(f"/v1/deadlines/{recorded['id']}") == recorded | {
        "state": "MISSED",
        "version": 2,
        **{
            name: (await deadlines(officer, kind="REVOCATION_YEAR"))["REVOCATION_YEAR"][name]
            for name in ("missedAt", "updatedAt")
        },
    }
    assert [answer.status_code for answer in (twice, computed, unknown)] == [409, 422, 404]
    assert computed.json()["code"] == "deadline-is-computed"
    assert "REVOCATION_YEAR" in kinds(await told(), "deadline-missed")


async def test_two_workers_at_once_tell_each_thing_once(
    officer: Desk, approver: Desk, on: Day, told: Told
) -> None:
    await granted(officer, approver, COORDINATION)

    await asyncio.gather(*(on(date(2022, 10, 20)) for _ in range(2)))

    events = await told()
    assert kinds(events, "deadline-near") == ["APPLICATION"]
    assert [data["code"] for name, data in events if name == "alert-raised.v1"] == ["DEADLINE_NEAR"]


async def test_a_practice_award_has_no_deadline_and_raises_no_alert(
    officer: Desk, approver: Desk, on: Day, told: Told
) -> None:
    given = await active(officer, approver, COORDINATION | {"book": "PRACTICE"})
    await officer.create(
        "/v1/positions",
        {
            "postType": "COORDINATION",
            "approvedFte": "1.00",
            "effectiveFrom": "2022-01-01",
            "validTo": "2024-12-31",
            "awardLineId": given["lines"][0]["id"],
        },
    )

    await on(date(2023, 6, 1))

    assert await told() == []
    assert await deadlines(officer) == {}
