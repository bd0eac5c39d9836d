"""What a field of a record reads, apart from the reading: so a whole level can be read at once.

The resolver of such a field and the plans of `gateway/plans` follow the same row.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import strawberry

from gateway.batches import Batches
from gateway.clients.conversation import Record
from gateway.context import Info
from gateway.loaders import Loaders
from gateway.schema.published import REQUEST, record_of

AHEAD = "ahead"
ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch


def _nothing(_: Record) -> Any:
    return None


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """`key` is None where nothing has to be asked: then `made` gets what is `at_hand`.

    `made` gets what was found, and the record that it was asked for. With `is_several` the key is
    a list of keys, and what was found a list as long.
    """

    loader: Callable[[Loaders], Batches[Any, Any]]
    key: Callable[[Record], Any]
    made: Callable[[Any, Record], Any]
    at_hand: Callable[[Record], Any] = _nothing
    is_several: bool = False

    async def read(self, source: Any, info: Info) -> Any:
        record = record_of(source)
        key = self.key(record)
        if key is None:
            return self.made(self.at_hand(record), record)
        loader = self.loader(info.context.loaders)
        read = loader.load_many if self.is_several else loader.load
        return self.made(await read(key), record)


def id_in(member: str) -> Callable[[Record], str | None]:
    """The id that stands in `member`, where one does."""

    def key(record: Record) -> str | None:
        named = record.get(member)
        return None if named is None else id_text(named)

    return key


def ids_in(member: str) -> Callable[[Record], list[str]]:
    """The ids that stand in the list `member`."""

    def keys(record: Record) -> list[str]:
        return [id_text(one) for one in record.get(member) or ()]

    return keys


def own_id(record: Record) -> str:
    return id_text(record["id"])


def id_text(named: Any) -> str:
    """An id as services write it, fit for a path or a list. Raises ValueError for anything else."""
    if type(named) is str and ID(named):
        return named
    raise ValueError("no id")


def ahead(row: Ahead, source: str, returned: Any, description: str, **metadata: Any) -> Any:
    """The field. `source` names what is asked, such as `GET cases /v1/cases`."""

    async def resolver(self: Any, info: Info) -> Any:
        return await row.read(self, info)

    resolver.__annotations__["return"] = returned
    return strawberry.field(
        resolver=resolver,
        description=description,
        metadata={REQUEST: source, AHEAD: row, **metadata},
    )
