"""A service's limit on requests is no failure: the gateway says so, and when to come again."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from tests.apis import create_app
from tests.engines import ServiceDatabase
from tests.gateway.conftest import running, settings_for
from tests.gateway.test_main_job import SUBMIT, new_referral
from tests.waiting import until

MACHINE = "st-jobcenter-system"
QUERY = "{ referralOutbox(first: 1) { edges { node { id } } } viewer { unitId } }"
REFUSED = SUBMIT.replace("{ __typename", "{ __typename ... on RateLimitedError {"
                         " code service retryAfterS } ", 1)  # fmt: skip


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[str]:
    """The address of the app behind a real server."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None))
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


@pytest.fixture
async def limited(
    database: Callable[..., ServiceDatabase], issuer: str, token_for: Callable[[str], str]
) -> AsyncIterator[httpx.AsyncClient]:
    """A gateway before a referral service that takes one read and one write in a minute."""
    app = create_app(
        "referrals",
        database("referrals"),
        issuer,
        machine_reads_per_minute=1,
        machine_writes_per_minute=1,
    )
    async with (
        served(app) as address,
        running(settings_for(issuer, referrals_url=address)) as client,
    ):
        client.headers["Authorization"] = f"Bearer {token_for(MACHINE)}"
        client.headers["Accept-Language"] = "en"
        yield client


async def ask(client: httpx.AsyncClient, query: str, **variables: Any) -> Any:
    answer = await client.post("/graphql", json={"query": query, "variables": variables})
    return answer.json()


async def test_a_query_over_the_limit_says_so_with_the_seconds(limited: httpx.AsyncClient) -> None:
    assert "errors" not in await ask(limited, QUERY)
    over = await ask(limited, QUERY)
    assert over["data"] == {"referralOutbox": None, "viewer": {"unitId": "st-jobcenter"}}
    (error,) = over["errors"]
    wait_s = error["extensions"].pop("retryAfterS")
    assert 1 <= wait_s <= 60
    assert error["extensions"] == {
        "code": "RATE_LIMITED",
        "service": "referrals",
        "retryable": True,
    }
    assert error["message"] == (
        "The service referrals takes no more requests just now."
        f" Please try again in {wait_s} seconds."
    )


async def test_a_change_over_the_limit_is_a_refusal_to_try_again_later(
    limited: httpx.AsyncClient,
) -> None:
    first = await ask(limited, REFUSED, input=new_referral())
    assert first["data"]["result"]["__typename"] != "RateLimitedError"
    refused = (await ask(limited, REFUSED, input=new_referral()))["data"]["result"]
    assert (refused["__typename"], refused["code"]) == ("RateLimitedError", "rate-limited")
    assert refused["service"] == "referrals"
    assert 1 <= refused["retryAfterS"] <= 60
