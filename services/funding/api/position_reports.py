"""Tables of posts as reported: stored unchanged, printed digit by digit."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.funding.api.doors import Reader, Recorder
from services.funding.api.schemas.positions import (
    PositionReportBody,
    PositionReportPage,
    PositionReportView,
)
from services.funding.domain.figures import FigureLocale
from services.funding.operations.print_position_report import print_position_report
from services.funding.operations.record_position_report import record_position_report
from services.funding.storage.queries.position_reports import (
    POSITION_REPORT_LIST,
    POSITION_REPORT_VIEW,
)
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1/position-reports", tags=["positions"])


@router.get(
    "",
    response_model=PositionReportPage,
    summary="List reported tables / Gemeldete Stellentabellen auflisten",
    openapi_extra={"parameters": POSITION_REPORT_LIST.parameters()},
)
async def list_position_reports(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(POSITION_REPORT_LIST)


@router.post(
    "",
    status_code=201,
    response_model=PositionReportView,
    summary="Store a reported table / Gemeldete Stellentabelle speichern",
)
async def post_position_report(
    body: PositionReportBody, _: Recorder, writing: CurrentWriting
) -> Response:
    command = body.command()
    return await writing.run(lambda tx: record_position_report(tx, command), status=201)


@router.get(
    "/{report_id}",
    response_model=PositionReportView,
    summary="Read a reported table / Gemeldete Stellentabelle lesen",
)
async def read_position_report(report_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(POSITION_REPORT_VIEW, report_id=report_id)


@router.get(
    "/{report_id}/table.csv",
    response_class=Response,
    summary="Print a reported table as CSV / Gemeldete Stellentabelle als CSV ausgeben",
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def read_position_report_csv(
    report_id: UUID,
    _: Reader,
    reading: CurrentReading,
    locale: Annotated[
        FigureLocale, Query(description="Notation of the numbers. / Schreibweise der Zahlen.")
    ] = FigureLocale.DE,
) -> Response:
    async with reading.database.transaction(reading.caller) as tx:
        text = await print_position_report(tx, report_id, locale)
    return Response(
        text.encode(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="position-report.csv"'},
    )
