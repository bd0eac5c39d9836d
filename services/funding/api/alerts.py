"""Alerts: what needs a person, and what did."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.funding.api.doors import Reader
from services.funding.api.schemas.deadlines import AlertPage, AlertView
from services.funding.storage.queries.deadlines import ALERT_LIST, ALERT_VIEW
from shared.service.desk import CurrentReading

router = APIRouter(prefix="/v1/alerts", tags=["deadlines"])


@router.get(
    "",
    response_model=AlertPage,
    summary="List alerts / Hinweise auflisten",
    openapi_extra={"parameters": ALERT_LIST.parameters()},
)
async def list_alerts(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(ALERT_LIST)


@router.get(
    "/{alert_id}",
    response_model=AlertView,
    summary="Read an alert / Hinweis lesen",
)
async def read_alert(alert_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(ALERT_VIEW, alert_id=alert_id)
