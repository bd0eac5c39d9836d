"""`GET /v1/permissions`: which operations the caller's roles open, asked of their own doors."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence

from fastapi import APIRouter, FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts
from starlette.responses import Response

from shared.kernel.caller import Caller
from shared.kernel.errors import Refusal
from shared.service.desk import JSON
from shared.web.access import CallerCheck, CurrentCaller, is_door
from shared.web.fields import ResponseModel


class PermissionsView(ResponseModel):
    """`POST /v1/cases/{case_id}/notes` and its like. A record may still be hidden or its state in
    the way: that is said with the record.
    """

    operations: list[str]


def permissions_router() -> APIRouter:
    router = APIRouter(tags=["meta"])

    @router.get(
        "/v1/permissions",
        response_model=PermissionsView,
        summary="What the caller's roles permit / Was die eigenen Rollen erlauben",
    )
    async def read_permissions(request: Request, caller: CurrentCaller) -> Response:
        operations = sorted([line async for line in permitted_operations(request.app, caller)])
        body = PermissionsView(operations=operations).model_dump_json(by_alias=True)
        return Response(body, media_type=JSON, headers={"Cache-Control": "no-store"})

    return router


async def permitted_operations(app: FastAPI, caller: Caller) -> AsyncIterator[str]:
    """Every operation before which all doors let the caller in, as `METHOD /path`."""
    if not hasattr(app.state, "doors"):
        app.state.doors = dict(_operations(app))
    doors: Mapping[str, Sequence[CallerCheck]] = app.state.doors
    for line, checks in doors.items():
        if await _opens(checks, caller):
            yield line


def _operations(app: FastAPI) -> Iterator[tuple[str, Sequence[CallerCheck]]]:
    """Every operation as `METHOD /path`, with the doors before it."""
    for route in iter_route_contexts(app.routes):
        dependant: Dependant | None = getattr(route, "dependant", None)
        if dependant is not None:
            for method in route.methods or ():
                yield f"{method} {route.path_format}", tuple(_doors(dependant))


async def _opens(checks: Sequence[CallerCheck], caller: Caller) -> bool:
    try:
        for check in checks:
            await check(caller)
    except Refusal:
        return False
    return True


def _doors(dependant: Dependant) -> Iterator[CallerCheck]:
    for inner in dependant.dependencies:
        if inner.call is not None and is_door(inner.call):
            yield inner.call
        yield from _doors(inner)
