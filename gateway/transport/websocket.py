"""`graphql-transport-ws`: operations over one WebSocket, each answer with the id of its operation.

The protocol and its close codes: github.com/enisdenjo/graphql-ws, PROTOCOL.md.
"""

import asyncio
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack, aclosing
from typing import Any

import orjson
import structlog
from starlette.datastructures import Headers
from starlette.websockets import WebSocket, WebSocketDisconnect

from gateway.clients.services import DryRunUnreadable, is_dry_run
from gateway.live.hub import Hub, TooManyListeners
from gateway.live.session import Session
from gateway.transport.execution import Executor
from gateway.transport.faults import ErrorCode, RequestFault, refused
from gateway.transport.masking import INTERNAL
from gateway.transport.messages import (
    SUBPROTOCOL,
    Close,
    Code,
    Message,
    headers_of,
    operation_of,
    read_message,
)
from gateway.transport.pages_allowed import is_own_origin
from gateway.transport.reading import GraphQLRequest
from shared.auth.errors import KeysUnavailable, TokenRefused, UnitMissing
from shared.kernel.errors import Malformed
from shared.kernel.purposes import PurposeNotRegistered
from shared.kernel.text import Text
from shared.observability.request import begin_request, current_request
from shared.web.access import bearer_token
from shared.web.context import facts_of
from shared.web.limits import OverQuota, RequestCounts
from shared.web.purposes import stated

PATH = "/graphql"
TOO_MANY = Text(
    de="Auf dieser Verbindung sind zu viele Abonnements offen.",
    en="Too many subscriptions are open on this connection.",
)
RATE_LIMITED = Text(
    de="Zu viele Anfragen in einer Minute. Bitte später noch einmal versuchen.",
    en="Too many requests in one minute. Please try again later.",
)

log = structlog.get_logger(__name__)


async def converse(socket: WebSocket, executor: Executor, hub: Hub, counts: RequestCounts) -> None:
    """Answer an upgrade of `/graphql`: 403 to a page of another origin, 4406 to other protocols."""
    if not is_own_origin(socket.headers, socket.app.state.settings.cors_origins):
        await socket.close(Code.FORBIDDEN, "Origin not allowed")
        return
    if SUBPROTOCOL not in socket.scope["subprotocols"]:
        await socket.accept()
        await socket.close(Code.SUBPROTOCOL_NOT_ACCEPTABLE, "Subprotocol not acceptable")
        return
    await socket.accept(SUBPROTOCOL)
    await Conversing(socket, executor, hub, counts).run()


class Conversing:
    """One connection: read message by message; every operation is a task of its own."""

    def __init__(
        self, socket: WebSocket, executor: Executor, hub: Hub, counts: RequestCounts
    ) -> None:
        self._socket = socket
        self._executor = executor
        self._hub = hub
        self._counts = counts
        self._settings = socket.app.state.settings
        self._session: Session | None = None
        self._running: dict[str, asyncio.Task[None]] = {}
        self._init_until = time.monotonic() + self._settings.live_init_timeout_s

    async def run(self) -> None:
        """Until either side ends it; the socket is accepted by then."""
        try:
            async with AsyncExitStack() as stack, asyncio.TaskGroup() as group:
                while True:
                    await self._take(await self._next(), group, stack)
        except* Close as closes:
            close = closes.exceptions[0]
            assert isinstance(close, Close)
            await self._close(close)
        except* (WebSocketDisconnect, _ReadsNothing):
            pass

    async def _next(self) -> Message:
        """Raises Close when the time for it is over."""
        session = self._session
        left_s = session.seconds_left if session else self._init_until - time.monotonic()
        try:
            async with asyncio.timeout(left_s):
                received = await self._socket.receive()
        except TimeoutError as late:
            raise (
                Close(Code.FORBIDDEN, "Token expired")
                if session
                else Close(Code.INIT_TIMEOUT, "Connection initialisation timeout")
            ) from late
        if received["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(received.get("code") or 1005)
        return read_message(received)

    async def _take(
        self, message: Message, group: asyncio.TaskGroup, stack: AsyncExitStack
    ) -> None:
        match message.type:
            case "connection_init":
                await self._begin(message, stack)
            case "ping":
                await self._pong(message)
            case "pong":
                pass
            case "subscribe":
                await self._subscribe(message, group)
            case "complete":
                if (task := self._running.pop(message.id, None)) is not None:
                    task.cancel()
            case _:
                raise Close(Code.BAD_REQUEST, "Unknown message type")

    async def _begin(self, message: Message, stack: AsyncExitStack) -> None:
        if self._session is not None:
            raise Close(Code.TOO_MANY_INITS, "Too many initialisation requests")
        headers = headers_of(message.payload, self._socket.headers)
        begin_request(facts_of(headers))
        state = self._socket.app.state
        try:
            is_dry_run(headers)
            caller = await state.verifier.verify(bearer_token(headers))
            begin_request(stated(headers, current_request(), caller))
            await self._counts.count(caller, "GET", PATH)
            stack.enter_context(self._hub.connection(caller, "websocket"))
        except DryRunUnreadable as odd:
            raise Close(Code.BAD_REQUEST, odd.title.en) from odd
        except Malformed as odd:
            raise Close(Code.BAD_REQUEST, odd.title.en) from odd
        except TokenRefused as no:
            raise self._refused_stranger() from no
        except (UnitMissing, PurposeNotRegistered) as no:
            raise Close(Code.FORBIDDEN, "Forbidden") from no
        except (KeysUnavailable, TooManyListeners, OverQuota) as later:
            raise Close(Code.TRY_AGAIN_LATER, "Try again later") from later
        self._session = Session(caller, headers, state.upstreams, self._settings, self._hub)
        await self._send({"type": "connection_ack"})

    def _refused_stranger(self) -> Close:
        """Who comes too often without a valid token hears it here as well."""
        try:
            self._socket.app.state.strangers.count(self._socket.scope["client"])
        except OverQuota:
            return Close(Code.TRY_AGAIN_LATER, "Try again later")
        return Close(Code.UNAUTHORIZED, "Unauthorized")

    async def _pong(self, message: Message) -> None:
        """A ping may bring a newer token: `{"authorization": "Bearer …"}`."""
        headers = headers_of(message.payload, Headers())
        if self._session is not None and "authorization" in headers:
            try:
                is_same = await self._session.renew(headers, self._socket.app.state.verifier)
            except (TokenRefused, UnitMissing) as no:
                raise Close(Code.UNAUTHORIZED, "Unauthorized") from no
            except KeysUnavailable as later:
                raise Close(Code.TRY_AGAIN_LATER, "Try again later") from later
            if not is_same:
                raise Close(Code.FORBIDDEN, "Another caller")
        await self._send({"type": "pong"})

    async def _subscribe(self, message: Message, group: asyncio.TaskGroup) -> None:
        session = self._session
        if session is None:
            raise Close(Code.UNAUTHORIZED, "Unauthorized")
        asked = operation_of(message)
        if message.id in self._running:
            raise Close(Code.SUBSCRIBER_EXISTS, f"Subscriber for {message.id} already exists")
        try:
            if len(self._running) >= self._settings.live_subscriptions_max:
                raise refused(
                    ErrorCode.TOO_MANY_SUBSCRIPTIONS,
                    TOO_MANY,
                    limit=self._settings.live_subscriptions_max,
                )
            await self._count(session)
        except RequestFault as fault:
            await self._send({"id": message.id, "type": "error", "payload": fault.errors})
            return
        task = group.create_task(self._answer(message.id, asked, session))
        self._running[message.id] = task

    async def _count(self, session: Session) -> None:
        try:
            await self._counts.count(session.caller, "POST", PATH)
        except OverQuota as over:
            raise refused(
                ErrorCode.RATE_LIMITED, RATE_LIMITED, retryAfterS=over.count.reset_s
            ) from over

    async def _answer(self, id_: str, asked: GraphQLRequest, session: Session) -> None:
        last: dict[str, Any] = {"id": id_, "type": "complete"}
        try:
            async with aclosing(self._executor.stream(asked, session.context())) as documents:
                async for document in documents:
                    await self._send({"id": id_, "type": "next", "payload": document})
        except RequestFault as fault:
            last = {"id": id_, "type": "error", "payload": fault.errors}
        except (WebSocketDisconnect, _ReadsNothing, OSError):
            raise
        except Exception as fault:
            log.exception("live.failed", fault=type(fault).__name__)
            unexpected = refused(ErrorCode.INTERNAL_FAULT, INTERNAL, requestId=current_request().id)
            last = {"id": id_, "type": "error", "payload": unexpected.errors}
        if self._running.get(id_) is asyncio.current_task():
            del self._running[id_]
            await self._send(last)

    async def _send(self, document: Mapping[str, Any]) -> None:
        """Raises _ReadsNothing when the client takes nothing for too long."""
        try:
            async with asyncio.timeout(self._settings.live_send_timeout_s):
                await self._socket.send_text(orjson.dumps(document).decode())
        except TimeoutError as stuck:
            raise _ReadsNothing from stuck
        except (WebSocketDisconnect, RuntimeError, OSError) as gone:
            raise WebSocketDisconnect(1006) from gone

    async def _close(self, close: Close) -> None:
        try:
            async with asyncio.timeout(self._settings.live_send_timeout_s):
                await self._socket.close(close.code, close.reason)
        except (TimeoutError, WebSocketDisconnect, RuntimeError, OSError):
            return


class _ReadsNothing(Exception):
    """The client has stopped reading; what it would be told has no place to wait."""
