"""The offer directory, and what findings say about its offers."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import FindingReader, FindingWorker
from services.cases.api.schemas.findings import WrittenFinding
from services.cases.api.schemas.offers import (
    OfferBody,
    OfferLinkBody,
    OfferPage,
    OfferView,
    WrittenOffer,
)
from services.cases.operations.keep_offers import change_offer, link_offer, record_offer
from services.cases.storage.queries.offers import OFFER_LIST, OFFER_VIEW
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1", tags=["offer directory"])


@router.get(
    "/offers",
    response_model=OfferPage,
    summary="List offers / Angebote auflisten",
    openapi_extra={"parameters": OFFER_LIST.parameters()},
)
async def list_offers(_: FindingReader, reading: CurrentReading) -> Response:
    """Of the whole tenant: who counsels about what, where, for how many, and what is missing."""
    return await reading.page(OFFER_LIST)


@router.post(
    "/offers",
    status_code=201,
    response_model=WrittenOffer,
    summary="Record an offer, or that it is missing / Angebot oder Lücke festhalten",
)
async def post_offer(_: FindingWorker, body: OfferBody, writing: CurrentWriting) -> Response:
    offer = body.offer()
    return await writing.run(lambda tx: record_offer(tx, offer), status=201)


@router.get("/offers/{offer_id}", response_model=OfferView, summary="Read an offer / Angebot lesen")
async def read_offer(offer_id: UUID, _: FindingReader, reading: CurrentReading) -> Response:
    return await reading.answer(OFFER_VIEW, offer_id=offer_id)


@router.put(
    "/offers/{offer_id}",
    response_model=WrittenOffer,
    summary="Change an offer / Angebot ändern",
)
async def put_offer(
    _: FindingWorker, offer_id: UUID, body: OfferBody, writing: CurrentWriting
) -> Response:
    offer, version = body.offer(), writing.expected_version
    return await writing.run(lambda tx: change_offer(tx, offer_id, version, offer))


@router.post(
    "/structural-findings/{finding_id}/offers",
    status_code=201,
    response_model=WrittenFinding,
    summary="Say what a finding found about an offer / Feststellung zu einem Angebot",
)
async def post_offer_link(
    _: FindingWorker, finding_id: UUID, body: OfferLinkBody, writing: CurrentWriting
) -> Response:
    return await writing.run(
        lambda tx: link_offer(tx, finding_id, body.offer_id, body.relation), status=201
    )
