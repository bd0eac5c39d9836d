"""The connection pool of one process and the identity that every transaction carries."""

from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from typing import Any

import asyncpg
import orjson
from sqlmodel import SQLModel

from shared.database.bound_role import refuse_strong_role
from shared.database.gate import gated_insert
from shared.database.identity import SET_IDENTITY, identity_arguments, keep_as_it_is
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller, system_caller
from shared.secrecy.ring import KeyRing, Sealer

# What is raised while there is no database to ask.
NOT_THERE = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.InvalidAuthorizationSpecificationError,
)
# How long a request waits for a free connection, a new one included, before it is answered 503.
ACQUIRE_TIMEOUT_S = 10.0
# A connection died while nobody used it, or the database restarted: nothing was asked on it yet.
LOST = (
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the server said goodbye on it, and has not hung up yet
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
)


class Database:
    """One pool of connections under one role.

    Lost connections are replaced by the pool; what a caller sees meanwhile is turned into 503 by
    the web edge.
    """

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", ring: KeyRing | None = None) -> None:
        self.pool = pool
        self.ring = ring

    @asynccontextmanager
    async def transaction(self, caller: Caller) -> AsyncIterator[Transaction]:
        """One transaction in the caller's name; any exception rolls back all of it."""
        connection, begun = await self._begin(caller)
        async with begun:
            yield Transaction(connection, caller, self._sealer(caller))

    @asynccontextmanager
    async def rehearsal(self, caller: Caller) -> AsyncIterator[Transaction]:
        """One transaction in the caller's name that is rolled back in any case."""
        async with self.pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as connection:
            transaction = connection.transaction()
            await transaction.start()
            try:
                await connection.execute(SET_IDENTITY, *identity_arguments(caller))
                yield Transaction(connection, caller, self._sealer(caller, is_rehearsal=True))
            finally:
                await transaction.rollback()

    @asynccontextmanager
    async def snapshot(self, caller: Caller) -> AsyncIterator[Transaction]:
        """One transaction in the caller's name that reads one state, however long it takes."""
        connection, begun = await self._begin(caller, isolation="repeatable_read", readonly=True)
        async with begun:
            yield Transaction(connection, caller)

    async def read(self, caller: Caller, sql: str, arguments: list[Any]) -> asyncpg.Record | None:
        """Run one gated statement (see `shared.database.views`): a single round trip.

        Asked again when the connection is lost; the log of reads may then hold it twice.
        """
        identity = identity_arguments(caller)
        try:
            return await self._fetch_row(sql, *arguments, *identity)
        except LOST:
            return await self._fetch_row(sql, *arguments, *identity)

    async def _fetch_row(self, sql: str, *arguments: Any) -> asyncpg.Record | None:
        async with self.pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as connection:
            with _ending_lost(connection):
                return await connection.fetchrow(sql, *arguments)

    async def add(self, caller: Caller, row_class: type[SQLModel], **values: Any) -> None:
        """Insert one row that belongs to nothing else: a single round trip.

        Its tenant is the caller's, always. Raises TypeError where it has free text to seal.
        """
        values["tenant_id"] = caller.tenant_id
        statement = gated_insert(row_class, tuple(sorted(values)))
        arguments = statement.inner.arguments(values)
        async with self.pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as connection:
            await connection.execute(statement.sql, *arguments, *identity_arguments(caller))

    async def opened(self, caller: Caller, body: bytes) -> bytes:
        """A document on its way out, its sealed texts opened as far as the caller has the keys."""
        return body if self.ring is None else await self.ring.opened(caller, body)

    async def text(self, caller: Caller, read: str) -> str:
        """One text that was handed to code, opened."""
        return read if self.ring is None else await self.ring.text(caller, read)

    async def across_tenants(self, sql: str, *arguments: Any, part: str) -> list[asyncpg.Record]:
        """What a worker's `part` has to do in every tenant: rows of one of the reviewed functions,
        which give ids and codes, and to the system only.
        """
        nobody = system_caller(tenant_id="", unit_id="", part=part)
        async with self.transaction(nobody) as tx:
            return await tx.connection.fetch(sql, *arguments)

    async def close(self) -> None:
        await self.pool.close()
        if self.ring is not None:
            await self.ring.close()

    async def _begin(
        self, caller: Caller, **how: Any
    ) -> tuple["asyncpg.pool.PoolConnectionProxy[asyncpg.Record]", AsyncExitStack]:
        """A connection on which a transaction has begun in the caller's name, and what ends it.

        Nothing was asked yet, so a connection that turns out dead is simply replaced.
        """
        try:
            return await self._begin_once(caller, **how)
        except LOST:
            return await self._begin_once(caller, **how)

    async def _begin_once(
        self, caller: Caller, **how: Any
    ) -> tuple["asyncpg.pool.PoolConnectionProxy[asyncpg.Record]", AsyncExitStack]:
        async with AsyncExitStack() as begun:
            acquired = self.pool.acquire(timeout=ACQUIRE_TIMEOUT_S)
            connection = await begun.enter_async_context(acquired)
            with _ending_lost(connection):
                await begun.enter_async_context(connection.transaction(**how))
                await connection.execute(SET_IDENTITY, *identity_arguments(caller))
            return connection, begun.pop_all()

    def _sealer(self, caller: Caller, *, is_rehearsal: bool = False) -> Sealer | None:
        return Sealer(self.ring, caller, is_rehearsal=is_rehearsal) if self.ring else None


@contextmanager
def _ending_lost(
    connection: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]",
) -> Iterator[None]:
    """Nobody is given a connection again that turned out dead."""
    try:
        yield
    except LOST:
        connection.terminate()
        raise


async def open_database(
    dsn: str,
    *,
    application: str,
    connections_max: int = 10,
    statement_timeout_ms: int = 15_000,
    ring: KeyRing | None = None,
) -> Database:
    """A pool under `dsn`. Connections are opened when first needed, so a service starts without
    its database and answers 503 until it is there. Without a `ring` of keys, free text can be
    neither written nor read.

    Raises RoleTooStrong when row-level security would not hold the role; where the database is
    not there yet, its first connection does, and every later one.
    """
    pool = await asyncpg.create_pool(
        dsn,
        min_size=0,
        max_size=connections_max,
        init=_prepare_connection,
        reset=keep_as_it_is,
        timeout=ACQUIRE_TIMEOUT_S,
        command_timeout=statement_timeout_ms / 1000 + 5,
        max_cacheable_statement_size=0,  # whole documents are long, and planning them is dear
        server_settings={
            "application_name": application,
            "timezone": "UTC",
            "statement_timeout": str(statement_timeout_ms),
            "idle_in_transaction_session_timeout": "30000",
        },
    )
    try:
        async with pool.acquire(timeout=ACQUIRE_TIMEOUT_S):
            pass
    except NOT_THERE:
        pass
    except BaseException:
        await pool.close()
        raise
    return Database(pool, ring)


async def _prepare_connection(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    await refuse_strong_role(connection)
    for name in ("json", "jsonb"):
        await connection.set_type_codec(
            name,
            schema="pg_catalog",
            encoder=lambda value: orjson.dumps(value).decode(),
            decoder=orjson.loads,
        )
