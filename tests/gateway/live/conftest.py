"""A gateway with a real server in front of the running services and their NATS."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from deploy.local.parts import Installation
from tests.gateway.conftest import settings_for
from tests.gateway.live.lines import Serving, connected, serving
from tests.local_system import LocalSystem

Opening = Callable[..., AbstractAsyncContextManager[Serving]]


@pytest.fixture
def gateway_with(demo_system: LocalSystem) -> Opening:
    """`gateway_with(live_records_max=1)`: a gateway of its own with such settings."""
    where = demo_system.settings
    usual = {
        f"{service}_url": f"http://127.0.0.1:{where.service_port(service)}"
        for service in ("cases", "funding", "referrals")
    } | {"nats_url": Installation(where).nats.gateway_url}

    def opening(**changes: Any) -> AbstractAsyncContextManager[Serving]:
        return serving(settings_for(where.issuer_url, **(usual | changes)))

    return opening


@pytest.fixture
async def live(gateway_with: Opening) -> AsyncIterator[Serving]:
    async with gateway_with() as gateway:
        await connected(gateway)
        yield gateway
