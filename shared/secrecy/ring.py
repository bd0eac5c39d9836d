"""The keys of one process, opened when asked for and kept for a short time."""

import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final
from uuid import UUID

import orjson
import structlog
from sqlalchemy import Table

from shared.kernel.caller import Caller
from shared.kernel.ids import new_id
from shared.secrecy.columns import (
    MARK,
    Sealed,
    SealedJson,
    SealedMembers,
    place_of,
    sealed_columns,
)
from shared.secrecy.members import is_mute, sealed_json, sealed_members
from shared.secrecy.store import NOBODY, ORDINARY, KeyStore, Shelf, StoredKey, context_of
from shared.secrecy.values import (
    FORM,
    JSON_FORM,
    PLACED,
    PLACED_IN_JSON,
    UNREADABLE,
    Place,
    TextIsBroken,
    new_key,
    open_text,
    read,
    seal,
)
from shared.secrecy.wrapping import KeyIsBroken, KeyWrapper

# A destroyed key opens nothing any more after so long, wherever it was kept.
KEPT_S: Final = 60.0
KEPT_MAX: Final = 20_000
MARKED: Final = b'"\\u0001'

log = structlog.get_logger(__name__)
Keys = Mapping[UUID, bytes]


class KeyRing:
    """Opens wrapped keys for callers. A key that names a reader is kept for that reader alone."""

    def __init__(
        self,
        store: KeyStore,
        wrapper: KeyWrapper,
        *,
        kept_s: float = KEPT_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.store = store
        self.wrapper = wrapper
        self._kept_s = kept_s
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str, UUID], tuple[float, bytes]] = OrderedDict()

    async def keys(self, caller: Caller, ids: Collection[UUID]) -> dict[UUID, bytes]:
        """Those of the keys that exist and that the caller may use; one round trip for all."""
        found: dict[UUID, bytes] = {}
        for key_id in ids:
            key = self._remembered(caller, key_id)
            if key is not None:
                found[key_id] = key
        missing = set(ids) - found.keys()
        if missing:
            for stored in await self.store.find(caller, missing):
                key = await self._unwrapped(caller, stored)
                if key is not None:
                    found[stored.id] = key
        return found

    async def newest(self, caller: Caller, shelf: Shelf) -> tuple[UUID, bytes]:
        """The key under which a text of this shelf is sealed now; made when there is none.

        It is asked for at the store each time: nothing is sealed under a key that is gone.
        """
        stored = await self.store.newest(caller, shelf)
        if stored is None:
            await self._add(caller, shelf, new_id(), new_key(), NOBODY)
            stored = await self.store.newest(caller, shelf)
        assert stored is not None
        key = await self._unwrapped(caller, stored)
        if key is None:
            raise KeyIsBroken
        return stored.id, key

    async def personal(
        self, caller: Caller, shelf: Shelf, readers: Collection[str]
    ) -> tuple[UUID, bytes]:
        """The key of one row, with a copy for each of its readers and none for anybody else.

        Raises KeyIsBroken where the row has a key and the caller none of its copies.
        """
        if await self.store.newest(caller, shelf) is None:
            key_id, key = new_id(), new_key()
            for reader in readers:
                await self._add(caller, shelf, key_id, key, reader)
        stored = await self.store.newest(caller, shelf)
        key_of_caller = await self._unwrapped(caller, stored) if stored else None
        if stored is None or key_of_caller is None:
            raise KeyIsBroken
        return stored.id, key_of_caller

    async def share(self, caller: Caller, key_id: UUID, reader: str) -> None:
        """A copy for one more reader, by who has one. Raises KeyIsBroken for who has none."""
        for stored in await self.store.find(caller, [key_id]):
            key = await self._unwrapped(caller, stored)
            if key is not None and stored.reader != NOBODY:
                await self._add(caller, stored.shelf, key_id, key, reader, stored.generation)
                return
        raise KeyIsBroken

    async def opened(self, caller: Caller, body: bytes, own: Keys | None = None) -> bytes:
        """A JSON document with every sealed text in it opened, or shown as unreadable."""
        if MARKED not in body:
            return body
        ids = _named(match[3] for match in PLACED_IN_JSON.finditer(body))
        keys = await self.keys(caller, ids - (own or {}).keys()) | dict(own or {})

        def shown(match: Any) -> bytes:
            column, row_id, text = match.groups()
            if column is None:
                return orjson.dumps(UNREADABLE)
            place = Place(column.decode(), UUID(row_id.decode()), caller.tenant_id)
            found, form = _opened(keys, text.decode(), place)
            return found.encode() if form == JSON_FORM else orjson.dumps(found)

        return PLACED_IN_JSON.sub(shown, body)

    async def text(self, caller: Caller, placed: str, own: Keys | None = None) -> str:
        """One text as a statement gave it, opened."""
        match = PLACED.fullmatch(placed)
        if match is None:
            return UNREADABLE if placed.startswith(MARK) else placed
        column, row_id, text = match.groups()
        ids = _named([text.encode()])
        keys = await self.keys(caller, ids - (own or {}).keys()) | dict(own or {})
        return _opened(keys, text, Place(column, UUID(row_id), caller.tenant_id))[0]

    def forget(self) -> None:
        self._kept.clear()

    async def close(self) -> None:
        self.forget()
        await self.store.close()

    async def _add(
        self,
        caller: Caller,
        shelf: Shelf,
        key_id: UUID,
        key: bytes,
        reader: str,
        generation: int = 1,
    ) -> None:
        context = context_of(caller.tenant_id, shelf, key_id, reader)
        wrapped = await self.wrapper.wrap(key, context)
        await self.store.add(caller, StoredKey(key_id, shelf, generation, reader, wrapped))

    async def _unwrapped(self, caller: Caller, stored: StoredKey) -> bytes | None:
        known = self._remembered(caller, stored.id)
        if known is not None:
            return known
        try:
            key = await self.wrapper.unwrap(stored.wrapped, stored.context(caller.tenant_id))
        except KeyIsBroken:
            log.exception("secrecy.key_is_broken", key_id=str(stored.id))
            return None
        place = (caller.tenant_id, stored.reader, stored.id)
        self._kept[place] = (self._clock() + self._kept_s, key)
        while len(self._kept) > KEPT_MAX:
            self._kept.popitem(last=False)
        return key

    def _remembered(self, caller: Caller, key_id: UUID) -> bytes | None:
        for reader in (NOBODY, caller.actor):
            kept = self._kept.get((caller.tenant_id, reader, key_id))
            if kept is not None and kept[0] > self._clock():
                return kept[1]
        return None


class Sealer:
    """Seals what one transaction writes. A rehearsal makes keys of its own and keeps none."""

    def __init__(self, ring: KeyRing, caller: Caller, *, is_rehearsal: bool = False) -> None:
        self._ring = ring
        self._caller = caller
        self._is_rehearsal = is_rehearsal
        self._shelves: dict[Shelf, tuple[UUID, bytes]] = {}
        self._own: dict[UUID, bytes] = {}

    async def sealed(self, table: Table, row_id: UUID, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values with every text that is to be sealed sealed for this row.

        A text that a statement read from another row, sealed for that, is opened first. Raises
        TypeError where the holder of the key is not among the values.
        """
        columns = sealed_columns(table)
        result = dict(values)
        for name in columns.keys() & values.keys():
            column = columns[name]
            if is_mute(column, values[name]):
                continue
            key_id, key = await self._key(table, column, row_id, values)
            place = Place(place_of(table.name, name), row_id, self._caller.tenant_id)
            if isinstance(column, SealedMembers):
                result[name] = sealed_members(key_id, key, values[name], column, place)
            elif isinstance(column, SealedJson):
                result[name] = sealed_json(key_id, key, values[name], place)
            else:
                result[name] = seal(key_id, key, await self.text(str(values[name])), place)
        return result

    async def content(self, placed: Mapping[str, Any]) -> dict[str, Any]:
        """Sealed JSON that a statement gave, opened: part, member, value."""
        return orjson.loads(await self.opened(orjson.dumps(placed)))  # type: ignore[no-any-return] # an object again

    async def text(self, placed: str) -> str:
        return await self._ring.text(self._caller, placed, self._own)

    async def opened(self, body: bytes) -> bytes:
        return await self._ring.opened(self._caller, body, self._own)

    async def share(self, placed: str, reader: str) -> None:
        """Whoever else reads this text from now on, by who has its key. Raises KeyIsBroken."""
        match = PLACED.fullmatch(placed)
        if match is None:
            raise KeyIsBroken
        key_id, _ = read(match[3])
        if not self._is_rehearsal:
            await self._ring.share(self._caller, key_id, reader)

    async def _key(
        self, table: Table, column: Sealed, row_id: UUID, values: Mapping[str, Any]
    ) -> tuple[UUID, bytes]:
        holder = row_id if column.holder == "id" else values.get(column.holder)
        if holder is None:
            raise TypeError(f"{table.name}.{column.holder} says whose key seals; it is missing.")
        readers = tuple(dict.fromkeys(column.readers(values)))
        shelf = Shelf(holder, column.part, row_id if readers else ORDINARY)
        if shelf not in self._shelves:
            self._shelves[shelf] = await self._found(shelf, readers)
        key_id, key = self._shelves[shelf]
        self._own[key_id] = key
        return key_id, key

    async def _found(self, shelf: Shelf, readers: tuple[str, ...]) -> tuple[UUID, bytes]:
        if self._is_rehearsal:
            return new_id(), new_key()
        if readers:
            return await self._ring.personal(self._caller, shelf, readers)
        return await self._ring.newest(self._caller, shelf)


def _named(texts: Any) -> set[UUID]:
    found: set[UUID] = set()
    for text in texts:
        try:
            found.add(read(text.decode())[0])
        except TextIsBroken:
            continue
    return found


def _opened(keys: Keys, text: str, place: Place) -> tuple[str, bytes]:
    """What it says, and in which form."""
    try:
        key_id, sealed = read(text)
        key = keys.get(key_id)
        if key is not None:
            return open_text(key, sealed, place), sealed[:2]
    except TextIsBroken:
        log.exception("secrecy.text_is_broken", column=place.column, row_id=str(place.row_id))
    return UNREADABLE, FORM
