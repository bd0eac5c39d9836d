"""What units can take on: read by everybody of the tenant, told by the unit itself."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from services.referrals.api.access import CapacityWriter, DirectoryReader
from services.referrals.api.fields import ClockTime, Language, Seats, WaitingDays
from services.referrals.domain.capacity import Capacity, Opening, Weekday
from services.referrals.operations.capacity import CapacityEntry, tell_capacity
from services.referrals.storage.capacity import UNIT_SERVICE_LIST, UNIT_SERVICE_VIEW
from shared.service.desk import CurrentReading, CurrentWriting
from shared.web.fields import Code, LegalDate, RequestModel, ResponseModel, UnitKey

router = APIRouter(prefix="/v1", tags=["directory"])


class OpeningBody(RequestModel):
    """Local time of Berlin."""

    day: Weekday
    opens_at: ClockTime
    closes_at: ClockTime


class CapacityBody(RequestModel):
    """`accepts` is the unit's own word; what it does not say stays unknown."""

    accepts: bool = Field(strict=True)
    seats_total: Seats | None = None
    seats_free: Seats | None = Field(default=None, description="0 is full.")
    waiting_days: WaitingDays | None = None
    languages: Annotated[list[Language], Field(max_length=50)] = Field(
        default=[], description="In which it works without an interpreter (ISO 639-3)."
    )
    opening: Annotated[list[OpeningBody], Field(max_length=42)] = Field(default=[])
    valid_from: LegalDate | None = Field(default=None, description="Offered from this day on.")
    valid_to: LegalDate | None = Field(default=None, description="The last day of the offer.")

    def entry(self) -> CapacityEntry:
        return CapacityEntry(
            capacity=Capacity(
                accepts=self.accepts,
                seats_total=self.seats_total,
                seats_free=self.seats_free,
                waiting_days=self.waiting_days,
                valid_from=self.valid_from,
                valid_to=self.valid_to,
            ),
            languages=tuple(self.languages),
            opening=tuple(Opening(one.day, one.opens_at, one.closes_at) for one in self.opening),
        )


class OpeningView(ResponseModel):
    day: Weekday
    opens_at: str
    closes_at: str


class UnitServiceView(ResponseModel):
    id: UUID
    version: int
    unit_id: str
    service_code: str
    accepts: bool
    seats_total: int | None
    seats_free: int | None
    waiting_days: int | None
    languages: list[str]
    opening: list[OpeningView]
    valid_from: date | None
    valid_to: date | None
    updated_at: datetime


class UnitServicePage(ResponseModel):
    items: list[UnitServiceView]
    next_cursor: str | None
    cursors: list[str] | None = None


@router.get(
    "/unit-services",
    response_model=UnitServicePage,
    summary="Capacity of all units / Freie Plätze aller Stellen",
    openapi_extra={"parameters": UNIT_SERVICE_LIST.parameters()},
)
async def list_unit_services(_: DirectoryReader, reading: CurrentReading) -> Response:
    return await reading.page(UNIT_SERVICE_LIST)


@router.get(
    "/org-units/{unit_id}/services/{service_code}",
    response_model=UnitServiceView,
    summary="What a unit can take on / Freie Plätze einer Stelle",
)
async def read_unit_service(
    unit_id: UnitKey, service_code: Code, _: DirectoryReader, reading: CurrentReading
) -> Response:
    return await reading.answer(UNIT_SERVICE_VIEW, unit_id=unit_id, service_code=service_code)


@router.put(
    "/org-units/{unit_id}/services/{service_code}",
    response_model=UnitServiceView,
    summary="Tell what the unit can take on / Freie Plätze melden",
    responses={201: {"model": UnitServiceView}},
)
async def put_unit_service(
    unit_id: UnitKey,
    service_code: Code,
    body: CapacityBody,
    _: CapacityWriter,
    writing: CurrentWriting,
) -> Response:
    """The first word needs no `If-Match`; only the coordination speaks for another unit."""
    entry, version = body.entry(), writing.expected_version
    return await writing.run(lambda tx: tell_capacity(tx, unit_id, service_code, entry, version))
