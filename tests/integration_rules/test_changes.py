"""The record of changes: each record once, in its newest version; deletions; nothing unseen."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from deploy.local.postgres import PostgresServer
from shared.database.connection import open_database
from shared.database.feed import change_list
from shared.kernel.caller import Caller
from shared.messaging.relay import forget_feed
from tests.integration_rules.conftest import Record, ServiceApi
from tests.integration_rules.test_feed import FEED_DAYS, follow, last_cursor, settle
from tests.waiting import until

CHANGES = "/v1/changes"
PARTS = """
select con.conrelid::regclass::text as part, a.attname as by,
       exists (select from pg_attribute i
                where i.attrelid = con.conrelid and i.attname = 'id') as has_id
  from pg_constraint con
  join lateral unnest(con.conkey, con.confkey) as pair (mine, theirs) on true
  join pg_attribute a on a.attrelid = con.conrelid and a.attnum = pair.mine
  join pg_attribute f on f.attrelid = con.confrelid and f.attnum = pair.theirs
 where con.contype = 'f' and con.confrelid = $1::regclass and f.attname = 'id'"""


async def delete_with_parts(admin: Any, table: str, record_id: UUID) -> None:
    for row in await admin.fetch(PARTS, table):
        part, by = row["part"], row["by"]
        if row["has_id"]:
            for found in await admin.fetch(f"select id from {part} where {by} = $1", record_id):
                await delete_with_parts(admin, part, found["id"])
        await admin.execute(f"delete from {part} where {by} = $1", record_id)
    await admin.execute(f"delete from {table} where id = $1", record_id)


async def delete(api: ServiceApi, postgres: PostgresServer, record_id: str) -> None:
    """As an erasure does it: the row and all that hangs on it, in one transaction."""
    admin = await asyncpg.connect(postgres.dsn("postgres", api.database.name))
    try:
        async with admin.transaction():
            await delete_with_parts(admin, api.sample.table, UUID(record_id))
    finally:
        await admin.close()


def of(items: list[Record], record_id: str) -> list[Record]:
    return [item for item in items if item["id"] == record_id]


async def test_a_record_is_told_once_at_the_place_of_its_last_change(
    service_api: ServiceApi,
) -> None:
    after = await last_cursor(service_api, CHANGES)
    first, second = await service_api.create(), await service_api.create()
    (made,) = of(
        await settle(service_api, CHANGES, {first["id"], second["id"]}, after), first["id"]
    )
    assert made["kind"] == service_api.sample.kind
    assert (made["version"], made["isDeleted"]) == (first["version"], False)
    changed = await service_api.step(first)
    assert changed["version"] > first["version"]
    items = await follow(service_api, CHANGES, after)
    # Moved already, it is shown as soon as the transactions begun before it have ended.
    while of(items, first["id"]) in ([made], []):
        items = await follow(service_api, CHANGES, after)
    (moved,) = of(items, first["id"])
    assert moved["version"] == changed["version"]
    ids = [item["id"] for item in items]
    assert ids.index(first["id"]) > ids.index(second["id"])
    assert of(await follow(service_api, CHANGES, made["cursor"]), first["id"]) == [moved]


async def test_a_deleted_record_is_told_once_without_its_content(
    service_api: ServiceApi, postgres: PostgresServer
) -> None:
    after = await last_cursor(service_api, CHANGES)
    made = await service_api.create()
    await settle(service_api, CHANGES, {made["id"]}, after)
    await delete(service_api, postgres, made["id"])
    items = of(await follow(service_api, CHANGES, after), made["id"])
    while not items or not items[0]["isDeleted"]:
        items = of(await follow(service_api, CHANGES, after), made["id"])
    (gone,) = items
    assert set(gone) == {"id", "cursor", "kind", "version", "changedAt", "isDeleted"}
    outsider = await follow_as(service_api, service_api.sample.foreign)
    assert of(outsider, made["id"]) == []


async def follow_as(api: ServiceApi, persona: str) -> list[Record]:
    answer = await api.get(CHANGES, persona=persona, first="100", sort="-position")
    assert answer.status_code == 200, answer.text
    items: list[Record] = answer.json()["items"]
    return items


async def test_a_change_is_shown_to_nobody_who_cannot_read_the_record(
    service_api: ServiceApi,
) -> None:
    """Neither to another Kreis, nor to another unit, nor to a role that the policies keep out."""
    made = await service_api.create()
    await settle(service_api, CHANGES, {made["id"]}, "")
    assert of(await follow_as(service_api, service_api.sample.foreign), made["id"]) == []
    if service_api.sample.outsider:
        assert of(await follow_as(service_api, service_api.sample.outsider), made["id"]) == []


@pytest.mark.parametrize("role", ["case_manager", "integrator", "admin"])
async def test_the_policies_of_the_table_decide_who_learns_of_a_change(
    service_api: ServiceApi, role: str
) -> None:
    """Of the same unit and with the right to follow: still only what the table itself shows."""
    integration = service_api.integration
    made = await service_api.create()
    await settle(service_api, CHANGES, {made["id"]}, "")
    caller = Caller(
        tenant_id="05570",
        unit_id=service_api.sample.unit,
        unit_type="CM_TEAM",
        issuer="urn:test",
        subject="x",
        roles=frozenset({role}),
    )
    database = await open_database(service_api.database.app_dsn, application="tests")
    try:
        view = change_list(integration.changes, integration.lost, integration.kinds)
        page = await view.page(database, caller, [("first", "100"), ("sort", "-position")])
        async with database.transaction(caller) as tx:
            visible = await tx.connection.fetchval(
                f"select count(*) from {service_api.sample.table} where id = $1", UUID(made["id"])
            )
    finally:
        await database.close()
    assert (made["id"].encode() in page.body) is bool(visible)
    if service_api.sample.service == "cases":
        assert bool(visible) is (role == "case_manager")


async def test_a_unit_that_loses_sight_of_a_record_is_told_of_it_as_deleted(
    service_api: ServiceApi, postgres: PostgresServer
) -> None:
    """Whatever moved the record: the units that may know of it are others than before."""
    made = await service_api.create()
    after = await last_cursor(service_api, CHANGES)
    await settle(service_api, CHANGES, {made["id"]}, "")
    admin = await asyncpg.connect(postgres.dsn("postgres", service_api.database.name))
    audience = """
        update record_change set audience = $2, change_tx = (pg_current_xact_id()::text)::bigint
         where record_id = $1"""
    key, unit, other = UUID(made["id"]), service_api.sample.unit, "waf-other"
    rows = "select unit_id from lost_sight where record_id = $1 and unit_id = any($2)"
    try:
        # Of what everybody of the Kreis may know, nobody knows who has read it.
        await admin.execute(audience, key, [unit, other])
        await admin.execute(audience, key, [other])
        (gone,) = await told_of(service_api, made["id"], after, is_deleted=True)
        assert (gone["kind"], gone["version"]) == (service_api.sample.kind, made["version"])
        both = [unit, other]
        assert [row["unit_id"] for row in await admin.fetch(rows, key, both)] == [unit]
        # Who gets it back has it back, and the one between has lost it.
        await admin.execute(audience, key, [unit])
        (back,) = await told_of(service_api, made["id"], gone["cursor"], is_deleted=False)
        assert back["kind"] == service_api.sample.kind
        assert [row["unit_id"] for row in await admin.fetch(rows, key, both)] == [other]
    finally:
        await admin.close()


async def told_of(api: ServiceApi, record_id: str, after: str, *, is_deleted: bool) -> list[Record]:
    """What is told of a record, as soon as older transactions have ended."""

    async def as_expected() -> list[Record] | None:
        items = of(await follow(api, CHANGES, after), record_id)
        return items if [item["isDeleted"] for item in items] == [is_deleted] else None

    return await until(as_expected) or []


async def test_what_is_there_stays_in_the_record_and_old_deletions_leave_it(
    service_api: ServiceApi, postgres: PostgresServer
) -> None:
    kept, gone = await service_api.create(), await service_api.create()
    (place, *_) = of(await settle(service_api, CHANGES, {kept["id"], gone["id"]}, ""), kept["id"])
    await delete(service_api, postgres, gone["id"])
    admin = await asyncpg.connect(postgres.dsn("postgres", service_api.database.name))
    relay = await asyncpg.connect(service_api.database.relay_dsn)
    try:
        await admin.execute(
            "update record_change set changed_at = changed_at - interval '41 days'"
            " where record_id = any($1)",
            [UUID(kept["id"]), UUID(gone["id"])],
        )
        await forget_feed(relay, FEED_DAYS)
    finally:
        await admin.close()
        await relay.close()
    answer = await service_api.get(
        CHANGES, persona=service_api.sample.follower, after=place["cursor"]
    )
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor-too-old")
    assert await follow(service_api, CHANGES, answer.json()["oldestCursor"]) is not None
    items = await settle(service_api, CHANGES, {kept["id"]}, "")
    assert of(items, kept["id"])
    assert of(items, gone["id"]) == []
