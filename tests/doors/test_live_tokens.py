"""The same hostile tokens where the gateway keeps a connection open: WebSocket and event stream."""

import io
from collections.abc import AsyncIterator, Callable

import httpx
import pytest

from tests.doors.conftest import QUERY, app_of, served
from tests.doors.forge import MARK, Forge
from tests.doors.hostile import HOSTILE, OUT_OF_BOUNDS
from tests.doors.test_tokens import CHALLENGE, GOOD
from tests.engines import ServiceDatabase
from tests.gateway.live.lines import Socket, socket_to

UNAUTHORIZED, FORBIDDEN, BAD_REQUEST = 4401, 4403, 4400
TOO_LONG = {"shape: over 16 kB", "shape: over 64 kB unparsed"}  # no message takes them


@pytest.fixture(scope="module")
async def address(
    forge: Forge, database: Callable[[str], ServiceDatabase], written_log: io.StringIO
) -> AsyncIterator[str]:
    del written_log  # it is written from here on
    async with served(app_of("gateway", forge, database)) as address:
        yield address


@pytest.fixture
async def socket(address: str) -> AsyncIterator[Socket]:
    async with socket_to(address) as opened:
        yield opened


async def streamed(address: str, token: str) -> httpx.Response:
    headers = [("Authorization", f"Bearer {token}".encode()), ("Accept", b"text/event-stream")]
    async with httpx.AsyncClient(base_url=address, timeout=30) as client:
        return await client.post("/graphql", headers=headers, json=QUERY)  # type: ignore[arg-type]  # bytes as they are


def nothing_of(token: str, written: str) -> bool:
    parts = [part for part in token.split(".") if len(part) >= 8]
    return MARK not in written and not any(part in written for part in parts)


@pytest.mark.parametrize("name", GOOD)
async def test_a_good_token_begins_and_goes_on(
    address: str, socket: Socket, forge: Forge, name: str
) -> None:
    token = GOOD[name](forge)
    await socket.begin(token)
    await socket.send(type="ping", payload={"authorization": f"Bearer {token}"})
    assert await socket.next() == {"type": "pong"}
    answer = await streamed(address, token)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert '"unitId"' in answer.text


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_token_begins_nothing(
    socket: Socket, forge: Forge, written_log: io.StringIO, name: str
) -> None:
    token, written_before = HOSTILE[name](forge), written_log.tell()
    await socket.send(type="connection_init", payload={"authorization": f"Bearer {token}"})
    assert await socket.closed() == (BAD_REQUEST if name in TOO_LONG else UNAUTHORIZED)
    assert nothing_of(token, written_log.getvalue()[written_before:])


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_token_does_not_prolong_what_a_good_one_began(
    socket: Socket, forge: Forge, written_log: io.StringIO, name: str
) -> None:
    await socket.begin(forge.token())
    token, written_before = HOSTILE[name](forge), written_log.tell()
    await socket.send(type="ping", payload={"authorization": f"Bearer {token}"})
    assert await socket.closed() == (BAD_REQUEST if name in TOO_LONG else UNAUTHORIZED)
    assert nothing_of(token, written_log.getvalue()[written_before:])


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_token_opens_no_event_stream(
    address: str, forge: Forge, written_log: io.StringIO, name: str
) -> None:
    token, written_before = HOSTILE[name](forge), written_log.tell()
    answer = await streamed(address, token)
    assert (answer.status_code, answer.json()["code"]) == (401, "token-refused")
    assert answer.headers["www-authenticate"] == CHALLENGE
    assert answer.headers["content-type"] == "application/problem+json"
    assert nothing_of(token, written_log.getvalue()[written_before:])


@pytest.mark.parametrize("name", OUT_OF_BOUNDS)
async def test_f30_a_token_out_of_its_issuers_bounds_opens_nothing(
    address: str, socket: Socket, forge: Forge, name: str
) -> None:
    token = OUT_OF_BOUNDS[name](forge)
    answer = await streamed(address, token)
    assert (answer.status_code, answer.json()["code"]) == (403, "unit-missing")
    await socket.send(type="connection_init", payload={"authorization": f"Bearer {token}"})
    assert await socket.closed() == FORBIDDEN


async def test_no_token_made_anybody_ask_the_attackers_server(forge: Forge) -> None:
    assert forge.attacker.asked == 0


async def test_who_says_nothing_of_a_token_but_in_the_address_is_a_stranger(
    address: str, forge: Forge
) -> None:
    async with socket_to(f"{address}/graphql?access_token={forge.token()}#") as opened:
        await opened.send(type="connection_init", payload={})
        assert await opened.closed() == UNAUTHORIZED
