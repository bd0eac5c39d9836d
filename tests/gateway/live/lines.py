"""Clients of the live door: a WebSocket and an event stream, message by message."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

import aiohttp

from gateway.main import GatewayServer, create_app
from gateway.settings import Settings
from tests.waiting import until

SUBPROTOCOL = "graphql-transport-ws"
WAIT_S = 30.0
INBOX = (
    "subscription { referralInbox { event { id type time } referral { id state recipientUnit"
    " side } } }"
)


@dataclass(frozen=True, slots=True)
class Serving:
    """A gateway with a real server, in this process."""

    url: str
    app: Any
    server: GatewayServer
    stopped: asyncio.Task[None]


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[Serving]:
    app = create_app(settings)
    server = GatewayServer(app, settings)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.bind(("127.0.0.1", 0))
        # `serve` would take over the signals of the process that runs the tests.
        task = asyncio.create_task(server._serve([listener]))
        try:
            await until(_as_answer(lambda: server.started))
            yield Serving(f"http://127.0.0.1:{listener.getsockname()[1]}", app, server, task)
        finally:
            server.should_exit = True
            await task


async def connected(gateway: Serving) -> None:
    """Wait until the gateway listens to NATS."""
    await until(_as_answer(lambda: gateway.app.state.hub.is_connected))


def _as_answer(ask: Callable[[], object]) -> Callable[[], Awaitable[object]]:
    async def answer() -> object:
        return ask()

    return answer


class Socket:
    """One WebSocket of a frontend."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.raw = socket

    async def begin(self, token: str, **payload: str) -> Self:
        payload = {"authorization": f"Bearer {token}", **payload}
        await self.send(type="connection_init", payload=payload)
        assert await self.next() == {"type": "connection_ack"}
        return self

    async def send(self, **message: Any) -> None:
        await self.raw.send_str(json.dumps(message))

    async def subscribe(self, id_: str, query: str, **variables: Any) -> None:
        payload = {"query": query, "variables": variables}
        await self.send(type="subscribe", id=id_, payload=payload)
        # Answered in turn: when the pong is there, the operation has begun.
        await self.send(type="ping")
        assert await self.next() == {"type": "pong"}

    async def next(self, wait_s: float = WAIT_S) -> Any:
        """The next message; keep-alive of the transport is not among them."""
        async with asyncio.timeout(wait_s):
            received = await self.raw.receive()
        assert received.type is aiohttp.WSMsgType.TEXT, (received, self.raw.close_code)
        return json.loads(received.data)

    async def closed(self, wait_s: float = WAIT_S) -> int | None:
        """The code with which the gateway closes, whatever comes before."""
        async with asyncio.timeout(wait_s):
            while (await self.raw.receive()).type is aiohttp.WSMsgType.TEXT:
                pass
        return self.raw.close_code

    async def told_so_far(self) -> str:
        """All that was told before now."""
        await self.send(type="ping")
        told = []
        while (answer := await self.next()) != {"type": "pong"}:
            told.append(answer)
        return json.dumps(told)

    async def is_silent(self) -> bool:
        """Nothing waits: what was told before a ping is answered before its pong."""
        await self.send(type="ping")
        answer = await self.next()
        return bool(answer == {"type": "pong"})


@asynccontextmanager
async def socket_to(url: str, **given: Any) -> AsyncIterator[Socket]:
    given = {"protocols": (SUBPROTOCOL,), **given}
    async with (
        aiohttp.ClientSession() as http,
        http.ws_connect(f"{url}/graphql", **given) as opened,
    ):
        yield Socket(opened)


class Stream:
    """One event stream."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self.answer = answer

    async def next(self, wait_s: float = WAIT_S) -> tuple[str, Any]:
        """The next event: its name and its data; comments are passed over."""
        name, data = "", ""
        async with asyncio.timeout(wait_s):
            while True:
                line = (await self.answer.content.readline()).decode()
                assert line, "the stream is over"
                if line == "\n" and name:
                    return name, json.loads(data) if data else None
                field, _, value = line.rstrip("\n").partition(":")
                if field == "event":
                    name = value.strip()
                elif field == "data":
                    data += value.strip()


@asynccontextmanager
async def stream_of(
    url: str, token: str, query: str | dict[str, str], **headers: str
) -> AsyncIterator[Stream]:
    """`query` is the text, or the body of the request."""
    body = {"query": query} if isinstance(query, str) else query
    headers = {
        "Authorization": f"Bearer {token}",
        "Accept": "text/event-stream",
        **headers,
    }
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{url}/graphql", json=body, headers=headers) as answer,
    ):
        yield Stream(answer)
