"""The keys under which a service seals free text: where they lie, and what keeps them closed."""

import base64
import hashlib
from typing import Final

from shared.auth.sealing import SealingKeys
from shared.secrecy.ring import KeyRing
from shared.secrecy.store import keys_dsn, open_store
from shared.secrecy.wrapping import SettingsWrapper
from shared.web.settings import KeeperSettings, ServiceSettings

# In everybody's hands, and therefore no secret: refused outside development.
DEVELOPMENT_KEY: Final = base64.b64encode(hashlib.sha256(b"kim, for development").digest()).decode()


class WrappingKeysMissing(Exception):
    """Outside development nothing starts without a wrapping key of its own."""


def wrapping_keys(settings: KeeperSettings) -> SealingKeys:
    """Raises WrappingKeysMissing."""
    text = settings.wrapping_keys.get_secret_value()
    if settings.environment == "development":
        return SealingKeys.parse(text or DEVELOPMENT_KEY)
    if not text or DEVELOPMENT_KEY in text:
        raise WrappingKeysMissing(
            "WRAPPING_KEYS must name a key of this installation: openssl rand -base64 32"
        )
    return SealingKeys.parse(text)


def address_of_keys(settings: KeeperSettings) -> str:
    return settings.keys_dsn.get_secret_value() or keys_dsn(
        settings.database_dsn.get_secret_value()
    )


async def open_ring(settings: ServiceSettings, *, application: str) -> KeyRing | None:
    """None for a service that keeps no free text about people. Raises WrappingKeysMissing."""
    if not isinstance(settings, KeeperSettings):
        return None
    wrapper = SettingsWrapper(wrapping_keys(settings))
    return KeyRing(await open_store(address_of_keys(settings), application=application), wrapper)
