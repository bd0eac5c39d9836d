"""The gateway in process, with real tokens; services are started by the tests that need them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from gateway.main import create_app
from gateway.settings import Settings
from shared.auth.issuers import TrustedIssuer

NOWHERE = "http://127.0.0.1:9"


def settings_for(issuer: str, **changes: Any) -> Settings:
    trusted = TrustedIssuer(issuer=issuer, audience="kim")
    defaults: dict[str, Any] = {
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
