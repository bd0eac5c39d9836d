"""The write side of the tables of access, cell by cell, against the policies of the databases."""

from importlib import import_module
from typing import Any, Final

import asyncpg

from shared.kernel.access_relations import Relation
from tests.isolation.conftest import PEOPLE, Connection, Walls
from tests.isolation.test_access_tables import FROM, table_of
from tests.isolation.test_rows import PRIVILEGED
from tests.isolation.worlds import HOME, NAMESAKE, NEIGHBOUR, insert

MAY: Final = "select has_table_privilege(current_user, $1::text::regclass, $2)"
# As whom each world writes a row of the home world, and what it has to do with that row.
OTHERS: Final = (("own", HOME), ("neighbour", NEIGHBOUR), ("namesake", NAMESAKE))
OF_HOME: Final = "where strpos(t::text, $1) > 0 or strpos(t::text, $2) > 0"


async def deeds(walls: Walls, table: str) -> list[str]:
    """What the privileges of the application allow at all, as statements on rows of home."""
    found = []
    if await walls.app.fetchval(MAY, f'"{table}"', "insert"):
        found.append("insert")
    columns = [row[0] for row in await walls.app.fetch(PRIVILEGED, f'"{table}"', "update")]
    if columns:
        same = ", ".join(f'"{one}" = "{one}"' for one in columns)
        found.append(f'update "{table}" t set {same} {OF_HOME}')
    if await walls.app.fetchval(MAY, f'"{table}"', "delete"):
        found.append(f'delete from "{table}" t {OF_HOME}')
    return found


async def is_taken(app: Connection, walls: Walls, table: str, deed: str) -> bool:
    try:
        async with app.transaction():
            if deed == "insert":
                await insert(app, walls.tables, table, walls.tables.row(table, HOME))
                return True
            done: str = await app.execute(deed, HOME.mark, str(HOME.key))
            return done.rsplit(maxsplit=1)[-1] != "0"
    except asyncpg.InsufficientPrivilegeError:
        return False
    except asyncpg.UniqueViolationError:
        return True  # past the policies: the row is there already


async def test_every_cell_of_writing_is_what_the_database_takes(walls: Walls) -> None:
    """Role × relation × table, for adding, changing and removing alike."""
    ways = {
        table: (deposit, await deeds(walls, table))
        for deposit in table_of(walls).deposits
        for table in deposit.kinds
    }
    wrong = []
    for whose, world in OTHERS:
        for role in PEOPLE:
            async with walls.asking(world, role) as app:
                for table, (deposit, found) in ways.items():
                    expected = any(deposit.database_takes(role, one) for one in FROM[whose][1])
                    wrong += [
                        (whose, role, table, deed[:6], not expected)
                        for deed in found
                        if await is_taken(app, walls, table, deed) is not expected
                    ]
    assert wrong == [], wrong


async def test_every_table_that_is_written_has_its_row(walls: Walls) -> None:
    module: Any = import_module(f"services.{walls.service}.domain.deposits")
    named = [table for deposit in module.DEPOSITS for table in deposit.kinds]
    written = {table for table in walls.tables.names if await deeds(walls, table)}
    assert len(named) == len(set(named))
    assert set(named) | module.SINGLE | module.TRACES == written


def test_no_cell_of_writing_reaches_another_tenant(walls: Walls) -> None:
    for deposit in table_of(walls).deposits:
        assert set(deposit.writers) <= set(PEOPLE)
        assert not [role for role in PEOPLE if deposit.database_takes(role, Relation.OTHER_TENANT)]
