"""Rate limits: so many requests of one client in a minute, said in the headers of every answer.

`RateLimit-Policy` and `RateLimit` are those of draft-ietf-httpapi-ratelimit-headers (IETF),
`RateLimit-Limit`, `-Remaining` and `-Reset` those that FIT-Connect's clients know.
"""

import math
import time
from dataclasses import dataclass
from typing import Final

import structlog
from limits import RateLimitItemPerMinute
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.kernel.caller import Caller
from shared.kernel.errors import Refusal
from shared.kernel.text import Text
from shared.observability.metrics import RATE_LIMITED
from shared.web.problems import problem_response

IN_MEMORY: Final = "async+memory://"
STORE_PATTERN: Final = r"^async\+(memory|valkey|valkeys|valkey\+sentinel)://"
WINDOW_S: Final = 60
HEADERS: Final = {
    "RateLimit-Policy": "The quota and its seconds, by name; draft of the IETF.",
    "RateLimit": "What is left of it, and after how many seconds there is more.",
    "RateLimit-Limit": "Requests in a minute.",
    "RateLimit-Remaining": "Requests left.",
    "RateLimit-Reset": "Seconds until there are more.",
}
READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})

log = structlog.get_logger(__name__)


class RateLimited(Refusal):
    status = 429
    code = "rate-limited"
    title = Text(
        de="Zu viele Anfragen in einer Minute. Bitte später noch einmal versuchen.",
        en="Too many requests in one minute. Please try again later.",
    )


@dataclass(frozen=True, slots=True)
class Quota:
    """What one client may do in a minute; 0 means as often as it likes."""

    name: str
    per_minute: int


@dataclass(frozen=True, slots=True)
class Quotas:
    """Machines are counted apart for what they read and write, people for all they do."""

    reads: Quota
    writes: Quota
    people: Quota

    def of(self, caller: Caller, method: str, path: str) -> Quota:
        """A search is a read, whatever its method."""
        if not caller.is_machine:
            return self.people
        return self.reads if method in READING or path.endswith("/search") else self.writes


@dataclass(frozen=True, slots=True)
class Count:
    """How one client stands: what is left, and when there will be more."""

    quota: Quota
    remaining: int
    reset_s: int

    @property
    def headers(self) -> dict[str, str]:
        name, limit = self.quota.name, self.quota.per_minute
        return {
            "RateLimit-Policy": f'"{name}";q={limit};w={WINDOW_S}',
            "RateLimit": f'"{name}";r={self.remaining};t={self.reset_s}',
            "RateLimit-Limit": str(limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.reset_s),
        }


class OverQuota(RateLimited):
    """`count` says when the client may ask again."""

    def __init__(self, count: Count) -> None:
        super().__init__(quota=count.quota.name, retryAfterS=count.reset_s)
        self.count = count


class RequestCounts:
    """How often each client has asked in the last minute; one for all doors of a process.

    A store that cannot be reached limits nobody: the services stay, the log says it.
    """

    def __init__(self, quotas: Quotas, store: str = IN_MEMORY) -> None:
        self._quotas = quotas
        self._limiter = SlidingWindowCounterRateLimiter(
            storage_from_string(store, wrap_exceptions=True)
        )

    async def count(self, caller: Caller, method: str, path: str) -> Count | None:
        """Count one request; how the client stands then, or None where nobody counts.

        Raises OverQuota.
        """
        quota = self._quotas.of(caller, method, path)
        if not quota.per_minute:
            return None
        try:
            is_let_in, count = await self._hit(quota, caller)
        except StorageError:
            log.warning("rate_limit.store_failed", quota=quota.name)
            return None
        if not is_let_in:
            RATE_LIMITED.labels(quota.name).inc()
            raise OverQuota(count)
        return count

    async def _hit(self, quota: Quota, caller: Caller) -> tuple[bool, Count]:
        item = RateLimitItemPerMinute(quota.per_minute)
        key = (quota.name, caller.issuer, caller.tenant_id, _client(caller))
        is_let_in = await self._limiter.hit(item, *key)
        stats = await self._limiter.get_window_stats(item, *key)
        # At the very instant of the reset the last one still counts, just after it no more.
        wait_s = math.floor(stats.reset_time - time.time()) + 1
        remaining = stats.remaining if is_let_in else 0
        return is_let_in, Count(quota, remaining, max(1, wait_s))


class RateLimits:
    """Answers 429 with Retry-After to a client over its quota. Stands behind RequireToken.

    `counts` where other doors of the process count with it.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        quotas: Quotas,
        store: str = IN_MEMORY,
        counts: RequestCounts | None = None,
    ) -> None:
        self.app = app
        self._counts = counts or RequestCounts(quotas, store)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        caller: Caller | None = scope.get("caller")
        if scope["type"] != "http" or caller is None:
            await self.app(scope, receive, send)
            return
        try:
            count = await self._counts.count(caller, scope["method"], scope["path"])
        except OverQuota as over:
            await over_quota_response(over, scope["path"])(scope, receive, send)
            return
        await self.app(scope, receive, _with_headers(send, count) if count else send)


def over_quota_response(over: OverQuota, path: str) -> Response:
    headers = over.count.headers | {"Retry-After": str(over.count.reset_s)}
    return problem_response(over, instance=path, headers=headers)


def is_shared(store: str) -> bool:
    """Whether all replicas count together."""
    return not store.startswith(IN_MEMORY)


def _client(caller: Caller) -> str:
    """A machine is its client, wherever it runs; a person is counted in person."""
    return caller.client_id or caller.subject if caller.is_machine else caller.subject


def _with_headers(send: Send, count: Count) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(count.headers)
        await send(message)

    return send_with_headers
