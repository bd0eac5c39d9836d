from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import orjson
import pytest
from sqlalchemy import bindparam, select
from sqlmodel import col

from services.cases.storage.tables import AuditEntry, ConsumedEvent, PartnerRequest
from shared.database.connection import Database
from shared.database.cursors import CursorUnreadable
from shared.database.gate import ReadLog
from shared.database.identity import identity_arguments
from shared.database.lists import Filter, FilterUnknown, FilterUnreadable, ListView
from shared.database.statements import Statement, table_of
from shared.database.views import View
from shared.kernel.caller import Caller
from shared.secrecy.store import Shelf, keys_dsn, open_store
from tests.engines import ServiceDatabase
from tests.shared.conftest import caller

COLUMNS = (
    col(ConsumedEvent.event_id).label("id"),
    col(ConsumedEvent.consumer),
    col(ConsumedEvent.consumed_at),
)
ONE = View(select(*COLUMNS).where(col(ConsumedEvent.event_id) == bindparam("event_id")))
MINE = select(*COLUMNS).where(col(ConsumedEvent.consumer) == bindparam("consumer"))
LOGGED = View(MINE, log=ReadLog("event"), sort="consumed_at")
LIST = ListView(
    MINE,
    filters={
        "id": Filter(col(ConsumedEvent.event_id), UUID, ("eq", "in")),
        "consumedAt": Filter(col(ConsumedEvent.consumed_at), datetime.fromisoformat, ("gte",)),
    },
    sorts={"consumedAt": "consumed_at"},
    default_sort="-consumedAt",
)
START = datetime(2022, 11, 21, 12, 0, 0, 123000, tzinfo=UTC)


async def events(app: Database, who: Caller, count: int) -> tuple[str, list[UUID]]:
    """`count` rows of a consumer of their own, a minute apart; its name and their ids."""
    name, ids = uuid4().hex, [uuid4() for _ in range(count)]
    async with app.transaction(who) as tx:
        for number, event_id in enumerate(ids):
            instant = START + timedelta(minutes=number)
            await tx.insert(ConsumedEvent, consumer=name, event_id=event_id, consumed_at=instant)
    return name, ids


async def test_without_an_identity_a_query_sees_nothing(app: Database, warendorf: Caller) -> None:
    await events(app, warendorf, 2)
    assert await app.pool.fetchval("select count(*) from consumed_event") == 0


async def test_a_view_reads_in_the_callers_name_and_shape(
    app: Database, warendorf: Caller, steinfurt: Caller
) -> None:
    name, (event_id,) = await events(app, warendorf, 1)
    document = await ONE.one(app, warendorf, event_id=event_id)
    assert document is not None
    assert orjson.loads(document.body) == {
        "id": str(event_id),
        "consumer": name,
        "consumedAt": "2022-11-21T12:00:00.123Z",
    }
    assert await ONE.one(app, steinfurt, event_id=event_id) is None
    assert await ONE.one(app, warendorf, event_id=uuid4()) is None


async def test_an_identity_does_not_outlive_its_statement(
    one_connection: Database, warendorf: Caller
) -> None:
    name, _ = await events(one_connection, warendorf, 1)
    page = await LOGGED.page(one_connection, warendorf, first=5, consumer=name)
    assert page.count == 1
    left = await one_connection.pool.fetchval("select current_setting('app.tenant', true)")
    assert not left
    assert await one_connection.pool.fetchval("select count(*) from consumed_event") == 0


async def test_a_statement_as_long_as_a_whole_document_is_planned_once(
    one_connection: Database,
) -> None:
    long = f"select array[{', '.join(['1'] * 10_000)}]"
    for _ in range(2):
        await one_connection.pool.fetchval(long)
    kept = "select count(*) from pg_prepared_statements where length(statement) = $1"
    assert await one_connection.pool.fetchval(kept, len(long)) == 1


async def test_the_gate_runs_before_the_read(app: Database, warendorf: Caller) -> None:
    """The plan hangs the read below the gate: an outer row of the gate comes first."""
    statement = ONE.one_statement
    arguments = [*statement.inner.arguments({"event_id": uuid4()})]
    plan = await app.pool.fetchval(
        f"explain (format json) {statement.sql}", *arguments, *identity_arguments(warendorf)
    )
    (join,) = [node for node in _nodes(plan[0]["Plan"]) if node["Node Type"] == "Nested Loop"]
    outer, inner = join["Plans"]
    assert (outer["Node Type"], outer["CTE Name"]) == ("CTE Scan", "gate")
    assert inner["Parent Relationship"] == "Inner"


def _nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for part in plan.get("Plans", []) for node in _nodes(part))]


async def test_pages_follow_each_other_and_are_stable_under_inserts(
    app: Database, warendorf: Caller
) -> None:
    name, ids = await events(app, warendorf, 7)
    seen: list[str] = []
    after: str | None = None
    while True:
        query = [("first", "3"), *([("after", after)] if after else [])]
        page = orjson.loads((await LIST.page(app, warendorf, query, consumer=name)).body)
        seen += [item["id"] for item in page["items"]]
        async with app.transaction(warendorf) as tx:  # newer than all: before the first page
            later = START + timedelta(days=1)
            await tx.insert(ConsumedEvent, consumer=name, event_id=uuid4(), consumed_at=later)
        after = page["nextCursor"]
        if after is None:
            break
    assert seen == [str(event_id) for event_id in reversed(ids)]


async def test_filters_combine_and_an_empty_list_matches_nothing(
    app: Database, warendorf: Caller
) -> None:
    name, ids = await events(app, warendorf, 3)
    query = [("id[in]", f"{ids[0]},{ids[2]}"), ("consumedAt[gte]", "2022-11-21T12:01:00+00:00")]
    page = orjson.loads((await LIST.page(app, warendorf, query, consumer=name)).body)
    assert [item["id"] for item in page["items"]] == [str(ids[2])]


@pytest.mark.parametrize(
    ("key", "value", "refusal"),
    [
        ("nonsense", "1", FilterUnknown),
        ("consumedAt", "2022-01-01", FilterUnknown),
        ("consumedAt[lt]", "2022-01-01", FilterUnknown),
        ("sort", "id", FilterUnknown),
        ("id", "x", FilterUnreadable),
        ("id", "\x00", FilterUnreadable),
        ("id[in]", "", FilterUnreadable),
        ("first", "0", FilterUnreadable),
        ("first", "101", FilterUnreadable),
        ("first", "1e2", FilterUnreadable),
        ("first", "٣", FilterUnreadable),
        ("after", "!", CursorUnreadable),
        ("after", "WzEsMl0", CursorUnreadable),
        ("after", "ü", CursorUnreadable),
    ],
)
async def test_what_a_list_does_not_know_is_refused_never_ignored(
    app: Database, warendorf: Caller, key: str, value: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as refused:
        await LIST.page(app, warendorf, [(key, value)], consumer="x")
    assert refused.value.status == 400  # type: ignore[attr-defined]


async def test_a_filter_given_twice_is_refused(app: Database, warendorf: Caller) -> None:
    with pytest.raises(FilterUnreadable):
        await LIST.page(app, warendorf, [("first", "1"), ("first", "2")], consumer="x")


async def test_a_read_logs_each_record_it_shows_and_no_other(
    app: Database, warendorf: Caller
) -> None:
    name, ids = await events(app, warendorf, 3)
    await LOGGED.page(app, warendorf, first=2, consumer=name)
    await LOGGED.page(app, warendorf, first=2, consumer="nobody")
    entries = await _entries(app, warendorf)
    assert [sorted(entry["record_ids"]) for entry in entries] == [sorted(ids[:2])]
    assert (entries[0]["action"], entries[0]["record_kind"]) == ("read", "event")


async def test_a_narrowed_read_logs_the_members_that_it_showed(
    app: Database, warendorf: Caller
) -> None:
    name, _ = await events(app, warendorf, 2)
    await LOGGED.page(app, warendorf, first=2, consumer=name)
    narrow = LOGGED.narrowed(["consumedAt"])
    page = await narrow.page(app, warendorf, first=1, consumer=name)
    shown = list(orjson.loads(page.body)["items"][0])
    assert "consumedAt" in shown
    assert len(shown) < len(LOGGED.members())
    # The whole record needs no names.
    entries = await _entries(app, warendorf)
    assert sorted(str(entry["changes"]) for entry in entries) == ["None", str({"members": shown})]


async def _entries(app: Database, who: Caller) -> list[asyncpg.Record]:
    """Read by the data protection officer, the only role that may."""
    officer = replace(caller(subject="officer"), roles=frozenset({"dpo"}))
    statement = Statement(
        select(table_of(AuditEntry)).where(col(AuditEntry.actor) == bindparam("actor"))
    )
    async with app.transaction(officer) as tx:
        return await tx.rows(statement, actor=who.actor)


async def test_the_audit_log_gives_nothing_back_and_takes_no_change(
    app: Database, warendorf: Caller
) -> None:
    name, _ = await events(app, warendorf, 1)
    await LOGGED.page(app, warendorf, first=1, consumer=name)
    async with app.transaction(warendorf) as tx:
        assert await tx.value(Statement("select count(*) from audit_entry")) == 0
    for change in ("update audit_entry set action = 'x'", "delete from audit_entry"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with app.transaction(warendorf) as tx:
                await tx.execute(Statement(change))


@pytest.mark.parametrize("table", ["outbox_message", "consumed_event", "audit_entry"])
async def test_the_application_role_cannot_truncate_or_own(
    app: Database, warendorf: Caller, table: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with app.transaction(warendorf) as tx:
            await tx.execute(Statement(f"truncate {table}"))
    owned = "select count(*) from pg_class where pg_get_userbyid(relowner) = current_user"
    assert await app.pool.fetchval(owned) == 0


async def test_nobody_writes_for_another_tenant(app: Database, warendorf: Caller) -> None:
    statement = Statement(
        "insert into consumed_event (consumer, event_id, tenant_id, consumed_at)"
        " values ('x', uuidv7(), '05566', now())"
    )
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with app.transaction(warendorf) as tx:
            await tx.execute(statement)


async def test_a_row_added_by_itself_is_the_callers_and_leaves_no_identity_behind(
    one_connection: Database, warendorf: Caller, steinfurt: Caller
) -> None:
    event_id, asked_for = uuid4(), steinfurt.tenant_id
    await one_connection.add(
        warendorf,
        ConsumedEvent,
        tenant_id=asked_for,
        consumer="alone",
        event_id=event_id,
        consumed_at=START,
    )
    left = await one_connection.pool.fetchval("select current_setting('app.tenant', true)")
    assert not left
    assert await ONE.one(one_connection, steinfurt, event_id=event_id) is None
    assert await ONE.one(one_connection, warendorf, event_id=event_id) is not None


async def test_a_row_added_by_itself_is_refused_for_its_length_and_never_cut(
    one_connection: Database, warendorf: Caller
) -> None:
    row = dict.fromkeys(("client_id", "route", "request_id"), "")
    numbers = dict.fromkeys(("status", "request_bytes", "duration_ms"), 0)
    with pytest.raises(asyncpg.StringDataRightTruncationError):
        await one_connection.add(
            warendorf,
            PartnerRequest,
            **row,
            **numbers,
            id=uuid4(),
            unit_id=warendorf.unit_id,
            at=START,
            method="M" * 11,
            is_replayed=False,
        )
    assert not await one_connection.pool.fetchval("select current_setting('app.tenant', true)")


async def test_a_connection_to_the_keys_comes_back_without_an_identity(
    database: Callable[[str], ServiceDatabase], warendorf: Caller
) -> None:
    store = await open_store(
        keys_dsn(database("cases").app_dsn), application="tests", connections_max=1
    )
    assert await store.newest(warendorf, Shelf(uuid4(), "file")) is None
    left = "select coalesce(current_setting('app.tenant', true), '')"
    assert await store.pool.fetchval(left) == ""
    assert await store.pool.fetchval("select count(*) from data_key") == 0
    await store.close()
