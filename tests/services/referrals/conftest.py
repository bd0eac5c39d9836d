"""A running referral service over real engines, with two tenants' directories and rules."""

from collections.abc import AsyncIterator, Callable
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from services.referrals.main import create_app
from services.referrals.settings import Settings
from shared.database.connection import Database
from tests.apis import SEALING_KEY
from tests.engines import ServiceDatabase
from tests.keys import open_with_keys
from tests.receiver import PLAIN_HOSTS
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import (
    STEINFURT_UNITS,
    WARENDORF_UNITS,
    steinfurt_rules,
    unit,
    warendorf_rules,
)
from tests.services.referrals.signing_keys import private_pem

_numbers = count(1)


@pytest.fixture(scope="session")
def referrals_database(database: Callable[[str], ServiceDatabase]) -> ServiceDatabase:
    return database("referrals")


@pytest.fixture(scope="session")
def attachments_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("attachments")


@pytest.fixture(scope="session")
def settings(
    referrals_database: ServiceDatabase, issuer: str, nats_url: str, attachments_folder: Path
) -> Settings:
    return Settings(
        attachments_location=str(attachments_folder),
        environment="development",
        database_dsn=referrals_database.app_dsn,
        relay_dsn=referrals_database.relay_dsn,
        nats_url=nats_url,
        sealing_keys=SEALING_KEY,
        webhook_plain_hosts=PLAIN_HOSTS,
        oidc_issuers=[{"issuer": issuer, "audience": "kim", "units": ["*"], "tenants": ["*"]}],
        database_connections_max=30,
        machine_reads_per_minute=0,
        machine_writes_per_minute=0,
    )


@pytest.fixture(scope="session")
def pem() -> str:
    """A private key for event tokens; making one takes a second."""
    return private_pem(4096)


@pytest.fixture(scope="session")
async def client(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(settings)
    transport = httpx.ASGITransport(app=app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://referrals") as http,
    ):
        yield http


@pytest.fixture(scope="session")
def desk_of(client: httpx.AsyncClient, token_for: Callable[[str], str]) -> Callable[[str], Desk]:
    """`desk_of("waf-case-manager")`: requests in that persona's name."""
    return lambda persona: Desk(client, token_for(persona))


@pytest.fixture(scope="session")
async def directory(desk_of: Callable[[str], Desk]) -> None:
    """Warendorf and Steinfurt with their units; Rheine divided by the Ems."""
    for persona, units in (
        ("waf-coordinator", WARENDORF_UNITS),
        ("rheine-coordinator", STEINFURT_UNITS),
    ):
        desk = desk_of(persona)
        for unit_id, changes in units.items():
            answer = await desk.post("/v1/org-units", unit(unit_id, **changes))
            assert answer.status_code == 201, answer.text
    answer = await desk_of("rheine-coordinator").post("/v1/routing-rules", steinfurt_rules())
    assert answer.status_code == 201, answer.text
    answer = await desk_of("waf-coordinator").post("/v1/routing-rules", warendorf_rules())
    assert answer.status_code == 201, answer.text


@pytest.fixture
def jobcenter(directory: None, desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("waf-jobcenter-system")


@pytest.fixture
def case_manager(directory: None, desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("waf-case-manager")


@pytest.fixture
def team_lead(directory: None, desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("waf-team-lead")


@pytest.fixture
def coordinator(directory: None, desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("waf-coordinator")


@pytest.fixture
def subject() -> str:
    """A reference of a person that no other test uses."""
    return f"JC-TEST-{next(_numbers):06d}"


@pytest.fixture(scope="session")
async def app_database(referrals_database: ServiceDatabase) -> AsyncIterator[Database]:
    """The pool of the application role: what row-level security leaves to it."""
    found = await open_with_keys(
        referrals_database.app_dsn,
        connections_max=10,
    )
    yield found
    await found.close()


@pytest.fixture
async def owner(postgres: Any, referrals_database: ServiceDatabase) -> AsyncIterator[Any]:
    """The administrator's connection, which sees every row: to prove what is there."""
    dsn = postgres.dsn("postgres", referrals_database.name)
    connection = await asyncpg.connect(dsn)
    yield connection
    await connection.close()
