"""Waiting for what another process or task does: as short as possible, and never for ever."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
TIMEOUT_S = 30.0
POLL_S = 0.02


async def until(ask: Callable[[], Awaitable[T]], timeout_s: float = TIMEOUT_S) -> T:
    """The first truthy answer of `ask`. Raises TimeoutError."""
    async with asyncio.timeout(timeout_s):
        while True:
            answer = await ask()
            if answer:
                return answer
            await asyncio.sleep(POLL_S)
