"""Cases: list, read, open."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from services.cases.api.schemas import CaseOpening, CasePage, CaseView
from services.cases.operations.open_case import OpenCase, open_case
from services.cases.storage.queries import CASE_LIST, CASE_VIEW
from shared.kernel.caller import Caller
from shared.service.desk import CurrentReading, CurrentWriting
from shared.web.access import caller_with

router = APIRouter(prefix="/v1/cases", tags=["cases"])

CaseManager = Annotated[Caller, Depends(caller_with("case_manager"))]


@router.get(
    "",
    response_model=CasePage,
    summary="List cases / Fälle auflisten",
    openapi_extra={"parameters": CASE_LIST.parameters()},
)
async def list_cases(_: CaseManager, reading: CurrentReading) -> Response:
    return await reading.page(CASE_LIST)


@router.get("/{case_id}", response_model=CaseView, summary="Read a case / Fall lesen")
async def read_case(case_id: UUID, _: CaseManager, reading: CurrentReading) -> Response:
    return await reading.answer(CASE_VIEW, case_id=case_id)


@router.post("", status_code=201, response_model=CaseView, summary="Open a case / Fall eröffnen")
async def post_case(body: CaseOpening, _: CaseManager, writing: CurrentWriting) -> Response:
    command = OpenCase(pseudonym=body.pseudonym)
    return await writing.run(lambda tx: open_case(tx, command), status=201)
