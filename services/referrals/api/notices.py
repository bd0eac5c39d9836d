"""Counter-proposals as both sides read them; notices to recipients and their answers."""

from datetime import date, datetime
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.referrals.api.access import EitherSide
from services.referrals.domain.notices import NoticeAnswer, NoticeKind
from services.referrals.domain.proposals import ProposalNote, ProposalState
from services.referrals.operations.notify import Acknowledge, acknowledge, raise_notice
from services.referrals.storage.notices import NOTICE_LIST, NOTICE_VIEW, PROPOSAL_LIST
from services.referrals.storage.queries import REFERRAL_VIEW, sight
from shared.service.desk import CurrentReading, CurrentWriting
from shared.web.fields import RequestModel, ResponseModel

router = APIRouter(prefix="/v1", tags=["notices"])


class ProposalView(ResponseModel):
    id: UUID
    referral_id: UUID
    service_code: str | None
    starts_on: date | None
    note_code: ProposalNote
    state: ProposalState
    proposed_by_unit: str
    created_at: datetime
    answered_at: datetime | None


class ProposalPage(ResponseModel):
    items: list[ProposalView]
    next_cursor: str | None
    cursors: list[str] | None = None


class NoticeBody(RequestModel):
    """A revocation is reported at `/v1/consent-revocations`; its notices follow from it."""

    referral_id: UUID
    kind: NoticeKind


class NoticeAnswerBody(RequestModel):
    answer: NoticeAnswer


class NoticeView(ResponseModel):
    id: UUID
    version: int
    referral_id: UUID
    sender_unit: str
    recipient_unit: str
    kind: NoticeKind
    fields: list[str]
    raised_at: datetime
    answer_by: datetime
    escalated_at: datetime | None
    acknowledged_at: datetime | None
    answer: NoticeAnswer | None
    updated_at: datetime


class NoticePage(ResponseModel):
    items: list[NoticeView]
    next_cursor: str | None
    cursors: list[str] | None = None


@router.get(
    "/referrals/{referral_id}/proposals",
    response_model=ProposalPage,
    summary="Counter-proposals / Gegenvorschläge zu einer Zusteuerung",
    openapi_extra={"parameters": PROPOSAL_LIST.parameters()},
)
async def list_proposals(
    referral_id: UUID, caller: EitherSide, reading: CurrentReading
) -> Response:
    await reading.document(REFERRAL_VIEW, referral_id=referral_id, **sight(caller))
    return await reading.page(PROPOSAL_LIST, referral_id=referral_id)


@router.get(
    "/notices",
    response_model=NoticePage,
    summary="Notices to and from the own unit / Mitteilungen",
    openapi_extra={"parameters": NOTICE_LIST.parameters()},
)
async def list_notices(_: EitherSide, reading: CurrentReading) -> Response:
    return await reading.page(NOTICE_LIST)


@router.post(
    "/notices",
    status_code=201,
    response_model=NoticeView,
    summary="Tell who has the data / Mitteilung an die empfangende Stelle",
)
async def post_notice(body: NoticeBody, _: EitherSide, writing: CurrentWriting) -> Response:
    referral_id, kind = body.referral_id, body.kind
    return await writing.run(lambda tx: raise_notice(tx, referral_id, kind), status=201)


@router.get(
    "/notices/{notice_id}", response_model=NoticeView, summary="Read one / Mitteilung lesen"
)
async def read_notice(notice_id: UUID, _: EitherSide, reading: CurrentReading) -> Response:
    return await reading.answer(NOTICE_VIEW, notice_id=notice_id)


@router.post(
    "/notices/{notice_id}/actions/acknowledge",
    response_model=NoticeView,
    summary="Say what became of the data / Mitteilung beantworten",
)
async def post_acknowledge(
    notice_id: UUID, body: NoticeAnswerBody, _: EitherSide, writing: CurrentWriting
) -> Response:
    command = Acknowledge(notice_id, writing.expected_version, body.answer)
    return await writing.run(lambda tx: acknowledge(tx, command))
