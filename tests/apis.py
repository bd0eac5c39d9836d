"""One service's HTTP app in this process, on this worker's database, with real tokens."""

import base64
import importlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import httpx
from fastapi import FastAPI
from pydantic import SecretStr

from shared.auth.issuers import TrustedIssuer
from tests.engines import ServiceDatabase
from tests.receiver import PLAIN_HOSTS

SEALING_KEY = base64.b64encode(b"a key of tests, of 32 bytes only").decode()

# What a test asks in a minute is more than a partner does; who tests the limits sets them.
UNLIMITED = {
    "machine_reads_per_minute": 0,
    "machine_writes_per_minute": 0,
    "stranger_requests_per_minute": 0,
}


def create_app(service: str, database: ServiceDatabase, issuer: str, **changes: object) -> FastAPI:
    trusted = TrustedIssuer(issuer=issuer, audience="kim", units=("*",), tenants=("*",))
    usual = UNLIMITED | {"oidc_issuers": (trusted,)}
    settings = importlib.import_module(f"services.{service}.settings").Settings(
        environment="development",
        database_dsn=SecretStr(database.app_dsn),
        relay_dsn=SecretStr(database.relay_dsn),
        sealing_keys=SecretStr(SEALING_KEY),
        webhook_plain_hosts=PLAIN_HOSTS,
        **usual | changes,
    )
    app: FastAPI = importlib.import_module(f"services.{service}.main").create_app(settings)
    app.openapi_schema = contract(service)
    return app


@cache
def contract(service: str) -> dict[str, Any]:
    """What the service publishes, whatever its settings: made once, as that takes a second."""
    settings = importlib.import_module(f"services.{service}.settings").Settings()
    app: FastAPI = importlib.import_module(f"services.{service}.main").create_app(settings)
    return app.openapi()


@asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the app while it runs; faults come back as the answers a client would see."""
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://service") as client,
    ):
        yield client


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


TokenFor = Callable[[str], str]
