"""Referrals whose content is encrypted for its recipient, end to end."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Request
from pydantic import Field
from starlette.responses import Response

from services.referrals.api.access import CurrentDeadlines, EitherSide, Sender
from services.referrals.api.fields import FieldPath, Jwe
from services.referrals.api.jose import OFFERED, VARIES, jose, wants_jose
from services.referrals.api.referral_schemas import AddressedBody
from services.referrals.api.referral_views import ReferralView
from services.referrals.domain.codes import DataCategory
from services.referrals.domain.sealing import Sealed
from services.referrals.operations.drafts import Draft
from services.referrals.operations.seal import send_sealed
from services.referrals.storage.disclosures import SEALED_VIEW
from shared.auth.encryption import JWE_CHARACTERS_MAX
from shared.service.desk import JSON, CurrentReading, CurrentWriting
from shared.web.fields import ResponseModel

router = APIRouter(prefix="/v1", tags=["sealed referrals"])
SEALED_PATH = "/v1/sealed-referrals"
SEALED_BYTES_MAX = JWE_CHARACTERS_MAX + 100_000
"""The ciphertext, and what is said beside it."""


class SealedBody(AddressedBody):
    """Sent at once. `jwe` is compact, RSA-OAEP-256 and A256GCM, with a header of exactly `alg`,
    `enc`, `kid` and `cty` (`application/json`), over the JSON that `content` would be.

    `contentFields` and `categories` say what is in it, and are judged as if it were open.
    """

    jwe: Jwe
    content_fields: Annotated[list[FieldPath], Field(min_length=1, max_length=100)]
    categories: Annotated[list[DataCategory], Field(min_length=1, max_length=10)]
    follows_id: UUID | None = Field(
        default=None, description="The own refused referral that this one takes the place of."
    )

    def draft(self) -> Draft:
        return replace(self.with_content({}), follows_id=self.follows_id)

    def sealed(self) -> Sealed:
        return Sealed(
            jwe=self.jwe,
            fields=frozenset(self.content_fields),
            categories=frozenset(self.categories),
        )


class SealedContentView(ResponseModel):
    """`digest` is SHA-256 over `jwe`, and the `payloadDigest` of the referral."""

    id: UUID
    kid: str
    jwe: str
    digest: str


@router.post(
    "/sealed-referrals",
    status_code=201,
    response_model=ReferralView,
    summary="Send content that only the recipient can read / Verschlüsselt zusteuern",
    description=(
        "Encrypted with a key of the recipient (`GET /v1/org-units/{unit_id}/keys?use=enc`); never"
        " decrypted here. Not for a foreigners or naturalisation authority, and no anonymous"
        " consultation: what cannot be read cannot be checked."
    ),
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
    response_model=SealedContentView,
    responses=OFFERED,
    summary="The ciphertext / Verschlüsselter Inhalt",
    description=(
        "For its sender, and for the recipient once it has accepted; with `Accept:"
        " application/jose` the JWE alone."
    ),
)
async def read_sealed_content(
    referral_id: UUID, _: EitherSide, request: Request, reading: CurrentReading
) -> Response:
    document = await reading.document(SEALED_VIEW, referral_id=referral_id)
    if wants_jose(request):
        return jose(orjson.loads(document.body)["jwe"])
    return Response(document.body, media_type=JSON, headers=VARIES)
