"""Inbox, outbox, the manual queue, and revocations of what was declared."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.referrals.api.access import Coordination, Recipient, Sender
from services.referrals.api.referral_schemas import (
    ForwardBody,
    RevocationBody,
)
from services.referrals.api.referral_views import (
    ManualPage,
    ManualView,
    ReferralPage,
    RevocationView,
)
from services.referrals.operations.assigning import Assign, assign
from services.referrals.operations.withdrawing import revoke_consent
from services.referrals.storage.queries import (
    INBOX_LIST,
    MANUAL_LIST,
    MANUAL_VIEW,
    OUTBOX_LIST,
    sight,
)
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1", tags=["boxes"])


@router.get(
    "/inbox",
    response_model=ReferralPage,
    summary="Referrals sent to the own unit / Posteingang",
    openapi_extra={"parameters": INBOX_LIST.parameters()},
)
async def list_inbox(caller: Recipient, reading: CurrentReading) -> Response:
    return await reading.page(INBOX_LIST, **sight(caller))


@router.get(
    "/outbox",
    response_model=ReferralPage,
    summary="Referrals of the own unit / Postausgang",
    openapi_extra={"parameters": OUTBOX_LIST.parameters()},
)
async def list_outbox(caller: Sender, reading: CurrentReading) -> Response:
    return await reading.page(OUTBOX_LIST, **sight(caller))


@router.get(
    "/manual-queue",
    response_model=ManualPage,
    summary="Referrals whose unit a person must find / Klärungsliste",
    openapi_extra={"parameters": MANUAL_LIST.parameters()},
)
async def list_manual_queue(_: Coordination, reading: CurrentReading) -> Response:
    return await reading.page(MANUAL_LIST)


@router.get(
    "/manual-queue/{referral_id}",
    response_model=ManualView,
    summary="One of them / Ein Eintrag der Klärungsliste",
)
async def read_manual_queue(
    referral_id: UUID, _: Coordination, reading: CurrentReading
) -> Response:
    return await reading.answer(MANUAL_VIEW, referral_id=referral_id)


@router.post(
    "/manual-queue/{referral_id}/actions/assign",
    response_model=ManualView,
    summary="Name the unit / Stelle festlegen",
)
async def post_assign(
    referral_id: UUID, body: ForwardBody, _: Coordination, writing: CurrentWriting
) -> Response:
    command = Assign(referral_id, writing.expected_version, body.recipient_unit)
    return await writing.run(lambda tx: assign(tx, command))


@router.post(
    "/consent-revocations",
    status_code=201,
    response_model=RevocationView,
    summary="A declaration was revoked: withdraw what is open under it / Widerruf melden",
)
async def post_revocation(body: RevocationBody, _: Sender, writing: CurrentWriting) -> Response:
    reference = body.consent_reference
    return await writing.run(lambda tx: revoke_consent(tx, reference), status=201)
