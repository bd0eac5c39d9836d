"""An operation has a time limit: what has not arrived is named, the rest is answered."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.gateway.conftest import running, settings_for

LIMIT_S = 0.4


@pytest.fixture
async def silent() -> AsyncIterator[str]:
    """The address of a service that takes every request and answers none."""
    held: list[asyncio.StreamWriter] = []

    async def hold(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held.append(writer)

    server = await asyncio.start_server(hold, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    for writer in held:
        writer.close()
    server.close()


@pytest.fixture
async def slow(
    issuer: str, door: httpx.AsyncClient, silent: str
) -> AsyncIterator[httpx.AsyncClient]:
    settings = settings_for(issuer, cases_url=silent, operation_timeout_s=LIMIT_S)
    async with running(settings) as client:
        client.headers["Authorization"] = door.headers["Authorization"]
        yield client


async def ask(client: httpx.AsyncClient, query: str) -> Any:
    return (await client.post("/graphql", json={"query": query})).json()


async def test_an_operation_ends_at_its_limit_and_says_what_is_missing(
    slow: httpx.AsyncClient,
) -> None:
    began_s = time.monotonic()
    answer = await ask(slow, "{ viewer { unitId } cases { edges { node { id } } } }")
    taken_s = time.monotonic() - began_s
    assert answer["data"] == {"viewer": {"unitId": "waf-cm"}, "cases": None}
    (error,) = answer["errors"]
    assert error["path"] == ["cases"]
    assert error["extensions"] == {
        "code": "OPERATION_TIMEOUT",
        "service": "cases",
        "retryable": True,
        "retryAfterS": 2,
        "limitS": LIMIT_S,
    }
    assert "0.4 seconds" in error["message"]
    # Far below the ten seconds that one answer of a service may take here.
    assert LIMIT_S <= taken_s < 5


async def test_a_change_after_the_limit_is_not_sent(slow: httpx.AsyncClient) -> None:
    one = 'checkDoubleCare(input: {caseId: "x"}) { ... on UserError { __typename code message } }'
    answer = await ask(slow, f"mutation {{ first: {one} second: {one} }}")
    for name in ("first", "second"):
        refused = answer["data"][name]
        assert (refused["__typename"], refused["code"]) == (
            "ServiceUnavailableError",
            "operation-timeout",
        )
    # Only the first was sent.
    assert answer["extensions"]["upstreamCallsByService"] == {"cases": 1}
