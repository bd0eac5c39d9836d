"""The one transaction of an operation: row, audit and outbox are written in it or not at all."""

from typing import Any
from uuid import UUID

import asyncpg
from sqlmodel import SQLModel

from shared.database.identity import identity_arguments
from shared.database.statements import Statement, insert_statement, update_statement
from shared.kernel.caller import Caller


class Transaction:
    """Statements in the name of one caller; the policies of the database see that caller."""

    def __init__(
        self,
        connection: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]",
        caller: Caller,
    ) -> None:
        self.connection = connection
        self.caller = caller

    async def rows(self, statement: Statement, **values: Any) -> list[asyncpg.Record]:
        return await self.connection.fetch(statement.sql, *statement.arguments(values))

    async def row(self, statement: Statement, **values: Any) -> asyncpg.Record | None:
        return await self.connection.fetchrow(statement.sql, *statement.arguments(values))

    async def value(self, statement: Statement, **values: Any) -> Any:
        return await self.connection.fetchval(statement.sql, *statement.arguments(values))

    async def execute(self, statement: Statement, **values: Any) -> int:
        """Run it; the number of rows it touched."""
        status = await self.connection.execute(statement.sql, *statement.arguments(values))
        return int(status.rsplit(" ", 1)[-1]) if status[-1].isdigit() else 0

    async def read(self, sql: str, arguments: list[Any]) -> asyncpg.Record | None:
        """Run one gated statement inside this transaction (see `shared.database.views`)."""
        return await self.connection.fetchrow(sql, *arguments, *identity_arguments(self.caller))

    async def insert(self, row_class: type[SQLModel], **values: Any) -> None:
        """Insert one row; its tenant is the caller's, always."""
        values["tenant_id"] = self.caller.tenant_id
        statement = insert_statement(row_class, tuple(sorted(values)))
        await self.connection.execute(statement.sql, *statement.arguments(values))

    async def update(self, row_class: type[SQLModel], key: UUID, **values: Any) -> bool:
        """Update the caller's tenant's row with this id; False when there is none to see."""
        statement = update_statement(row_class, ("tenant_id", "id"), tuple(sorted(values)))
        arguments = values | {"key_tenant_id": self.caller.tenant_id, "key_id": key}
        status = await self.connection.execute(statement.sql, *statement.arguments(arguments))
        return status.endswith(" 1")
