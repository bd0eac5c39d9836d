"""A client over its quota waits as long as it is told to; nobody else waits with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from uuid import uuid4

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from shared.kernel.caller import Caller
from shared.web.limits import HEADERS, Quota, Quotas, RateLimits
from shared.web.settings import ServiceSettings
from tests.apis import TokenFor, bearer, contract, create_app, running
from tests.integration_rules.conftest import ServiceApi

MACHINE = "waf-jobcenter-system"
OTHER_MACHINE = "st-jobcenter-system"
PER_MINUTE = 10
START_S = 1_780_300_801.0  # a second after a window began


class Clock(SimpleNamespace):
    """The seconds that the counter of this process sees."""

    def __init__(self) -> None:
        super().__init__(now_s=START_S)

    def time(self) -> float:
        return float(self.now_s)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for module in (
        "limits.aio.storage.memory.time",
        "limits.aio.strategies.time",
        "shared.web.limits.time",
    ):
        monkeypatch.setattr(module, clock)
    return clock


@asynccontextmanager
async def limited(
    api: ServiceApi, issuer: str, **limits: int | str
) -> AsyncIterator[httpx.AsyncClient]:
    async with running(create_app(api.sample.service, api.database, issuer, **limits)) as client:
        yield client


async def statuses(client: httpx.AsyncClient, token: str, path: str, count: int) -> list[int]:
    headers = bearer(token)
    return [(await client.get(path, headers=headers)).status_code for _ in range(count)]


async def test_a_client_over_its_limit_gets_429_with_the_seconds(
    service_api: ServiceApi, issuer: str, token_for: TokenFor, clock: Clock
) -> None:
    path, headers = "/v1/problems-of-nobody", bearer(token_for(MACHINE))
    async with limited(service_api, issuer, machine_reads_per_minute=PER_MINUTE) as client:
        left = [
            (await client.get(path, headers=headers)).headers["RateLimit-Remaining"]
            for _ in range(PER_MINUTE)
        ]
        assert left == [str(PER_MINUTE - used) for used in range(1, PER_MINUTE + 1)]
        over = await client.get(path, headers=headers)
        assert (over.status_code, over.json()["code"]) == (429, "rate-limited")
        assert over.headers["content-type"] == "application/problem+json"
        wait_s = int(over.headers["Retry-After"])
        assert over.json()["retryAfterS"] == wait_s == 60
        assert over.headers["RateLimit-Policy"] == '"reads";q=10;w=60'
        assert over.headers["RateLimit"] == '"reads";r=0;t=60'
        clock.now_s += wait_s - 1
        assert (await client.get(path, headers=headers)).status_code == 429
        clock.now_s += 1
        assert (await client.get(path, headers=headers)).status_code == 404


async def test_one_clients_limit_is_not_anothers(
    service_api: ServiceApi, issuer: str, token_for: TokenFor, clock: Clock
) -> None:
    path, first, second = "/v1/nothing", token_for(MACHINE), token_for(OTHER_MACHINE)
    async with limited(service_api, issuer, machine_reads_per_minute=2) as client:
        assert await statuses(client, first, path, 3) == [404, 404, 429]
        assert await statuses(client, second, path, 3) == [404, 404, 429]
        clock.now_s += 1
        assert await statuses(client, first, path, 1) == [429]


async def test_what_is_read_is_counted_apart_from_what_is_written(
    service_api: ServiceApi, issuer: str, token_for: TokenFor, clock: Clock
) -> None:
    headers = bearer(token_for(MACHINE)) | {"Idempotency-Key": uuid4().hex}
    limits = {"machine_reads_per_minute": 1, "machine_writes_per_minute": 1}
    async with limited(service_api, issuer, **limits) as client:
        written = [
            (await client.post("/v1/nothing", json={}, headers=headers)).status_code
            for _ in range(2)
        ]
        assert written == [404, 429]
        assert await statuses(client, token_for(MACHINE), "/v1/nothing", 2) == [404, 429]
    assert clock.now_s == START_S


async def test_people_are_limited_only_where_a_setting_says_so(
    service_api: ServiceApi, issuer: str, token_for: TokenFor, clock: Clock
) -> None:
    person = token_for("waf-dpo")
    async with limited(service_api, issuer, machine_reads_per_minute=1) as client:
        answer = await client.get("/v1/nothing", headers=bearer(person))
        assert not HEADERS.keys() & answer.headers.keys()
        assert await statuses(client, person, "/v1/nothing", 30) == [404] * 30
    async with limited(service_api, issuer, person_requests_per_minute=2) as client:
        assert await statuses(client, person, "/v1/nothing", 3) == [404, 404, 429]
    assert clock.now_s == START_S


async def test_a_store_out_of_reach_stops_nobody(
    service_api: ServiceApi, issuer: str, token_for: TokenFor
) -> None:
    limits = {"machine_reads_per_minute": 1, "rate_limit_store": "async+valkey://127.0.0.1:1"}
    async with limited(service_api, issuer, **limits) as client:
        assert await statuses(client, token_for(MACHINE), "/v1/nothing", 3) == [404] * 3


def test_the_contract_says_that_any_operation_may_answer_429(
    service_api: ServiceApi, issuer: str
) -> None:
    limits = {"machine_reads_per_minute": PER_MINUTE, "feed_days": 77}
    app = create_app(service_api.sample.service, service_api.database, issuer, **limits)
    app.openapi_schema = None
    document = app.openapi()
    assert document == contract(service_api.sample.service)
    assert document["components"]["headers"].keys() == HEADERS.keys()
    for operations in document["paths"].values():
        for operation in operations.values():
            assert operation["responses"]["429"] == {"$ref": "#/components/responses/Problem429"}
    headers = document["components"]["responses"]["Problem429"]["headers"]
    assert headers.keys() == {"Retry-After", *HEADERS}


@pytest.mark.parametrize("store", ["redis://127.0.0.1", "memory://", "async+etcd://host"])
def test_a_store_nobody_knows_is_refused_at_the_start(store: str) -> None:
    with pytest.raises(ValueError, match="async"):
        ServiceSettings.model_validate({"rate_limit_store": store})


async def test_the_next_is_let_in_after_the_seconds_and_not_a_minute_before(clock: Clock) -> None:
    """However the requests lie in their window, whoever waits as told is let in."""

    async def nothing(_: Scope, __: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    quotas = Quotas(Quota("reads", 7), Quota("writes", 7), Quota("people", 7))
    caller = Caller("05570", "waf-ki", "KI", "urn:test", "one", frozenset({"dpo"}))
    app = RateLimits(nothing, quotas=quotas)
    scope = {"type": "http", "method": "GET", "path": "/", "caller": caller, "headers": []}

    async def ask() -> tuple[int, int]:
        sent: list[dict[str, object]] = []

        async def send(message: dict[str, object]) -> None:
            sent.append(message)

        await app(scope, _no_body, send)  # type: ignore[arg-type] # messages are dicts
        headers = {k.decode(): v.decode() for k, v in sent[0]["headers"]}  # type: ignore[attr-defined]
        return int(str(sent[0]["status"])), int(headers["ratelimit-reset"])

    for step_s in (0.3, 1.1, 7.9, 13.0, 29.7, 59.9) * 5:
        clock.now_s += step_s
        status, wait_s = await ask()
        while status != 429:
            status, wait_s = await ask()
        clock.now_s += wait_s
        assert (await ask())[0] == 204


async def _no_body() -> dict[str, object]:
    return {"type": "http.request", "body": b""}
