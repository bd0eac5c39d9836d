"""Carry a plan out in one transaction: what is broken off has changed nothing."""

from collections.abc import Callable
from typing import Any, Final

import asyncpg
import orjson
from sqlalchemy import Table

from shared.scrubbing.invented import Invented
from shared.scrubbing.plan import Plan, Rule

Connection = Any  # of asyncpg, which is generic for the type checker alone
Tell = Callable[[str], None]
BATCH_ROWS: Final = 1000
OTHERS = "select count(*) from pg_stat_activity where datname = current_database() and pid <> $1"

# Names stand in keys, too: both sides of a reference change before it is checked.
REFERENCES = """
select format('alter table %s alter constraint %I', conrelid::regclass, conname)
from pg_constraint where contype = 'f' and conparentid = 0 and not condeferrable
"""


class NotACopy(Exception):
    """The database is not the one that was named, or somebody works with it."""


async def owner_of(dsn: str) -> Connection:
    """A connection whose JSON is Python's."""
    connection = await asyncpg.connect(dsn, timeout=5, command_timeout=600)
    await connection.set_type_codec(
        "jsonb",
        schema="pg_catalog",
        encoder=lambda value: orjson.dumps(value).decode(),
        decoder=orjson.loads,
    )
    return connection


async def check_is_copy(connection: Connection, name: str) -> None:
    """Raises NotACopy."""
    found = await connection.fetchval("select current_database()")
    if found != name:
        raise NotACopy(f"Connected to {found}, not to {name}: name the copy that you mean.")
    others = await connection.fetchval(OTHERS, connection.get_server_pid())
    if others:
        raise NotACopy(
            f"{others} other connections use {name}: it is in use. Make a copy and scrub that."
        )


async def scrub(connection: Connection, plan: Plan, invented: Invented, tell: Tell) -> int:
    """Empty and replace; gives the number of rows replaced.

    Raises ColumnUnplanned before anything is changed. The connection is the owner's.
    """
    tables = [one for one in plan.tables() if one[1] or one[0].name in plan.derived]
    emptied = [one for one in plan.metadata.sorted_tables if plan.is_emptied(one)]
    touched = [*emptied, *(table for table, _ in tables)]
    changed = 0
    async with connection.transaction():
        references = [row[0] for row in await connection.fetch(REFERENCES)]
        await _each(connection, references, "deferrable initially deferred")
        for table in touched:
            await _open(connection, table)
        await connection.execute(f"truncate {', '.join(one.fullname for one in emptied)}")
        tell(f"{len(emptied)} tables emptied")
        for table, rules in tables:
            rows = await _replace(connection, table, rules, plan, invented)
            changed += rows
            tell(f"{table.name}: {rows} rows")
        await connection.execute("set constraints all immediate")
        for table in touched:
            await _close(connection, table)
        await _each(connection, references, "not deferrable")
    tell("references hold")
    await connection.execute("vacuum full")
    tell("old versions of rows removed")
    return changed


async def _each(connection: Connection, references: list[str], how: str) -> None:
    for reference in references:
        await connection.execute(f"{reference} {how}")


async def _open(connection: Connection, table: Table) -> None:
    """For the owner, without the triggers that keep history from being changed."""
    await connection.execute(f"alter table {table.fullname} no force row level security")
    await connection.execute(f"alter table {table.fullname} disable trigger user")


async def _close(connection: Connection, table: Table) -> None:
    await connection.execute(f"alter table {table.fullname} enable trigger user")
    await connection.execute(f"alter table {table.fullname} force row level security")


async def _replace(
    connection: Connection,
    table: Table,
    rules: dict[str, Rule],
    plan: Plan,
    invented: Invented,
) -> int:
    derive = plan.derived.get(table.name)
    rows = 0
    statement = f"select ctid, * from {table.fullname}"  # noqa: S608 - a table of ours
    async for row in connection.cursor(statement, prefetch=BATCH_ROWS):
        new = {
            name: rule(invented, row[name]) for name, rule in rules.items() if row[name] is not None
        }
        if derive is not None:
            new |= derive(dict(row) | new)
        if new:
            statement = _update(table.fullname, tuple(new))
            await connection.execute(statement, row["ctid"], *new.values())
        rows += 1
    return rows


def _update(table: str, names: tuple[str, ...]) -> str:
    changes = ", ".join(f"{name} = ${place}" for place, name in enumerate(names, start=2))
    return f"update {table} set {changes} where ctid = $1"  # noqa: S608 - columns of ours
