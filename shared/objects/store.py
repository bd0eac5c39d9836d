"""Where the bytes of documents lie: a folder, or a bucket of an S3 service."""

from collections.abc import AsyncIterator
from datetime import datetime
from functools import cached_property

import obstore
from obstore.store import LocalStore, ObjectStore, S3Store

KEYS_AT_ONCE = 500


class Objects:
    """Bytes by key, in and out as streams. The store is opened when first needed."""

    def __init__(self, location: str) -> None:
        self._location = location

    @cached_property
    def _store(self) -> ObjectStore:
        if self._location.startswith("s3://"):
            return S3Store.from_url(self._location)
        return LocalStore(self._location, mkdir=True)

    async def put(self, key: str, chunks: AsyncIterator[bytes]) -> None:
        """Whole or not at all: what `chunks` raises is raised here, and nothing is kept."""
        await obstore.put_async(self._store, key, chunks)

    async def read(self, key: str) -> AsyncIterator[bytes]:
        """The bytes in parts. Raises FileNotFoundError, before the first part."""
        found = await obstore.get_async(self._store, key)

        async def parts() -> AsyncIterator[bytes]:
            async for part in found.stream():
                yield bytes(part)

        return parts()

    async def has(self, key: str) -> bool:
        try:
            await obstore.head_async(self._store, key)
        except FileNotFoundError:
            return False
        return True

    async def keys_before(self, instant: datetime) -> AsyncIterator[list[str]]:
        """The keys of all objects written before an instant, in parts."""
        async for part in obstore.list(self._store, chunk_size=KEYS_AT_ONCE):
            keys = [found["path"] for found in part if found["last_modified"] < instant]
            if keys:
                yield keys

    async def remove(self, key: str) -> None:
        """Also where it is gone already."""
        try:
            await obstore.delete_async(self._store, key)
        except FileNotFoundError:
            return
