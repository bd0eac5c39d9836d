"""Rows of other tenants and units: read, counted, joined, copied, written, asked at PostgreSQL."""

import io
from itertools import product
from typing import Final

import asyncpg
import pytest

from tests.isolation.conftest import ROLES, UNIT_TYPES, Walls
from tests.isolation.tenant_wide import (
    ACROSS_TENANTS_FOR_THE_SYSTEM,
    CHANGED_ACROSS_UNITS,
    EVERY_TENANT,
    IN_NOBODYS_SIGHT,
    READ_ACROSS_UNITS,
    WRITTEN_ACROSS_UNITS,
)
from tests.isolation.worlds import HOME, NAMESAKE, NEIGHBOUR, STRANGER, WORLDS, World, insert

READABLE: Final = "select has_table_privilege(current_user, $1::regclass, 'select')"
EVERYTHING: Final = ROLES[-2]
WRITERS: Final = (*ROLES[-3:], "case_manager", "coordinator")
# Rows of a world; those that no other transaction has taken.
OF_A_WORLD: Final = 'select from "{0}" t where strpos(t::text, $1) > 0 or strpos(t::text, $2) > 0'
THERE: Final = f"select count(*) from ({OF_A_WORLD}) there"
FREE: Final = f"select count(*) from ({OF_A_WORLD} for update skip locked) free"
PRIVILEGED: Final = """
select a.attname from pg_attribute a
 where a.attrelid = $1::text::regclass and a.attnum > 0 and not a.attisdropped
   and has_column_privilege(current_user, a.attrelid, a.attnum, $2) order by a.attnum"""


async def readable(walls: Walls) -> list[str]:
    return [one for one in walls.tables.names if await walls.app.fetchval(READABLE, f'"{one}"')]


def seen_of(world: World, tables: list[str]) -> str:
    """One statement: how many rows of the world each table shows."""
    found = " or ".join(f"strpos(t::text, '{mark}') > 0" for mark in world.marks)
    unit = (
        f"t.tenant_id = '{world.tenant}'"
        if world.tenant != HOME.tenant
        else f"strpos(t::text, '{world.unit}') > 0"
    )
    return " union all ".join(
        f"select '{one}', count(*) filter (where {found} or {unit}) from \"{one}\" t"
        for one in tables
    )


async def test_no_table_shows_a_row_of_another_tenant_to_anybody(walls: Walls) -> None:
    tables = await readable(walls)
    questions = [seen_of(world, tables) for world in (NAMESAKE, STRANGER)]
    for roles, unit_type in product(ROLES, UNIT_TYPES):
        async with walls.asking(HOME, roles, unit_type) as app:
            for question in questions:
                seen = {table for table, count in await app.fetch(question) if count}
                seen -= set(ACROSS_TENANTS_FOR_THE_SYSTEM if roles == "system" else {})
                assert seen == set(), (roles, unit_type)


async def test_without_a_name_or_with_half_a_name_nothing_is_seen(walls: Walls) -> None:
    tables = await readable(walls)
    count_all = " union all ".join(
        f"select '{one}', count(*) from \"{one}\" where tenant_id <> '{EVERY_TENANT}'"
        for one in tables
    )
    nobody = World("", "")
    for world in (None, nobody, World("", HOME.unit), World("0557", HOME.unit), World("%", "%")):
        async with walls.asking(world, EVERYTHING) as app:
            assert {table for table, count in await app.fetch(count_all) if count} == set()


async def test_what_another_unit_of_the_tenant_sees_is_listed_with_its_reason(
    walls: Walls,
) -> None:
    question = seen_of(NEIGHBOUR, await readable(walls))
    seen: set[str] = set()
    for roles, unit_type in product(ROLES, UNIT_TYPES):
        async with walls.asking(HOME, roles, unit_type) as app:
            seen |= {table for table, count in await app.fetch(question) if count}
    assert seen == set(READ_ACROSS_UNITS[walls.service])


async def test_each_table_shows_its_own_row_to_somebody(walls: Walls) -> None:
    """Or the tests above would prove nothing of it."""
    tables = await readable(walls)
    question = seen_of(HOME, tables)
    seen: set[str] = set()
    for roles, unit_type in product(ROLES, UNIT_TYPES):
        async with walls.asking(HOME, roles, unit_type) as app:
            seen |= {table for table, count in await app.fetch(question) if count}
    assert set(walls.tables.names) - seen == set(IN_NOBODYS_SIGHT[walls.service])


async def test_no_join_leads_to_another_tenant(walls: Walls) -> None:
    """From every table to every table: the policies hold on both sides of a join."""
    tables = await readable(walls)
    async with walls.asking(HOME, EVERYTHING) as app:
        for one in tables:
            joined = " union all ".join(
                f'select \'{other}\' from "{one}" a full join "{other}" b on true'
                f" where a.tenant_id not in ('{HOME.tenant}', '{EVERY_TENANT}')"
                f" or b.tenant_id not in ('{HOME.tenant}', '{EVERY_TENANT}')"
                for other in tables
            )
            assert await app.fetch(joined) == [], one


async def test_a_copy_out_holds_what_a_select_holds(walls: Walls) -> None:
    for table in await readable(walls):
        async with walls.asking(HOME, EVERYTHING) as app:
            out = io.BytesIO()
            await app.copy_from_table(table, output=out)
            for world in (NAMESAKE, STRANGER):
                assert not [mark for mark in world.marks if mark.encode() in out.getvalue()], table


@pytest.mark.parametrize("world", [NAMESAKE, STRANGER, NEIGHBOUR], ids=lambda world: world.mark)
async def test_no_row_is_written_into_another_world(walls: Walls, world: World) -> None:
    """Whoever asks: a whole row as it would be theirs. A row that is there already got past the
    policies.
    """
    written: set[str] = set()
    for table, roles in product(walls.tables.names, WRITERS):
        async with walls.asking(HOME, roles) as app:
            try:
                await insert(app, walls.tables, table, walls.tables.row(table, world))
            except asyncpg.InsufficientPrivilegeError:
                continue
            except asyncpg.UniqueViolationError:
                pass
            written.add(table)
    across = WRITTEN_ACROSS_UNITS[walls.service] if world is NEIGHBOUR else {}
    assert written == set(across)


@pytest.mark.parametrize("world", [NAMESAKE, NEIGHBOUR], ids=lambda world: world.mark)
async def test_no_row_of_another_world_is_changed_or_deleted(walls: Walls, world: World) -> None:
    """Every column that may be changed at all; the administrator sees which rows are taken."""
    touched: set[str] = set()
    found = (world.mark, str(world.key))
    for table in walls.tables.names:
        columns = [row[0] for row in await walls.app.fetch(PRIVILEGED, f'"{table}"', "update")]
        same = ", ".join(f'"{one}" = "{one}"' for one in columns)
        changes = [f'delete from "{table}"', *([f'update "{table}" set {same}'] if same else [])]
        for statement, roles in product(changes, WRITERS):
            async with walls.asking(HOME, roles) as app:
                try:
                    await app.execute(statement)
                except asyncpg.InsufficientPrivilegeError:
                    continue
                there = await walls.admin.fetchval(THERE.format(table), *found)
                if there != await walls.admin.fetchval(FREE.format(table), *found):
                    touched.add(table)
    across = (
        CHANGED_ACROSS_UNITS[walls.service]
        if world is NEIGHBOUR
        else ACROSS_TENANTS_FOR_THE_SYSTEM.keys() & set(walls.tables.names)
    )
    assert touched == set(across)


async def test_no_row_is_moved_to_another_tenant(walls: Walls) -> None:
    for table, roles in product(walls.tables.names, WRITERS):
        async with walls.asking(HOME, roles) as app:
            try:
                moved = await app.execute(f"update \"{table}\" set tenant_id = '{STRANGER.tenant}'")
            except asyncpg.InsufficientPrivilegeError:
                continue
            assert moved == "UPDATE 0", (table, roles)


def test_the_worlds_differ_in_all_that_they_are_known_by() -> None:
    marks = [mark for world in WORLDS for mark in world.marks]
    assert len(marks) == len(set(marks))
