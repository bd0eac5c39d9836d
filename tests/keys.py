"""The keys of a test's database, as the service in development has them."""

from typing import Any

from shared.auth.sealing import SealingKeys
from shared.database.connection import Database, open_database
from shared.secrecy.ring import KeyRing
from shared.secrecy.store import keys_dsn, open_store
from shared.secrecy.wrapping import SettingsWrapper
from shared.service.keys import DEVELOPMENT_KEY


async def ring_of(database_dsn: str) -> KeyRing:
    """For `open_database(dsn, ring=await ring_of(dsn))`; closed with it."""
    store = await open_store(keys_dsn(database_dsn), application="tests", connections_max=2)
    return KeyRing(store, SettingsWrapper(SealingKeys.parse(DEVELOPMENT_KEY)))


async def open_with_keys(dsn: str, **how: Any) -> Database:
    """A pool that seals and opens as the service does."""
    return await open_database(dsn, ring=await ring_of(dsn), **{"application": "tests", **how})
