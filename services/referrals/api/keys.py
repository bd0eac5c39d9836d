"""The public keys of units: others encrypt with them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field, WithJsonSchema
from starlette.responses import Response

from services.referrals.api.access import DirectoryReader, caller_who_may
from services.referrals.api.fields import Instant, KeyId
from services.referrals.domain.access import Permission
from services.referrals.domain.sealing import KeyUse
from services.referrals.operations.keep_keys import NewKey, publish_key, revoke_key
from services.referrals.storage.directory_queries import ORG_UNIT_VIEW
from services.referrals.storage.keys import KEY_LIST
from shared.auth.encryption import MEMBER_CHARACTERS_MAX
from shared.kernel.caller import Caller
from shared.service.desk import CurrentReading, CurrentWriting
from shared.web.fields import RequestModel, ResponseModel, UnitKey

router = APIRouter(prefix="/v1/org-units/{unit_id}/keys", tags=["keys of units"])
KeyKeeper = Annotated[Caller, Depends(caller_who_may(Permission.MANAGE_KEYS))]
_NUMBER = {"type": "string", "pattern": "^[A-Za-z0-9_-]+$", "maxLength": MEMBER_CHARACTERS_MAX}
# Anything is taken in, so that a private key is told apart from a mistake.
Jwk = Annotated[
    dict[str, Any],
    Field(max_length=30),
    WithJsonSchema(
        {
            "type": "object",
            "description": "A public RSA key (RFC 7517); members beyond these are not kept.",
            "required": ["kty", "n", "e"],
            "properties": {
                "kty": {"type": "string", "const": "RSA"},
                "n": _NUMBER,
                "e": _NUMBER,
                "use": {"type": "string", "enum": [use.value for use in KeyUse]},
                "alg": {"type": "string"},
            },
        }
    ),
]


class KeyBody(RequestModel):
    """A public key: RSA, 4096 to 8192 bits. `kid` becomes its thumbprint (RFC 7638)."""

    jwk: Jwk
    use: KeyUse = KeyUse.ENC
    valid_from: Instant
    valid_to: Instant


class JwkView(ResponseModel):
    """RFC 7517."""

    kty: str
    kid: str
    use: KeyUse
    alg: str
    n: str
    e: str


class KeyView(ResponseModel):
    """To be used between `valid_from` and `valid_to`, unless `revoked_at` is set."""

    id: UUID
    unit_id: str
    kid: str
    use: KeyUse
    jwk: JwkView
    valid_from: datetime
    valid_to: datetime
    revoked_at: datetime | None
    created_at: datetime
    created_by: str


class KeyPage(ResponseModel):
    items: list[KeyView]
    next_cursor: str | None
    cursors: list[str] | None = None


@router.get(
    "",
    response_model=KeyPage,
    summary="Public keys of a unit / Öffentliche Schlüssel einer Stelle",
    description="Of another unit those that are valid now; of the own one all of them.",
    openapi_extra={"parameters": KEY_LIST.parameters()},
)
async def list_keys(unit_id: UnitKey, _: DirectoryReader, reading: CurrentReading) -> Response:
    await reading.document(ORG_UNIT_VIEW, unit_id=unit_id)
    return await reading.page(KEY_LIST, unit=unit_id)


@router.post(
    "",
    status_code=201,
    response_model=KeyView,
    summary="Publish a key of the own unit / Eigenen Schlüssel veröffentlichen",
)
async def post_key(
    unit_id: UnitKey, body: KeyBody, _: KeyKeeper, writing: CurrentWriting
) -> Response:
    command = NewKey(unit_id, body.jwk, body.use, body.valid_from, body.valid_to)
    return await writing.run(lambda tx: publish_key(tx, command), status=201)


@router.post(
    "/{kid}/actions/revoke",
    response_model=KeyView,
    summary="Take a key out of use / Schlüssel zurückziehen",
    description="It cannot come back. What was encrypted with it before is still handed out.",
)
async def post_revoke_key(
    unit_id: UnitKey, kid: KeyId, _: KeyKeeper, writing: CurrentWriting
) -> Response:
    return await writing.run(lambda tx: revoke_key(tx, unit_id, kid))
