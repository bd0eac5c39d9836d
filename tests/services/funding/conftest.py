"""A running funding service on this worker's database, empty before each test that asks for it."""

from collections.abc import AsyncIterator, Awaitable, Callable

import asyncpg
import httpx
import pytest

from deploy.local.postgres import PostgresServer
from services.funding.storage.tables import Table
from tests.apis import TokenFor, create_app, running
from tests.engines import ServiceDatabase
from tests.services.funding.desk import Desk


@pytest.fixture(scope="session")
def funding_database(database: Callable[[str], ServiceDatabase]) -> ServiceDatabase:
    return database("funding")


@pytest.fixture(scope="session")
async def funding_app(
    funding_database: ServiceDatabase, issuer: str
) -> AsyncIterator[httpx.AsyncClient]:
    async with running(create_app("funding", funding_database, issuer)) as client:
        yield client


@pytest.fixture(scope="session")
async def empty_tables(
    funding_database: ServiceDatabase, postgres: PostgresServer
) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """Deletes every row: `truncate` makes new files for all tables and indexes, at fifty times
    the cost of a few rows. As administrator, whom neither policies nor triggers hold back.
    """
    tables = list(Table.metadata.tables)
    admin = await asyncpg.connect(postgres.dsn("postgres", funding_database.name))
    await admin.execute("set session_replication_role = replica")
    filled = await admin.prepare(
        " union all ".join(f"select '{one}' where exists (select from {one})" for one in tables)
    )

    async def empty() -> None:
        for (table,) in await filled.fetch():
            await admin.execute(f"delete from {table}")

    yield empty
    await admin.close()


@pytest.fixture
async def client(
    funding_app: httpx.AsyncClient, empty_tables: Callable[[], Awaitable[None]]
) -> httpx.AsyncClient:
    """The service with nothing in it: its reports are sums over a whole county."""
    await empty_tables()
    return funding_app


@pytest.fixture
def desk_of(client: httpx.AsyncClient, token_for: TokenFor) -> Callable[[str], Desk]:
    """`desk_of("waf-auditor")`: requests in that persona's name."""
    return lambda persona: Desk(client, token_for(persona))


@pytest.fixture
def officer(desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("waf-funding-officer")


@pytest.fixture
def approver(desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("waf-funding-approver")
