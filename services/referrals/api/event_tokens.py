"""Event tokens of a referral and of one event, and the key set that verifies them."""

import asyncio
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from services.referrals.api.access import may_follow
from services.referrals.api.jose import OFFERED, VARIES, jose, wants_jose
from services.referrals.operations.event_tokens import EventTokensAreOff, claims_of
from services.referrals.storage.event_tokens import EVENT_VIEW, TOKENS_MAX, events_of
from services.referrals.storage.queries import REFERRAL_VIEW, sight
from shared.auth.signing import EventSigner
from shared.kernel.caller import Caller
from shared.service.desk import JSON, CurrentReading
from shared.service.feed import FeedEventView
from shared.web.fields import ResponseModel

KEY_SET_PATH = "/.well-known/jwks.json"

router = APIRouter(tags=["event tokens"])
OFF: Any = {409: {"description": "Signed events are not set up"}}


class EventTokenView(ResponseModel):
    """`token` is a security event token (RFC 8417), signed with PS512."""

    id: UUID
    type: str
    time: datetime
    token: str


class EventTokens(ResponseModel):
    items: list[EventTokenView]


async def current_signer(request: Request) -> EventSigner:
    found: EventSigner = request.app.state.event_signer
    return found


CurrentSigner = Annotated[EventSigner, Depends(current_signer)]


@router.get(
    "/v1/referrals/{referral_id}/event-tokens",
    response_model=EventTokens,
    responses=OFF,
    summary="Signed events of a referral / Signierte Ereignisse einer Zusteuerung",
    description=(
        f"The newest {TOKENS_MAX} events that the feed still has, oldest first, each as a token to"
        f" keep as proof. The keys are at `{KEY_SET_PATH}`."
    ),
)
async def list_event_tokens(
    referral_id: UUID,
    caller: Annotated[Caller, Depends(may_follow)],
    reading: CurrentReading,
    signer: CurrentSigner,
) -> Response:
    if not signer.is_on:
        raise EventTokensAreOff
    await reading.document(REFERRAL_VIEW, referral_id=referral_id, **sight(caller))
    events = await events_of(reading.database, caller, referral_id)

    def tokens() -> list[dict[str, Any]]:
        return [
            {
                "id": event["id"],
                "type": event["type"],
                "time": event["time"],
                "token": signer.signed(claims_of(event)),
            }
            for event in events
        ]

    # Some milliseconds for each: not on the loop that serves the others.
    body = orjson.dumps({"items": await asyncio.to_thread(tokens)})
    return Response(body, media_type=JSON, headers={"Cache-Control": "no-store"})


@router.get(
    "/v1/events/{event_id}",
    response_model=FeedEventView,
    responses=OFFERED | OFF,
    summary="One event, signed if asked / Ein Ereignis, auf Wunsch signiert",
    description=(
        "As the feed tells it, while the feed has it. With `Accept: application/jose` its event"
        f" token (RFC 8417, PS512); the keys are at `{KEY_SET_PATH}`."
    ),
)
async def read_event(
    event_id: UUID,
    _: Annotated[Caller, Depends(may_follow)],
    request: Request,
    reading: CurrentReading,
    signer: CurrentSigner,
) -> Response:
    document = await reading.document(EVENT_VIEW, event_id=event_id)
    if not wants_jose(request):
        return Response(document.body, media_type=JSON, headers=VARIES)
    if not signer.is_on:
        raise EventTokensAreOff
    claims = claims_of(orjson.loads(document.body))
    return jose(await asyncio.to_thread(signer.signed, claims))


@router.get(KEY_SET_PATH, include_in_schema=False)
async def read_key_set(signer: CurrentSigner) -> Response:
    """Public: without a token, for whoever is shown an event token."""
    headers = {"Cache-Control": "public, max-age=300"}
    return Response(orjson.dumps(signer.published()), media_type=JSON, headers=headers)
