from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from shared.web.bodies import GuardBodies
from shared.web.context import RequestContext

JSON = {"Content-Type": "application/json"}


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(str(len(body)))(scope, receive, send)


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = RequestContext(GuardBodies(echo, bytes_max=1000, bulk={"/import": 2000}))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as one:
        yield one


async def test_a_body_of_ordinary_json_passes_unchanged(client: httpx.AsyncClient) -> None:
    answer = await client.post("/", content=b'{"a": [1, {"b": "x"}]}', headers=JSON)
    assert (answer.status_code, answer.text) == (200, "22")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "body-unreadable"),
        (b"\xff\xfe{}", 400, "body-unreadable"),
        (b'{"a": "\\ud800"}', 400, "body-unreadable"),
        (b"[" * 450 + b"]" * 450, 400, "body-too-deep"),
        (b'{"a": 1e400}', 422, "number-out-of-range"),
        (b'{"a": NaN}', 422, "number-out-of-range"),
        (b'{"a": "' + b"x" * 1000 + b'"}', 413, "body-too-large"),
    ],
)
async def test_a_body_that_is_not_plain_json_is_refused(
    client: httpx.AsyncClient, body: bytes, status: int, code: str
) -> None:
    answer = await client.post("/", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_nesting_of_ten_thousand_levels_is_refused() -> None:
    app = RequestContext(GuardBodies(echo))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        body = b"[" * 10_000 + b"]" * 10_000
        answer = await client.post("/", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "body-too-deep")


async def test_a_chunked_body_over_the_limit_is_refused(client: httpx.AsyncClient) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 100

    answer = await client.post("/", content=chunks(), headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {},
        {"Content-Type": "application/json; charset=latin-1"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
        {"Content-Type": "multipart/form-data; boundary=x"},
    ],
)
async def test_another_type_or_encoding_is_refused(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    answer = await client.post("/", content=b"{}", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (415, "media-type-unsupported")


async def test_a_bulk_path_takes_lines_and_a_limit_of_its_own(client: httpx.AsyncClient) -> None:
    lines = b'{"a": 1}\n' * 150
    answer = await client.post(
        "/import", content=lines, headers={"Content-Type": "application/x-ndjson"}
    )
    assert answer.text == str(len(lines))


async def test_problems_are_german_when_the_client_prefers_german(
    client: httpx.AsyncClient,
) -> None:
    headers = JSON | {"Accept-Language": "fr, de-DE;q=0.8, en;q=0.5"}
    answer = await client.post("/", content=b"{", headers=headers)
    assert answer.json()["title"] == "Der Inhalt ist kein gültiges JSON in UTF-8."


async def test_a_request_id_of_the_client_comes_back(client: httpx.AsyncClient) -> None:
    answer = await client.post("/", content=b"{", headers=JSON | {"X-Request-Id": "abc-12345"})
    assert answer.headers["x-request-id"] == answer.json()["requestId"] == "abc-12345"
