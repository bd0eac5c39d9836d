"""GraphQL over Server-Sent Events, one operation for each connection ("distinct connections").

The protocol: github.com/enisdenjo/graphql-sse, PROTOCOL.md.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any, Final

import orjson
import structlog
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gateway.live.session import Session
from gateway.transport.faults import ErrorCode, RequestFault, error_of
from gateway.transport.masking import INTERNAL
from gateway.transport.media import EVENT_STREAM
from shared.kernel.text import Text
from shared.observability.request import current_request

# Shorter than what proxies allow a silent connection, which is a minute at most of them.
KEEP_ALIVE_S: Final = 12.0
KEEP_ALIVE: Final = b":\n\n"
COMPLETE: Final = b"event: complete\ndata:\n\n"
EXPIRED = Text(
    de="Das Zugriffstoken ist abgelaufen; mit einem neuen weiterlesen.",
    en="The access token has expired; go on with a new one.",
)

Documents = AsyncGenerator[dict[str, Any], None]
log = structlog.get_logger(__name__)


class EventStream(Response):
    """Sends every answer as an event `next`, then `complete`. Ends when the token expires, and
    without `complete` when the gateway stops: a client then connects again.
    """

    def __init__(self, documents: Documents, session: Session) -> None:
        super().__init__(
            headers={
                "Content-Type": f"{EVENT_STREAM}; charset=utf-8",
                "Cache-Control": "no-store",
                "Vary": "Accept, Accept-Language",
                "X-Accel-Buffering": "no",  # a proxy that collects first would tell nothing live
            }
        )
        del self.headers["content-length"]
        self._documents = documents
        self._session = session
        self._turn = asyncio.Lock()
        self._is_complete = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI
        """Raises TooManyListeners before anything is sent."""
        async with aclosing(self._documents):
            with self._session.hub.connection(self._session.caller, "event-stream"):
                await self._serve(receive, send)

    async def _serve(self, receive: Receive, send: Send) -> None:
        await send(
            {"type": "http.response.start", "status": 200, "headers": self.raw_headers},
        )
        told = asyncio.create_task(self._tell(send))
        others = [
            asyncio.create_task(self._keep_alive(send)),
            asyncio.create_task(_disconnected(receive)),
            stopping := asyncio.create_task(self._session.hub.ending.wait()),
        ]
        try:
            done, _ = await asyncio.wait(
                {told, *others},
                timeout=self._session.seconds_left,
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            for task in (told, *others):
                task.cancel()
            await asyncio.gather(told, *others, return_exceptions=True)
        if not done:
            expired = {"errors": [error_of(ErrorCode.TOKEN_EXPIRED, EXPIRED)]}
            await self._send(send, _event(expired) + COMPLETE)
        if told in done or stopping in done or not done:
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _tell(self, send: Send) -> None:
        try:
            async for document in self._documents:
                await self._send(send, _event(document))
        except RequestFault as refused:
            await self._send(send, _event({"errors": refused.errors}))
        except (TimeoutError, OSError):
            raise
        except Exception as fault:
            log.exception("live.failed", fault=type(fault).__name__)
            id_ = current_request().id
            errors = [error_of(ErrorCode.INTERNAL_FAULT, INTERNAL, requestId=id_)]
            await self._send(send, _event({"errors": errors}))
        self._is_complete = True
        await self._send(send, COMPLETE)

    async def _keep_alive(self, send: Send) -> None:
        while not self._is_complete:
            await self._send(send, KEEP_ALIVE)
            await asyncio.sleep(KEEP_ALIVE_S)

    async def _send(self, send: Send, body: bytes) -> None:
        """Raises TimeoutError when the client takes nothing for too long."""
        async with asyncio.timeout(self._session.settings.live_send_timeout_s), self._turn:
            await send({"type": "http.response.body", "body": body, "more_body": True})


def _event(document: Mapping[str, Any]) -> bytes:
    return b"event: next\ndata: " + orjson.dumps(document) + b"\n\n"


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
