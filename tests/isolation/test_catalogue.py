"""What the catalogue must say of every table, index, view and role: a new one fails here first."""

from collections.abc import Callable
from typing import Final

import asyncpg
import pytest

from deploy.local.postgres import PostgresServer
from tests.engines import ServiceDatabase
from tests.isolation.conftest import SERVICES, Walls

# Holds the number of the newest migration; written by the migrator, read by the health check.
WITHOUT_POLICY: Final = {"alembic_version"}
RELATIONS: Final = """
select c.relname as name, c.relkind as kind,
       c.relrowsecurity and c.relforcerowsecurity as is_walled,
       pg_get_userbyid(c.relowner) as owner,
       (select count(*) from pg_policy p where p.polrelid = c.oid) as policies
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
   and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')"""
POLICIES: Final = """
select tablename as table, policyname as name, roles::text[] as roles, cmd as command,
       permissive, coalesce(qual, '') as shown, coalesce(with_check, '') as written
  from pg_policies"""
UNIQUE: Final = """
select i.indrelid::regclass::text as table, i.indexrelid::regclass::text as name,
       array(select a.attname::text from unnest(i.indkey) with ordinality k (number, place)
               join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
              order by k.place) as columns
  from pg_index i join pg_class c on c.oid = i.indrelid
 where i.indisunique and c.relnamespace = 'public'::regnamespace"""
REFERENCES: Final = """
select c.conname as name, c.confrelid::regclass::text as to,
       array(select a.attname::text from unnest(c.confkey) with ordinality k (number, place)
               join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.number
              order by k.place) as columns
  from pg_constraint c
 where c.contype = 'f' and c.connamespace = 'public'::regnamespace"""
EXCLUSIONS: Final = """
select conname as name, pg_get_constraintdef(oid) as rule from pg_constraint
 where contype = 'x' and connamespace = 'public'::regnamespace"""
GRANTS: Final = """
select c.relname as table, a.privilege_type as privilege,
       case a.grantee when 0 then 'public' else pg_get_userbyid(a.grantee) end as role
  from pg_class c, aclexplode(c.relacl) a
 where c.relnamespace = 'public'::regnamespace and a.grantee <> c.relowner
 union all
select c.relname, a.privilege_type,
       case a.grantee when 0 then 'public' else pg_get_userbyid(a.grantee) end
  from pg_class c join pg_attribute t on t.attrelid = c.oid, aclexplode(t.attacl) a
 where c.relnamespace = 'public'::regnamespace and a.grantee <> c.relowner"""
# Unique over random ids, which nobody guesses: nothing is learnt from a collision but the id
# that one had.
BY_RANDOM_ID: Final = {"id", "event_id"}
FORBIDDEN: Final = {"TRUNCATE", "REFERENCES", "TRIGGER", "MAINTAIN"}


async def test_every_table_has_a_forced_policy_and_belongs_to_the_migrator(walls: Walls) -> None:
    rows = await walls.admin.fetch(RELATIONS)
    assert {row["owner"] for row in rows} == {f"kim_{walls.service}_owner"}
    tables = {row["name"]: row for row in rows if row["kind"] in {b"r", b"p"}}
    assert {name for name, row in tables.items() if not row["is_walled"]} == WITHOUT_POLICY
    assert {name for name, row in tables.items() if not row["policies"]} == WITHOUT_POLICY


async def test_there_are_no_views_nor_foreign_tables_that_could_see_past_a_policy(
    walls: Walls,
) -> None:
    """A view would read with its owner's rights; one that is made must say `security_invoker`."""
    kinds = {row["kind"] for row in await walls.admin.fetch(RELATIONS)}
    assert kinds <= {b"r", b"p", b"S"}


REMOVALS = ("key_removal", "object_removal")


async def test_every_policy_of_the_application_begins_with_the_tenant(walls: Walls) -> None:
    """A policy that opens rows of every tenant opens them to the system or to nobody."""
    app = f"kim_{walls.service}_app"
    wide = set()
    for row in await walls.admin.fetch(POLICIES):
        assert row["roles"] != ["public"], row
        if app not in row["roles"]:
            continue
        if row["permissive"] == "RESTRICTIVE" and row["name"].startswith("writers_"):
            continue  # beside the policy of rows: it only takes away, and asks for roles alone
        told = row["shown"] if row["command"] != "INSERT" else row["written"]
        if "'app.tenant'" not in told:
            wide.add((row["table"], row["name"]))
            assert "= ',system,'" in told, row
        if row["command"] in {"ALL", "INSERT", "UPDATE"}:
            assert "'app.tenant'" in (row["written"] or row["shown"]), row
    assert (
        wide
        == {
            "cases": {(table, "kim_cases_app_rows") for table in REMOVALS},
            "funding": {("expenditure_subject", "only_with_the_case")},
            "referrals": {(table, "kim_referrals_app_rows") for table in REMOVALS},
        }[walls.service]
    )


async def test_every_unique_index_begins_with_the_tenant_or_is_over_random_ids(
    walls: Walls,
) -> None:
    """Or a collision would tell that another tenant has the value."""
    for row in await walls.admin.fetch(UNIQUE):
        if row["table"] in WITHOUT_POLICY:
            continue
        is_of_the_tenant = row["columns"][0] == "tenant_id"
        assert is_of_the_tenant or BY_RANDOM_ID & set(row["columns"]), dict(row)
    for row in await walls.admin.fetch(EXCLUSIONS):
        assert "(tenant_id WITH =" in row["rule"], dict(row)


async def test_every_reference_is_within_the_tenant_or_by_random_id(
    database: Callable[..., ServiceDatabase], postgres: PostgresServer
) -> None:
    """PostgreSQL looks for what is referred to past the policies. Within the tenant it finds no
    other's record; by a random id it would tell whoever sends SQL that the id exists, as a
    collision does, and nothing else. The operations look first.
    """
    for service in SERVICES:
        admin = await asyncpg.connect(postgres.dsn("postgres", database(service).name))
        rows = await admin.fetch(REFERENCES)
        await admin.close()
        assert rows
        for row in rows:
            is_of_the_tenant = row["columns"][0] == "tenant_id"
            assert is_of_the_tenant or row["columns"][0] == "id", dict(row)
            assert is_of_the_tenant or service != "funding", dict(row)


async def test_no_role_of_run_time_may_more_than_rows(walls: Walls) -> None:
    """TRUNCATE ignores policies; REFERENCES and TRIGGER look behind them."""
    roles = {f"kim_{walls.service}_{one}" for one in ("app", "relay", "statistics")}
    for row in await walls.admin.fetch(GRANTS):
        assert row["role"] in roles, dict(row)
        assert row["privilege"] not in FORBIDDEN, dict(row)
    for sequence in await walls.admin.fetch("select oid from pg_class where relkind = 'S'"):
        for connection in (walls.app, walls.relay):
            for privilege in ("usage", "select", "update"):
                asked = "select has_sequence_privilege(current_user, $1::oid, $2)"
                assert not await connection.fetchval(asked, sequence["oid"], privilege)


# What the relay reads of every tenant, by its task: events to send, and what is past its time.
RELAY_READS: Final = {
    "outbox_message": {"id", "position", "subject", "payload", "audience", "sent_at"},
    "idempotency_key": {"created_at"},
    "partner_request": {"at"},
    "feed_entry": {"id", "tenant_id", "feed_tx", "at"},
    "feed_horizon": {"tenant_id", "feed", "position_tx", "position_id", "at"},
    "record_change": {"tenant_id", "record_id", "change_tx", "changed_at", "is_deleted"},
    "lost_sight": {"tenant_id", "record_id", "change_tx", "changed_at"},
}


async def test_the_relay_reads_events_and_what_is_past_its_time(walls: Walls) -> None:
    readable = """
    select c.relname as table, a.attname as name from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and has_column_privilege(current_user, c.oid, a.attnum, 'select')"""
    found: dict[str, set[str]] = {}
    for row in await walls.relay.fetch(readable):
        found.setdefault(row["table"], set()).add(row["name"])
    outbox = found.pop("outbox_message")
    assert outbox >= RELAY_READS["outbox_message"]
    assert found == {name: RELAY_READS[name] for name in RELAY_READS if name != "outbox_message"}
    for table in set(walls.tables.names) - set(RELAY_READS):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await walls.relay.fetch(f'select 1 from "{table}"')


def roles_of(postgres: PostgresServer, query: str) -> list[str]:
    return postgres.psql("postgres", statement=query).splitlines()


def test_no_role_of_ours_is_mighty_and_none_inherits_another(postgres: PostgresServer) -> None:
    mighty = (
        "select rolname from pg_roles where rolname like 'kim\\_%' and (rolsuper or rolbypassrls"
        " or rolcreaterole or rolcreatedb or rolreplication)"
    )
    assert roles_of(postgres, mighty) == []
    members = (
        "select member::regrole || ' ' || roleid::regrole || ' ' || inherit_option::text"
        " from pg_auth_members where member::regrole::text like 'kim\\_%' order by 1"
    )
    assert roles_of(postgres, members) == [
        f"kim_{service}_owner kim_{service}_{kind} false"
        for service in SERVICES
        for kind in ("audit", "statistics")
    ]
    log_in = (
        "select rolname from pg_roles where rolname ~ '^kim_.*_(audit|statistics)$' and rolcanlogin"
    )
    assert roles_of(postgres, log_in) == []
