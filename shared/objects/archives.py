"""A ZIP archive as a stream: written file by file, never held as a whole."""

import zipfile
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime
from io import RawIOBase

Chunks = AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """`chunks` may raise while it is read; then the archive breaks off and no reader takes it."""

    name: str
    at: datetime
    chunks: Chunks


class _Pipe(RawIOBase):
    """What is written waits here until it is sent."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self._waiting += memoryview(data)  # type: ignore[arg-type] # whatever a file takes
        return len(memoryview(data))  # type: ignore[arg-type] # as above

    def taken(self) -> bytes:
        found = bytes(self._waiting)
        self._waiting.clear()
        return found


async def zipped(entries: Iterable[ArchiveEntry]) -> AsyncIterator[bytes]:
    """The archive in parts. Files are stored, not packed: most of them are packed already."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for entry in entries:
            info = zipfile.ZipInfo(entry.name, entry.at.timetuple()[:6])
            info.external_attr = 0o600 << 16
            with archive.open(info, "w", force_zip64=True) as file:
                async for chunk in entry.chunks:
                    file.write(chunk)
                    yield pipe.taken()
            yield pipe.taken()
    yield pipe.taken()
