"""A running funding service on this worker's database, empty before each test that asks for it."""

from collections.abc import AsyncIterator, Callable

import asyncpg
import httpx
import pytest

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


@pytest.fixture
async def client(
    funding_app: httpx.AsyncClient, funding_database: ServiceDatabase
) -> httpx.AsyncClient:
    """The service with nothing in it: its reports are sums over a whole county."""
    owner = await asyncpg.connect(funding_database.owner_dsn)
    try:
        await owner.execute(f"truncate {', '.join(Table.metadata.tables)}")
    finally:
        await owner.close()
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
