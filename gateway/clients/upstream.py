"""One way to reach a service, whatever carries it; over HTTP for now."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import aiohttp
import structlog

from gateway.clients.faults import ServiceDown
from shared.kernel.clock import now

# Asked by a client of the gateway, and answered by a service that has stored nothing.
DRY_RUN = "KIM-Dry-Run"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `is_repeatable` when asking twice does no more than asking once."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    timeout_s: float = 2.0
    is_repeatable: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    etag: str | None = None
    is_replayed: bool = False
    is_trial: bool = False
    retry_after_s: int | None = None


@dataclass(slots=True)
class Standing:
    """Whether a service answers, and since when this process has known it."""

    is_reachable: bool | None = None
    since: datetime = field(default_factory=now)

    def note(self, *, is_reachable: bool) -> None:
        if self.is_reachable is not is_reachable:
            self.is_reachable, self.since = is_reachable, now()


class Upstream(Protocol):
    """A service that can be called. Implementations raise ServiceDown and nothing else."""

    name: str
    standing: Standing

    async def call(self, call: Call) -> Answer: ...


class HttpUpstream:
    """A service behind an address, over pooled connections."""

    def __init__(self, name: str, address: str, http: aiohttp.ClientSession) -> None:
        self.name = name
        self._address = address
        self._http = http
        self.standing = Standing()

    async def call(self, call: Call) -> Answer:
        try:
            answer = await self._reached(call)
        except ServiceDown:
            self.standing.note(is_reachable=False)
            raise
        else:
            self.standing.note(is_reachable=True)
            return answer

    async def _reached(self, call: Call) -> Answer:
        try:
            return await self._once(call)
        except aiohttp.ServerDisconnectedError as gone:
            # A kept connection that the service had closed: the one fault worth a second try.
            if not call.is_repeatable:
                raise ServiceDown(self.name, "disconnected") from gone
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            raise self._down(fault) from fault
        try:
            return await self._once(call)
        except (aiohttp.ClientError, TimeoutError, OSError) as fault:
            raise self._down(fault) from fault

    async def _once(self, call: Call) -> Answer:
        async with self._http.request(
            call.method,
            self._address + call.path,
            params=call.query or None,
            headers=call.headers,
            data=call.body,
            timeout=aiohttp.ClientTimeout(total=call.timeout_s),
            allow_redirects=False,
        ) as response:
            body = await response.read()
            retry_after = response.headers.get("Retry-After", "")
            return Answer(
                status=response.status,
                body=body,
                etag=response.headers.get("ETag"),
                is_replayed=response.headers.get("Idempotency-Replayed") == "true",
                is_trial=response.headers.get(DRY_RUN) == "true",
                retry_after_s=int(retry_after) if retry_after.isdigit() else None,
            )

    def _down(self, fault: Exception) -> ServiceDown:
        log.warning("upstream.failed", service=self.name, fault=type(fault).__name__)
        return ServiceDown(self.name, type(fault).__name__)
