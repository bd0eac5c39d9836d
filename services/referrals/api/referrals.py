"""Referrals: write down, send, read, change while a draft."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.referrals.api.access import CurrentDeadlines, EitherSide, Sender
from services.referrals.api.referral_schemas import (
    DraftBody,
    NewReferral,
)
from services.referrals.api.referral_views import (
    EventPage,
    ReferralDetail,
    ReferralPage,
    ReferralView,
)
from services.referrals.operations.drafts import create_referral, replace_draft
from services.referrals.storage.feed import REFERRAL_EVENTS
from services.referrals.storage.queries import (
    REFERRAL_DETAIL,
    REFERRAL_LIST,
    REFERRAL_VIEW,
    sight,
)
from shared.database.views import Document
from shared.service.desk import JSON, CurrentReading, CurrentWriting, Reading

router = APIRouter(prefix="/v1/referrals", tags=["referrals"])


@router.get(
    "",
    response_model=ReferralPage,
    summary="Referrals of the own unit, sent and received / Eigene Zusteuerungen, beide Seiten",
    openapi_extra={"parameters": REFERRAL_LIST.parameters()},
)
async def list_referrals(caller: EitherSide, reading: CurrentReading) -> Response:
    return await reading.page(REFERRAL_LIST, **sight(caller))


@router.post(
    "",
    status_code=201,
    response_model=ReferralView,
    summary="Write a referral down, send it if asked / Zusteuerung anlegen, ggf. senden",
)
async def post_referral(
    body: NewReferral, _: Sender, writing: CurrentWriting, deadlines: CurrentDeadlines
) -> Response:
    draft = body.draft()
    return await writing.run(
        lambda tx: create_referral(tx, draft, is_to_be_sent=body.submit, deadlines=deadlines),
        status=201,
    )


@router.get(
    "/{referral_id}",
    response_model=ReferralDetail,
    summary="Read a referral, its content once accepted / Zusteuerung lesen",
)
async def read_referral(referral_id: UUID, caller: EitherSide, reading: CurrentReading) -> Response:
    document = await reading.document(REFERRAL_DETAIL, referral_id=referral_id, **sight(caller))
    return shown(reading, document)


@router.put(
    "/{referral_id}",
    response_model=ReferralView,
    summary="Replace a draft / Entwurf ersetzen",
)
async def put_referral(
    referral_id: UUID, body: DraftBody, _: Sender, writing: CurrentWriting
) -> Response:
    draft = body.draft()
    return await writing.run(
        lambda tx: replace_draft(tx, referral_id, draft, writing.expected_version)
    )


@router.get(
    "/{referral_id}/events",
    response_model=EventPage,
    summary="What happened to a referral / Verlauf einer Zusteuerung",
    openapi_extra={"parameters": REFERRAL_EVENTS.parameters()},
)
async def list_referral_events(
    referral_id: UUID, caller: EitherSide, reading: CurrentReading
) -> Response:
    await reading.document(REFERRAL_VIEW, referral_id=referral_id, **sight(caller))
    return await reading.page(REFERRAL_EVENTS, referral_id=referral_id)


def shown(reading: Reading, document: Document) -> Response:
    if document.facts is not None:  # a 304 would hide the case joined since
        headers = {"ETag": f'"{document.version}"', "Cache-Control": "private, no-cache"}
        return Response(document.body, media_type=JSON, headers=headers)
    return reading.respond(document)
