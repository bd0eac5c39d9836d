"""Calls for interest: requested, recommended and decided for each answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from starlette.responses import Response

from services.funding.api.doors import Reader, Recorder, Releaser
from services.funding.api.schemas.reservations import (
    CallBody,
    CallView,
    InterestAmount,
    InterestBody,
)
from services.funding.operations.hold_call import (
    decide_response,
    recommend_response,
    record_response,
    select_response,
    set_call,
)
from services.funding.storage.queries.rules import CALL_VIEW
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1/allocations/{allocation_id}/call-for-interest", tags=["allocations"])
Number = Annotated[int, Path(ge=1, le=32767)]


@router.get("", response_model=CallView, summary="Read the call / Interessenbekundung lesen")
async def read_call(allocation_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(CALL_VIEW, allocation_id=allocation_id)


@router.put(
    "",
    response_model=CallView,
    summary="Announce or change the call / Interessenbekundung bekannt machen",
)
async def put_call(
    allocation_id: UUID, body: CallBody, _: Recorder, writing: CurrentWriting
) -> Response:
    call = body.call()
    return await writing.run(lambda tx: set_call(tx, allocation_id, writing.expected_version, call))


@router.post(
    "/responses",
    status_code=201,
    response_model=CallView,
    summary="Record an answer to the call / Interessenbekundung erfassen",
)
async def post_response(
    allocation_id: UUID, body: InterestBody, _: Recorder, writing: CurrentWriting
) -> Response:
    response = body.response()
    return await writing.run(
        lambda tx: record_response(tx, allocation_id, writing.expected_version, response),
        status=201,
    )


@router.post(
    "/responses/{number}/actions/recommend",
    response_model=CallView,
    summary="Recommend an amount / Betrag empfehlen",
)
async def post_recommendation(
    allocation_id: UUID,
    number: Number,
    body: InterestAmount,
    _: Recorder,
    writing: CurrentWriting,
) -> Response:
    return await writing.run(
        lambda tx: recommend_response(
            tx, allocation_id, number, writing.expected_version, body.amount
        )
    )


@router.post(
    "/responses/{number}/actions/decide",
    response_model=CallView,
    summary="Decide on an amount / Über den Betrag entscheiden",
)
async def post_decision(
    allocation_id: UUID,
    number: Number,
    body: InterestAmount,
    _: Releaser,
    writing: CurrentWriting,
) -> Response:
    return await writing.run(
        lambda tx: decide_response(tx, allocation_id, number, writing.expected_version, body.amount)
    )


@router.post(
    "/responses/{number}/actions/select",
    response_model=CallView,
    summary="Select the recipient / Empfänger auswählen",
)
async def post_selection(
    allocation_id: UUID, number: Number, _: Releaser, writing: CurrentWriting
) -> Response:
    return await writing.run(
        lambda tx: select_response(tx, allocation_id, number, writing.expected_version)
    )
