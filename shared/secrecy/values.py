"""How a sealed text looks: AES-256-GCM, bound to table, column, row and tenant.

Stored: MARK and base64url of form (2 bytes), key id (16), nonce (12), ciphertext with tag. In an
answer on its way out the place stands between: MARK, `table.column`, id of the row, base64url.
"""

import base64
import binascii
import os
import re
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.kernel.text import Text
from shared.secrecy.columns import MARK

FORM: Final = b"\x00\x01"
# What opens is JSON and stands in the document as it is, not a text.
JSON_FORM: Final = b"\x00\x02"
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
KEY_ID_ENDS: Final = 18
NONCE_ENDS: Final = KEY_ID_ENDS + NONCE_BYTES
TAG_BYTES: Final = 16
# 18 bytes are 24 characters: all texts under one key begin alike, so that SQL finds them.
HEAD_CHARACTERS: Final = 24
SHOWN_INSTEAD: Final = Text(de="[nicht lesbar]", en="[unreadable]")
UNREADABLE: Final = f"{SHOWN_INSTEAD.de} {SHOWN_INSTEAD.en}"

PLACED: Final = re.compile(
    MARK + r"([A-Za-z0-9_.-]{1,200}) ([0-9a-f-]{36}) ([A-Za-z0-9_-]{40,})", re.ASCII
)
# The same inside a JSON document, where the mark is written as an escape.
PLACED_IN_JSON: Final = re.compile(
    rb'"\\u0001(?:([A-Za-z0-9_.-]{1,200}) ([0-9a-f-]{36}) )?([A-Za-z0-9_-]*)"'
)


class TextIsBroken(Exception):
    """Changed, moved from another row, or sealed under another key."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text lies. It opens nowhere else."""

    column: str
    row_id: UUID
    tenant_id: str

    def within(self, path: str) -> "Place":
        """That of a member of the JSON that lies here."""
        return replace(self, column=f"{self.column}.{path}")

    @property
    def bound(self) -> bytes:
        return f"{self.column}|{self.row_id}|{self.tenant_id}".encode()


def new_key() -> bytes:
    return AESGCM.generate_key(KEY_BYTES * 8)


def seal(key_id: UUID, key: bytes, text: str, place: Place, form: bytes = FORM) -> str:
    """The text as it is stored."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), place.bound)
    return head_of(key_id, form) + _written(nonce + sealed)


def open_text(key: bytes, sealed: bytes, place: Place) -> str:
    """Raises TextIsBroken."""
    try:
        found = AESGCM(key).decrypt(
            sealed[KEY_ID_ENDS:NONCE_ENDS], sealed[NONCE_ENDS:], place.bound
        )
        return found.decode()
    except (InvalidTag, ValueError) as broken:
        raise TextIsBroken from broken


def read(text: str) -> tuple[UUID, bytes]:
    """The id of the key and all bytes of a stored text without its mark. Raises TextIsBroken."""
    try:
        sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as unreadable:
        raise TextIsBroken from unreadable
    if sealed[:2] not in {FORM, JSON_FORM} or len(sealed) < NONCE_ENDS + TAG_BYTES:
        raise TextIsBroken
    return UUID(bytes=sealed[2:KEY_ID_ENDS]), sealed


def head_of(key_id: UUID, form: bytes = FORM) -> str:
    """What every text under this key begins with."""
    return MARK + _written(form + key_id.bytes)


def _written(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")
