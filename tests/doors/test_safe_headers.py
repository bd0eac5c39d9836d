"""Every answer of every program carries the headers that keep a browser from harm."""

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from shared.web.context import RequestContext
from shared.web.heads import HSTS, SAFE
from tests.apis import bearer
from tests.doors.conftest import DOORS, Door
from tests.doors.forge import Forge

JSON = {"Content-Type": "application/json"}
ASKED: dict[str, tuple[str, str, dict[str, str], bytes, int]] = {
    "health": ("GET", "/health/live", {}, b"", 200),
    "metrics": ("GET", "/metrics", {}, b"", 200),
    "contract": ("GET", "/openapi.json", {}, b"", 200),
    "problems": ("GET", "/v1/problems", {}, b"", 200),
    "head": ("HEAD", "/v1/problems", {}, b"", 200),
    "no token": ("GET", "{path}", {}, b"", 401),
    "unknown": ("GET", "/v1/nothing-here", {"Authorization": "{token}"}, b"", 404),
    "wrong method": ("PATCH", "{path}", {"Authorization": "{token}"}, b"", 405),
    "no JSON": ("POST", "{path}", {"Authorization": "{token}"} | JSON, b"{", 400),
    "too deep": ("POST", "{path}", {"Authorization": "{token}"} | JSON, b"[" * 5000, 400),
    "too large": (
        "POST",
        "/v1/nothing-here",
        {"Authorization": "{token}"} | JSON,
        b"x" * 1_000_001,
        413,
    ),
    "other type": ("POST", "{path}", {"Authorization": "{token}"}, b"x", 415),
    "too many headers": ("GET", "{path}", {f"X-{n}": "1" for n in range(100)}, b"", 431),
}


@pytest.mark.parametrize("name", ASKED)
async def test_every_answer_is_safe_for_a_browser(door: Door, forge: Forge, name: str) -> None:
    method, path, headers, body, status = ASKED[name]
    token = f"Bearer {forge.token()}"
    answer = await door.client.request(
        method,
        path.format(path=DOORS[door.name][1]),
        headers={key: value.format(token=token) for key, value in headers.items()},
        content=body or None,
    )
    assert answer.status_code == status
    for header, value in SAFE.items():
        if header == "Cache-Control" and header in answer.headers:
            continue  # what may be kept, an endpoint says itself
        assert answer.headers[header] == value
    assert "server" not in answer.headers
    assert "x-powered-by" not in answer.headers
    # Plain http in development: no browser is told to insist on TLS.
    assert "strict-transport-security" not in answer.headers


async def test_no_door_lets_a_foreign_page_read_its_answers(door: Door, forge: Forge) -> None:
    method, path = DOORS[door.name]
    asking = {"Origin": "https://evil.example", "Access-Control-Request-Method": method}
    before = await door.client.options(path, headers=asking)
    after = await door.client.request(
        method, path, headers=bearer(forge.token()) | {"Origin": "https://evil.example"},
        json={"query": "{ viewer { unitId } }"} if method == "POST" else None,
    )  # fmt: skip
    for answer in (before, after):
        assert "access-control-allow-origin" not in answer.headers
        assert "access-control-allow-credentials" not in answer.headers


async def test_in_production_every_answer_insists_on_tls() -> None:

    async def fails(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise RuntimeError("unexpected")

    transport = httpx.ASGITransport(RequestContext(fails, is_production=True))
    async with httpx.AsyncClient(transport=transport, base_url="https://kim.example") as client:
        answer = await client.get("/v1/cases")
    assert answer.status_code == 500
    assert answer.headers["strict-transport-security"] == HSTS
    assert {name: answer.headers[name] for name in SAFE} == SAFE
