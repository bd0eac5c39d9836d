"""Whoever comes without a valid token is counted by address, at every door, over real HTTP."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import httpx
import pytest

from tests.doors.conftest import DOORS, Door, app_of, served
from tests.doors.forge import Forge
from tests.engines import ServiceDatabase

OpenDoor = Callable[..., AbstractAsyncContextManager[Door]]
LIMIT = 3
ELSEWHERE = {"X-Forwarded-For": "198.51.100.7"}


@pytest.fixture(params=DOORS)
async def open_door(
    request: pytest.FixtureRequest, forge: Forge, database: Callable[[str], ServiceDatabase]
) -> OpenDoor:
    @asynccontextmanager
    async def opened(*proxies: str) -> AsyncIterator[Door]:
        app = app_of(request.param, forge, database, stranger_requests_per_minute=LIMIT)
        async with (
            served(app, trusted_proxies=proxies) as address,
            httpx.AsyncClient(base_url=address, timeout=30) as client,
        ):
            yield Door(request.param, client)

    return opened


async def test_over_the_limit_strangers_get_429_and_a_valid_token_passes(
    open_door: OpenDoor, forge: Forge
) -> None:
    async with open_door() as door:
        asked = [await door.ask("forged"), await door.ask_with([])]
        asked.append(await door.client.get("/v1/problems", headers=ELSEWHERE))
        assert [answer.status_code for answer in asked] == [401, 401, 200]
        for headers in ([], [("X-Forwarded-For", "198.51.100.8")]):
            over = await door.ask_with(headers)
            assert (over.status_code, over.json()["code"]) == (429, "rate-limited")
            assert over.headers["content-type"] == "application/problem+json"
            assert 1 <= int(over.headers["retry-after"]) <= 60
            assert over.headers["ratelimit-policy"] == '"strangers";q=3;w=60'
            assert over.headers["x-content-type-options"] == "nosniff"
        assert (await door.client.get("/v1/problems")).status_code == 429
        assert (await door.ask(forge.token())).status_code == 200
        for uncounted in ("/health/live", "/metrics"):
            assert (await door.client.get(uncounted)).status_code in {200, 404}


async def test_behind_a_trusted_proxy_each_client_is_counted_by_itself(
    open_door: OpenDoor,
) -> None:
    """What the client says of itself stands left of what the proxy adds, and is not believed."""
    async with open_door("127.0.0.0/8") as door:
        for number in range(LIMIT + 1):
            said = [("X-Forwarded-For", f"203.0.113.{number}, 198.51.100.7")]
            answer = await door.ask_with(said)
            assert answer.status_code == (401 if number < LIMIT else 429)
        for number in range(LIMIT + 1):
            said = [("X-Forwarded-For", f"2001:db8::{number}")]
            answer = await door.ask_with(said)
            assert answer.status_code == (401 if number < LIMIT else 429)
        assert (await door.ask_with([("X-Forwarded-For", "198.51.100.8")])).status_code == 401
        assert (await door.ask_with([])).status_code == 401
