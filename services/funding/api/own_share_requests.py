"""Requests for municipal money above the ceiling: asked for, recommended, decided."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.funding.api.doors import Reader, Recorder
from services.funding.api.schemas.plans import (
    DecisionBody,
    OwnShareRequestBody,
    OwnShareRequestPage,
    OwnShareRequestView,
    RecommendationBody,
)
from services.funding.operations.request_own_share import (
    decide_own_share,
    recommend_own_share,
    request_own_share,
)
from services.funding.storage.queries.plans import (
    OWN_SHARE_REQUEST_LIST,
    OWN_SHARE_REQUEST_VIEW,
)
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1/own-share-requests", tags=["own share"])


@router.get(
    "",
    response_model=OwnShareRequestPage,
    summary="List requests for own money / Anträge auf Eigenmittel auflisten",
    openapi_extra={"parameters": OWN_SHARE_REQUEST_LIST.parameters()},
)
async def list_own_share_requests(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(OWN_SHARE_REQUEST_LIST)


@router.post(
    "",
    status_code=201,
    response_model=OwnShareRequestView,
    summary="Record a request / Antrag erfassen",
)
async def post_own_share_request(
    body: OwnShareRequestBody, _: Recorder, writing: CurrentWriting
) -> Response:
    command = body.command()
    return await writing.run(lambda tx: request_own_share(tx, command), status=201)


@router.get(
    "/{request_id}",
    response_model=OwnShareRequestView,
    summary="Read a request / Antrag lesen",
)
async def read_own_share_request(request_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(OWN_SHARE_REQUEST_VIEW, request_id=request_id)


@router.post(
    "/{request_id}/actions/recommend",
    response_model=OwnShareRequestView,
    summary="Record the recommendation / Empfehlung der Verwaltung erfassen",
)
async def post_recommendation(
    request_id: UUID, body: RecommendationBody, _: Recorder, writing: CurrentWriting
) -> Response:
    return await writing.run(
        lambda tx: recommend_own_share(tx, request_id, writing.expected_version, body.amount)
    )


@router.post(
    "/{request_id}/actions/decide",
    response_model=OwnShareRequestView,
    summary="Record the council's decision / Beschluss erfassen",
)
async def post_decision(
    request_id: UUID, body: DecisionBody, _: Recorder, writing: CurrentWriting
) -> Response:
    return await writing.run(
        lambda tx: decide_own_share(
            tx,
            request_id,
            writing.expected_version,
            amount=body.amount,
            decided_on=body.decided_on,
        )
    )
