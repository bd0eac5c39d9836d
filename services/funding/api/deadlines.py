"""Deadlines: read, recorded by hand where nobody else can know them, and ticked off."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.funding.api.doors import Reader, Recorder
from services.funding.api.schemas.deadlines import DeadlineBody, DeadlinePage, DeadlineView
from services.funding.operations.keep_deadlines import complete_deadline, record_deadline
from services.funding.storage.queries.deadlines import DEADLINE_LIST, DEADLINE_VIEW
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1/deadlines", tags=["deadlines"])


@router.get(
    "",
    response_model=DeadlinePage,
    summary="List deadlines / Fristen auflisten",
    openapi_extra={"parameters": DEADLINE_LIST.parameters()},
)
async def list_deadlines(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(DEADLINE_LIST)


@router.post(
    "",
    status_code=201,
    response_model=DeadlineView,
    summary="Record a deadline / Frist erfassen",
)
async def post_deadline(body: DeadlineBody, _: Recorder, writing: CurrentWriting) -> Response:
    deadline = body.deadline()
    return await writing.run(lambda tx: record_deadline(tx, deadline), status=201)


@router.get(
    "/{deadline_id}",
    response_model=DeadlineView,
    summary="Read a deadline / Frist lesen",
)
async def read_deadline(deadline_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(DEADLINE_VIEW, deadline_id=deadline_id)


@router.post(
    "/{deadline_id}/actions/complete",
    response_model=DeadlineView,
    summary="Tick a deadline off / Frist als erledigt vermerken",
)
async def post_deadline_complete(
    deadline_id: UUID, _: Recorder, writing: CurrentWriting
) -> Response:
    return await writing.run(
        lambda tx: complete_deadline(tx, deadline_id, writing.expected_version)
    )
