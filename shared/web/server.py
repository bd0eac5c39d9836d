"""The HTTP server: heads of requests are bounded in size and in time before anything is parsed."""

import asyncio
import gc
from collections.abc import Sequence
from typing import Any, Final

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from shared.kernel.errors import Refusal
from shared.web.heads import (
    HEAD_BYTES_MAX,
    HEADERS_MAX,
    SAFE,
    HeadTooLarge,
    HeadTooSlow,
    HeadUnreadable,
)
from shared.web.problems import problem_response
from shared.web.settings import ProcessSettings
from shared.web.tls import Tls

HEAD_TIMEOUT_S: Final = 10.0
GC_ALLOCATIONS: Final = 100_000
PLAIN: Final = Tls()


def _answer(refusal: Refusal) -> bytes:
    """What goes back where there is no request yet that an application could answer."""
    response = problem_response(refusal, instance="", headers=SAFE | {"Connection": "close"})
    lines = (name + b": " + value for name, value in response.raw_headers)
    head = b"\r\n".join([STATUS_LINE[refusal.status].rstrip(), *lines])
    return head + b"\r\n\r\n" + bytes(response.body)


class BoundedHttp(HttpToolsProtocol):
    """Ends a connection whose head grows without end or does not come in `HEAD_TIMEOUT_S`.

    So it does when the body of an answered request does not end in that time.

    The parser keeps what it is sent until a header is complete: without a bound, one client
    fills the memory, and without a deadline many clients take every connection.
    """

    _head_bytes = 0
    _is_in_head = True
    _is_in_body = False
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._begin_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_head()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        # What a head and a body in one piece are, the application judges: it sees the head.
        self._head_bytes += len(data) if self._is_in_head else 0
        super().data_received(data)
        if self._is_in_head and self._head_bytes > HEAD_BYTES_MAX:
            self._refuse(HeadTooLarge(headersMax=HEADERS_MAX, bytesMax=HEAD_BYTES_MAX))

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if not self._is_in_head:
            self._begin_head()

    def on_headers_complete(self) -> None:
        self._end_head()
        self._is_in_body = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._is_in_body = False
        self._end_deadline()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """A body that was refused may still come, so that its sender reads why; not for ever."""
        super().on_response_complete()
        if self._is_in_body and not self.transport.is_closing():
            self._end_deadline()
            self._deadline = self.loop.call_later(HEAD_TIMEOUT_S, self.transport.close)

    def _begin_head(self) -> None:
        self._is_in_head = True
        self._head_bytes = 0
        self._deadline = self.loop.call_later(HEAD_TIMEOUT_S, self._refuse, HeadTooSlow())

    def _end_head(self) -> None:
        self._is_in_head = False
        self._end_deadline()

    def _end_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 - the server's own form
        """As everywhere, a problem; what was sent is quoted nowhere."""
        self._refuse(HeadUnreadable())

    def _refuse(self, refusal: Refusal) -> None:
        self._end_head()
        if not self.transport.is_closing():
            self.transport.write(_answer(refusal))
            self.transport.close()


def server_config(
    app: FastAPI,
    *,
    host: str,
    port: int,
    tls: Tls = PLAIN,
    trusted_proxies: Sequence[str] = (),
    **more: Any,
) -> uvicorn.Config:
    """How every program of ours is served. Only `trusted_proxies` say for whom they speak."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=BoundedHttp,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=list(trusted_proxies),
        **tls.serving(),
        **more,
    )


def spare_the_collector() -> None:
    """What stands now stays: modules, routes, statements. Walking all of it again and again holds
    up answers for nothing.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GC_ALLOCATIONS)


def serve(app: FastAPI, settings: ProcessSettings) -> None:
    """Until a signal ends it."""
    spare_the_collector()
    config = server_config(
        app,
        host=settings.host,
        port=settings.port,
        tls=settings.tls,
        trusted_proxies=settings.trusted_proxies,
    )
    uvicorn.Server(config).run()
