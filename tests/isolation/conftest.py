"""The three services' databases, asked at PostgreSQL itself under the roles of run time."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import asyncpg
import pytest

from deploy.local.postgres import PostgresServer
from tests.engines import ServiceDatabase
from tests.isolation.worlds import HOME, Connection, Tables, World, fill, read_tables

FILLED: set[str] = set()
SERVICES = ("cases", "funding", "referrals")
PEOPLE = (
    *("case_manager", "team_lead", "coordinator", "funding_officer", "funding_approver"),
    *("unit_head", "b3_officer", "partner", "integrator", "dpo", "auditor", "admin"),
)
ALL_AT_ONCE = ",".join(PEOPLE)
# Somebody of each role, of several at once, of all but the one that is blind, and the system.
ROLES = (*PEOPLE, ALL_AT_ONCE, ALL_AT_ONCE.replace("b3_officer,", ""), "system")
UNIT_TYPES = ("CM_TEAM", "KI", "ABH", "JOBCENTER_ACTIVE", "SYSTEM")


@dataclass(frozen=True, slots=True)
class Walls:
    """One service's database with rows of every world, and who asks it."""

    service: str
    database: ServiceDatabase
    tables: Tables
    app: Connection = field(repr=False)
    relay: Connection = field(repr=False)
    admin: Connection = field(repr=False)

    @asynccontextmanager
    async def asking(
        self, world: World | None = HOME, roles: str = "case_manager", unit_type: str = "CM_TEAM"
    ) -> AsyncIterator[Connection]:
        """The application's role in somebody's name, in a transaction that is rolled back."""
        transaction = self.app.transaction()
        await transaction.start()
        try:
            if world is not None:
                await name(self.app, world, roles, unit_type)
            yield self.app
        finally:
            await transaction.rollback()


async def name(
    connection: Connection, world: World, roles: str = "case_manager", unit_type: str = "CM_TEAM"
) -> None:
    """Say who asks, as `shared.database.identity` does."""
    identity = {
        "tenant": world.tenant,
        "unit": world.unit,
        "unit_type": unit_type,
        "actor": world.mark,
        "roles": f",{roles},",
    }
    for key, value in identity.items():
        await connection.execute("select set_config($1, $2, true)", f"app.{key}", value)


async def connect(dsn: str) -> Connection:
    connection = await asyncpg.connect(dsn)
    for kind in ("json", "jsonb"):
        await connection.set_type_codec(
            kind, schema="pg_catalog", encoder=json.dumps, decoder=json.loads
        )
    return connection


@pytest.fixture(scope="session", params=SERVICES)
async def walls(
    request: pytest.FixtureRequest,
    database: Callable[..., ServiceDatabase],
    postgres: PostgresServer,
) -> AsyncIterator[Walls]:
    service: str = request.param
    own = database(service, "walls")
    admin = await connect(postgres.dsn("postgres", own.name))
    tables = await read_tables(admin)
    if own.name not in FILLED:  # the fixture comes again when tests of services alternate
        await fill(admin, tables)
        FILLED.add(own.name)
    app, relay = await connect(own.app_dsn), await connect(own.relay_dsn)
    yield Walls(service, own, tables, app, relay, admin)
    for connection in (app, relay, admin):
        await connection.close()
