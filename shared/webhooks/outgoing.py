"""The one place from which something is posted to a partner.

The rule on addresses stands in the factory of sockets: aiohttp calls it for every attempt to
connect, to literals and to each answer of the resolver alike, so a name that changes its answer
between check and connection gains nothing. Redirects are not followed, the body of the answer is
not read, and one deadline holds for all of it.
"""

import asyncio
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import aiohttp
from aiohttp.abc import AbstractResolver

from shared.webhooks.lookups import Lookups
from shared.webhooks.targets import ReceiverAddressRefused, Target, is_public, read_target

TIMEOUT_S: Final = 10.0
RESOLVE_TIMEOUT_S: Final = 5.0
HEADER_BYTES_MAX: Final = 8190
READ_BYTES: Final = 4096
USER_AGENT: Final = "KIM-Webhooks/1"


class TryOutcome(StrEnum):
    OK = "OK"
    HTTP = "HTTP"
    """Answered, but not with 2xx; a redirect is such an answer."""
    TIMEOUT = "TIMEOUT"
    REFUSED_ADDRESS = "REFUSED_ADDRESS"
    TLS = "TLS"
    CONNECTION = "CONNECTION"


@dataclass(frozen=True, slots=True)
class Attempt:
    """How one try ended. `status` is the receiver's answer, if there was one."""

    outcome: TryOutcome
    status: int | None
    duration_ms: int


class AddressIsNotPublic(OSError):
    """Raised inside aiohttp instead of opening the connection."""


class OutgoingHttp:
    """Posts to receivers. `plain_hosts`: `host:port` exempt from https and the address rule."""

    def __init__(
        self,
        *,
        plain_hosts: tuple[str, ...] = (),
        ca_file: str = "",
        timeout_s: float = TIMEOUT_S,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._plain_hosts = plain_hosts
        self._timeout_s = timeout_s
        self._resolver = resolver or Lookups()
        self._tls = ssl.create_default_context()
        if ca_file:
            self._tls.load_verify_locations(cafile=str(Path(ca_file)))

    async def check(self, url: str) -> None:
        """Whether this may become a receiver: every address of its name must be public.

        Raises ReceiverAddressRefused, also for a name that nobody knows.
        """
        target = read_target(url, self._plain_hosts)
        if target.is_exempt:
            return
        try:
            async with asyncio.timeout(RESOLVE_TIMEOUT_S):
                found = await self._resolver.resolve(target.host, target.port, socket.AF_UNSPEC)
        except (OSError, TimeoutError, UnicodeError) as unknown:
            raise ReceiverAddressRefused(reason="unknown-host") from unknown
        if not found or not all(is_public(one["host"]) for one in found):
            raise ReceiverAddressRefused(reason="address")

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Attempt:
        """One try; never raises for what the receiver or the network does."""
        begun = time.monotonic()
        outcome, status = await self._try(url, body, headers)
        return Attempt(outcome, status, int((time.monotonic() - begun) * 1000))

    async def _try(
        self, url: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[TryOutcome, int | None]:
        try:
            target = read_target(url, self._plain_hosts)
        except ReceiverAddressRefused:
            return TryOutcome.REFUSED_ADDRESS, None
        door = _Door(target)
        try:
            async with asyncio.timeout(self._timeout_s), self._session(door) as http:
                status = await _status(http, url, body, headers)
        except TimeoutError:
            return TryOutcome.TIMEOUT, None
        except (aiohttp.ClientSSLError, ssl.SSLError):
            return TryOutcome.TLS, None
        except (aiohttp.ClientError, OSError, ValueError):
            refused = door.refused and not door.opened
            return (TryOutcome.REFUSED_ADDRESS if refused else TryOutcome.CONNECTION), None
        return (TryOutcome.OK if 200 <= status < 300 else TryOutcome.HTTP), status  # noqa: PLR2004 - 2xx

    def _session(self, door: "_Door") -> aiohttp.ClientSession:
        """Fresh for each try: no connection, cookie or resolved name is shared or kept."""
        connector = aiohttp.TCPConnector(
            socket_factory=door.open,
            use_dns_cache=False,
            force_close=True,
            ssl=self._tls,
            resolver=self._resolver,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=self._timeout_s),
            max_line_size=HEADER_BYTES_MAX,
            max_field_size=HEADER_BYTES_MAX,
            read_bufsize=READ_BYTES,
            headers={"User-Agent": USER_AGENT},
        )


class _Door:
    """Opens sockets to one target, to public addresses alone unless it is exempt."""

    def __init__(self, target: Target) -> None:
        self._is_exempt = target.is_exempt
        self.opened = 0
        self.refused = 0

    def open(self, info: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _, address = info
        if not self._is_exempt and not is_public(address[0]):
            self.refused += 1
            raise AddressIsNotPublic(address[0])
        self.opened += 1
        return socket.socket(family, kind, protocol)


async def _status(
    http: aiohttp.ClientSession, url: str, body: bytes, headers: Mapping[str, str]
) -> int:
    answer = await http.post(url, data=body, headers=dict(headers), allow_redirects=False)
    answer.close()  # the body stays where it is
    return answer.status
