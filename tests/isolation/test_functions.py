"""Functions that see more than their callers: only reviewed ones, and what each lets out."""

import tomllib
from typing import Any, Final

import asyncpg
import pytest

from deploy.local.settings import PROJECT_DIR
from tests.architecture.test_features_are_proven import NOT_RUN, collected_tests
from tests.isolation.conftest import ALL_AT_ONCE, PEOPLE, ROLES, Walls
from tests.isolation.worlds import HOME, NAMESAKE, NEIGHBOUR, WORLDS, World

REVIEWED: Final[dict[str, dict[str, dict[str, str]]]] = tomllib.loads(
    (PROJECT_DIR / "deploy" / "postgres" / "definer_functions.toml").read_text(encoding="utf-8")
)
OWN: Final = """
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
 where n.nspname not in ('pg_catalog', 'information_schema', 'audit') -- see tests/shared/audit
   and not exists (
     select from pg_depend d
      where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')"""
DEFINERS: Final = f"""
select p.oid::regprocedure::text as signature, n.nspname as schema,
       pg_get_userbyid(p.proowner) as owner, p.proconfig as settings, p.prosrc as source,
       array(select case a.grantee when 0 then 'public' else pg_get_userbyid(a.grantee) end
               from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a) as callers
{OWN} and p.prosecdef"""
CALLABLE: Final = f"""
select p.oid::regprocedure::text as signature, p.provolatile as volatility,
       p.prosrc as source, p.proconfig as settings
{OWN} and not p.prosecdef and p.prorettype <> 'trigger'::regtype
   and has_function_privilege(current_user, p.oid, 'execute')"""
# Functions with the rights of whoever calls them: the policies hold in them as anywhere.
WITHOUT_MORE_RIGHTS: Final = {
    "cases": {"is_unnarrowed()", "sees_case(uuid)", "sees_family(uuid)", "sees_person(uuid)"}
    | {"sees_whereabouts_of(uuid)"},
    "funding": set[str](),
    "referrals": {
        "content_within(jsonb,character varying[])",
        "dispute_notes(character varying[],text,text)",
        "paths_within(character varying[],character varying[])",
        "sealed_places(jsonb,text,uuid)",
    },
}
EMPTY: Final = World("05999", "leer")


def calls(walls: Walls, *shown: str) -> dict[str, str]:
    return {
        signature: one["call"].format(key=HOME.key)
        for signature, one in REVIEWED[walls.service].items()
        if one["shows"] in shown and "call" in one
    }


async def answer(walls: Walls, call: str, world: World, roles: str, kind: str = "CM_TEAM") -> Any:
    async with walls.asking(world, roles, kind) as app:
        rows = await app.fetch(f"select to_jsonb(found) from {call} found")
    return [row[0] for row in rows if row[0] not in (None, 0, [], {})]


async def test_only_reviewed_functions_see_more_than_their_callers(walls: Walls) -> None:
    """A new one is reviewed, and its line in deploy/postgres/definer_functions.toml says why."""
    found = {row["signature"] for row in await walls.admin.fetch(DEFINERS)}
    assert found == set(REVIEWED[walls.service])
    assert all(len(one["why"]) > len("because") for one in REVIEWED[walls.service].values())


async def test_each_has_its_owner_its_path_and_no_public_caller(walls: Walls) -> None:
    app, statistics = (f"kim_{walls.service}_{one}" for one in ("app", "statistics"))
    for row in await walls.admin.fetch(DEFINERS):
        assert (row["schema"], row["owner"]) == ("public", statistics)
        assert "search_path=public, pg_temp" in row["settings"], row["signature"]
        assert set(row["callers"]) <= {statistics, app}, row["signature"]
        is_answering = REVIEWED[walls.service][row["signature"]]["shows"] != "nothing"
        if is_answering:
            assert app in row["callers"]
            is_system = REVIEWED[walls.service][row["signature"]]["shows"] == "system"
            assert is_system or "'app.tenant'" in row["source"], row["signature"]
        for name in ("tenant", "tenant_id", "unit", "unit_id"):
            assert f"({name} text" not in row["signature"]
            assert f"set_config('app.{name}" not in row["source"]


async def test_nobody_creates_anything_in_the_path_of_those_functions(walls: Walls) -> None:
    for connection in (walls.app, walls.relay):
        assert not await connection.fetchval("select has_schema_privilege('public', 'create')")
        own = "select has_database_privilege(current_database(), 'temporary')"
        assert not await connection.fetchval(own)


async def test_every_other_function_that_can_be_called_is_known(walls: Walls) -> None:
    found = {row["signature"]: row for row in await walls.app.fetch(CALLABLE)}
    assert set(found) == WITHOUT_MORE_RIGHTS[walls.service]
    for row in found.values():
        assert row["volatility"] in {b"i", b"s"}
        assert any(one.startswith("search_path=") for one in row["settings"])


async def test_the_relay_calls_none_of_them(walls: Walls) -> None:
    callable_ = f"select count(*) {OWN} and has_function_privilege(current_user, p.oid, 'execute')"
    is_harmless = " and p.prorettype <> 'trigger'::regtype and p.prosecdef"
    assert await walls.relay.fetchval(callable_ + is_harmless) == 0


async def test_to_a_tenant_without_records_they_show_nothing(walls: Walls) -> None:
    for signature, call in calls(walls, "unit", "tenant").items():
        for roles in ROLES:
            assert await answer(walls, call, EMPTY, roles) == [], (signature, roles)
    for signature, call in calls(walls, "refusal").items():
        for world in (EMPTY, NAMESAKE):
            with pytest.raises(asyncpg.CheckViolationError):
                await answer(walls, call, world, "system")
            assert signature


async def test_another_tenant_with_records_sees_its_own_in_them(walls: Walls) -> None:
    """What is asked for is a record of the other tenant, which has one of every kind itself."""
    for signature, call in calls(walls, "unit", "tenant").items():
        for roles in ROLES:
            shown = str(await answer(walls, call, NAMESAKE, roles))
            assert not [mark for mark in HOME.marks if mark in shown], (signature, roles)


async def test_another_unit_sees_nothing_of_a_record_in_them(walls: Walls) -> None:
    for signature, call in calls(walls, "unit").items():
        for roles in ROLES:
            shown = str(await answer(walls, call, NEIGHBOUR, roles))
            assert not [mark for mark in (*HOME.marks, HOME.unit) if mark in shown], signature


async def test_what_they_show_of_a_tenant_names_nobody_and_no_record(walls: Walls) -> None:
    for signature, call in calls(walls, "tenant").items():
        for roles in ROLES:
            shown = str(await answer(walls, call, NEIGHBOUR, roles))
            assert not [mark for mark in HOME.marks if mark in shown], signature


async def test_work_of_every_tenant_is_listed_for_the_system_alone(walls: Walls) -> None:
    for signature, call in calls(walls, "system").items():
        for roles in (*PEOPLE, ALL_AT_ONCE, f"{ALL_AT_ONCE},system", "system,admin", ""):
            assert await answer(walls, call, HOME, roles) == [], (signature, roles)
        async with walls.asking(None) as app:
            rows = await app.fetch(f"select to_jsonb(found) from {call} found")
            assert [row[0] for row in rows if row[0] not in (None, 0)] == [], signature


async def test_each_shows_something_to_whom_it_is_for(walls: Walls) -> None:
    """Or the tests above would prove nothing of it."""
    silent = set()
    for signature, call in calls(walls, "unit", "tenant", "system").items():
        shown = [
            await answer(walls, call, HOME, roles, kind)
            for roles in ROLES
            for kind in ("CM_TEAM", "SYSTEM")
        ]
        if not any(shown):
            silent.add(signature)
    elsewhere = {
        signature: one["shown_by"]
        for signature, one in REVIEWED[walls.service].items()
        if "shown_by" in one
    }
    assert silent == set(elsewhere)
    for name in elsewhere.values():
        path, test = name.split("::")
        assert not collected_tests(path)[test] & NOT_RUN


async def test_what_the_system_gets_are_ids_and_codes(walls: Walls) -> None:
    """No text that anybody wrote: of the records' marks only tenant, unit, id, actor and key."""
    for signature, call in calls(walls, "system").items():
        for row in await answer(walls, call, World("", ""), "system", "SYSTEM"):
            named = row if isinstance(row, dict) else {"count": row}
            written = {
                key
                for key, value in named.items()
                if isinstance(value, str) and any(world.mark in value for world in WORLDS)
            }
            assert written <= {"requested_by", "object_key"}, signature
