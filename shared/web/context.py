"""The outermost layer: request id, language, purpose; one log line; no answer without JSON."""

import re
import time
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.observability.metrics import REQUEST_SECONDS
from shared.observability.request import RequestFacts, begin_request
from shared.web.heads import with_safe_headers
from shared.web.problems import InternalFault, problem_response, refusal_for

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

log = structlog.get_logger(__name__)


class RequestContext:
    """Begins and ends a request. Logs method, route and status; never a query string or a body."""

    def __init__(self, app: ASGIApp, *, is_production: bool = True) -> None:
        self.app = app
        self.is_production = is_production

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        facts = facts_of(Headers(scope=scope))
        begin_request(facts)
        started_s = time.perf_counter()
        status = 500
        has_begun = False
        safe_send = with_safe_headers(send, is_production=self.is_production)

        async def send_with_id(message: Message) -> None:
            nonlocal status, has_begun
            if message["type"] == "http.response.start":
                status, has_begun = message["status"], True
                MutableHeaders(scope=message)["X-Request-Id"] = facts.id
            await safe_send(message)

        try:
            await self.app(scope, receive, send_with_id)
        except Exception as fault:
            refusal = refusal_for(fault)
            if isinstance(refusal, InternalFault):
                log.exception("request.failed", fault=type(fault).__name__)
            if not has_begun:
                response = problem_response(refusal, instance=scope["path"])
                await response(scope, receive, send_with_id)
        finally:
            _finish(scope, status, time.perf_counter() - started_s, facts.id)


def _finish(scope: Scope, status: int, duration_s: float, request_id: str) -> None:
    route = getattr(scope.get("route"), "path_format", None) or "-"
    REQUEST_SECONDS.labels(scope["method"], route, str(status)).observe(duration_s)
    if not scope["path"].startswith(("/health", "/metrics")):
        log.info(
            "request",
            method=scope["method"],
            route=route,
            status=status,
            duration_ms=round(duration_s * 1000, 1),
            request_id=request_id,
        )


def facts_of(headers: Headers) -> RequestFacts:
    """What the headers say of the request; what is odd in them counts as not said.

    Purpose and reason are taken once the caller is known (`shared/web/purposes.py`).
    """
    given_id = headers.get("x-request-id", "")
    accepted = headers.get("accept-language", "")
    return RequestFacts(
        id=given_id if REQUEST_ID.fullmatch(given_id) else uuid4().hex,
        language=preferred_language(accepted),
        is_bilingual=takes_both_languages(accepted),
    )


def preferred_language(accepted: str) -> str:
    """`de` or `en`, whichever the header weighs more; English when it names neither."""
    best, best_weight = "en", 0.0
    for part in accepted.lower().split(",")[:20]:
        tag, _, parameters = part.strip().partition(";")
        language = tag[:2]
        weight = _weight(parameters)
        if language in {"de", "en"} and weight > best_weight:
            best, best_weight = language, weight
    return best


def takes_both_languages(accepted: str) -> bool:
    """Whether `mul`, ISO 639-2 for several languages, stands in the header."""
    parts = (part.partition(";") for part in accepted.lower().split(",")[:20])
    return any(tag.strip() == "mul" and _weight(weight) > 0 for tag, _, weight in parts)


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name != "q":
        return 1.0
    return float(value) if re.fullmatch(r"[01](\.[0-9]{1,3})?", value) else 0.0
