"""A receiver of webhooks for the time of a check: keeps what arrives and answers 204."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from deploy.partnerkit.words import Unusable
from shared.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Arrival:
    """One delivery; names of headers in lower case."""

    headers: Mapping[str, str]
    body: bytes


@dataclass
class Receiver:
    """Listens while the block runs; `port` 0 takes a free one."""

    port: int = 0
    host: str = "127.0.0.1"
    arrived: list[Arrival] = field(default_factory=list)

    def __enter__(self) -> Self:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                headers = {name.lower(): value for name, value in self.headers.items()}
                receiver.arrived.append(Arrival(headers, body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        try:
            self._server = ThreadingHTTPServer((self.host, self.port), Handler)
        except OSError as taken:
            raise Unusable(
                Text(
                    f"Port {self.port} ist belegt; einen anderen nennen mit --receiver-port.",
                    f"Port {self.port} is taken; name another one with --receiver-port.",
                )
            ) from taken
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def of(self, event_type: str) -> list[Arrival]:
        """The deliveries of this type so far."""
        return [one for one in self.arrived if event_type.encode() in one.body]
