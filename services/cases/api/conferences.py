"""Case conferences of a case, and figures about them."""

from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Query
from starlette.responses import Response

from services.cases.api.access import CaseReader, CaseWriter, CurrentPractice, FigureReader
from services.cases.api.schemas.conferences import (
    ConferenceBody,
    ConferencePage,
    ConferenceStatistics,
    ConferenceView,
    WrittenConference,
    Year,
)
from services.cases.operations.count_conferences import count_conferences
from services.cases.operations.hold_conference import hold_conference
from services.cases.storage.queries.cases import CASE_EXISTS
from services.cases.storage.queries.conferences import CONFERENCE_VIEW, CONFERENCES_OF_CASE
from shared.kernel.clock import berlin_date, now
from shared.service.desk import JSON, CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1")


@router.get(
    "/cases/{case_id}/conferences",
    response_model=ConferencePage,
    tags=["case conferences"],
    summary="List case conferences / Fallbesprechungen auflisten",
    openapi_extra={"parameters": CONFERENCES_OF_CASE.parameters()},
)
async def list_conferences(case_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    await reading.document(CASE_EXISTS, case_id=case_id)
    return await reading.page(CONFERENCES_OF_CASE, case_id=case_id)


@router.post(
    "/cases/{case_id}/conferences",
    status_code=201,
    response_model=WrittenConference,
    tags=["case conferences"],
    summary="Record a case conference / Fallbesprechung festhalten",
)
async def post_conference(
    _: CaseWriter, case_id: UUID, body: ConferenceBody, writing: CurrentWriting
) -> Response:
    """Each unit with what it was told and on which basis; without a basis nothing is recorded."""
    conference = body.conference(case_id)
    return await writing.run(lambda tx: hold_conference(tx, conference), status=201)


@router.get(
    "/case-conferences/{conference_id}",
    response_model=ConferenceView,
    tags=["case conferences"],
    summary="Read a case conference / Fallbesprechung lesen",
)
async def read_conference(conference_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    return await reading.answer(CONFERENCE_VIEW, conference_id=conference_id)


@router.get(
    "/reports/case-conferences",
    response_model=ConferenceStatistics,
    tags=["reports"],
    summary="Case conferences by quarter / Fallbesprechungen je Quartal",
)
async def read_conference_statistics(
    caller: FigureReader,
    practice: CurrentPractice,
    reading: CurrentReading,
    year: Annotated[Year | None, Query()] = None,
) -> Response:
    """Counted over the whole tenant; small cells are null. Without `year`: the present one."""
    asked = year or berlin_date(now()).year
    async with reading.database.transaction(caller) as tx:
        figures = await count_conferences(tx, asked, small_cell_min=practice.small_cell_min)
    return Response(orjson.dumps(figures), media_type=JSON)
