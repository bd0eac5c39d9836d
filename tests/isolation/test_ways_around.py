"""Ways around the policies that PostgreSQL offers, tried under the roles of run time."""

from collections.abc import Callable
from contextlib import suppress
from typing import Final

import asyncpg
import pytest

from tests.engines import ServiceDatabase
from tests.isolation.conftest import ROLES, SERVICES, Walls, name
from tests.isolation.worlds import HOME, NAMESAKE, NEIGHBOUR, STRANGER, insert

EVERYTHING: Final = ROLES[-2]
REFUSED: Final = (
    asyncpg.InsufficientPrivilegeError,
    asyncpg.UndefinedFunctionError,
    asyncpg.FeatureNotSupportedError,
    asyncpg.InvalidSchemaNameError,
    asyncpg.UndefinedObjectError,
    asyncpg.InvalidGrantOperationError,
    asyncpg.PostgresSyntaxError,
    asyncpg.UndefinedTableError,
)
OUTSIDE_OF_TRANSACTIONS: Final = ("create subscription", "alter system")
# Each would lead past the policies, to the machine, or to a place that knows no policies.
WAYS: Final = (
    "set role kim_{service}_owner",
    "set role kim_{service}_statistics",
    "set role postgres",
    "set session authorization postgres",
    "set session authorization kim_{service}_owner",
    "alter role current_user bypassrls",
    "alter role current_user superuser",
    "grant kim_{service}_owner to current_user",
    "create role somebody",
    "alter table outbox_message no force row level security",
    "alter table outbox_message disable row level security",
    "alter table outbox_message disable trigger all",
    "create policy mine on outbox_message using (true)",
    "drop policy kim_{service}_app_rows on outbox_message",
    "set session_replication_role = replica",
    "create table mine (a int)",
    "create temporary table mine (a int)",
    "create view mine as select * from outbox_message",
    "create function mine() returns int language sql as 'select 1'",
    "create schema mine",
    "create extension dblink",
    "create extension postgres_fdw",
    "create extension file_fdw",
    "create extension pageinspect",
    "create extension pg_visibility",
    "select dblink_connect('')",
    "create server mine foreign data wrapper postgres_fdw",
    "select pg_read_file('postgresql.conf')",
    "select pg_read_binary_file('postgresql.conf')",
    "select pg_ls_dir('.')",
    "select pg_stat_file('postgresql.conf')",
    "select lo_creat(-1)",
    "select lo_create(0)",
    "select lo_from_bytea(0, 'x')",
    "select lo_import('/etc/hostname')",
    "select lo_export(1, '/tmp/mine')",
    "copy outbox_message to program 'cat'",
    "copy outbox_message to '/tmp/mine'",
    "copy outbox_message from '/etc/hostname'",
    "copy (select 1) to program 'cat'",
    "create publication mine for all tables",
    "create subscription mine connection '' publication mine",
    "select pg_create_logical_replication_slot('mine', 'test_decoding')",
    "select pg_logical_emit_message(true, 'mine', 'x') from pg_read_all_settings",
    "select * from pg_authid",
    "select * from pg_statistic",
    "select * from pg_largeobject",
    "select * from pg_hba_file_rules",
    "select * from pg_file_settings",
    "alter system set log_statement = 'all'",
    "set log_statement = 'all'",
    "load 'auto_explain'",
    "truncate outbox_message",
    "refresh materialized view mine",
    "select nextval('outbox_message_position_seq')",
    "select last_value from outbox_message_position_seq",
    "select setval('outbox_message_position_seq', 1)",
)


@pytest.mark.parametrize("way", WAYS)
async def test_no_way_leads_around_the_policies(walls: Walls, way: str) -> None:
    statement = way.format(service=walls.service)
    for connection in (walls.app, walls.relay):
        if way.startswith(OUTSIDE_OF_TRANSACTIONS):
            with pytest.raises(REFUSED):
                await connection.execute(statement)
            continue
        with pytest.raises(REFUSED):
            async with connection.transaction():
                await connection.execute(statement)


async def test_no_session_of_another_role_is_ended(walls: Walls) -> None:
    other = await walls.admin.fetchval("select pg_backend_pid()")
    for connection in (walls.app, walls.relay):
        for how in ("pg_terminate_backend", "pg_cancel_backend"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.fetchval(f"select {how}($1)", other)


async def test_the_switch_that_turns_policies_off_turns_the_answer_into_an_error(
    walls: Walls,
) -> None:
    async with walls.asking(HOME, EVERYTHING) as app:
        await app.execute("set local row_security = off")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await app.fetch("select * from idempotency_key")


async def test_a_role_enters_the_database_of_its_own_service_only(
    walls: Walls, database: Callable[..., ServiceDatabase]
) -> None:
    others = {database(one).name for one in SERVICES if one != walls.service}
    for dsn in (walls.database.app_dsn, walls.database.relay_dsn):
        for other in (*others, "postgres", "template1"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await (await asyncpg.connect(f"{dsn.rsplit('/', 1)[0]}/{other}")).close()


async def test_a_prepared_statement_asks_anew_who_asks(walls: Walls) -> None:
    """A plan made for one tenant shows the next one its own rows and none of the first one's."""
    statement = await walls.app.prepare("select tenant_id from external_id")
    for _ in range(7):  # beyond the fifth, PostgreSQL keeps one plan for all
        for world in (HOME, STRANGER, NEIGHBOUR):
            async with walls.asking(world, EVERYTHING):
                assert {row[0] for row in await statement.fetch()} <= {world.tenant}
        async with walls.asking(None):
            assert await statement.fetch() == []


async def test_a_name_ends_with_its_transaction(walls: Walls) -> None:
    async with walls.asking(HOME, EVERYTHING):
        pass
    left = (
        "select array_agg(nullif(current_setting('app.' || one, true), ''))"
        " from unnest(array['tenant', 'unit', 'unit_type', 'actor', 'roles']) one"
    )
    assert set(await walls.app.fetchval(left)) == {None}
    with suppress(asyncpg.DivisionByZeroError):
        async with walls.asking(HOME, EVERYTHING) as app:
            await app.fetch("select 1 / 0")
    assert set(await walls.app.fetchval(left)) == {None}


async def test_a_collision_says_which_index_and_no_value(walls: Walls) -> None:
    """An id that another tenant has: the error quotes nothing of the row that is there."""
    collisions = 0
    for table in walls.tables.names:
        row = walls.tables.row(table, HOME)
        if "id" not in row:
            continue
        async with walls.asking(HOME, EVERYTHING) as app:
            try:
                await insert(app, walls.tables, table, row | {"id": str(NAMESAKE.key)})
            except asyncpg.InsufficientPrivilegeError:
                continue
            except asyncpg.UniqueViolationError as refused:
                said = str(refused.as_dict())
        assert "Key (" not in said, table
        assert not [mark for mark in (*NAMESAKE.marks, NAMESAKE.tenant) if mark in said], table
        collisions += 1
    assert collisions > 0


async def test_statistics_and_other_sessions_show_no_values(walls: Walls) -> None:
    await walls.admin.execute("analyze")
    async with walls.asking(HOME, EVERYTHING) as app:
        shown = await app.fetch("select tablename from pg_stats where schemaname = 'public'")
        assert {row[0] for row in shown} <= {"alembic_version"}
        assert await app.fetch("select statistics_name from pg_stats_ext") == []
        others = await app.fetch("select query from pg_stat_activity where usename <> current_user")
        assert {row["query"] for row in others} <= {"<insufficient privilege>", "", None}


async def test_an_estimate_of_a_plan_is_no_answer_about_one_value(walls: Walls) -> None:
    """EXPLAIN tells how many rows a table has altogether; of a value that another tenant has it
    tells no more than of one that nobody has.
    """
    table, column = {
        "cases": ("person", "family_name"),
        "funding": ("award", "reference"),
        "referrals": ("sender_record", "subject_reference"),
    }[walls.service]
    plans = []
    async with walls.asking(HOME, EVERYTHING) as app:
        for value in (STRANGER.mark, "zmark-99999-haus-west"):
            rows = await app.fetch(f"explain select 1 from {table} where {column} = '{value}'")
            plans.append("\n".join(row[0] for row in rows).replace(value, "…"))
    assert plans[0] == plans[1]


async def test_nothing_is_sent_by_notification_but_a_wake_up(walls: Walls) -> None:
    sources = await walls.admin.fetch(
        "select prosrc from pg_proc where pronamespace = 'public'::regnamespace"
        " and prosrc like '%pg_notify%'"
    )
    assert all("pg_notify('outbox', '')" in row["prosrc"] for row in sources)
    assert len(sources) == 1


async def test_who_can_send_sql_can_name_whom_it_likes(walls: Walls) -> None:
    """The policies trust what the connection says of itself: that wall is the verified token and
    the one module that sets the names, not PostgreSQL (decision record 0032). Here stands what
    follows from it, so that nobody believes more.
    """
    async with walls.asking(HOME, EVERYTHING) as app:
        await name(app, STRANGER, EVERYTHING)
        seen = await app.fetch("select distinct tenant_id from external_id")
    assert {row[0] for row in seen} == {STRANGER.tenant}
