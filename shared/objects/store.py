"""Where the bytes of documents lie: a folder, or a bucket of an S3 service."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import datetime
from functools import cached_property
from pathlib import Path, PurePosixPath

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

    async def put(self, key: str, chunks: AsyncIterator[bytes] | bytes) -> None:
        """Whole or not at all: what `chunks` raises is raised here, and nothing is kept."""
        await obstore.put_async(self._store, key, chunks)

    async def read(
        self, key: str, *, start: int = 0, end: int | None = None
    ) -> AsyncIterator[bytes]:
        """The bytes in parts, all of them or those up to but without `end`.

        Raises FileNotFoundError, before the first part.
        """
        part_of: obstore.GetOptions = {} if end is None else {"range": (start, end)}
        found = await obstore.get_async(self._store, key, options=part_of)

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

    async def keys_before(
        self, instant: datetime, *, folder: str | None = None
    ) -> AsyncIterator[list[str]]:
        """The keys of all objects written before an instant, in parts."""
        async for part in obstore.list(self._store, prefix=folder, chunk_size=KEYS_AT_ONCE):
            keys = [found["path"] for found in part if found["last_modified"] < instant]
            if keys:
                yield keys

    async def keys_under(self, folder: str) -> list[str]:
        """The keys of all objects below a folder."""
        return [
            found["path"]
            async for part in obstore.list(self._store, prefix=folder, chunk_size=KEYS_AT_ONCE)
            for found in part
        ]

    async def remove_unfinished(self, folder: str, *, before: datetime | None = None) -> None:
        """Remove what a killed process left of writes below a folder: no object, yet its bytes lie
        there. In a bucket, a rule for unfinished uploads does it.
        """
        if not self._location.startswith("s3://"):
            root = Path(self._location, *PurePosixPath(folder).parts)
            await asyncio.to_thread(_remove_unfinished, root, before)

    async def remove(self, key: str) -> None:
        """Also where it is gone already."""
        try:
            await obstore.delete_async(self._store, key)
        except FileNotFoundError:
            return


def _remove_unfinished(root: Path, before: datetime | None) -> None:
    for path in root.rglob("*#[0-9]*"):  # how the local store names them
        with contextlib.suppress(FileNotFoundError):  # finished or removed meanwhile
            if before is None or path.stat().st_mtime < before.timestamp():
                path.unlink()
