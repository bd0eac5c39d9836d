"""Links for agencies without software: what the sender makes and takes back."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from services.referrals.api.access import CurrentLinkTerms, Sender
from services.referrals.domain.access_links import LINK_DAYS_MAX
from services.referrals.operations.link import NewLink, make_link, revoke_link
from services.referrals.storage.links import LINK_LIST
from services.referrals.storage.queries import REFERRAL_VIEW, sight
from shared.service.desk import JSON, CurrentReading, CurrentWriting
from shared.web.fields import RequestModel, ResponseModel

router = APIRouter(prefix="/v1/referrals/{referral_id}/access-links", tags=["access links"])


class LinkBody(RequestModel):
    valid_days: Annotated[int, Field(ge=1, le=LINK_DAYS_MAX, strict=True)] = LINK_DAYS_MAX


class LinkView(ResponseModel):
    """Times and counts; whoever has the address can open it, so it is not kept anywhere."""

    id: UUID
    referral_id: UUID
    unit_id: str
    created_at: datetime
    created_by: str
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    refusals: int


class NewLinkView(LinkView):
    """`url` is told once: null when the same request is repeated, and in a dry run."""

    url: str | None


class LinkPage(ResponseModel):
    items: list[LinkView]
    next_cursor: str | None
    cursors: list[str] | None = None


@router.post(
    "",
    status_code=201,
    response_model=NewLinkView,
    summary="A link for an agency without software / Link für eine Stelle ohne Software",
    description=(
        "Opens this one referral once, for its present recipient, and then for 30 minutes. Never"
        " for a foreigners or naturalisation authority. A new link ends the former one."
    ),
)
async def post_link(
    referral_id: UUID,
    _: Sender,
    writing: CurrentWriting,
    terms: CurrentLinkTerms,
    body: LinkBody | None = None,
) -> Response:
    command = NewLink(referral_id, (body or LinkBody()).valid_days, terms)
    response = await writing.run(lambda tx: make_link(tx, command), status=201)
    if response.status_code != 201 or writing.is_dry_run:  # noqa: PLR2004 - Created
        return response
    is_new = "Idempotency-Replayed" not in response.headers and command.token is not None
    url = f"{terms.public_url}/l/{command.token}" if is_new else None
    told = orjson.dumps(orjson.loads(response.body) | {"url": url})
    headers = {n: v for n, v in response.headers.items() if n.startswith("idempotency")}
    headers["Cache-Control"] = "no-store"
    return Response(told, status_code=201, media_type=JSON, headers=headers)


@router.get(
    "",
    response_model=LinkPage,
    summary="Links given out / Ausgegebene Links",
    openapi_extra={"parameters": LINK_LIST.parameters()},
)
async def list_links(referral_id: UUID, caller: Sender, reading: CurrentReading) -> Response:
    await reading.document(REFERRAL_VIEW, referral_id=referral_id, **sight(caller))
    return await reading.page(LINK_LIST, referral_id=referral_id)


@router.delete(
    "/{link_id}", response_model=LinkView, summary="Take a link back / Link zurücknehmen"
)
async def delete_link(
    referral_id: UUID, link_id: UUID, _: Sender, writing: CurrentWriting
) -> Response:
    return await writing.run(lambda tx: revoke_link(tx, referral_id, link_id))
