"""Whoever must not know listens to everything that the gateway tells as it happens."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp

from deploy.local.demo.client import Client
from gateway.schema import schema
from tests.journeys.questions import subscriptions
from tests.waiting import until


@dataclass
class Ears:
    """All that was told, persona by persona, as it came over the wire."""

    heard: dict[str, bytes] = field(default_factory=lambda: defaultdict(bytes))

    async def until_heard(self, persona: str, word: bytes) -> None:
        async def is_heard() -> bool:
            return word in self.heard[persona]

        await until(is_heard)


@asynccontextmanager
async def listening(url: str, people: Client, personas: Iterable[str]) -> AsyncIterator[Ears]:
    """Every persona has subscribed to everything while the block runs."""
    ears = Ears()
    streams = [(who, query) for who in personas for _, query in subscriptions(schema._schema)]
    begun = asyncio.Semaphore(0)
    unlimited = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=unlimited) as http, asyncio.TaskGroup() as group:

        async def listen(persona: str, query: str) -> None:
            headers = {
                "Authorization": f"Bearer {await people.token(persona)}",
                "Accept": "text/event-stream",
            }
            body = {"query": query}
            async with http.post(f"{url}/graphql", json=body, headers=headers) as answer:
                assert answer.status == 200, await answer.read()
                async for chunk, _ in answer.content.iter_chunks():
                    if chunk == b":\n\n":
                        begun.release()
                    assert b'"GRAPHQL_' not in chunk, (query, chunk)
                    ears.heard[persona] += chunk

        tasks = [group.create_task(listen(*one)) for one in streams]
        for _ in tasks:
            await begun.acquire()
        try:
            yield ears
        finally:
            for task in tasks:
                task.cancel()
