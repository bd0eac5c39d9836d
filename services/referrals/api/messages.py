"""The message thread between the two sides of a referral."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.referrals.api.access import EitherSide
from services.referrals.api.fields import LongText, Number
from services.referrals.domain.codes import Side
from services.referrals.operations.talk import PostMessage, post_message, read_messages
from services.referrals.storage.exchange import MESSAGE_LIST
from services.referrals.storage.queries import REFERRAL_VIEW, sight
from shared.service.desk import CurrentReading, CurrentWriting
from shared.web.fields import RequestModel, ResponseModel

router = APIRouter(prefix="/v1/referrals/{referral_id}/messages", tags=["messages"])


class MessageBody(RequestModel):
    """Before acceptance it names nobody."""

    body: LongText


class ReadBody(RequestModel):
    """Up to this number, that included."""

    up_to: Number


class PostedView(ResponseModel):
    """The message without its text, which stands in the thread alone."""

    id: UUID
    referral_id: UUID
    number: int
    at: datetime
    author_unit: str
    side: Side
    read_at: datetime | None


class MessageView(PostedView):
    """One message of the thread."""

    body: str


class MessagePage(ResponseModel):
    items: list[MessageView]
    next_cursor: str | None
    cursors: list[str] | None = None


class ReadView(ResponseModel):
    """`read` are those that were not read before."""

    referral_id: UUID
    up_to: int
    read: int


@router.get(
    "",
    response_model=MessagePage,
    summary="The thread / Nachrichten zu einer Zusteuerung",
    openapi_extra={"parameters": MESSAGE_LIST.parameters()},
)
async def list_messages(referral_id: UUID, caller: EitherSide, reading: CurrentReading) -> Response:
    await reading.document(REFERRAL_VIEW, referral_id=referral_id, **sight(caller))
    return await reading.page(MESSAGE_LIST, referral_id=referral_id)


@router.post(
    "",
    status_code=201,
    response_model=PostedView,
    summary="Write to the other side / Nachricht schreiben",
)
async def post_a_message(
    referral_id: UUID, body: MessageBody, _: EitherSide, writing: CurrentWriting
) -> Response:
    command = PostMessage(referral_id, body.body)
    return await writing.run(lambda tx: post_message(tx, command), status=201)


@router.post(
    "/actions/read", response_model=ReadView, summary="Mark as read / Als gelesen kennzeichnen"
)
async def post_read(
    referral_id: UUID, body: ReadBody, _: EitherSide, writing: CurrentWriting
) -> Response:
    return await writing.run(lambda tx: read_messages(tx, referral_id, body.up_to))
