"""Seal what is not sealed yet, and change keys, while everybody works.

Under the owners' roles, batch by batch, each in a transaction of its own. What is done is told by
the rows themselves, so that a run that was broken off is simply started again.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import Table

from shared.kernel.ids import new_id
from shared.secrecy.columns import (
    MARK,
    Sealed,
    SealedJson,
    SealedMembers,
    place_of,
    sealed_columns,
    with_members,
)
from shared.secrecy.members import has_plain, is_mute
from shared.secrecy.owner_sql import (
    ADD,
    DROP,
    MADE_BEFORE,
    NEWEST,
    OF_ALL,
    OF_ID,
    SUPERSEDED,
    WRAP,
    is_plain,
)
from shared.secrecy.store import NOBODY, ORDINARY, Shelf, StoredKey, context_of
from shared.secrecy.values import (
    FORM,
    JSON_FORM,
    Place,
    TextIsBroken,
    head_of,
    new_key,
    open_text,
    read,
    seal,
)
from shared.secrecy.wrapping import KeyIsBroken, KeyWrapper

BEFORE_ALL: Final = UUID(int=0)
Connection = Any  # of asyncpg, which is generic for the type checker alone
Tell = Callable[[str], None]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Newest:
    """The key under which a shelf seals now."""

    id: UUID
    key: bytes


@dataclass(slots=True)
class Upkeep:
    """`records` and `keys` are connections of the owners. `also_read` gives for a table the SQL
    that finds further readers of a row by its id: to whom it was handed on.
    """

    records: Connection
    keys: Connection
    wrapper: KeyWrapper
    tables: Sequence[Table]
    also_read: Mapping[str, str] = field(default_factory=dict)
    batch_rows: int = 200
    tell: Tell = print

    async def fill(self) -> int:
        """Seal every text that is not; how many rows."""
        done = 0
        for table in self.tables:
            async for rows in self._batches(table, is_plain(table), []):
                done += await self._reseal(table, rows, only_plain=True)
                self.tell(f"{table.name}: {done} rows sealed")
        return done

    async def plain_rows(self) -> dict[str, int]:
        """What is left to seal, by table."""
        found = {}
        for table in self.tables:
            sql = f"select count(*) from {table.name} where {is_plain(table)}"  # noqa: S608 - names of our own tables
            found[table.name] = int(await self.records.fetchval(sql))
        return found

    async def rotate_wrapping(self) -> int:
        """Wrap every key under the newest wrapping key; how many were wrapped anew."""
        done, last = 0, (BEFORE_ALL, "")
        total = await self.keys.fetchval("select count(*) from data_key")
        seen = 0
        while rows := await self.keys.fetch(OF_ALL, *last, self.batch_rows):
            async with self.keys.transaction():
                for row in rows:
                    done += await self._wrap_anew(row)
            seen, last = seen + len(rows), (rows[-1]["id"], rows[-1]["reader"])
            self.tell(f"{seen} of {total} keys looked at, {done} wrapped anew")
        return done

    async def rotate_keys(self, made_before: datetime) -> int:
        """A new generation for every key made before; its texts are sealed anew. The old ones still
        open what is in backups and kept answers, until `drop_superseded`. How many.
        """
        done = 0
        while rows := await self.keys.fetch(MADE_BEFORE, made_before, self.batch_rows):
            for row in rows:
                await self._next_generation(row)
            await self._reseal_under(rows)
            done += len(rows)
            self.tell(f"{done} keys changed")
        await self.reseal_left()
        return done

    async def reseal_left(self) -> int:
        """Texts under a superseded key: of a run broken off, or written while it ran."""
        return await self._reseal_under(await self.keys.fetch(SUPERSEDED))

    async def drop_superseded(self, kept: timedelta) -> int:
        """Destroy keys that were superseded so long ago; texts still under one are sealed first."""
        await self.reseal_left()
        dropped = await self.keys.fetch(DROP, kept)
        self.tell(f"{len(dropped)} superseded keys destroyed")
        return len(dropped)

    async def _batches(
        self, table: Table, condition: str, arguments: list[Any]
    ) -> AsyncIterator[list[Row]]:
        last = BEFORE_ALL
        n = len(arguments)
        sql = (
            f"select * from {table.name} where id > ${n + 1} and ({condition})"  # noqa: S608 - names of our own tables
            f" order by id limit ${n + 2}"
        )
        while rows := await self.records.fetch(sql, *arguments, last, self.batch_rows):
            yield rows
            last = rows[-1]["id"]

    async def _reseal_under(self, shelves: Sequence[Row]) -> int:
        done = 0
        for table in self.tables:
            columns = sealed_columns(table)
            for part in {one.part for one in columns.values()}:
                holder = next(one.holder for one in columns.values() if one.part == part)
                holders = list({row["holder"] for row in shelves if row["part"] == part})
                if holders:
                    async for rows in self._batches(table, f"{holder} = any($1)", [holders]):
                        done += await self._reseal(table, rows, only_plain=False)
        return done

    async def _reseal(self, table: Table, rows: Sequence[Row], *, only_plain: bool) -> int:
        done = 0
        async with self.records.transaction():
            for row in rows:
                changed = await self._resealed(table, row, only_plain=only_plain)
                if changed:
                    done += await self._store(table, row, changed)
        return done

    async def _resealed(self, table: Table, row: Row, *, only_plain: bool) -> dict[str, Any]:
        changed: dict[str, Any] = {}
        for name, column in sealed_columns(table).items():
            value = row[name]
            if is_mute(column, value) or (only_plain and not has_plain(column, value)):
                continue
            newest = await self._newest(table, column, row)
            place = Place(place_of(table.name, name), row["id"], row["tenant_id"])
            sealed: Any = None
            if isinstance(column, SealedMembers):
                texts = {
                    path: await self._text(newest, text, place.within(path), row["tenant_id"])
                    for path, text in column.texts(value).items()
                }
                sealed = with_members(value, texts)
            elif isinstance(column, SealedJson):
                sealed = await self._json(newest, value, place, row["tenant_id"])
            else:
                sealed = await self._text(newest, value, place, row["tenant_id"])
            if sealed != value:
                changed[name] = sealed
        return changed

    async def _store(self, table: Table, row: Row, changed: Mapping[str, Any]) -> int:
        """Nothing where somebody changed it meanwhile: what they wrote is sealed."""
        names = list(changed)
        sets = ", ".join(f"{name} = ${2 + n}" for n, name in enumerate(names))
        same = " and ".join(
            f"{name} is not distinct from ${2 + len(names) + n}" for n, name in enumerate(names)
        )
        sql = f"update {table.name} set {sets} where id = $1 and {same}"  # noqa: S608 - names of our own tables
        before = [row[name] for name in names]
        status = await self.records.execute(sql, row["id"], *changed.values(), *before)
        return int(status.endswith(" 1"))

    async def _json(self, newest: Newest, content: Any, place: Place, tenant_id: str) -> Any:
        sealed: dict[str, Any] = {}
        for part, members in content.items():
            sealed[part] = {}
            for member, value in members.items():
                there = place.within(f"{part}.{member}")
                is_text = isinstance(value, str) and value.startswith(MARK)
                text = value if is_text else orjson.dumps(value).decode()
                sealed[part][member] = await self._text(newest, text, there, tenant_id, JSON_FORM)
        return sealed

    async def _text(
        self, newest: Newest, value: str, place: Place, tenant_id: str, form: bytes = FORM
    ) -> str:
        """As it is where it lies under this key, or cannot be opened any more."""
        if value.startswith(head_of(newest.id, form)):
            return value
        text = value
        if value.startswith(MARK):
            try:
                key_id, sealed = read(value[1:])
                key = await self._key(tenant_id, key_id)
                if key is None:
                    return value
                text = open_text(key, sealed, place)
            except TextIsBroken:
                self.tell(f"unreadable: {place.column} of {place.row_id}")
                return value
        return seal(newest.id, newest.key, text, place, form)

    async def _newest(self, table: Table, column: Sealed, row: Row) -> Newest:
        readers = list(dict.fromkeys(column.readers(row)))
        if readers and table.name in self.also_read:
            found = await self.records.fetch(self.also_read[table.name], row["id"])
            readers += [one[0] for one in found if one[0] not in readers]
        shelf = Shelf(row[column.holder], column.part, row["id"] if readers else ORDINARY)
        tenant_id = row["tenant_id"]
        stored = await self.keys.fetchrow(NEWEST, tenant_id, shelf.holder, shelf.part, shelf.record)
        if stored is None:
            await self._add(tenant_id, shelf, 1, new_id(), new_key(), readers or [NOBODY])
            stored = await self.keys.fetchrow(
                NEWEST, tenant_id, shelf.holder, shelf.part, shelf.record
            )
        return Newest(stored["id"], await self._unwrap(stored))

    async def _key(self, tenant_id: str, key_id: UUID) -> bytes | None:
        stored = await self.keys.fetchrow(OF_ID, tenant_id, key_id)
        return None if stored is None else await self._unwrap(stored)

    async def _next_generation(self, row: Row) -> None:
        copies = await self.keys.fetch(OF_ID, row["tenant_id"], row["id"])
        shelf = Shelf(row["holder"], row["part"], row["record"])
        readers = [copy["reader"] for copy in copies]
        await self._add(
            row["tenant_id"], shelf, row["generation"] + 1, new_id(), new_key(), readers
        )

    async def _add(
        self,
        tenant_id: str,
        shelf: Shelf,
        generation: int,
        key_id: UUID,
        key: bytes,
        readers: Sequence[str],
    ) -> None:
        async with self.keys.transaction():
            for reader in readers:
                wrapped = await self.wrapper.wrap(key, context_of(tenant_id, shelf, key_id, reader))
                await self.keys.execute(
                    ADD, key_id, tenant_id, shelf.holder, shelf.part, shelf.record, generation,
                    reader, wrapped,
                )  # fmt: skip

    async def _wrap_anew(self, row: Row) -> int:
        if self.wrapper.is_newest(row["wrapped"]):
            return 0
        stored = _stored(row)
        context = stored.context(row["tenant_id"])
        wrapped = await self.wrapper.wrap(await self._unwrap(row), context)
        status = await self.keys.execute(
            WRAP, row["tenant_id"], row["id"], row["reader"], wrapped, row["wrapped"]
        )
        return int(status.endswith(" 1"))

    async def _unwrap(self, row: Row) -> bytes:
        """Raises KeyIsBroken with the key's id."""
        try:
            return await self.wrapper.unwrap(row["wrapped"], _stored(row).context(row["tenant_id"]))
        except KeyIsBroken as broken:
            raise KeyIsBroken(
                f"No wrapping key that is named opens the key {row['id']}."
            ) from broken


def _stored(row: Row) -> StoredKey:
    shelf = Shelf(row["holder"], row["part"], row["record"])
    return StoredKey(row["id"], shelf, row["generation"], row["reader"], row["wrapped"])
