"""Keys to values, read in batches: whoever asks in the same moment is answered by one read."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Batches(Generic[Key, Value]):
    """Made for one request. What was read is remembered, and what failed, too.

    A whole level of an operation waits for one event, not each of its rows for a future of its own.
    """

    def __init__(self, read: Callable[[list[Key]], Awaitable[Sequence[Value]]]) -> None:
        """`read` gives a value for each key, in their order."""
        self._read = read
        self._known: dict[Key, Value] = {}
        self._failed: dict[Key, Exception] = {}
        self._coming: dict[Key, asyncio.Event] = {}
        self._gathered: list[Key] = []
        self._gathering: asyncio.Event | None = None
        self._reads: set[asyncio.Task[None]] = set()

    async def load(self, key: Key) -> Value:
        """Raises what reading it raised."""
        await self.settle((key,))
        return self.value(key)

    async def load_many(self, keys: Sequence[Key]) -> list[Value]:
        await self.settle(keys)
        return [self.value(key) for key in keys]

    async def settle(self, keys: Iterable[Key]) -> None:
        """Comes back when each of the keys was read or has failed; `value` says which."""
        known, failed, coming = self._known, self._failed, self._coming
        awaited: dict[asyncio.Event, None] = {}
        for key in keys:
            if key not in known and key not in failed:
                event = coming.get(key) or self._asked_for(key)
                awaited[event] = None
        for event in awaited:
            await event.wait()

    def value(self, key: Key) -> Value:
        """Of a settled key. Raises what reading it raised."""
        if key in self._failed:
            raise self._failed[key]
        return self._known[key]

    def _asked_for(self, key: Key) -> asyncio.Event:
        if self._gathering is None:
            self._gathering = asyncio.Event()
            asyncio.get_running_loop().call_soon(self._begin)
        self._gathered.append(key)
        self._coming[key] = self._gathering
        return self._gathering

    def _begin(self) -> None:
        keys, self._gathered = self._gathered, []
        event, self._gathering = self._gathering, None
        assert event is not None
        # The loop itself keeps no task alive.
        task = asyncio.create_task(self._settled(keys, event))
        self._reads.add(task)
        task.add_done_callback(self._reads.discard)

    async def _settled(self, keys: list[Key], event: asyncio.Event) -> None:
        try:
            self._known.update(zip(keys, await self._read(keys), strict=True))
        except Exception as fault:  # noqa: BLE001 - raised again to everybody who waits for a key
            self._failed.update(dict.fromkeys(keys, fault))
        finally:
            for key in keys:
                del self._coming[key]
            event.set()
