"""Decisions on disclosure, manifests and receipts."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from services.referrals.api.access import Decider, DisclosureReader, Sender
from services.referrals.api.fields import Digest, Reason, Reference, ReleasedPath
from services.referrals.domain.codes import DataCategory, Mode, ReferralState, Urgency
from services.referrals.domain.disclosures import DecisionOutcome
from services.referrals.domain.legal_ground import DisclosureGround
from services.referrals.operations.decide_disclosure import Decide, decide
from services.referrals.operations.receipts import verify_receipt, with_digest
from services.referrals.storage.disclosure_views import (
    AWAITED_LIST,
    DECISION_LIST,
    DECISION_VIEW,
    DISCLOSURES_OF_REFERRAL,
    DISCLOSURES_OF_UNIT,
    RECEIPT_VIEW,
    disclosure_sight,
)
from shared.service.desk import JSON, CurrentReading, CurrentWriting
from shared.web.fields import RequestModel, ResponseModel, UnitKey

router = APIRouter(prefix="/v1", tags=["disclosures"])


class DecisionBody(RequestModel):
    """A decision of the person signed in. Anything but the person's consent is its head's."""

    referral_id: UUID
    recipient_unit: UnitKey
    outcome: DecisionOutcome
    ground: DisclosureGround
    fields: Annotated[list[ReleasedPath], Field(min_length=1, max_length=100)]
    client_informed: bool = Field(strict=True)
    reason: Reason
    request_reference: Reference | None = None

    def decision(self) -> Decide:
        return Decide(
            referral_id=self.referral_id,
            recipient_unit=self.recipient_unit,
            outcome=self.outcome,
            ground=self.ground,
            fields=frozenset(self.fields),
            client_informed=self.client_informed,
            reason=self.reason,
            request_reference=self.request_reference or "",
        )


class DecisionView(ResponseModel):
    """The latest on a referral and a unit stands."""

    id: UUID
    referral_id: UUID
    recipient_unit: str
    outcome: DecisionOutcome
    ground: DisclosureGround
    fields: list[str]
    client_informed: bool
    reason: str
    request_reference: str
    decided_by: str
    decided_at: datetime
    recorded_by: str
    recorded_at: datetime


class AwaitedView(ResponseModel):
    """A draft to an authority; `fields` are the paths it would tell, to be decided on."""

    id: UUID
    version: int
    state: ReferralState
    mode: Mode
    service_code: str
    topic: str
    purpose: str
    urgency: Urgency
    recipient_unit: str
    fields: list[str]
    created_at: datetime
    updated_at: datetime


class AwaitedPage(ResponseModel):
    items: list[AwaitedView]
    next_cursor: str | None
    cursors: list[str] | None = None


class DecisionPage(ResponseModel):
    items: list[DecisionView]
    next_cursor: str | None
    cursors: list[str] | None = None


class DisclosedFileView(ResponseModel):
    id: UUID
    category: DataCategory
    sha256: str
    size_bytes: int


class ManifestView(ResponseModel):
    """The manifest: which fields were disclosed to whom; paths, never values."""

    id: UUID
    referral_id: UUID
    content_version: int
    sender_unit: str
    recipient_unit: str
    ground_kind: str | None
    ground_code: str | None
    categories: list[DataCategory]
    fields: list[str]
    disputed_fields: list[str]
    attachments: list[DisclosedFileView]
    decision_id: UUID | None
    payload_digest: str
    disclosed_at: datetime


class DisclosureView(ManifestView):
    """With `messageId` the manifest of one message to an authority: its field is `messages`, its
    digest SHA-256 of the text, and it is of no version of the content (0).
    """

    message_id: UUID | None


class DisclosurePage(ResponseModel):
    items: list[DisclosureView]
    next_cursor: str | None
    cursors: list[str] | None = None


class ReceiptView(ResponseModel):
    """`digest` is SHA-256 over `receipt`: keys sorted, no blanks, UTF-8, text in NFC."""

    receipt: ManifestView
    digest: str


class VerifyBody(RequestModel):
    digest: Digest = Field(description="Of the receipt, or of the content (`payloadDigest`).")


class VerifiedView(ResponseModel):
    matches: bool
    digest: str


@router.post(
    "/disclosure-decisions",
    status_code=201,
    response_model=DecisionView,
    summary="Decide on a disclosure to an authority / Über eine Weitergabe entscheiden",
)
async def post_decision(body: DecisionBody, _: Decider, writing: CurrentWriting) -> Response:
    return await writing.run(lambda tx: decide(tx, body.decision()), status=201)


@router.get(
    "/disclosure-decisions",
    response_model=DecisionPage,
    summary="Decisions of the own unit / Entscheidungen der eigenen Stelle",
    openapi_extra={"parameters": DECISION_LIST.parameters()},
)
async def list_decisions(_: Decider, reading: CurrentReading) -> Response:
    return await reading.page(DECISION_LIST)


@router.get(
    "/disclosure-requests",
    response_model=AwaitedPage,
    summary="Drafts that wait for a decision / Entwürfe, über die zu entscheiden ist",
    openapi_extra={"parameters": AWAITED_LIST.parameters()},
)
async def list_awaited(caller: Decider, reading: CurrentReading) -> Response:
    """Drafts of the own unit to a foreigners or naturalisation authority without a decision that
    names all they would tell. Paths, never values; what was refused does not wait any more.
    """
    return await reading.page(AWAITED_LIST, unit=caller.unit_id)


@router.get(
    "/disclosure-decisions/{decision_id}",
    response_model=DecisionView,
    summary="Read a decision / Entscheidung lesen",
)
async def read_decision(decision_id: UUID, _: Decider, reading: CurrentReading) -> Response:
    return await reading.answer(DECISION_VIEW, decision_id=decision_id)


@router.get(
    "/referrals/{referral_id}/disclosures",
    response_model=DisclosurePage,
    summary="What was disclosed to whom / Was an wen weitergegeben wurde",
    openapi_extra={"parameters": DISCLOSURES_OF_REFERRAL.parameters()},
)
async def list_disclosures(
    referral_id: UUID, caller: DisclosureReader, reading: CurrentReading
) -> Response:
    """The sender sees every manifest; the recipient its own, once it has accepted."""
    sight = disclosure_sight(caller)
    return await reading.page(DISCLOSURES_OF_REFERRAL, referral_id=referral_id, **sight)


@router.get(
    "/referrals/{referral_id}/receipt",
    response_model=ReceiptView,
    summary="The receipt both sides hold / Beleg beider Seiten",
)
async def read_receipt(
    referral_id: UUID, caller: DisclosureReader, reading: CurrentReading
) -> Response:
    """For the sender once it was sent, for the recipient once it has accepted."""
    sight = disclosure_sight(caller)
    document = await reading.document(RECEIPT_VIEW, referral_id=referral_id, **sight)
    return Response(
        orjson.dumps(with_digest(document.body)),
        media_type=JSON,
        headers={"Cache-Control": "private, no-cache"},
    )


@router.post(
    "/referrals/{referral_id}/actions/verify-receipt",
    response_model=VerifiedView,
    summary="Compare a digest with the receipt / Prüfsumme mit dem Beleg vergleichen",
)
async def post_verify_receipt(
    referral_id: UUID, body: VerifyBody, _: DisclosureReader, writing: CurrentWriting
) -> Response:
    return await writing.run(lambda tx: verify_receipt(tx, referral_id, body.digest))


@router.get(
    "/data-subjects/disclosures",
    response_model=DisclosurePage,
    summary="What of a case was told to others / Weitergaben zu einem Fall (Art. 15 DSGVO)",
    openapi_extra={"parameters": DISCLOSURES_OF_UNIT.parameters()},
)
async def list_disclosures_of_unit(caller: Sender, reading: CurrentReading) -> Response:
    return await reading.page(DISCLOSURES_OF_UNIT, unit=caller.unit_id)
