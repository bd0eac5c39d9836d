"""Files that go with a referral."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from services.referrals.api.access import EitherSide, Sender
from services.referrals.api.fields import UnitName
from services.referrals.domain.attachments import AttachmentNotReleased
from services.referrals.domain.codes import DataCategory
from services.referrals.operations.attach import announce, store, take_away
from services.referrals.storage.attached_files import (
    ATTACHMENT_CONTENT,
    ATTACHMENT_VIEW,
    ATTACHMENTS_OF_REFERRAL,
)
from services.referrals.storage.queries import REFERRAL_VIEW, sight
from shared.objects.downloads import attached
from shared.objects.errors import ContentLost
from shared.objects.intake import Archive
from shared.objects.media_types import READABLE, ScanState
from shared.service.desk import CurrentReading, CurrentWriting
from shared.web.fields import RequestModel, ResponseModel
from shared.web.purposes import reason_stated

router = APIRouter(prefix="/v1", tags=["attachments"])

CONTENT_PATH = "/v1/attachments/{attachment_id}/content"
BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


class AttachmentBody(RequestModel):
    """`category` counts like a part of the content: the service and the consent must cover it."""

    name: UnitName
    category: DataCategory


class AttachmentView(ResponseModel):
    """Without `sha256` it is announced and not uploaded.

    `contentVersion` is the version of the content with which it went along first; null before.
    """

    id: UUID
    version: int
    referral_id: UUID
    content_version: int | None
    name: str
    category: DataCategory
    media_type: str | None
    sha256: str | None
    size_bytes: int | None
    scan_state: ScanState | None
    created_at: datetime


class AttachmentPage(ResponseModel):
    items: list[AttachmentView]
    next_cursor: str | None
    cursors: list[str] | None = None


async def current_archive(request: Request) -> Archive:
    archive: Archive = request.app.state.archive
    return archive


CurrentArchive = Annotated[Archive, Depends(current_archive)]


@router.post(
    "/referrals/{referral_id}/attachments",
    status_code=201,
    response_model=AttachmentView,
    summary="Announce an attachment / Anlage ankündigen",
)
async def post_attachment(
    referral_id: UUID, body: AttachmentBody, _: EitherSide, writing: CurrentWriting
) -> Response:
    """Then upload its content. What is announced and not there stops sending.

    After sending it waits until an amendment names it (`attachmentIds`).
    """
    return await writing.run(
        lambda tx: announce(tx, referral_id, body.name, body.category), status=201
    )


@router.get(
    "/referrals/{referral_id}/attachments",
    response_model=AttachmentPage,
    summary="Attachments of a referral / Anlagen einer Zusteuerung",
    openapi_extra={"parameters": ATTACHMENTS_OF_REFERRAL.parameters()},
)
async def list_attachments(
    referral_id: UUID, caller: EitherSide, reading: CurrentReading
) -> Response:
    """For the recipient once it has accepted."""
    await reading.document(REFERRAL_VIEW, referral_id=referral_id, **sight(caller))
    return await reading.page(ATTACHMENTS_OF_REFERRAL, referral_id=referral_id)


@router.get(
    "/attachments/{attachment_id}",
    response_model=AttachmentView,
    summary="Read the particulars of an attachment / Angaben zu einer Anlage",
)
async def read_attachment(attachment_id: UUID, _: EitherSide, reading: CurrentReading) -> Response:
    return await reading.answer(ATTACHMENT_VIEW, attachment_id=attachment_id)


@router.delete(
    "/attachments/{attachment_id}",
    response_model=AttachmentView,
    summary="Take away an attachment that did not go yet / Anlage entfernen",
)
async def delete_attachment(attachment_id: UUID, _: Sender, writing: CurrentWriting) -> Response:
    return await writing.run(lambda tx: take_away(tx, attachment_id))


@router.put(
    "/attachments/{attachment_id}/content",
    response_model=AttachmentView,
    summary="Upload the content / Inhalt hochladen",
    dependencies=[Depends(reason_stated)],
    openapi_extra={"requestBody": {"required": True, "content": BYTES}},
)
async def put_content(
    caller: Sender,
    attachment_id: UUID,
    request: Request,
    archive: CurrentArchive,
    reading: CurrentReading,
) -> Response:
    """Raw bytes, once; the same bytes again change nothing. What they are is seen by content."""
    stored = await store(reading.database, caller, archive, attachment_id, request.stream())
    body = await reading.database.opened(caller, stored.body)
    return reading.respond(replace(stored, body=body))


@router.get(
    "/attachments/{attachment_id}/content",
    response_class=Response,
    responses={200: {"content": BYTES}, 409: {"description": "Not released for download"}},
    summary="Download the content / Inhalt herunterladen",
)
async def read_content(
    attachment_id: UUID, _: EitherSide, archive: CurrentArchive, reading: CurrentReading
) -> Response:
    """Always as a download; 409 while it is not scanned or when it is harmful."""
    found = await reading.document(ATTACHMENT_CONTENT, attachment_id=attachment_id)
    name = await reading.database.text(reading.caller, found.facts["name"])
    return await download(archive, found.facts | {"name": name})


async def download(archive: Archive, found: dict[str, Any]) -> StreamingResponse:
    """The bytes as they come from the store, never shown by the browser itself.

    `found` are the facts of `ATTACHMENT_CONTENT`. Raises AttachmentNotReleased, ContentLost.
    """
    if found["object_key"] is None or found["scan_state"] not in READABLE:
        raise AttachmentNotReleased
    try:
        chunks = await archive.objects.read(found["object_key"])
    except FileNotFoundError as missing:
        raise ContentLost from missing
    return StreamingResponse(
        chunks,
        media_type=found["media_type"],
        headers={
            **attached(found["name"], found["media_type"]),
            "Content-Length": str(found["size_bytes"]),
        },
    )
