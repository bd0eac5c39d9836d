"""Public keys of units, and referrals whose content only the holder of one of them can read."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.responses import Response

from services.referrals.api.access import (
    CurrentDeadlines,
    DirectoryReader,
    EitherSide,
    Sender,
    caller_who_may,
)
from services.referrals.api.fields import FieldPath, Instant
from services.referrals.api.referral_schemas import AddressedBody
from services.referrals.api.referral_views import ReferralView
from services.referrals.domain.access import Permission
from services.referrals.domain.sealing import Sealed
from services.referrals.operations.drafts import Draft
from services.referrals.operations.keep_keys import NewKey, publish_key, revoke_key
from services.referrals.operations.seal import send_sealed
from services.referrals.storage.disclosures import SEALED_VIEW
from services.referrals.storage.keys import KEY_LIST
from shared.auth.encryption import JWE_CHARACTERS_MAX
from shared.kernel.caller import Caller
from shared.service.desk import CurrentReading, CurrentWriting
from shared.web.fields import RequestModel, ResponseModel, UnitKey, coded

router = APIRouter(prefix="/v1", tags=["keys"])
SEALED_PATH = "/v1/sealed-referrals"
KeyKeeper = Annotated[Caller, Depends(caller_who_may(Permission.MANAGE_KEYS))]
KeyId = coded(r"^[A-Za-z0-9_-]{43}$", 43)
Jwe = coded(r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){4}$", JWE_CHARACTERS_MAX)


class KeyBody(RequestModel):
    """`jwk` is a public RSA key of at least 4096 bits (RFC 7517), for RSA-OAEP-256."""

    jwk: Annotated[dict[str, Any], Field(max_length=20)]
    valid_from: Instant
    valid_to: Instant


class KeyView(ResponseModel):
    """Encrypt with it between `valid_from` and `valid_to`, unless `revoked_at` is set."""

    id: UUID
    unit_id: str
    kid: str
    jwk: dict[str, str]
    valid_from: datetime
    valid_to: datetime
    revoked_at: datetime | None
    created_at: datetime
    created_by: str


class KeyPage(ResponseModel):
    items: list[KeyView]
    next_cursor: str | None


class SealedBody(AddressedBody):
    """A referral whose content is encrypted for its recipient; sent at once.

    `jwe`: compact, RSA-OAEP-256 and A256GCM, header of exactly `alg`, `enc`, `kid` and `cty`
    (`application/json`), over the JSON that `content` would be. `contentFields` are the fields in
    it, judged as if they were open.
    """

    recipient_unit: UnitKey
    jwe: Jwe
    content_fields: Annotated[list[FieldPath], Field(min_length=1, max_length=100)]

    def sealed(self) -> Sealed:
        return Sealed(jwe=self.jwe, fields=frozenset(self.content_fields))

    def draft(self) -> Draft:
        return self.draft_of({}, None, recipient_unit=self.recipient_unit)


class SealedView(ResponseModel):
    """`digest` is SHA-256 over `jwe`, and the `payloadDigest` of the referral."""

    id: UUID
    kid: str
    jwe: str
    digest: str


@router.get(
    "/org-units/{unit_id}/keys",
    response_model=KeyPage,
    summary="Public keys of a unit / Öffentliche Schlüssel einer Stelle",
    openapi_extra={"parameters": KEY_LIST.parameters()},
)
async def list_keys(unit_id: UnitKey, _: DirectoryReader, reading: CurrentReading) -> Response:
    return await reading.page(KEY_LIST, unit=unit_id)


@router.post(
    "/org-units/{unit_id}/keys",
    status_code=201,
    response_model=KeyView,
    summary="Publish a key of the own unit / Eigenen Schlüssel veröffentlichen",
)
async def post_key(
    unit_id: UnitKey, body: KeyBody, _: KeyKeeper, writing: CurrentWriting
) -> Response:
    command = NewKey(unit_id, body.jwk, body.valid_from, body.valid_to)
    return await writing.run(lambda tx: publish_key(tx, command), status=201)


@router.post(
    "/org-units/{unit_id}/keys/{kid}/actions/revoke",
    response_model=KeyView,
    summary="Take a key out of use / Schlüssel zurückziehen",
)
async def post_revoke_key(
    unit_id: UnitKey, kid: KeyId, _: KeyKeeper, writing: CurrentWriting
) -> Response:
    return await writing.run(lambda tx: revoke_key(tx, unit_id, kid))


@router.post(
    "/sealed-referrals",
    status_code=201,
    response_model=ReferralView,
    summary="Send content only the recipient can read / Verschlüsselt zusteuern",
)
async def post_sealed_referral(
    body: SealedBody, _: Sender, writing: CurrentWriting, deadlines: CurrentDeadlines
) -> Response:
    draft, sealed = body.draft(), body.sealed()
    return await writing.run(
        lambda tx: send_sealed(tx, draft, sealed, deadlines=deadlines), status=201
    )


@router.get(
    "/referrals/{referral_id}/sealed-content",
    response_model=SealedView,
    summary="The ciphertext / Verschlüsselter Inhalt",
)
async def read_sealed_content(
    referral_id: UUID, _: EitherSide, reading: CurrentReading
) -> Response:
    """For its sender, and for the recipient once it has accepted."""
    return await reading.answer(SEALED_VIEW, referral_id=referral_id)
