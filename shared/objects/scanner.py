"""The malware scanner: clamd, spoken to by its INSTREAM command."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import structlog

from shared.objects.media_types import ScanState

TIMEOUT_S = 60.0
PING_TIMEOUT_S = 5.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Scanner:
    """`address` is `host:port`; empty means that there is none."""

    address: str

    async def scan(self, chunks: AsyncIterator[bytes]) -> ScanState:
        """PENDING when the scanner cannot be reached or does not say clearly what it found."""
        if not self.address:
            return ScanState.NOT_SCANNED
        try:
            async with asyncio.timeout(TIMEOUT_S):
                answer = await self._ask(chunks)
        except (OSError, TimeoutError) as fault:
            log.warning("documents.scanner_unreachable", fault=type(fault).__name__)
            return ScanState.PENDING
        if answer.endswith(b" FOUND"):
            return ScanState.INFECTED
        return ScanState.CLEAN if answer.endswith(b": OK") else ScanState.PENDING

    async def is_there(self) -> bool:
        """Whether there is a scanner and it answers now."""
        if not self.address:
            return False
        try:
            async with asyncio.timeout(PING_TIMEOUT_S):
                reader, writer = await self._open()
                try:
                    writer.write(b"zPING\0")
                    return (await reader.read()).rstrip(b"\0") == b"PONG"
                finally:
                    writer.close()
        except (OSError, TimeoutError):
            return False

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, _, port = self.address.rpartition(":")
        return await asyncio.open_connection(host, int(port))

    async def _ask(self, chunks: AsyncIterator[bytes]) -> bytes:
        reader, writer = await self._open()
        try:
            writer.write(b"zINSTREAM\0")
            async for chunk in chunks:
                writer.write(len(chunk).to_bytes(4, "big") + chunk)
                await writer.drain()
            writer.write(bytes(4))
            await writer.drain()
            return (await reader.read()).rstrip(b"\0")
        finally:
            writer.close()
