"""What keeps the keys of records closed: a key from the settings, or a KMS.

A KMS takes the place of `SettingsWrapper` by the same three methods. `context` is what the wrapped
key is bound to (tenant, record, part, reader): hand it over as additional authenticated data
(Vault transit, PKCS #11) or encryption context (AWS, Azure), so that its own policies can tell
tenants and persons apart. A call that fails must raise `WrapperUnreachable` when the KMS is down
and `KeyIsBroken` when it refuses: the first is answered with 503, the second shows nothing.
"""

from typing import Protocol

from shared.auth.sealing import SealingKeys, SealIsBroken


class WrapperUnreachable(ConnectionError):
    """The KMS does not answer; whoever asked may ask again."""


class KeyIsBroken(Exception):
    """The wrapped key is not ours, was moved, or its wrapping key is no longer named."""


class KeyWrapper(Protocol):
    """Wraps keys of 32 bytes."""

    async def wrap(self, key: bytes, context: str) -> bytes:
        """Under the newest wrapping key."""

    async def unwrap(self, wrapped: bytes, context: str) -> bytes:
        """Under whichever wrapping key is still named. Raises KeyIsBroken, WrapperUnreachable."""

    def is_newest(self, wrapped: bytes) -> bool:
        """Whether it is wrapped under the newest key already: rotation passes it over."""


class SettingsWrapper:
    """Keys of the settings, or of files that the platform mounts; the first wraps."""

    def __init__(self, keys: SealingKeys) -> None:
        self._keys = keys

    async def wrap(self, key: bytes, context: str) -> bytes:
        return self._keys.seal(key, place=context)

    async def unwrap(self, wrapped: bytes, context: str) -> bytes:
        try:
            return self._keys.open(wrapped, place=context)
        except SealIsBroken as broken:
            raise KeyIsBroken from broken

    def is_newest(self, wrapped: bytes) -> bool:
        return self._keys.is_newest(wrapped)
