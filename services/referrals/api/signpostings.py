"""Signposting: where a person was told to go, without any data of the person."""

from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.referrals.api.access import Signposter
from services.referrals.api.fields import Language, UnitName
from services.referrals.api.referral_schemas import (
    DraftBody,
)
from services.referrals.api.referral_views import (
    ReferralView,
)
from services.referrals.domain.codes import Outcome, Topic
from services.referrals.domain.signposting import (
    OutcomeSource,
    SignpostingAction,
    SignpostingState,
)
from services.referrals.operations.signposts import (
    Signpost,
    hand_over,
    inform,
    record_outcome,
    record_signpost,
)
from services.referrals.storage.directory_queries import SIGNPOSTING_LIST, SIGNPOSTING_VIEW
from shared.service.desk import CurrentReading, CurrentWriting
from shared.web.fields import Ags, Code, LegalDate, RequestModel, ResponseModel, UnitKey

router = APIRouter(prefix="/v1/signpostings", tags=["signposting"])


class SignpostBody(RequestModel):
    """Where to go. No field says who the person is."""

    service_code: Code
    topic: Topic
    target_name: UnitName
    target_unit: UnitKey | None = None
    municipality_ags: Ags
    case_id: UUID | None = None


class InformBody(RequestModel):
    informed_on: LegalDate
    language: Language


class SignpostOutcomeBody(RequestModel):
    outcome: Outcome
    source: OutcomeSource


class SignpostingView(ResponseModel):
    id: UUID
    version: int
    state: SignpostingState
    service_code: str
    topic: Topic
    target_name: str
    target_unit: str | None
    municipality_ags: str
    case_id: UUID | None
    informed_on: date | None
    information_language: str | None
    outcome: Outcome | None
    referral_id: UUID | None
    allowed_actions: list[SignpostingAction]
    created_at: datetime
    updated_at: datetime


class SignpostingPage(ResponseModel):
    items: list[SignpostingView]
    next_cursor: str | None
    cursors: list[str] | None = None


@router.get(
    "",
    response_model=SignpostingPage,
    summary="List signpostings / Verweisberatungen auflisten",
    openapi_extra={"parameters": SIGNPOSTING_LIST.parameters()},
)
async def list_signpostings(_: Signposter, reading: CurrentReading) -> Response:
    return await reading.page(SIGNPOSTING_LIST)


@router.post(
    "",
    status_code=201,
    response_model=SignpostingView,
    summary="Record a signposting / Verweisberatung festhalten (V1)",
)
async def post_signposting(body: SignpostBody, _: Signposter, writing: CurrentWriting) -> Response:
    signpost = Signpost(
        service_code=body.service_code,
        topic=body.topic,
        target_name=body.target_name,
        target_unit=body.target_unit,
        municipality_ags=body.municipality_ags,
        case_id=body.case_id,
    )
    return await writing.run(lambda tx: record_signpost(tx, signpost), status=201)


@router.get(
    "/{signposting_id}", response_model=SignpostingView, summary="Read / Verweisberatung lesen"
)
async def read_signposting(
    signposting_id: UUID, _: Signposter, reading: CurrentReading
) -> Response:
    return await reading.answer(SIGNPOSTING_VIEW, signposting_id=signposting_id)


@router.post(
    "/{signposting_id}/actions/inform",
    response_model=SignpostingView,
    summary="The person has the contact data / Kontaktdaten mitgegeben (V2)",
)
async def post_inform(
    signposting_id: UUID, body: InformBody, _: Signposter, writing: CurrentWriting
) -> Response:
    version = writing.expected_version
    return await writing.run(
        lambda tx: inform(tx, signposting_id, version, on=body.informed_on, language=body.language)
    )


@router.post(
    "/{signposting_id}/actions/record-outcome",
    response_model=SignpostingView,
    summary="How it went, told by the person / Ergebnis laut Person (V3)",
)
async def post_outcome(
    signposting_id: UUID, body: SignpostOutcomeBody, _: Signposter, writing: CurrentWriting
) -> Response:
    version = writing.expected_version
    return await writing.run(
        lambda tx: record_outcome(
            tx, signposting_id, version, outcome=body.outcome, source=body.source
        )
    )


@router.post(
    "/{signposting_id}/actions/hand-over",
    status_code=201,
    response_model=ReferralView,
    summary="The person wants a handover: make a draft / Begleitete Übergabe beginnen (V5)",
)
async def post_hand_over(
    signposting_id: UUID, body: DraftBody, _: Signposter, writing: CurrentWriting
) -> Response:
    draft, version = body.draft(), writing.expected_version
    return await writing.run(lambda tx: hand_over(tx, signposting_id, version, draft), status=201)
