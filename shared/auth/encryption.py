"""End-to-end encryption: which public keys and which ciphertexts are taken. Nothing is decrypted.

Only this module knows JOSE for encryption: RSA-OAEP-256 with at least 4096 bits, A256GCM.
"""

import base64
import binascii
import json
import math
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

ALGORITHM: Final = "RSA-OAEP-256"
CONTENT_ALGORITHM: Final = "A256GCM"
CONTENT_TYPE: Final = "application/json"
KEY_BITS_MIN: Final = 4096
KEY_BITS_MAX: Final = 8192
JWE_CHARACTERS_MAX: Final = 1_400_000
KEY_ID_PATTERN: Final = r"^[A-Za-z0-9_-]{43}$"
# 8192 bits are 1366 characters, the exponent at most 64 bits.
MEMBER_CHARACTERS_MAX: Final = 1400
_EXPONENT_MIN: Final = 65537
_HEADER_BYTES_MAX: Final = 500
_PRIVATE: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_INITIAL_VECTOR_BYTES: Final = 12
_TAG_BYTES: Final = 16
_ALPHABET: Final = (string.ascii_letters + string.digits + "-_").encode()
_FIXED: Final = {"alg": ALGORITHM, "enc": CONTENT_ALGORITHM, "cty": CONTENT_TYPE}
# A modulus that one of these divides was never made as a product of two large primes.
_SMALL_PRIMES: Final = math.prod(
    n for n in range(2, 1000) if all(n % divisor for divisor in range(2, math.isqrt(n) + 1))
)


class KeyIsPrivate(ValueError):
    """A private member came along: the key is burnt."""


class KeyIsWeak(ValueError):
    """No RSA key of 4096 to 8192 bits, or one that nobody should trust."""


class CiphertextUnacceptable(ValueError):
    """Another algorithm, another form, or not what it says it is."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """As it is published: `key_id` is the thumbprint (RFC 7638), `n` and `e` as in its JWK."""

    key_id: str
    n: str
    e: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """What can be said of a ciphertext without its key."""

    key_id: str
    key_bits: int


def public_key(jwk: Mapping[str, Any]) -> PublicKey:
    """What of a JWK (RFC 7517) is kept: the two public numbers. Raises KeyIsPrivate, KeyIsWeak."""
    try:
        if _has_private(jwk):
            raise KeyIsPrivate
    except RecursionError as too_deep:
        raise KeyIsWeak from too_deep
    n, e = jwk.get("n"), jwk.get("e")
    if jwk.get("kty") != "RSA" or not isinstance(n, str) or not isinstance(e, str):
        raise KeyIsWeak
    if max(len(n), len(e)) > MEMBER_CHARACTERS_MAX:
        raise KeyIsWeak
    modulus, exponent = _number(n), _number(e)
    is_strong = (
        KEY_BITS_MIN <= modulus.bit_length() <= KEY_BITS_MAX
        and _EXPONENT_MIN <= exponent < 2**64
        and exponent % 2 == 1
        and math.gcd(modulus, _SMALL_PRIMES) == 1
    )
    if not is_strong:
        raise KeyIsWeak
    try:
        key = RSAKey.import_key({"kty": "RSA", "n": n, "e": e})
        return PublicKey(key.thumbprint(), n, e)
    except (JoseError, ValueError, TypeError) as unreadable:
        raise KeyIsWeak from unreadable


def envelope_of(jwe: str) -> Envelope:
    """The key a ciphertext is for. Raises CiphertextUnacceptable for any other form of JWE.

    Compact, five canonical parts, and a header of exactly `alg`, `enc`, `kid` and `cty`: no
    compression, no second recipient, no key from an address.
    """
    parts = jwe.split(".", 5)
    if len(jwe) > JWE_CHARACTERS_MAX or len(parts) != 5:  # noqa: PLR2004 - RFC 7516, 3.1
        raise CiphertextUnacceptable
    encrypted_key, vector, ciphertext, tag = map(_size_bytes, parts[1:])
    key_id = _key_id(_decoded(parts[0]))
    key_bits = encrypted_key * 8
    is_whole = (
        KEY_BITS_MIN <= key_bits <= KEY_BITS_MAX
        and vector == _INITIAL_VECTOR_BYTES
        and tag == _TAG_BYTES
        and ciphertext > 0
    )
    if not is_whole:
        raise CiphertextUnacceptable
    return Envelope(key_id, key_bits)


def is_for(envelope: Envelope, n: str) -> bool:
    """Whether the encrypted key is as long as RSA with this modulus makes it."""
    return envelope.key_bits == (_number(n).bit_length() + 7) // 8 * 8


def _has_private(value: object) -> bool:
    """Wherever it stands: a whole key set may have been pasted."""
    if isinstance(value, Mapping):
        return bool(_PRIVATE & value.keys()) or any(map(_has_private, value.values()))
    return isinstance(value, list) and any(map(_has_private, value))


def _number(text: str) -> int:
    """One spelling for each number, so that a key has one thumbprint: no leading zero."""
    try:
        raw = _decoded(text)
    except CiphertextUnacceptable as unreadable:
        raise KeyIsWeak from unreadable
    if raw[:1] in {b"", b"\0"}:
        raise KeyIsWeak
    return int.from_bytes(raw, "big")


def _key_id(head: bytes) -> str:
    try:
        text = head.decode("ascii") if len(head) <= _HEADER_BYTES_MAX else ""
        pairs = json.loads(text, object_pairs_hook=list)
    except (ValueError, RecursionError) as unreadable:
        raise CiphertextUnacceptable from unreadable
    if not isinstance(pairs, list) or not all(isinstance(pair, tuple) for pair in pairs):
        raise CiphertextUnacceptable
    header = dict(pairs)
    key_id = header.pop("kid", None)
    has_each_once = len(pairs) == len(_FIXED) + 1
    if not has_each_once or header != _FIXED or not isinstance(key_id, str):
        raise CiphertextUnacceptable
    if not re.fullmatch(KEY_ID_PATTERN, key_id):
        raise CiphertextUnacceptable
    return key_id


def _size_bytes(part: str) -> int:
    """Of what it decodes to; only its end can be spelt in more than one way."""
    try:
        has_others = bool(part.encode("ascii").translate(None, _ALPHABET))
    except UnicodeEncodeError as unreadable:
        raise CiphertextUnacceptable from unreadable
    if has_others:
        raise CiphertextUnacceptable
    whole = len(part) // 4 * 4
    return whole // 4 * 3 + len(_decoded(part[whole:]))


def _decoded(part: str) -> bytes:
    """One spelling only: what decodes to the same bytes from another text is refused."""
    try:
        raw = base64.urlsafe_b64decode(part.encode("ascii") + b"=" * (-len(part) % 4))
    except (binascii.Error, UnicodeEncodeError, ValueError) as unreadable:
        raise CiphertextUnacceptable from unreadable
    if base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != part:
        raise CiphertextUnacceptable
    return raw
