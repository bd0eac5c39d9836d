"""Parts of many referrals in one call: what stands below each of them, for those who may see it."""

from fastapi import APIRouter
from starlette.responses import Response

from services.referrals.api.access import DisclosureReader, EitherSide, Sender
from services.referrals.api.amendments import AmendmentPage
from services.referrals.api.attachments import AttachmentPage
from services.referrals.api.disclosures import DisclosurePage
from services.referrals.api.links import LinkPage
from services.referrals.api.messages import MessagePage
from services.referrals.api.notices import ProposalPage
from services.referrals.api.referral_views import EventPage
from services.referrals.storage.disclosure_views import DISCLOSURES, disclosure_sight
from services.referrals.storage.parts import (
    AMENDMENTS,
    ATTACHMENTS,
    EVENTS,
    LINKS,
    MESSAGES,
    PROPOSALS,
)
from services.referrals.storage.queries import sight
from shared.service.desk import CurrentReading

router = APIRouter(prefix="/v1", tags=["parts of referrals"])


@router.get(
    "/referral-amendments",
    response_model=AmendmentPage,
    summary="What was changed after sending / Änderungen mehrerer Zusteuerungen",
    openapi_extra={"parameters": AMENDMENTS.parameters()},
)
async def list_all_amendments(caller: EitherSide, reading: CurrentReading) -> Response:
    return await reading.page(AMENDMENTS, **sight(caller))


@router.get(
    "/referral-messages",
    response_model=MessagePage,
    summary="Messages of several threads / Nachrichten mehrerer Zusteuerungen",
    openapi_extra={"parameters": MESSAGES.parameters()},
)
async def list_all_messages(caller: EitherSide, reading: CurrentReading) -> Response:
    return await reading.page(MESSAGES, **sight(caller))


@router.get(
    "/referral-proposals",
    response_model=ProposalPage,
    summary="Counter-proposals / Gegenvorschläge mehrerer Zusteuerungen",
    openapi_extra={"parameters": PROPOSALS.parameters()},
)
async def list_all_proposals(caller: EitherSide, reading: CurrentReading) -> Response:
    return await reading.page(PROPOSALS, **sight(caller))


@router.get(
    "/referral-events",
    response_model=EventPage,
    summary="Steps of several referrals / Verlauf mehrerer Zusteuerungen",
    openapi_extra={"parameters": EVENTS.parameters()},
)
async def list_all_events(caller: EitherSide, reading: CurrentReading) -> Response:
    """`caseId` is the case on the caller's own side: the sender's or the recipient's."""
    return await reading.page(EVENTS, **sight(caller))


@router.get(
    "/attachments",
    response_model=AttachmentPage,
    summary="Attachments of several referrals / Anlagen mehrerer Zusteuerungen",
    openapi_extra={"parameters": ATTACHMENTS.parameters()},
)
async def list_all_attachments(caller: EitherSide, reading: CurrentReading) -> Response:
    """For the recipient once it has accepted."""
    return await reading.page(ATTACHMENTS, **sight(caller))


@router.get(
    "/disclosures",
    response_model=DisclosurePage,
    summary="What was disclosed to whom / Weitergaben mehrerer Zusteuerungen",
    openapi_extra={"parameters": DISCLOSURES.parameters()},
)
async def list_all_disclosures(caller: DisclosureReader, reading: CurrentReading) -> Response:
    """The sender sees every manifest; the recipient its own, once it has accepted."""
    return await reading.page(DISCLOSURES, **disclosure_sight(caller))


@router.get(
    "/access-links",
    response_model=LinkPage,
    summary="Links given out / Ausgegebene Links",
    openapi_extra={"parameters": LINKS.parameters()},
)
async def list_all_links(caller: Sender, reading: CurrentReading) -> Response:
    return await reading.page(LINKS, **sight(caller))
