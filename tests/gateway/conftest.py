"""The gateway in process, with real tokens; services are started by the tests that need them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from deploy.local.demo.client import Client
from gateway.main import create_app
from gateway.settings import Settings
from shared.auth.issuers import TrustedIssuer
from tests.local_system import LocalSystem

NOWHERE = "http://127.0.0.1:9"


def settings_for(issuer: str, **changes: Any) -> Settings:
    trusted = TrustedIssuer(issuer=issuer, audience="kim", units=("*",), tenants=("*",))
    defaults: dict[str, Any] = {
        # A machine that runs many tests answers late; being too late has tests of its own.
        "upstream_timeout_s": 10.0,
        "stranger_requests_per_minute": 0,
        "environment": "development",
        "oidc_issuers": (trusted,),
        "cases_url": NOWHERE,
        "funding_url": NOWHERE,
        "referrals_url": NOWHERE,
    }
    return Settings(**(defaults | changes))


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a gateway that lives as long as the block."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
            yield client


@pytest.fixture
async def door(issuer: str, token_for: Callable[[str], str]) -> AsyncIterator[httpx.AsyncClient]:
    """A gateway without services, entered as a case manager."""
    async with running(settings_for(issuer)) as client:
        client.headers["Authorization"] = f"Bearer {token_for('waf-case-manager')}"
        yield client


class Asker:
    """One persona at a gateway: operations, and files of reports."""

    def __init__(self, client: httpx.AsyncClient, people: Client, persona: str) -> None:
        self._client = client
        self._people = people
        self._persona = persona
        self.headers = {"Accept-Language": "de"}

    async def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """The whole answer of one operation, whatever it is."""
        body = {"query": query, "variables": variables}
        answer = await self._client.post("/graphql", json=body, headers=await self._headers())
        document: dict[str, Any] = answer.json()
        return document

    async def data(self, query: str, **variables: Any) -> Any:
        """The data of an operation that has no errors."""
        document = await self.ask(query, **variables)
        assert "errors" not in document, document["errors"]
        return document["data"]

    async def file(self, path: str, **parameters: str) -> httpx.Response:
        return await self._client.get(path, params=parameters, headers=await self._headers())

    async def _headers(self) -> dict[str, str]:
        token = await self._people.token(self._persona)
        return {"Authorization": f"Bearer {token}", **self.headers}


As = Callable[[str], Asker]


@asynccontextmanager
async def gateway_of(system: LocalSystem, people: Client, **changes: Any) -> AsyncIterator[As]:
    """A gateway in process, in front of the services of a running system."""
    where = system.settings
    addresses = {
        f"{service}_url": f"http://127.0.0.1:{where.service_port(service)}"
        for service in ("cases", "funding", "referrals")
    }
    async with running(settings_for(where.issuer_url, **(addresses | changes))) as client:
        yield lambda persona: Asker(client, people, persona)


@pytest.fixture
async def as_(demo_system: LocalSystem, people: Client) -> AsyncIterator[As]:
    """`as_("waf-coordinator")`: that persona at a gateway before the demonstration data."""
    async with gateway_of(demo_system, people) as asking:
        yield asking
