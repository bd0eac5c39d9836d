"""Strict reading of a compact JWS, before any library sees it.

The library accepts duplicate members, odd `typ`, `crit`, `b64=false` and non-canonical base64;
each of them is refused here.
"""

import base64
import binascii
import json
import re
from dataclasses import dataclass
from typing import Any

import orjson

from shared.auth.errors import TokenRefused
from shared.auth.published_keys import KEY_TYPES
from shared.kernel.nesting import is_deeper_than

TOKEN_BYTES_MAX = 8 * 1024
DEPTH_MAX = 8
HEADER_MEMBERS = frozenset({"alg", "kid", "typ"})
TYPES = frozenset({"at+jwt", "application/at+jwt", "jwt"})
KEY_ID = re.compile(r"[A-Za-z0-9._~=+/-]{1,128}")
SEGMENTS = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)")


@dataclass(frozen=True, slots=True)
class Compact:
    """A well-formed token. Nothing in it is verified yet."""

    algorithm: str
    key_id: str
    claims: dict[str, Any]


def read_compact(token: str) -> Compact:
    """Raises TokenRefused, before anything is parsed when it is too long."""
    if len(token) > TOKEN_BYTES_MAX:
        raise TokenRefused("too long")
    segments = SEGMENTS.fullmatch(token)
    if segments is None:
        raise TokenRefused("not three canonical segments")
    header, payload, _ = (_decode(segment) for segment in segments.groups())
    algorithm, key_id = _checked_header(_strict_object(header))
    return Compact(algorithm, key_id, _strict_object(payload))


def _checked_header(header: dict[str, Any]) -> tuple[str, str]:
    if not header.keys() <= HEADER_MEMBERS:
        raise TokenRefused("unexpected header member")
    algorithm, key_id, kind = header.get("alg"), header.get("kid"), header.get("typ", "JWT")
    if not isinstance(algorithm, str) or algorithm not in KEY_TYPES:
        raise TokenRefused("algorithm not allowed")
    if not isinstance(key_id, str) or not KEY_ID.fullmatch(key_id):
        raise TokenRefused("key id missing or odd")
    if not isinstance(kind, str) or kind.lower() not in TYPES:
        raise TokenRefused("not an access token")
    return algorithm, key_id


def _decode(segment: str) -> bytes:
    try:
        raw = base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    except (binascii.Error, ValueError) as broken:
        raise TokenRefused("not base64url") from broken
    if base64.urlsafe_b64encode(raw).rstrip(b"=").decode() != segment:
        raise TokenRefused("base64url not canonical")
    return raw


def _strict_object(raw: bytes) -> dict[str, Any]:
    """One JSON object without duplicate members on any level and without nesting tricks."""
    try:
        parsed = orjson.loads(raw)
    except orjson.JSONDecodeError as broken:
        raise TokenRefused("not JSON") from broken
    if not isinstance(parsed, dict) or is_deeper_than(parsed, DEPTH_MAX):
        raise TokenRefused("not a flat JSON object")
    _refuse_duplicates(raw)
    return parsed


def _refuse_duplicates(raw: bytes) -> None:

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) != len(pairs):
            raise TokenRefused("duplicate member")
        return members

    json.loads(raw, object_pairs_hook=unique)
