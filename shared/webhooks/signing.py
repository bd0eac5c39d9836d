"""Signatures of deliveries: Standard Webhooks, or the header pair that FIT-Connect clients know.

STANDARD: `webhook-signature` is HMAC-SHA-256 over `id.timestamp.body`, one for each secret in
force. FIT: `callback-authentication` is HMAC-SHA-512 over `timestamp.body`, as FIT-Connect's
callbacks carry it; `webhook-id` comes with both, since receivers tell repeated deliveries by it.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from standardwebhooks import Webhook

SECRET_PREFIX: Final = "whsec_"  # noqa: S105 - the prefix of the published form, no secret
SECRET_BYTES: Final = 32


class SignatureProfile(StrEnum):
    STANDARD = "STANDARD"
    FIT = "FIT"


def new_secret() -> bytes:
    return os.urandom(SECRET_BYTES)


def secret_text(secret: bytes) -> str:
    """The form in which a secret is handed over, once."""
    return SECRET_PREFIX + base64.b64encode(secret).decode()


def timestamp(at: datetime) -> int:
    """Seconds since 1970; receivers refuse what is more than 300 s from their clock."""
    return int(at.timestamp())


def signature_base(
    profile: SignatureProfile, event_id: UUID | str, at: datetime, body: bytes
) -> bytes:
    """The bytes that are signed."""
    stamp = str(timestamp(at)).encode()
    if profile is SignatureProfile.FIT:
        return b"%b.%b" % (stamp, body)
    return b"%b.%b.%b" % (str(event_id).encode(), stamp, body)


def headers_for(
    profile: SignatureProfile,
    event_id: UUID | str,
    at: datetime,
    body: bytes,
    secrets: Sequence[bytes],
) -> dict[str, str]:
    """The headers that prove a delivery. `secrets`: the newest first; the FIT pair has room for
    one signature, so there the newest alone signs.
    """
    headers = {"webhook-id": str(event_id)}
    if profile is SignatureProfile.FIT:
        base = signature_base(profile, event_id, at, body)
        return headers | {
            "callback-timestamp": str(timestamp(at)),
            "callback-authentication": hmac.new(secrets[0], base, hashlib.sha512).hexdigest(),
        }
    utc = at.astimezone(UTC)  # the library takes any clock time for UTC
    signatures = (Webhook(secret).sign(str(event_id), utc, body.decode()) for secret in secrets)
    return headers | {
        "webhook-timestamp": str(timestamp(at)),
        "webhook-signature": " ".join(signatures),
    }
