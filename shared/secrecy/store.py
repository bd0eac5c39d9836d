"""The database of the keys, under the role of the application: small and apart."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

import asyncpg

from shared.database.identity import (
    IDENTITY_PARAMETERS,
    IDENTITY_SQL,
    identity_arguments,
    keep_as_it_is,
)
from shared.kernel.caller import Caller, system_caller

ORDINARY: Final = UUID(int=0)
NOBODY: Final = ""
ACQUIRE_TIMEOUT_S: Final = 5.0
PAGE: Final = 2000


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which text a key is for: of a record (`holder`), or of one row of it for named readers."""

    holder: UUID
    part: str
    record: UUID = ORDINARY


@dataclass(frozen=True, slots=True)
class Destroyed:
    """The keys of an erased record, or of a part of it, are gone."""

    tenant_id: str
    holder: UUID
    part: str
    erased_at: datetime


@dataclass(frozen=True, slots=True)
class StoredKey:
    id: UUID
    shelf: Shelf
    generation: int
    reader: str
    wrapped: bytes

    def context(self, tenant_id: str) -> str:
        return context_of(tenant_id, self.shelf, self.id, self.reader)


def context_of(tenant_id: str, shelf: Shelf, key_id: UUID, reader: str) -> str:
    """What a wrapped key is bound to."""
    return f"kim-key|{tenant_id}|{shelf.holder}|{shelf.part}|{shelf.record}|{key_id}|{reader}"


def keys_dsn(database_dsn: str) -> str:
    """The database of the keys where no other is named: beside the records, `_keys` behind."""
    parts = urlsplit(database_dsn)
    return urlunsplit(parts._replace(path=f"{parts.path}_keys")) if database_dsn else ""


_GATE = "with gate as materialized (select {} as ok)".format(
    IDENTITY_SQL.format(*(f"${n}" for n in range(1, IDENTITY_PARAMETERS + 1)))
)
_COLUMNS = "k.id, k.holder, k.part, k.record, k.generation, k.reader, k.wrapped"
OF_IDS = (
    f"{_GATE} select {_COLUMNS} from gate cross join lateral"  # noqa: S608 - constants, values as parameters
    " (select * from data_key where gate.ok and id = any($6)) k"
)
NEWEST = (
    f"{_GATE} select {_COLUMNS} from gate cross join lateral"  # noqa: S608 - constants, values as parameters
    " (select * from data_key where gate.ok and holder = $6 and part = $7 and record = $8"
    " order by generation desc limit 1) k"
)
ADD = (
    f"{_GATE} insert into data_key (id, tenant_id, holder, part, record, generation, reader,"  # noqa: S608 - constants, values as parameters
    " wrapped) select $6, $1, $7, $8, $9, $10, $11, $12 from gate where gate.ok"
    " on conflict do nothing"
)
DESTROY = f"{_GATE} select d from gate cross join lateral destroy_keys($6, $7, $8) d where gate.ok"  # noqa: S608 - constants, values as parameters
DESTROYED_AFTER = (
    f"{_GATE} select d.* from gate cross join lateral destroyed_after($6, $7, $8, $9) d"  # noqa: S608 - constants, values as parameters
    " where gate.ok"
)
DESTROYED = (
    f"{_GATE} select d.holder, d.part from gate cross join lateral"  # noqa: S608 - constants, values as parameters
    " (select * from destroyed_key where gate.ok and holder = any($6)) d"
)


class KeyStore:
    """Every statement carries the identity of the caller and is one round trip."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]") -> None:
        self.pool = pool

    async def find(self, caller: Caller, ids: Collection[UUID]) -> list[StoredKey]:
        """Those that still exist and that this caller may use."""
        return [_stored(row) for row in await self._rows(caller, OF_IDS, list(ids))]

    async def newest(self, caller: Caller, shelf: Shelf) -> StoredKey | None:
        rows = await self._rows(caller, NEWEST, shelf.holder, shelf.part, shelf.record)
        return _stored(rows[0]) if rows else None

    async def add(self, caller: Caller, key: StoredKey) -> None:
        """Nothing is added where somebody was faster: ask for the newest again."""
        shelf = key.shelf
        await self._rows(
            caller, ADD, key.id, shelf.holder, shelf.part, shelf.record, key.generation,
            key.reader, key.wrapped,
        )  # fmt: skip

    async def destroy(self, caller: Caller, holder: UUID, part: str, erased_at: datetime) -> int:
        """Destroy all keys of a record, or of a part of it; how many. Done again, none is left."""
        rows = await self._rows(caller, DESTROY, holder, part, erased_at)
        return int(rows[0]["d"])

    async def all_destroyed(self) -> AsyncIterator[list[Destroyed]]:
        """What was destroyed in every tenant, page by page."""
        nobody = system_caller(tenant_id="", unit_id="", part="keys")
        last: tuple[str, UUID, str] = ("", ORDINARY, "")
        while rows := await self._rows(nobody, DESTROYED_AFTER, *last, PAGE):
            yield [Destroyed(**dict(row)) for row in rows]
            last = (rows[-1]["tenant_id"], rows[-1]["holder"], rows[-1]["part"])

    async def destroyed(
        self, caller: Caller, holders: Sequence[UUID]
    ) -> frozenset[tuple[UUID, str]]:
        """What was destroyed of these records: the record and the part, empty for all of it."""
        rows = await self._rows(caller, DESTROYED, list(holders))
        return frozenset((row["holder"], row["part"]) for row in rows)

    async def close(self) -> None:
        await self.pool.close()

    async def _rows(self, caller: Caller, sql: str, *arguments: object) -> list[asyncpg.Record]:
        async with self.pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as connection:
            return await connection.fetch(sql, *identity_arguments(caller), *arguments)


async def open_store(dsn: str, *, application: str, connections_max: int = 4) -> KeyStore:
    """Connections are opened when first needed, as those to the records are."""
    pool = await asyncpg.create_pool(
        dsn,
        min_size=0,
        max_size=connections_max,
        timeout=5,
        command_timeout=10,
        reset=keep_as_it_is,
        server_settings={"application_name": f"{application}-keys", "timezone": "UTC"},
    )
    return KeyStore(pool)


def _stored(row: asyncpg.Record) -> StoredKey:
    shelf = Shelf(row["holder"], row["part"], row["record"])
    return StoredKey(row["id"], shelf, row["generation"], row["reader"], row["wrapped"])
