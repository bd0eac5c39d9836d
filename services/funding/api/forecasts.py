"""Forecasts: what the year's money will come to, and month by month who sits on a post."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from services.funding.api.answers import json_answer
from services.funding.api.doors import AsOf, KnownAt, Reader
from services.funding.api.schemas.deadlines import OccupiedMonthsView, OutlookView
from services.funding.operations.forecast import forecast, year_of_post
from shared.kernel.clock import berlin_date, now
from shared.service.desk import CurrentReading

router = APIRouter(prefix="/v1", tags=["reports"])

FiscalYear = Annotated[
    int, Query(alias="fiscalYear", ge=2015, le=2199, description="Fiscal year. / Haushaltsjahr.")
]


@router.get(
    "/forecasts",
    response_model=OutlookView,
    summary="What the year's money will come to / Voraussichtlicher Mittelverbrauch",
)
async def read_forecasts(
    caller: Reader,
    reading: CurrentReading,
    fiscal_year: FiscalYear,
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> Response:
    """Without a day: today, or the nearest day of the fiscal year."""
    today = berlin_date(now())
    nearest = min(max(today, date(fiscal_year, 1, 1)), date(fiscal_year, 12, 31))
    async with reading.database.transaction(caller) as tx:
        outlook = await forecast(tx, fiscal_year, as_of or nearest, known_at)
    return json_answer(OutlookView.of(outlook))


@router.get(
    "/positions/{position_id}/occupied-months",
    response_model=OccupiedMonthsView,
    summary="Occupied and vacant months of a post / Besetzte und unbesetzte Monate einer Stelle",
)
async def read_occupied_months(
    position_id: UUID, caller: Reader, reading: CurrentReading, fiscal_year: FiscalYear
) -> Response:
    async with reading.database.transaction(caller) as tx:
        year = await year_of_post(tx, position_id, fiscal_year)
    return json_answer(OccupiedMonthsView.of(position_id, fiscal_year, year))
