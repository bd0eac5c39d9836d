"""The catalogue of case types, and the custom fields of a case."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import CaseTypeKeeper, CaseWriter, CurrentPractice, VisibleCaller
from services.cases.api.schemas.cases import CaseView
from services.cases.api.schemas.types import (
    CaseTypeBody,
    CaseTypeContent,
    CaseTypePage,
    CaseTypeView,
    CustomFieldsBody,
)
from services.cases.domain.case_types import CaseTypeAction
from services.cases.operations.describe_case import Change
from services.cases.operations.keep_case_types import (
    act_on_case_type,
    change_case_type,
    draft_case_type,
    store_custom_fields,
)
from services.cases.storage.queries.case_types import CASE_TYPE_LIST, CASE_TYPE_VIEW
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1", tags=["case types"])


@router.get(
    "/case-types",
    response_model=CaseTypePage,
    summary="List case types / Falltypen auflisten",
    openapi_extra={"parameters": CASE_TYPE_LIST.parameters()},
)
async def list_case_types(_: VisibleCaller, reading: CurrentReading) -> Response:
    """The tenant's own versions and those that ship with the product."""
    return await reading.page(CASE_TYPE_LIST)


@router.get(
    "/case-types/{case_type_id}",
    response_model=CaseTypeView,
    summary="Read a case type / Falltyp lesen",
)
async def read_case_type(case_type_id: UUID, _: VisibleCaller, reading: CurrentReading) -> Response:
    return await reading.answer(CASE_TYPE_VIEW, case_type_id=case_type_id)


@router.post(
    "/case-types",
    status_code=201,
    response_model=CaseTypeView,
    summary="Draft the next version of a case type / Nächste Fassung eines Falltyps entwerfen",
)
async def post_case_type(
    _: CaseTypeKeeper, body: CaseTypeBody, writing: CurrentWriting
) -> Response:
    return await writing.run(lambda tx: draft_case_type(tx, body.code, body.content()), status=201)


@router.put(
    "/case-types/{case_type_id}",
    response_model=CaseTypeView,
    summary="Change a draft / Entwurf ändern",
)
async def put_case_type(
    _: CaseTypeKeeper, case_type_id: UUID, body: CaseTypeContent, writing: CurrentWriting
) -> Response:
    version = writing.expected_version
    return await writing.run(lambda tx: change_case_type(tx, case_type_id, version, body.content()))


@router.post(
    "/case-types/{case_type_id}/actions/{action}",
    response_model=CaseTypeView,
    summary="Publish or retire a case type / Falltyp veröffentlichen oder zurückziehen",
)
async def post_case_type_step(
    _: CaseTypeKeeper, case_type_id: UUID, action: CaseTypeAction, writing: CurrentWriting
) -> Response:
    version = writing.expected_version
    return await writing.run(lambda tx: act_on_case_type(tx, case_type_id, action, version))


@router.put(
    "/cases/{case_id}/custom-fields",
    response_model=CaseView,
    summary="Store custom fields / Zusatzfelder speichern",
)
async def put_custom_fields(
    _: CaseWriter,
    practice: CurrentPractice,
    case_id: UUID,
    body: CustomFieldsBody,
    writing: CurrentWriting,
) -> Response:
    """All of them at once, as the case's type version describes them."""
    change = Change(case_id=case_id, expected_version=writing.expected_version, practice=practice)
    return await writing.run(lambda tx: store_custom_fields(tx, change, body.fields))
