"""Services that fail in every way a service can: gone, silent, or talking nonsense."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.gateway.conftest import NOWHERE

NONSENSE = {
    "a page of a proxy": b"<!doctype html><title>Sign in</title>",
    "a list": b"[]",
    "an empty document": b"{}",
    "a page of texts": b'{"items": ["x"], "nextCursor": null}',
    "records without ids": b'{"items": [{"name": "x"}], "nextCursor": null}',
    "half a record": b'{"id": "00000000-0000-7000-8000-000000000000", "items": [],'
    b' "nextCursor": 1}',
    "a code nobody knows": b'{"id": "00000000-0000-7000-8000-000000000000", "version": 1,'
    b' "reference": "KIM-2026-000001", "origin": "HOROSCOPE", "state": "INTAKE"}',
    "cut off": b'{"items": [{"id"',
}


@asynccontextmanager
async def saying(body: bytes | None) -> AsyncIterator[str]:
    """The address of a service that answers everything with 200 and this, or with nothing."""
    ending = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if body is None:
            await ending.wait()
        else:
            head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
            writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        ending.set()
        server.close()


@asynccontextmanager
async def failing(how: str) -> AsyncIterator[str]:
    """`gone`, `silent`, or a key of NONSENSE."""
    if how == "gone":
        yield NOWHERE
        return
    async with saying(NONSENSE.get(how)) as address:
        yield address
