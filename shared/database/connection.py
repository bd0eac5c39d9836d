"""The connection pool of one process and the identity that every transaction carries."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import orjson

from shared.database.identity import SET_IDENTITY, identity_arguments
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller

# How long a request waits for a free connection before it is answered 503.
ACQUIRE_TIMEOUT_S = 10.0


class Database:
    """One pool of connections under one role.

    Lost connections are replaced by the pool; what a caller sees meanwhile is turned into 503 by
    the web edge.
    """

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self.pool = pool

    @asynccontextmanager
    async def transaction(self, caller: Caller) -> AsyncIterator[Transaction]:
        """One transaction in the caller's name; any exception rolls back all of it."""
        async with (
            self.pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as connection,
            connection.transaction(),
        ):
            await connection.execute(SET_IDENTITY, *identity_arguments(caller))
            yield Transaction(connection, caller)

    @asynccontextmanager
    async def rehearsal(self, caller: Caller) -> AsyncIterator[Transaction]:
        """One transaction in the caller's name that is rolled back in any case."""
        async with self.pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as connection:
            transaction = connection.transaction()
            await transaction.start()
            try:
                await connection.execute(SET_IDENTITY, *identity_arguments(caller))
                yield Transaction(connection, caller)
            finally:
                await transaction.rollback()

    async def read(self, caller: Caller, sql: str, arguments: list[Any]) -> asyncpg.Record | None:
        """Run one gated statement (see `shared.database.views`): a single round trip."""
        async with self.pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as connection:
            return await connection.fetchrow(sql, *arguments, *identity_arguments(caller))

    async def close(self) -> None:
        await self.pool.close()


async def open_database(
    dsn: str,
    *,
    application: str,
    connections_max: int = 10,
    statement_timeout_ms: int = 15_000,
) -> Database:
    """A pool under `dsn`. Connections are opened when first needed, so a service starts without
    its database and answers 503 until it is there.
    """
    pool = await asyncpg.create_pool(
        dsn,
        min_size=0,
        max_size=connections_max,
        init=_prepare_connection,
        reset=_keep_as_it_is,
        timeout=5,
        command_timeout=statement_timeout_ms / 1000 + 5,
        max_cacheable_statement_size=0,  # whole documents are long, and planning them is dear
        server_settings={
            "application_name": application,
            "timezone": "UTC",
            "statement_timeout": str(statement_timeout_ms),
            "idle_in_transaction_session_timeout": "30000",
        },
    )
    return Database(pool)


async def _prepare_connection(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name,
            schema="pg_catalog",
            encoder=lambda value: orjson.dumps(value).decode(),
            decoder=orjson.loads,
        )


async def _keep_as_it_is(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """No reset query on release: all settings are transaction-local, and the query would cost
    every request one round trip more.
    """
