"""From when on the database takes nothing but sealed text, column by column."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import asyncpg
from sqlalchemy import Table

from shared.secrecy.columns import Sealed, sealed_columns
from shared.secrecy.owner_sql import (
    IS_VALID,
    condition_of_plain,
    condition_of_sealed,
    name_of_check,
)

# Nobody who reads or writes waits longer for a column to be required.
LOCK_TIMEOUT: Final = "2s"


async def require_sealed(
    records: Any, tables: Sequence[Table], tell: Callable[[str], None] = print
) -> int:
    """Require it of every column in which all is sealed; of how many it is not required yet.

    `records` is a connection of the owner. For when no older version of the service writes any
    more, which would be refused.
    """
    await records.execute(f"set lock_timeout = '{LOCK_TIMEOUT}'")
    left = 0
    for table in tables:
        for name, column in sealed_columns(table).items():
            try:
                left += not await _required(records, table.name, name, column)
            except (asyncpg.LockNotAvailableError, asyncpg.CheckViolationError) as fault:
                left += 1
                tell(f"{table.name}.{name}: {type(fault).__name__}")
    return left


async def _required(records: Any, table: str, name: str, column: Sealed) -> bool:
    check = name_of_check(table, name)
    is_valid = await records.fetchval(IS_VALID, table, check)
    if is_valid is None:
        plain = f"select exists (select from {table} where {condition_of_plain(name, column)})"  # noqa: S608 - names of our own tables
        if await records.fetchval(plain):
            return False
        condition = condition_of_sealed(name, column)
        await records.execute(
            f"alter table {table} add constraint {check} check ({condition}) not valid"
        )
    if not is_valid:
        # Beside everybody who reads and writes.
        await records.execute(f"alter table {table} validate constraint {check}")
    return True
