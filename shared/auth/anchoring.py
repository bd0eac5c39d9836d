"""Statements about the audit log, signed with Ed25519, that anybody can verify years later.

Only this module signs them. A statement is a compact JWS (RFC 7515, RFC 9864).
"""

import base64
import binascii
from collections.abc import Mapping
from typing import Any, Final

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

ALGORITHM: Final = "Ed25519"
TYPE: Final = "kim-audit-anchor+jwt"
SEED_BYTES: Final = 32


class StatementForged(Exception):
    """The signature is none of the known keys', or the statement is no statement."""


class AnchorKeys:
    """Signs with the first key, verifies with all of them.

    `text` holds seeds of 32 bytes in base64, separated by commas; none: nothing can be signed.
    Raises ValueError for anything else.
    """

    def __init__(self, text: str) -> None:
        seeds = [part for part in text.replace(" ", "").split(",") if part]
        self._keys = [_private(seed) for seed in seeds]

    @property
    def is_on(self) -> bool:
        return bool(self._keys)

    def signed(self, claims: Mapping[str, Any]) -> str:
        key = self._keys[0]
        header = {"alg": ALGORITHM, "typ": TYPE, "kid": key.thumbprint()}
        return jws.serialize_compact(header, orjson.dumps(claims), key, algorithms=[ALGORITHM])

    def published(self) -> dict[str, Any]:
        """The key set (RFC 7517): public members only."""
        return {"keys": [_public(key) for key in self._keys]}


class AnchorReader:
    """Verifies statements with a published key set. Raises ValueError for other key sets."""

    def __init__(self, published: Mapping[str, Any]) -> None:
        self._keys = {}
        for one in published["keys"]:
            key = OKPKey.import_key({name: one[name] for name in ("kty", "crv", "x")})
            self._keys[key.thumbprint()] = key

    def claims(self, statement: str) -> dict[str, Any]:
        """What was signed. Raises StatementForged."""
        try:
            header = jws.extract_compact(statement.encode()).headers()
            key = self._keys[header["kid"]]
            read = jws.deserialize_compact(statement, key, algorithms=[ALGORITHM])
            claims = orjson.loads(read.payload)
        except (JoseError, KeyError, ValueError, TypeError) as bad:
            raise StatementForged from bad
        if header.get("typ") != TYPE or not isinstance(claims, dict):
            raise StatementForged
        return claims


def _private(seed: str) -> OKPKey:
    try:
        raw = base64.b64decode(seed, validate=True)
    except binascii.Error as bad:
        raise ValueError("A key of anchors is written in base64.") from bad
    if len(raw) != SEED_BYTES:
        raise ValueError(f"A key of anchors is {SEED_BYTES} bytes long.")
    public = Ed25519PrivateKey.from_private_bytes(raw).public_key().public_bytes_raw()
    return OKPKey.import_key(
        {"kty": "OKP", "crv": "Ed25519", "d": _base64url(raw), "x": _base64url(public)}
    )


def _public(key: OKPKey) -> dict[str, Any]:
    shown = key.as_dict(private=False)
    return {name: shown[name] for name in ("kty", "crv", "x")} | {
        "kid": key.thumbprint(),
        "use": "sig",
        "alg": ALGORITHM,
    }


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
