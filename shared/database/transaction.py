"""The one transaction of an operation: row, audit and outbox are written in it or not at all."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import asyncpg
from sqlmodel import SQLModel

from shared.auth.sealing import SealingIsNotSetUp
from shared.database.differences import Ledger, told_by
from shared.database.identity import identity_arguments
from shared.database.statements import Statement, insert_statement, table_of, update_statement
from shared.kernel.caller import Caller
from shared.secrecy.columns import MARK, sealed_columns
from shared.secrecy.ring import Sealer


class Transaction:
    """Statements in the name of one caller; the policies of the database see that caller."""

    def __init__(
        self,
        connection: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]",
        caller: Caller,
        sealer: Sealer | None = None,
    ) -> None:
        self.connection = connection
        self.caller = caller
        self._sealer = sealer
        self.differences = Ledger()

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
        """Insert one row; its tenant is the caller's, always. Free text is sealed on the way."""
        values["tenant_id"] = self.caller.tenant_id
        values = await self._sealed(row_class, values["id"], values) if "id" in values else values
        statement = insert_statement(row_class, tuple(sorted(values)))
        await self.connection.execute(statement.sql, *statement.arguments(values))

    async def update(self, row_class: type[SQLModel], key: UUID, **values: Any) -> bool:
        """Update the caller's tenant's row with this id; False when there is none to see.

        Free text that lies under a key of another record is changed by `update_of`.
        """
        return await self._update(row_class, key, await self._sealed(row_class, key, values))

    async def update_of(
        self, holder: UUID, row_class: type[SQLModel], key: UUID, **values: Any
    ) -> bool:
        """The same; free text among the values is sealed under the key of this record."""
        sealed = await self._sealed(row_class, key, values, holder)
        return await self._update(row_class, key, sealed)

    async def _update(
        self, row_class: type[SQLModel], key: UUID, values: Mapping[str, Any]
    ) -> bool:
        statement = update_statement(row_class, ("tenant_id", "id"), tuple(sorted(values)))
        arguments = {**values, "key_tenant_id": self.caller.tenant_id, "key_id": key}
        told_by_it = told_by(table_of(row_class), tuple(sorted(values)))
        row = await self.connection.fetchrow(
            statement.sql + told_by_it, *statement.arguments(arguments)
        )
        if row is None:
            return False
        self.differences.note(key, row["told"])
        return True

    async def text(self, read: str | None) -> str | None:
        """A text of a row that `row` or `rows` gave, opened for the caller."""
        return read if read is None or self._sealer is None else await self._sealer.text(read)

    async def content(self, read: Mapping[str, Any]) -> Mapping[str, Any]:
        """Sealed JSON of a row, opened for the caller."""
        return read if self._sealer is None else await self._sealer.content(read)

    async def opened(self, body: bytes) -> bytes:
        """A document of this transaction as it leaves the house, its texts opened."""
        return body if self._sealer is None else await self._sealer.opened(body)

    async def share(self, read: str, reader: str) -> None:
        """One more person may open this text: by somebody who may. Raises KeyIsBroken.

        A text that is not sealed yet is open to whom its table shows it.
        """
        if read.startswith(MARK):
            await self.sealer.share(read, reader)

    @property
    def sealer(self) -> Sealer:
        """Raises SealingIsNotSetUp where the process has no keys."""
        if self._sealer is None:
            raise SealingIsNotSetUp
        return self._sealer

    async def _sealed(
        self,
        row_class: type[SQLModel],
        row_id: UUID,
        values: dict[str, Any],
        key_of: UUID | None = None,
    ) -> dict[str, Any]:
        table = table_of(row_class)
        columns = sealed_columns(table)
        if not any(values.get(name) is not None for name in columns):
            return values
        holders = {one.holder: key_of for one in columns.values() if key_of is not None}
        sealed = await self.sealer.sealed(table, row_id, {**holders, **values})
        return {name: sealed[name] for name in values}
