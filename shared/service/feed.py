"""`GET /v1/events` and `GET /v1/changes`: what happened, and which records changed, by cursor."""

from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Depends
from sqlmodel import SQLModel
from starlette.responses import Response

from shared.database.feed import Horizon, event_feed
from shared.database.lists import ListView
from shared.service.desk import CurrentReading
from shared.web.access import CallerCheck
from shared.web.fields import ResponseModel

KEEP_POLLING = (
    "Poll with `after` = the `cursor` of the last item you have; without it, it begins at the"
    " oldest there is. What is not yet committed everywhere comes later, never behind your cursor."
    " A cursor from before what is kept answers 410 `cursor-too-old`."
)
TOO_OLD: dict[int | str, dict[str, Any]] = {
    410: {
        "description": "Something behind the cursor is not kept any more",
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
}


class FeedEventView(ResponseModel):
    """One event: ids and codes. `cursor` continues the feed behind it."""

    id: UUID
    cursor: str
    type: str
    source: str
    subject: UUID
    time: datetime
    actor_unit: str
    data: dict[str, Any]


class FeedEventPage(ResponseModel):
    items: list[FeedEventView]
    cursors: list[str] | None = None
    next_cursor: str | None


class RecordChangeView(ResponseModel):
    """The last change of one record, by its id; `isDeleted`: it is not there any more, or not for
    the own unit.
    """

    id: UUID
    cursor: str
    kind: str
    version: int
    changed_at: datetime
    is_deleted: bool


class RecordChangePage(ResponseModel):
    items: list[RecordChangeView]
    cursors: list[str] | None = None
    next_cursor: str | None


def feed_router(
    entries: type[SQLModel],
    changed: ListView,
    horizons: type[SQLModel],
    reader: CallerCheck,
) -> APIRouter:
    """Both over the tables of one service; `reader` is its own check of who may follow."""
    feed, horizon = event_feed(entries, horizons), Horizon(horizons)
    router = APIRouter(prefix="/v1", tags=["feed"], dependencies=[Depends(reader)])

    @router.get(
        "/events",
        response_model=FeedEventPage,
        summary="Feed of events / Ereignisse",
        description=f"What happened, as the own unit may know it. {KEEP_POLLING}",
        responses=TOO_OLD,
        openapi_extra={"parameters": feed.parameters()},
    )
    async def list_events(reading: CurrentReading) -> Response:
        await horizon.check(reading.database, reading.caller, "events", dict(reading.asked))
        return await reading.page(feed)

    @router.get(
        "/changes",
        response_model=RecordChangePage,
        summary="Changed and deleted records / Geänderte und gelöschte Datensätze",
        description=(
            "Every record that the caller may read, once, at the place of its last change, and"
            f" those that were deleted or that the own unit may not read any more. {KEEP_POLLING}"
        ),
        responses=TOO_OLD,
        openapi_extra={"parameters": changed.parameters()},
    )
    async def list_changes(reading: CurrentReading) -> Response:
        await horizon.check(reading.database, reading.caller, "changes", dict(reading.asked))
        return await reading.page(changed)

    return router
