"""Secrets that have to be read again later: AES-256-GCM under a key from the settings.

The sealed form is bound to its place: moved to another record or tenant it does not open. Keys are
changed by naming the new one first: it seals, the older ones still open.
"""

import base64
import binascii
import hashlib
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shared.kernel.errors import Conflict
from shared.kernel.text import Text

FORM: Final = b"\x01"
KEY_BYTES: Final = 32
KEY_ID_BYTES: Final = 4
NONCE_BYTES: Final = 12


class SealingIsNotSetUp(Conflict):
    """The operator has given no key: nothing secret is stored unsealed instead."""

    code = "sealing-not-set-up"
    title = Text(
        de="Diese Installation hat keinen Schlüssel, um Geheimnisse versiegelt abzulegen.",
        en="This installation has no key to store secrets sealed.",
    )


class SealIsBroken(Exception):
    """Not ours, moved from another record, changed, or sealed by a key that is no longer named."""


class SealingKeys:
    """The keys of one service, the one that seals first."""

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        self._keys = {_key_id(key): AESGCM(key) for key in keys}
        self._newest = _key_id(keys[0]) if keys else None

    @classmethod
    def parse(cls, text: str) -> "SealingKeys":
        """From base64 texts of 32 bytes each, separated by commas. Raises ValueError."""
        return cls(tuple(_key(part.strip()) for part in text.split(",") if part.strip()))

    def seal(self, secret: bytes, *, place: str) -> bytes:
        """Raises SealingIsNotSetUp when there is no key."""
        if self._newest is None:
            raise SealingIsNotSetUp
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._keys[self._newest].encrypt(nonce, secret, place.encode())
        return FORM + self._newest + nonce + sealed

    def open(self, sealed: bytes, *, place: str) -> bytes:
        """What was sealed for this place. Raises SealIsBroken."""
        form, rest = sealed[:1], sealed[1:]
        key = self._keys.get(rest[:KEY_ID_BYTES])
        nonce_ends = KEY_ID_BYTES + NONCE_BYTES
        if form != FORM or key is None:
            raise SealIsBroken
        try:
            return key.decrypt(rest[KEY_ID_BYTES:nonce_ends], rest[nonce_ends:], place.encode())
        except (InvalidTag, ValueError) as broken:
            raise SealIsBroken from broken

    def is_newest(self, sealed: bytes) -> bool:
        """Whether the key that seals now has sealed it."""
        return sealed[1 : 1 + KEY_ID_BYTES] == self._newest


def _key(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as unreadable:
        raise ValueError("A sealing key is base64.") from unreadable
    if len(key) != KEY_BYTES:
        raise ValueError("A sealing key is 32 bytes in base64.")
    return key


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"kim-sealing-key" + key).digest()[:KEY_ID_BYTES]
