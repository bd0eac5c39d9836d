"""What is sent to every door before there is a request: too much, too slowly, or no HTTP at all."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from urllib.parse import urlsplit

import httpx
import pytest

from shared.web import server
from shared.web.heads import HEAD_BYTES_MAX, HEADERS_MAX, PARAMETERS_MAX, SAFE, TARGET_BYTES_MAX
from tests.doors.conftest import DOORS, Door, app_of, served
from tests.doors.forge import Forge
from tests.engines import ServiceDatabase

CHUNK = b"a" * 4096


async def said(door: Door, *parts: bytes) -> tuple[int, dict[str, str], bytes]:
    """Send raw bytes and read until the server closes: status, headers and body."""
    address = urlsplit(str(door.client.base_url))
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
        answer = await reader.read()
    finally:
        writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return int(first.split(" ")[1]), headers, body


def assert_problem(answer: tuple[int, dict[str, str], bytes], status: int, code: str) -> None:
    assert answer[0] == status
    assert answer[1]["content-type"] == "application/problem+json"
    assert answer[1]["connection"] == "close"
    assert SAFE.keys() <= {name.title() for name in answer[1]} | {"X-Content-Type-Options"}
    assert json.loads(answer[2])["code"] == code


@pytest.mark.parametrize("where", ["address", "header name", "header value", "many headers"])
async def test_a_head_without_end_is_cut(door: Door, where: str) -> None:
    beginning = {
        "address": b"GET /",
        "header name": b"GET /v1/meta HTTP/1.1\r\nHost: x\r\n",
        "header value": b"GET /v1/meta HTTP/1.1\r\nHost: x\r\nX-Long: ",
        "many headers": b"GET /v1/meta HTTP/1.1\r\nHost: x\r\n",
    }[where]
    part = b"a: b\r\n" * 700 if where == "many headers" else CHUNK
    # One piece more than is allowed, and the end never comes.
    pieces = HEAD_BYTES_MAX // len(part) + 1
    answer = await said(door, beginning, *[part] * pieces)
    assert_problem(answer, 431, "head-too-large")


async def test_too_many_or_too_long_headers_are_refused_before_the_token(door: Door) -> None:
    many = await door.ask_with([(f"X-{number}", "1") for number in range(HEADERS_MAX)])
    assert (many.status_code, many.json()["code"]) == (431, "head-too-large")
    long = await door.ask_with([("X-Long", "a" * HEAD_BYTES_MAX)])
    assert (long.status_code, long.json()["code"]) == (431, "head-too-large")


async def test_a_long_address_or_many_parameters_are_refused(door: Door, forge: Forge) -> None:
    bearer = [("Authorization", f"Bearer {forge.token()}")]
    long = await door.ask_with(bearer, "?x=" + "a" * TARGET_BYTES_MAX)
    assert (long.status_code, long.json()["code"]) == (414, "target-too-long")
    assert long.headers["connection"] == "close"
    many = await door.ask_with(bearer, "?" + "&".join(["limit=1"] * (PARAMETERS_MAX + 1)))
    assert (many.status_code, many.json()["code"]) == (400, "parameters-too-many")


@pytest.mark.parametrize(
    "noise",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET /v1/meta HTTP/1.1\r\nHost: x\r\nX-A : b\r\n\r\n",
        b"GET /v1/meta HTTP/1.1\r\nHost: x\r\nX-A: b\r\n continued\r\n\r\n",
    ],
    ids=str,
)
async def test_what_is_no_request_is_refused_and_the_connection_closed(
    door: Door, noise: bytes
) -> None:
    assert_problem(await said(door, noise), 400, "head-unreadable")


async def test_a_head_that_does_not_come_ends_the_connection(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HEAD_TIMEOUT_S", 0.2)
    for beginning in (b"", b"GET /v1/meta HTTP/1.1\r\nHost: x\r\nX-Slow: "):
        assert_problem(await said(door, beginning), 408, "head-too-slow")


@pytest.fixture(scope="module", params=DOORS)
async def impatient(
    request: pytest.FixtureRequest, forge: Forge, database: Callable[[str], ServiceDatabase]
) -> AsyncIterator[Door]:
    app = app_of(request.param, forge, database, body_timeout_s=0.3)
    async with served(app) as address, httpx.AsyncClient(base_url=address, timeout=30) as client:
        yield Door(request.param, client)


async def test_a_refused_body_that_never_ends_does_not_hold_the_connection(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "HEAD_TIMEOUT_S", 0.3)
    path = DOORS[door.name][1]
    asking = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\n".encode()
    status, _, body = await said(door, asking, b"{")
    assert (status, json.loads(body)["code"]) == (401, "token-refused")


async def test_a_body_that_drips_is_refused_in_time(impatient: Door, forge: Forge) -> None:
    """Each byte comes soon after the last one: only the time for the whole ends it."""
    _, path = DOORS[impatient.name]
    address = urlsplit(str(impatient.client.base_url))
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(
        f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {forge.token()}\r\n"
        "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n".encode()
    )

    async def drip() -> None:
        while True:
            writer.write(b" ")
            await asyncio.sleep(0.02)

    dripping = asyncio.create_task(drip())
    answer = await asyncio.wait_for(reader.readuntil(b"}"), 20)
    dripping.cancel()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b'"code":"body-too-slow"' in answer
    assert b"connection: close" in answer.lower()
