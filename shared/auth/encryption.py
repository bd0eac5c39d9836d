"""End-to-end encryption: which public keys and which ciphertexts are taken. Nothing is decrypted.

Only this module knows JOSE for encryption: RSA-OAEP-256 with at least 4096 bits, A256GCM.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any, Final

from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

ALGORITHM: Final = "RSA-OAEP-256"
CONTENT_ALGORITHM: Final = "A256GCM"
CONTENT_TYPE: Final = "application/json"
KEY_BITS_MIN: Final = 4096
KEY_BITS_MAX: Final = 8192
JWE_CHARACTERS_MAX: Final = 1_400_000
_PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_INITIAL_VECTOR_BYTES: Final = 12
_TAG_BYTES: Final = 16


class KeyIsPrivate(ValueError):
    """A private member came along: the key is burnt."""


class KeyIsWeak(ValueError):
    """No RSA key of 4096 to 8192 bits."""


class CiphertextUnacceptable(ValueError):
    """Another algorithm, another form, or not what it says it is."""


def public_key(jwk: Mapping[str, Any]) -> dict[str, str]:
    """The key as it is published: `kid` is its thumbprint (RFC 7638), nothing else is kept.

    Raises KeyIsPrivate, KeyIsWeak.
    """
    if _PRIVATE & jwk.keys():
        raise KeyIsPrivate
    members = {name: jwk.get(name) for name in ("n", "e")}
    if jwk.get("kty") != "RSA" or not all(isinstance(one, str) for one in members.values()):
        raise KeyIsWeak
    try:
        key = RSAKey.import_key({"kty": "RSA", "n": str(members["n"]), "e": str(members["e"])})
        bits = key.raw_value.key_size
    except (JoseError, ValueError, TypeError) as unreadable:
        raise KeyIsWeak from unreadable
    if not KEY_BITS_MIN <= bits <= KEY_BITS_MAX:
        raise KeyIsWeak
    found = key.as_dict(private=False)
    return {"kty": "RSA", "n": str(found["n"]), "e": str(found["e"]), "kid": key.thumbprint()}


def key_id_of(jwe: str) -> str:
    """The key a ciphertext is for. Raises CiphertextUnacceptable for any other form of JWE.

    Compact, five canonical parts, and a header of exactly `alg`, `enc`, `kid` and `cty`: no
    compression, no second recipient, no key from an address.
    """
    parts = jwe.split(".")
    if len(jwe) > JWE_CHARACTERS_MAX or len(parts) != 5:  # noqa: PLR2004 - RFC 7516, 3.1
        raise CiphertextUnacceptable
    head, encrypted_key, vector, ciphertext, tag = map(_decoded, parts)
    key_id = _header(head).pop("kid")
    bits = len(encrypted_key) * 8
    is_whole = (
        KEY_BITS_MIN <= bits <= KEY_BITS_MAX
        and len(vector) == _INITIAL_VECTOR_BYTES
        and len(tag) == _TAG_BYTES
        and len(ciphertext) > 0
    )
    if not is_whole or not isinstance(key_id, str):
        raise CiphertextUnacceptable
    return key_id


def _header(raw: bytes) -> dict[str, Any]:
    try:
        pairs = json.loads(raw, object_pairs_hook=list)
    except (ValueError, RecursionError) as unreadable:
        raise CiphertextUnacceptable from unreadable
    if not isinstance(pairs, list) or not all(isinstance(pair, tuple) for pair in pairs):
        raise CiphertextUnacceptable
    header = dict(pairs)
    fixed = {"alg": ALGORITHM, "enc": CONTENT_ALGORITHM, "cty": CONTENT_TYPE}
    has_each_once = len(pairs) == len(header)
    if not has_each_once or header.keys() != fixed.keys() | {"kid"}:
        raise CiphertextUnacceptable
    if any(header[name] != value for name, value in fixed.items()):
        raise CiphertextUnacceptable
    return header


def _decoded(part: str) -> bytes:
    try:
        raw = base64.urlsafe_b64decode(part.encode("ascii") + b"=" * (-len(part) % 4))
    except (binascii.Error, UnicodeEncodeError, ValueError) as unreadable:
        raise CiphertextUnacceptable from unreadable
    if base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != part:
        raise CiphertextUnacceptable
    return raw
