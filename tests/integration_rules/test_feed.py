"""The feed of events: whoever keeps the cursor loses nothing, and is told when it has."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import BigInteger

from shared.database.cursors import read_cursor, write_cursor
from shared.messaging.after_restore import FeedIsAhead, close_feeds
from shared.messaging.relay import forget_feed
from tests.integration_rules.conftest import Record, ServiceApi
from tests.waiting import until

WRITERS = 4
RECORDS = 200
FEED_DAYS = 40


async def follow(api: ServiceApi, path: str, after: str = "", **more: str) -> list[Record]:
    """Everything behind the cursor that is shown now, page by page."""
    items: list[Record] = []
    while True:
        query = more | ({"after": after} if after else {})
        answer = await api.get(path, persona=api.sample.follower, first="100", **query)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        items += page["items"]
        if page["nextCursor"] is None:
            return items
        after = page["items"][-1]["cursor"]


async def last_cursor(api: ServiceApi, path: str) -> str:
    items = (await api.get(path, persona=api.sample.follower, sort="-position", first="1")).json()[
        "items"
    ]
    return items[0]["cursor"] if items else ""


async def settle(api: ServiceApi, path: str, found: set[str], after: str) -> list[Record]:
    """What is behind the cursor once all of these are there: what others write holds it back."""

    async def all_there() -> bool:
        items = await follow(api, path, after)
        return found <= {str(item.get("subject", item["id"])) for item in items}

    await until(all_there)
    return await follow(api, path, after)


async def test_a_client_that_polls_every_fifteen_minutes_loses_nothing(
    service_api: ServiceApi,
) -> None:
    """Four writers make 200 records; a long transaction lies in between, and one is undone."""
    after = await last_cursor(service_api, "/v1/events")
    made: list[str] = []
    polled: list[Record] = []

    async def write() -> None:
        made.extend([(await service_api.create())["id"] for _ in range(RECORDS // WRITERS)])

    async def poll(cursor: str) -> str:
        items = await follow(service_api, "/v1/events", cursor)
        polled.extend(items)
        return str(items[-1]["cursor"]) if items else cursor

    connection = await asyncpg.connect(service_api.database.app_dsn)
    slow = connection.transaction()
    await slow.start()
    await connection.fetchval("select pg_current_xact_id()::text")
    writing = asyncio.gather(*(write() for _ in range(WRITERS)))
    cursor = await poll(after)
    for _ in range(5):
        cursor = await poll(cursor)
    assert polled == []
    await slow.rollback()
    await connection.close()
    await writing
    await settle(service_api, "/v1/events", set(made), after)
    cursor = await poll(cursor)
    ids = [item["id"] for item in polled]
    assert len(ids) == len(set(ids))
    assert set(made) <= {item["subject"] for item in polled}
    assert polled == await follow(service_api, "/v1/events", after)


async def test_an_event_is_told_with_ids_and_codes(service_api: ServiceApi) -> None:
    after = await last_cursor(service_api, "/v1/events")
    made = await service_api.create()
    (event, *_) = await settle(service_api, "/v1/events", {made["id"]}, after)
    assert set(event) == {
        "id", "cursor", "type", "source", "subject", "time", "actorUnit", "data",
    }  # fmt: skip
    assert event["type"].startswith(f"kim.{service_api.sample.service}.")
    assert event["source"] == f"urn:kim:{service_api.sample.service}"
    assert event["data"]["tenantId"] == "05570"


async def test_another_kreis_is_told_nothing(service_api: ServiceApi) -> None:
    made = await service_api.create()
    await settle(service_api, "/v1/events", {made["id"]}, "")
    for path in ("/v1/events", "/v1/changes"):
        answer = await service_api.get(path, persona=service_api.sample.foreign, first="100")
        assert answer.status_code == 200
        assert made["id"] not in answer.text


async def test_who_may_not_follow_is_refused(service_api: ServiceApi) -> None:
    for path in ("/v1/events", "/v1/changes"):
        assert (await service_api.get(path, persona="waf-dpo")).status_code == 403


async def make_older(api: ServiceApi, ids: set[str], days: int) -> None:
    owner = await asyncpg.connect(api.database.owner_dsn)
    try:
        await owner.execute("alter table feed_entry no force row level security")
        await owner.execute(
            "update feed_entry set at = at - $1::interval where subject = any($2)",
            timedelta(days=days),
            [UUID(one) for one in ids],
        )
        await owner.execute("alter table feed_entry force row level security")
    finally:
        await owner.close()


async def forget(api: ServiceApi) -> None:
    relay = await asyncpg.connect(api.database.relay_dsn)
    try:
        await forget_feed(relay, FEED_DAYS)
    finally:
        await relay.close()


async def test_an_event_stays_for_thirty_days_and_more(service_api: ServiceApi) -> None:
    after = await last_cursor(service_api, "/v1/events")
    made = str((await service_api.create())["id"])
    before = await settle(service_api, "/v1/events", {made}, after)
    await make_older(service_api, {made}, FEED_DAYS - 1)
    await forget(service_api)
    kept = await follow(service_api, "/v1/events", after)
    assert [item["id"] for item in kept] == [item["id"] for item in before]


@pytest.mark.parametrize("path", ["/v1/events", "/v1/changes"])
async def test_a_cursor_from_before_a_restore_is_too_old_and_not_silent(
    service_api: ServiceApi, path: str
) -> None:
    """A restored server counts transactions anew: a place that it never reached is of another."""
    made = await service_api.create()
    (item, *_) = await settle(service_api, path, {made["id"]}, "")
    tx, identity = read_cursor(str(item["cursor"]), BigInteger())
    ahead = write_cursor(str(tx + 1_000_000_000), identity)
    answer = await service_api.get(path, persona=service_api.sample.follower, after=ahead)
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor-too-old")
    oldest = answer.json()["oldestCursor"]
    again = await service_api.get(path, persona=service_api.sample.follower, after=oldest)
    assert again.status_code == 200


async def test_after_a_restore_every_cursor_is_too_old_and_new_events_are_told(
    service_api: ServiceApi,
) -> None:
    follower = service_api.sample.follower
    made = await service_api.create()
    items = await settle(service_api, "/v1/events", {made["id"]}, "")
    await close_feeds(service_api.database.owner_dsn)
    for path in ("/v1/events", "/v1/changes"):
        for cursor in (str(items[-1]["cursor"]), str(items[0]["cursor"])):
            answer = await service_api.get(path, persona=follower, after=cursor)
            assert (answer.status_code, answer.json()["code"]) == (410, "cursor-too-old")
    oldest = answer.json()["oldestCursor"]
    told = await service_api.create()
    found = await settle(service_api, "/v1/events", {told["id"]}, oldest)
    assert made["id"] not in {item["subject"] for item in found}
    anew = {item["subject"] for item in await follow(service_api, "/v1/events")}
    assert told["id"] in anew
    assert made["id"] not in anew
    records = await settle(service_api, "/v1/changes", {made["id"], told["id"]}, oldest)
    assert {made["id"], told["id"]} <= {item["id"] for item in records}


async def test_a_feed_ahead_of_its_server_is_not_closed_but_said(
    service_api: ServiceApi,
) -> None:
    """As after a dump was loaded into a new server, whose numbers begin at the beginning."""
    made = await service_api.create()
    owner = await asyncpg.connect(service_api.database.owner_dsn)
    move = "update feed_entry set feed_tx = feed_tx + $1 where subject = $2"
    key, far = UUID(str(made["id"])), 1_000_000_000_000
    try:
        await owner.execute("alter table feed_entry no force row level security")
        await owner.execute(move, far, key)
        with pytest.raises(FeedIsAhead, match="pg_resetwal"):
            await close_feeds(service_api.database.owner_dsn)
        await owner.execute(move, -far, key)
        await owner.execute("alter table feed_entry force row level security")
    finally:
        await owner.close()


async def test_a_cursor_of_forty_days_ago_says_what_was_missed(service_api: ServiceApi) -> None:
    old = str((await service_api.create())["id"])
    young = str((await service_api.create())["id"])
    await settle(service_api, "/v1/events", {old, young}, "")
    items = await follow(service_api, "/v1/events")
    forgotten = [item for item in items if item["subject"] == old]
    tx, identity = (int(read(forgotten[0])[0]), read(forgotten[0])[1])
    before = write_cursor(str(tx - 1), identity)
    await make_older(service_api, {old}, FEED_DAYS + 1)
    await forget(service_api)
    answer = await service_api.get("/v1/events", persona=service_api.sample.follower, after=before)
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor-too-old")
    oldest = answer.json()["oldestCursor"]
    assert oldest == forgotten[-1]["cursor"]
    rest = await follow(service_api, "/v1/events", oldest)
    assert young in {item["subject"] for item in rest}
    assert old not in {item["subject"] for item in rest}
    late = await service_api.get(
        "/v1/events", persona=service_api.sample.follower, since="2020-01-01T00:00:00Z"
    )
    assert (late.status_code, late.json()["code"]) == (410, "cursor-too-old")


def read(item: Record) -> tuple[Any, UUID]:
    return read_cursor(item["cursor"], BigInteger())


@pytest.mark.parametrize("statement", ["insert", "update", "delete"])
@pytest.mark.parametrize("table", ["feed_entry", "record_change", "feed_horizon"])
async def test_nobody_writes_the_feed_by_hand(
    service_api: ServiceApi, table: str, statement: str
) -> None:
    app = await asyncpg.connect(service_api.database.app_dsn)
    try:
        assert not await app.fetchval("select has_table_privilege($1, $2)", table, statement)
    finally:
        await app.close()
