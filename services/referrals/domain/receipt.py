"""The receipt both sides hold: a digest of exactly what was sent."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

DIGEST_PATTERN = r"^sha256:[0-9a-f]{64}$"


def canonical_json(content: Mapping[str, Any]) -> bytes:
    """One spelling for equal content: keys sorted, no blanks, UTF-8, text in NFC.

    RFC 8785 restricted to text, whole numbers, booleans, null, lists and objects; raises
    TypeError for a float, whose spelling differs between languages, and for anything else.
    """
    return json.dumps(
        _canonical(content),
        ensure_ascii=False,
        allow_nan=False,
        sort_keys=True,
        separators=(",", ":"),
    ).encode()


def payload_digest(content: Mapping[str, Any]) -> str:
    """`sha256:` and the hexadecimal digest of the canonical JSON."""
    return "sha256:" + hashlib.sha256(canonical_json(content)).hexdigest()


def text_digest(text: str) -> str:
    """The same over a text as it stands: what is encrypted has one spelling."""
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _canonical(value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {_key(key): _canonical(member) for key, member in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_canonical(member) for member in value]
    raise TypeError(f"No canonical spelling for {type(value).__name__}.")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError("Keys are text.")
    return unicodedata.normalize("NFC", key)
