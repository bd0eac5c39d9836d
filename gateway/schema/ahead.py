"""What a field of a record reads, apart from the reading: so a whole level can be read at once.

The resolver of such a field and the plans of `gateway/plans` follow the same row.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import strawberry
from strawberry.dataloader import DataLoader

from gateway.clients.conversation import Record
from gateway.context import Info
from gateway.loaders import Loaders
from gateway.schema.published import REQUEST, record_of

AHEAD = "ahead"


def _nothing(_: Record) -> Any:
    return None


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """`key` is None where nothing has to be asked: then `made` gets what is `at_hand`.

    `made` gets what was found, and the record that it was asked for.
    """

    loader: Callable[[Loaders], DataLoader[Any, Any]]
    key: Callable[[Record], Hashable | None]
    made: Callable[[Any, Record], Any]
    at_hand: Callable[[Record], Any] = _nothing

    async def read(self, source: Any, info: Info) -> Any:
        record = record_of(source)
        key = self.key(record)
        if key is None:
            return self.made(self.at_hand(record), record)
        return self.made(await self.loader(info.context.loaders).load(key), record)


def id_in(member: str) -> Callable[[Record], UUID | None]:
    """The id that stands in `member`, where one does."""

    def key(record: Record) -> UUID | None:
        named = record.get(member)
        return None if named is None else UUID(named)

    return key


def own_id(record: Record) -> UUID:
    return UUID(record["id"])


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
