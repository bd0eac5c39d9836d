"""Names of receivers, resolved so that one name server that hangs delays nobody else.

The threads of the event loop are few, and a lookup cannot be interrupted: here each name has one
lookup under way at most, in threads of its own, and whoever asks meanwhile shares the answer.
Nothing is kept: what a name leads to is judged at every connection.
"""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from aiohttp.abc import AbstractResolver, ResolveResult

THREADS_MAX: Final = 64

Question = tuple[str, int, socket.AddressFamily]


class Lookups(AbstractResolver):
    """One for a process; made by whoever sends, closed with it."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS_MAX, thread_name_prefix="receiver-lookup")
        self._under_way: dict[Question, asyncio.Future[list[ResolveResult]]] = {}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Raises OSError for a name nobody knows. Cancelling one who waits ends no lookup."""
        question = (host, port, family)
        found = self._under_way.get(question)
        if found is None:
            loop = asyncio.get_running_loop()
            found = loop.run_in_executor(self._threads, _ask, *question)
            self._under_way[question] = found
            found.add_done_callback(lambda ended: self._forget(question, ended))
        return await asyncio.shield(found)

    def _forget(self, question: Question, ended: "asyncio.Future[list[ResolveResult]]") -> None:
        self._under_way.pop(question, None)
        if not ended.cancelled():
            ended.exception()  # nobody may be left to hear of it

    async def close(self) -> None:
        """Sessions close their resolver; this one is shared and stays."""


def _ask(host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
    infos = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, 0, socket.AI_ADDRCONFIG)
    return [
        ResolveResult(
            hostname=host,
            host=str(address[0]),
            port=int(address[1]),
            family=kind,
            proto=protocol,
            flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
        )
        for kind, _, protocol, _, address in infos
    ]
