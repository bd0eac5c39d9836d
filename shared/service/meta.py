"""`GET /v1/meta`: what this service is and what it enforces, for everybody to read."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import Response

from shared.database.filter_values import SEARCH_VALUES_MAX
from shared.database.lists import PAGE_DEFAULT, PAGE_MAX
from shared.database.migration import IDEMPOTENCY_DAYS
from shared.database.migration_requests import REQUEST_LOG_DAYS
from shared.service.desk import JSON
from shared.web.bodies import BODY_BYTES_MAX, DEPTH_MAX
from shared.web.deprecation import deprecated_operations
from shared.web.fields import ResponseModel
from shared.web.limits import WINDOW_S, is_shared
from shared.web.settings import ServiceSettings

BodyKind = Literal["JSON", "NDJSON", "BYTES"]
CACHED = {"Cache-Control": "public, max-age=300"}


class RateLimitsView(ResponseModel):
    """Requests of one client in `windowS` seconds; null: no limit."""

    window_s: int
    machine_reads: int | None
    machine_writes: int | None
    person_requests: int | None
    is_shared_by_replicas: bool


class BodyLimitView(ResponseModel):
    """`path` is a template; without one the limit of all other bodies."""

    path: str | None
    kind: BodyKind
    bytes_max: int


class KeptView(ResponseModel):
    """For how many days something can be asked again."""

    feed_days: int
    idempotency_key_days: int
    request_log_days: int


class DeprecatedView(ResponseModel):
    method: str
    path: str
    since: date
    sunset: date
    link: str


class MetaView(ResponseModel):
    """What this service is, and the limits that its settings enforce."""

    service: str
    version: str
    rate_limits: RateLimitsView
    bodies: list[BodyLimitView]
    depth_max: int
    page_default: int
    page_max: int
    search_values_max: int
    kept: KeptView
    deprecated: list[DeprecatedView]
    openapi: str
    problems: str


Limits = Mapping[BodyKind, Mapping[str, int]]


def meta_router(name: str, settings: ServiceSettings, bodies: Limits) -> APIRouter:
    """`bodies`: the paths with a limit of their own, by what they take."""
    router = APIRouter(tags=["meta"])

    @router.get(
        "/v1/meta",
        response_model=MetaView,
        summary="What this service is and enforces / Was dieser Dienst ist und begrenzt",
    )
    async def read_meta(request: Request) -> Response:
        view = _meta(name, settings, bodies, request.app)
        return Response(view.model_dump_json(by_alias=True), media_type=JSON, headers=CACHED)

    return router


def _meta(name: str, settings: ServiceSettings, bodies: Limits, app: FastAPI) -> MetaView:
    own = [
        BodyLimitView(path=path, kind=kind, bytes_max=size)
        for kind, paths in bodies.items()
        for path, size in paths.items()
    ]
    return MetaView(
        service=name,
        version=app.version,
        rate_limits=RateLimitsView(
            window_s=WINDOW_S,
            machine_reads=settings.machine_reads_per_minute or None,
            machine_writes=settings.machine_writes_per_minute or None,
            person_requests=settings.person_requests_per_minute or None,
            is_shared_by_replicas=is_shared(settings.rate_limit_store.get_secret_value()),
        ),
        bodies=[BodyLimitView(path=None, kind="JSON", bytes_max=BODY_BYTES_MAX), *own],
        depth_max=DEPTH_MAX,
        page_default=PAGE_DEFAULT,
        page_max=PAGE_MAX,
        search_values_max=SEARCH_VALUES_MAX,
        kept=KeptView(
            feed_days=settings.feed_days,
            idempotency_key_days=IDEMPOTENCY_DAYS,
            request_log_days=REQUEST_LOG_DAYS,
        ),
        deprecated=[
            DeprecatedView(
                method=method,
                path=path,
                since=deprecation.since,
                sunset=deprecation.sunset,
                link=deprecation.link,
            )
            for method, path, deprecation in deprecated_operations(app)
        ],
        openapi="/openapi.json",
        problems="/v1/problems",
    )
