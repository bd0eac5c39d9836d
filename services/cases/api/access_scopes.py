"""How far a role or a person of a unit sees: settings of the tenant's administration."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import ScopeSetter
from services.cases.api.schemas.access_scopes import (
    AccessScopeBody,
    AccessScopePage,
    AccessScopeView,
)
from services.cases.operations.keep_access_scopes import (
    AccessScope,
    end_access_scope,
    set_access_scope,
)
from services.cases.storage.queries.access_scopes import SCOPE_LIST, SCOPE_VIEW
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1", tags=["access scopes"])


@router.get(
    "/access-scopes",
    response_model=AccessScopePage,
    summary="List access scopes / Zugriffsumfänge auflisten",
    openapi_extra={"parameters": SCOPE_LIST.parameters()},
)
async def list_access_scopes(_: ScopeSetter, reading: CurrentReading) -> Response:
    """Those in force, `isInForce=true`, and what held before."""
    return await reading.page(SCOPE_LIST)


@router.get(
    "/access-scopes/{scope_id}",
    response_model=AccessScopeView,
    summary="Read an access scope / Zugriffsumfang lesen",
)
async def read_access_scope(scope_id: UUID, _: ScopeSetter, reading: CurrentReading) -> Response:
    return await reading.answer(SCOPE_VIEW, scope_id=scope_id)


@router.post(
    "/access-scopes",
    status_code=201,
    response_model=AccessScopeView,
    summary="Set an access scope / Zugriffsumfang festlegen",
)
async def post_access_scope(
    _: ScopeSetter, body: AccessScopeBody, writing: CurrentWriting
) -> Response:
    """In place of the one of the same unit, role and person. It narrows what the law and the
    policies leave, at once, and never widens it; nobody sets their own.
    """
    values = body.model_dump()
    scope = AccessScope(
        **values
        | {
            "colleagues": tuple(body.colleagues),
            "case_types": None if body.case_types is None else tuple(body.case_types),
        }
    )
    return await writing.run(lambda tx: set_access_scope(tx, scope), status=201)


@router.post(
    "/access-scopes/{scope_id}/actions/end",
    response_model=AccessScopeView,
    summary="End an access scope / Zugriffsumfang beenden",
)
async def post_access_scope_end(
    _: ScopeSetter, scope_id: UUID, writing: CurrentWriting
) -> Response:
    """At once; then what holds for the role is seen, or what the law and the policies leave."""
    return await writing.run(lambda tx: end_access_scope(tx, scope_id))
