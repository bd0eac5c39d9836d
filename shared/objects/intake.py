"""Bytes on their way in: seen once, never held."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

from shared.objects.media_types import Judge
from shared.objects.scanner import Scanner
from shared.objects.store import Objects


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Where bytes are kept, and who looks at them first."""

    objects: Objects
    scanner: Scanner


class Intake:
    """Passes bytes on and remembers what they were; refuses early what is no document."""

    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks
        self._digest = hashlib.sha256()
        self.size_bytes = 0
        self.media_type = ""

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    async def chunks(self) -> AsyncIterator[bytes]:
        """Raises ContentTypeRefused, at the head, on the way or at the end: then keep nothing."""
        judge = Judge()
        async for chunk in self._chunks:
            self._digest.update(chunk)
            self.size_bytes += len(chunk)
            judge.take(chunk)
            yield chunk
        self.media_type = judge.finish()
