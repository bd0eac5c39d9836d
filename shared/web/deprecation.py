"""Operations that will go: said in the contract, in `/v1/meta` and with every answer (RFC 9745).

@router.get("/old")
@deprecated_since(date(2026, 12, 1), sunset=date(2027, 12, 1), link="https://…/migration")
async def read_old(...) -> Response: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import Any, Final, TypeVar

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.observability.metrics import DEPRECATED_REQUESTS

E = TypeVar("E", bound=Callable[..., Any])
MARK: Final = "__kim_deprecation__"
# What partners are promised in docs/integration.md.
NOTICE_DAYS: Final = 365
HEADERS: Final = {
    "Deprecation": "Since when it is deprecated, as `@` and Unix seconds (RFC 9745).",
    "Sunset": "From when on it may be gone (RFC 8594).",
    "Link": "What to use instead, with `rel=deprecation`.",
}


@dataclass(frozen=True, slots=True)
class Deprecation:
    """Since when, until when at least (the day begins in UTC), and where it says what instead."""

    since: date
    sunset: date
    link: str

    @property
    def headers(self) -> dict[str, str]:
        return {
            "Deprecation": f"@{int(_midnight(self.since).timestamp())}",
            "Sunset": format_datetime(_midnight(self.sunset), usegmt=True),
            "Link": f'<{self.link}>; rel="deprecation"; type="text/html"',
        }


def deprecated_since(since: date, *, sunset: date, link: str) -> Callable[[E], E]:
    """Mark an endpoint; stands below the decorator of its route. Raises ValueError when the notice
    is shorter than a year.
    """
    if (sunset - since).days < NOTICE_DAYS:
        raise ValueError(
            f"An operation goes {NOTICE_DAYS} days after it was announced, not sooner."
        )

    def mark(endpoint: E) -> E:
        setattr(endpoint, MARK, Deprecation(since, sunset, link))
        return endpoint

    return mark


def deprecation_of(endpoint: object) -> Deprecation | None:
    found: Deprecation | None = getattr(endpoint, MARK, None)
    return found


def deprecated_operations(app: FastAPI) -> list[tuple[str, str, Deprecation]]:
    """Method, path and mark of every operation of the contract that has one."""
    return [
        (method, route.path_format or "", deprecation)
        for route in iter_route_contexts(app.routes)
        if (deprecation := deprecation_of(route.endpoint))
        for method in sorted(route.methods or ())
    ]


def describe_deprecations(app: FastAPI, document: dict[str, Any]) -> None:
    """Put the mark and the headers into the contract."""
    headers = {
        name: {"schema": {"type": "string"}, "description": text} for name, text in HEADERS.items()
    }
    for method, path, deprecation in deprecated_operations(app):
        operation = document["paths"].get(path, {}).get(method.lower())
        if operation is not None:
            operation["deprecated"] = True
            operation["x-sunset"] = deprecation.sunset.isoformat()
            for response in operation["responses"].values():
                response.setdefault("headers", {}).update(headers)


class SayDeprecations:
    """Every answer of a deprecated operation has the headers, and each request is counted."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            deprecation = deprecation_of(scope.get("endpoint"))
            if deprecation is not None and message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(deprecation.headers)
                route = getattr(scope.get("route"), "path_format", "-")
                DEPRECATED_REQUESTS.labels(scope["method"], route).inc()
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
