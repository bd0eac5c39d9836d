"""Plays one call after another against the running system and prints each with its answer."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from deploy.local.demo.client import Answer, Client, NotAnswered

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{8}([0-9a-f]{4})")
WAIT_S = 20.0
POLL_S = 0.25

Told = Callable[[Any], str]


@dataclass(slots=True)
class Narrator:
    """`run` marks this performance: its keys and references are its own, however often it plays."""

    client: Client
    run: str
    _calls: int = 0

    def chapter(self, letter: str, german: str, english: str) -> None:
        print(f"\n{letter})  {german}\n    {english}\n", flush=True)

    def say(self, *lines: str) -> None:
        for line in lines:
            print(f"    {line}", flush=True)

    async def get(self, persona: str, part: str, path: str, tell: Told, **query: str) -> Any:
        answer = await self.client.get(persona, part, path, **query)
        asked = "?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else ""
        return self._accepted(answer, f"GET  {path}{asked}", persona, tell)

    async def post(
        self,
        persona: str,
        part: str,
        path: str,
        body: Any,
        tell: Told,
        *,
        on: Any = None,
        key: str = "",
    ) -> Any:
        """`on` is the record as last seen: its version goes along."""
        answer = await self._post(persona, part, path, body, on=on, key=key)
        return self._accepted(answer, f"POST {path}", persona, tell)

    async def put(
        self, persona: str, part: str, path: str, body: Any, tell: Told, *, on: Any = None
    ) -> Any:
        version = f'"{on["version"]}"' if on else ""
        answer = await self.client.put(persona, part, path, body, version=version)
        return self._accepted(answer, f"PUT  {path}", persona, tell)

    async def upload(self, persona: str, part: str, path: str, content: bytes, tell: Told) -> Any:
        answer = await self.client.upload(persona, part, path, content)
        return self._accepted(answer, f"PUT  {path}", persona, tell)

    async def refused(
        self, persona: str, part: str, path: str, body: Any, *, on: Any = None, status: int
    ) -> Any:
        """A step that the system must refuse. Raises NotAnswered when it does not."""
        answer = await self._post(persona, part, path, body, on=on, key="")
        if answer.status != status:
            raise NotAnswered(f"{answer.request}: {answer.status} instead of {status}")
        problem = answer.document
        self._print(f"POST {path}", persona, answer, answer.problem)
        for reason in problem.get("errors", [{"message": problem["detail"]}]):
            print(f"            · {reason['message']}", flush=True)
        return problem

    async def until(self, what: str, ask: Callable[[], Awaitable[Any | None]]) -> Any:
        """Ask again until there is an answer: events arrive a moment after the request.

        Raises NotAnswered after WAIT_S seconds.
        """
        began = time.monotonic()
        while time.monotonic() - began < WAIT_S:
            found = await ask()
            if found is not None:
                self.say(f"… {what}, after {time.monotonic() - began:.1f} s")
                return found
            await asyncio.sleep(POLL_S)
        raise NotAnswered(f"{what}: nothing after {WAIT_S:.0f} s")

    async def _post(
        self, persona: str, part: str, path: str, body: Any, *, on: Any, key: str
    ) -> Answer:
        self._calls += 1
        return await self.client.post(
            persona,
            part,
            path,
            body,
            key=key or f"story-{self.run}-{self._calls}",
            version=f'"{on["version"]}"' if on else "",
        )

    def _accepted(self, answer: Answer, request: str, persona: str, tell: Told) -> Any:
        document = answer.accepted
        replay = " (replayed: the same answer, nothing new)" if answer.is_replay else ""
        self._print(request, persona, answer, tell(document) + replay)
        return document

    def _print(self, request: str, persona: str, answer: Answer, told: str) -> None:
        shown = UUID.sub(r"…\1", request)
        print(f"    {persona:<36} {shown}\n        → {answer.status} {told}", flush=True)
