"""Which of the keys that an issuer publishes may verify a token (RFC 7517; RFC 8725, 3.1-3.5)."""

import base64
import binascii
from collections.abc import Iterable, Mapping
from typing import Any, Final

import structlog

# What each algorithm needs of its key: the library would check a signature of ES256 with P-384.
KEY_TYPES: Final = {
    "RS256": ("RSA", None),
    "RS384": ("RSA", None),
    "RS512": ("RSA", None),
    "ES256": ("EC", "P-256"),
    "ES384": ("EC", "P-384"),
}
PRIVATE_MEMBERS: Final = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
CURVES: Final = frozenset({"P-256", "P-384"})
RSA_BITS_MIN: Final = 2048
RSA_BITS_MAX: Final = 8192
EXPONENT_MIN: Final = 3
KEY_ID_LENGTH_MAX: Final = 128

log = structlog.get_logger(__name__)


def usable_keys(published: Iterable[object]) -> dict[str, Mapping[str, Any]]:
    """The public keys for signatures by key id; none for an id that stands for several."""
    found: dict[str, Mapping[str, Any]] = {}
    ambiguous: set[str] = set()
    for key in published:
        if not isinstance(key, dict) or not _is_usable(key):
            continue
        key_id = key["kid"]
        if key_id in found and found[key_id] != key:
            ambiguous.add(key_id)
        found[key_id] = key
    for key_id in ambiguous:
        log.warning("keys.ambiguous", key_id=key_id)
        del found[key_id]
    return found


def fits(key: Mapping[str, Any], algorithm: str) -> bool:
    """Whether a key is one for this algorithm: its type, its curve and its own `alg`."""
    kind, curve = KEY_TYPES[algorithm]
    is_right_curve = curve is None or key.get("crv") == curve
    return key["kty"] == kind and is_right_curve and key.get("alg", algorithm) == algorithm


def _is_usable(key: Mapping[str, Any]) -> bool:
    key_id = key.get("kid")
    operations = key.get("key_ops", ["verify"])
    if not isinstance(key_id, str) or not 0 < len(key_id) <= KEY_ID_LENGTH_MAX:
        return False
    if key.get("use", "sig") != "sig" or not isinstance(operations, list):
        return False
    if "verify" not in operations or PRIVATE_MEMBERS & key.keys():
        return False
    if key.get("kty") == "RSA":
        return _is_strong_rsa(key)
    is_point = isinstance(key.get("x"), str) and isinstance(key.get("y"), str)
    return key.get("kty") == "EC" and key.get("crv") in CURVES and is_point


def _is_strong_rsa(key: Mapping[str, Any]) -> bool:
    modulus, exponent = _number(key.get("n")), _number(key.get("e"))
    is_long_enough = RSA_BITS_MIN <= modulus.bit_length() <= RSA_BITS_MAX
    if not is_long_enough:
        log.warning("keys.weak", key_id=key["kid"], bits=modulus.bit_length())
    return is_long_enough and exponent >= EXPONENT_MIN and exponent % 2 == 1


def _number(member: object) -> int:
    """0 where there is none."""
    if not isinstance(member, str):
        return 0
    try:
        raw = base64.urlsafe_b64decode(member + "=" * (-len(member) % 4))
    except (binascii.Error, ValueError):
        return 0
    return int.from_bytes(raw, "big")
