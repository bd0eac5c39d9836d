"""The four programs behind real servers, trusting two issuers; and all that they write."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import structlog
import uvicorn
from fastapi import FastAPI

from shared.auth.issuers import TrustedIssuer
from shared.observability.logs import PROCESSORS
from shared.web.server import server_config
from tests.apis import create_app
from tests.doors.forge import CLIENTS, Forge
from tests.engines import ServiceDatabase
from tests.gateway.conftest import settings_for
from tests.shared.key_server import Issuer
from tests.waiting import until

DOORS = {
    "cases": ("GET", "/v1/cases"),
    "funding": ("GET", "/v1/awards"),
    "referrals": ("GET", "/v1/referrals"),
    "gateway": ("POST", "/graphql"),
}
QUERY = {"query": "{ viewer { unitId } }"}


@dataclass
class Door:
    """One program as a client reaches it."""

    name: str
    client: httpx.AsyncClient
    log: io.StringIO = field(default_factory=io.StringIO)

    async def ask(self, token: str, **headers: str) -> httpx.Response:
        return await self.ask_with([("Authorization", f"Bearer {token}"), *headers.items()])

    async def ask_with(self, headers: list[tuple[str, str]], query: str = "") -> httpx.Response:
        method, path = DOORS[self.name]
        raw = [(name.encode(), value.encode()) for name, value in headers]
        body = QUERY if method == "POST" else None
        return await self.client.request(method, path + query, headers=raw, json=body)


@asynccontextmanager
async def served(app: FastAPI, *, trusted_proxies: Sequence[str] = ()) -> AsyncIterator[str]:
    """The address of the app behind the server that it has in production."""
    server = uvicorn.Server(
        server_config(app, host="127.0.0.1", port=0, trusted_proxies=trusted_proxies)
    )
    serving = asyncio.create_task(server.serve())

    async def is_up() -> bool:
        return server.started

    await until(is_up)
    _, port = server.servers[0].sockets[0].getsockname()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await serving


@pytest.fixture(scope="module")
async def forge() -> AsyncIterator[Forge]:
    home, provider, attacker = Issuer(), Issuer(), Issuer()
    async with home.serving(), provider.serving(), attacker.serving():
        yield Forge(home, provider, attacker)


@pytest.fixture(scope="module")
def written_log() -> Iterator[io.StringIO]:
    """Whatever the programs and their libraries log, as they write it in production."""
    written = io.StringIO()
    before = structlog.get_config()["processors"]
    structlog.configure(
        processors=PROCESSORS,
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
        logger_factory=structlog.PrintLoggerFactory(written),
    )
    handler = logging.StreamHandler(written)
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)
    structlog.reset_defaults()
    structlog.configure(processors=before)


def issuers_of(forge: Forge) -> tuple[TrustedIssuer, ...]:
    """The Kreis speaks for its own units, the provider for its own; each with its clients."""
    kreis = ("waf-cm", "waf-ki", "waf-jobcenter")
    every: dict[str, Any] = {"audience": "kim", "tenants": ("05570",), "clients": CLIENTS}
    return (
        TrustedIssuer(issuer=forge.home.url, units=kreis, **every),
        TrustedIssuer(issuer=forge.provider.url, units=("rheine-caritas",), **every),
    )


@pytest.fixture(scope="module", params=DOORS)
async def door(
    request: pytest.FixtureRequest,
    forge: Forge,
    database: Callable[[str], ServiceDatabase],
    written_log: io.StringIO,
) -> AsyncIterator[Door]:
    app = app_of(request.param, forge, database)
    async with (
        served(app) as address,
        httpx.AsyncClient(base_url=address, timeout=30) as client,
    ):
        yield Door(request.param, client, written_log)


def app_of(
    name: str, forge: Forge, database: Callable[[str], ServiceDatabase], **changes: object
) -> FastAPI:
    trusted = issuers_of(forge)
    if name == "gateway":
        from gateway.main import create_app as create_gateway  # noqa: PLC0415 - takes a second

        return create_gateway(settings_for("", oidc_issuers=trusted, **changes))
    return create_app(name, database(name), "", oidc_issuers=trusted, **changes)
