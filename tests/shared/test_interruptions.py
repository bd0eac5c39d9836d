"""What happens to a database under running programs reaches no client as long as it can be asked
again."""

from collections.abc import AsyncIterator, Callable
from uuid import uuid4

import asyncpg
import pytest

from deploy.local.postgres import PostgresServer
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller
from shared.service.writes import Answer
from tests.engines import ServiceDatabase
from tests.shared.test_database import ONE, events
from tests.shared.test_writes import WRITER, stored, storing, write


@pytest.fixture
async def owner(
    database: Callable[[str], ServiceDatabase],
) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    connection = await asyncpg.connect(database("cases").owner_dsn)
    yield connection
    await connection.close()


async def test_a_write_outlives_a_migration_that_changes_what_its_statements_give(
    one_connection: Database,
    warendorf: Caller,
    owner: "asyncpg.Connection[asyncpg.Record]",
) -> None:
    """The plan that a connection keeps no longer fits: the write is made anew, and once."""
    name = uuid4().hex
    table = f"changed_{name}"
    await owner.execute(f"create table {table} (a int); grant select on {table} to public")
    tries: list[None] = []

    async def operation(tx: Transaction) -> Answer:
        tries.append(None)
        answer = await storing(name)(tx)
        await tx.connection.fetch(f"select * from {table}")
        return answer

    try:
        await WRITER.run(one_connection, write(warendorf, f"{name}-1"), operation, status=201)
        await owner.execute(f"alter table {table} add b text")
        answer = await WRITER.run(
            one_connection, write(warendorf, f"{name}-2"), operation, status=201
        )
    finally:
        await owner.execute(f"drop table {table}")
    assert answer.status_code == 201
    assert len(tries) == 3
    assert len(await stored(one_connection, warendorf, name)) == 2


async def test_a_read_on_a_connection_that_died_is_asked_again(
    one_connection: Database, warendorf: Caller, admin_dsn: str
) -> None:
    _, (event_id,) = await events(one_connection, warendorf, 1)
    admin = await asyncpg.connect(admin_dsn)
    try:
        pid = await one_connection.pool.fetchval("select pg_backend_pid()")
        assert await admin.fetchval("select pg_terminate_backend($1)", pid)
    finally:
        await admin.close()
    assert await ONE.one(one_connection, warendorf, event_id=event_id) is not None


async def test_a_connection_that_died_while_nobody_used_it_is_replaced_unseen(
    one_connection: Database, warendorf: Caller, admin_dsn: str
) -> None:
    name = uuid4().hex
    admin = await asyncpg.connect(admin_dsn)
    try:
        for number in range(3):
            await WRITER.run(
                one_connection, write(warendorf, f"{name}-{number}"), storing(name), status=201
            )
            pid = await one_connection.pool.fetchval("select pg_backend_pid()")
            assert await admin.fetchval("select pg_terminate_backend($1)", pid)
    finally:
        await admin.close()
    assert len(await stored(one_connection, warendorf, name)) == 3


@pytest.fixture
def admin_dsn(database: Callable[[str], ServiceDatabase], postgres: PostgresServer) -> str:
    return postgres.dsn("postgres", database("cases").name)
