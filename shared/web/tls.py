"""TLS of one process: what it shows to who calls it, and whom it believes when it calls.

Certificates, keys and authorities are read again when their files change: what a handshake needs
is looked at when it begins. Connections that are open go on.
"""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

log = structlog.get_logger(__name__)

Make = Callable[[], ssl.SSLContext]


class RenewedContext(ssl.SSLContext):
    """Stands for the context that the files give now; `asyncio` asks it for every connection.

    While the files do not fit together, because half of them is written, the one before serves on.
    """

    _make: Make
    _files: tuple[str, ...]
    _current: ssl.SSLContext
    _seen: tuple[tuple[int, int, int], ...]

    @classmethod
    def of(cls, make: Make, files: tuple[str, ...], protocol: int) -> "RenewedContext":
        """Raises what `make` raises, at the start alone."""
        context = cls(protocol)
        context._make, context._files = make, tuple(filter(None, files))
        context._seen, context._current = context._marks(), make()
        return context

    def wrap_bio(self, *arguments: Any, **named: Any) -> ssl.SSLObject:
        return self._renewed().wrap_bio(*arguments, **named)

    def wrap_socket(self, *arguments: Any, **named: Any) -> ssl.SSLSocket:
        return self._renewed().wrap_socket(*arguments, **named)

    def _renewed(self) -> ssl.SSLContext:
        try:
            marks = self._marks()
            if marks != self._seen:
                self._current = self._make()
                self._seen = marks
                log.info("tls.renewed", files=len(self._files))
        except (OSError, ssl.SSLError) as fault:
            log.warning("tls.not_renewed", fault=repr(fault))
        return self._current

    def _marks(self) -> tuple[tuple[int, int, int], ...]:
        found = (Path(file).stat() for file in self._files)
        return tuple((one.st_mtime_ns, one.st_ino, one.st_size) for one in found)


@dataclass(frozen=True, slots=True)
class Tls:
    """Files in PEM, each empty where there is none.

    `certificate` and `key` are shown to callers, and to servers that ask who calls (mutual TLS).
    `ca` are authorities of the inside that servers may have besides the public ones; `client_ca`
    are those whose certificates a caller must show.
    """

    certificate: str = ""
    key: str = ""
    ca: str = ""
    client_ca: str = ""

    def serving(self) -> dict[str, Any]:
        """For the server; nothing where it speaks plain HTTP."""
        if not self.certificate:
            return {}
        files = (self.certificate, self.key, self.client_ca)

        def context(*_: Any) -> ssl.SSLContext:
            return RenewedContext.of(self._shown, files, ssl.PROTOCOL_TLS_SERVER)

        return {"ssl_context_factory": context}

    def calling(self) -> ssl.SSLContext:
        """Verifies name and certificate of every server; TLS 1.2 at least."""
        files = (self.ca, self.certificate, self.key)
        return RenewedContext.of(self._believing, files, ssl.PROTOCOL_TLS_CLIENT)

    def _shown(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self.certificate, self.key)
        if self.client_ca:
            context.load_verify_locations(cafile=self.client_ca)
            context.verify_mode = ssl.CERT_REQUIRED
        return context

    def _believing(self) -> ssl.SSLContext:
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self.ca:
            context.load_verify_locations(cafile=self.ca)
        if self.certificate:
            context.load_cert_chain(self.certificate, self.key)
        return context
