"""No superuser, no owner, nobody who bypasses policies serves: the process does not start."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import uuid4

import asyncpg
import pytest

from deploy.local.ports import free_ports
from deploy.local.postgres import PostgresServer
from deploy.local.settings import PROJECT_DIR
from shared.database.bound_role import RoleTooStrong, refuse_strong_role
from shared.database.connection import open_database
from shared.messaging.relay import Relay
from tests.apis import TokenFor, bearer, create_app, running
from tests.engines import ServiceDatabase
from tests.isolation.conftest import SERVICES

START_TIMEOUT_S = 60.0


@pytest.fixture(params=SERVICES)
def service(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def becomes(
    database: Callable[..., ServiceDatabase], postgres: PostgresServer
) -> Iterator[tuple[ServiceDatabase, Callable[[str], None]]]:
    """The case service's database under a role of the test's own, and a way to give it a power:
    others of this run work under the application's.
    """
    own, role = database("cases"), f"walls_{uuid4().hex}"
    password = postgres.credentials["kim_cases_app"]
    made = f"create role {role} login in role kim_cases_app password '{password}'"
    postgres.psql("postgres", statement=made)
    dsn = own.app_dsn.replace("kim_cases_app:", f"{role}:")

    def give(power: str) -> None:
        postgres.psql("postgres", statement=f"alter role {role} {power}")

    yield replace(own, app_dsn=dsn), give
    postgres.psql("postgres", statement=f"drop role {role}")


async def test_the_roles_of_run_time_may_serve(
    service: str, database: Callable[..., ServiceDatabase]
) -> None:
    own = database(service)
    for dsn in (own.app_dsn, own.relay_dsn):
        connection = await asyncpg.connect(dsn)
        try:
            await refuse_strong_role(connection)
        finally:
            await connection.close()


async def test_superuser_and_owner_may_not(
    service: str, database: Callable[..., ServiceDatabase], postgres: PostgresServer
) -> None:
    own = database(service)
    for dsn, why in (
        (own.owner_dsn, "owns tables"),
        (postgres.dsn("postgres", own.name), "is a superuser"),
    ):
        with pytest.raises(RoleTooStrong, match=why):
            await open_database(dsn, application="tests")
        with pytest.raises(RoleTooStrong, match=why):
            await Relay(dsn, stream=None).run()  # type: ignore[arg-type]  # it never gets so far


@pytest.mark.parametrize(
    ("power", "why"),
    [
        ("bypassrls", "bypasses row-level security"),
        ("createrole", "makes roles"),
        ("replication", "replicates"),
    ],
)
async def test_one_power_too_many_is_enough(
    power: str, why: str, becomes: tuple[ServiceDatabase, Callable[[str], None]]
) -> None:
    own, give = becomes
    await (await open_database(own.app_dsn, application="tests")).close()
    give(power)
    with pytest.raises(RoleTooStrong, match=why):
        await open_database(own.app_dsn, application="tests")


async def test_the_service_ends_instead_of_serving_as_owner(
    service: str, database: Callable[..., ServiceDatabase], issuer: str
) -> None:
    own = database(service)
    app = create_app(service, replace(own, app_dsn=own.owner_dsn), issuer)
    with pytest.raises(RoleTooStrong):
        async with app.router.lifespan_context(app):
            pytest.fail("It serves.")


@pytest.mark.parametrize(
    ("process", "strong"),
    [("main", "DATABASE_DSN"), ("worker", "DATABASE_DSN"), ("worker", "RELAY_DSN")],
)
def test_a_process_started_as_owner_ends_with_an_error(
    process: str,
    strong: str,
    database: Callable[..., ServiceDatabase],
    issuer: str,
    nats_url: str,
) -> None:
    """As an administrator would see it: the real program, its last words, its exit code."""
    own = database("funding")
    ports = free_ports({"main": 0, "worker": 0})
    trusted = {"issuer": issuer, "audience": "kim", "units": ["*"], "tenants": ["*"]}
    environment: dict[str, str] = os.environ | {
        "FUNDING_DATABASE_DSN": own.app_dsn,
        "FUNDING_RELAY_DSN": own.relay_dsn,
        "FUNDING_NATS_URL": nats_url,
        "FUNDING_ENVIRONMENT": "development",
        "FUNDING_PORT": str(ports["main"]),
        "FUNDING_WORKER_PORT": str(ports["worker"]),
        "FUNDING_OIDC_ISSUERS": json.dumps([trusted]),
        f"FUNDING_{strong}": own.owner_dsn,
    }
    ended = subprocess.run(
        [sys.executable, "-m", f"services.funding.{process}"],
        env=environment,
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        timeout=START_TIMEOUT_S,
        check=False,
    )
    assert ended.returncode > 0
    assert "RoleTooStrong: The database role owns tables" in ended.stdout + ended.stderr


async def test_every_new_connection_is_looked_at(
    issuer: str,
    token_for: TokenFor,
    becomes: tuple[ServiceDatabase, Callable[[str], None]],
) -> None:
    """A service starts without its database, and a role may be given a power later: the request
    that needs the connection is answered 503.
    """
    own, give = becomes
    app = create_app("cases", own, issuer)
    async with running(app) as client:
        headers = bearer(token_for("waf-case-manager"))
        assert (await client.get("/v1/cases", headers=headers)).status_code == 200
        give("bypassrls")
        await app.state.database.pool.expire_connections()
        refused = await client.get("/v1/cases", headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (503, "temporarily-unavailable")
        assert "bypass" not in refused.text
