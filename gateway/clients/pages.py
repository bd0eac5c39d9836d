"""Lists of the services: how a page is asked for and what it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from gateway.clients.conversation import Conversation, Query, Record
from gateway.paging import PAGE_MAX


@dataclass(frozen=True, slots=True)
class PageRequest:
    """`filters` are the service's own query parameters, such as `state[in]`."""

    first: int
    after: str | None = None
    sort: str | None = None
    filters: Mapping[str, str] | None = None

    def query(self) -> Query:
        asked = {"first": str(self.first), **(self.filters or {})}
        if self.after is not None:
            asked["after"] = self.after
        if self.sort is not None:
            asked["sort"] = self.sort
        return tuple(asked.items())


@dataclass(frozen=True, slots=True)
class RecordPage:
    items: Sequence[Record]
    next_cursor: str | None


async def page_of(service: Conversation, path: str, asked: PageRequest) -> RecordPage:
    document = await service.get(path, asked.query())
    return RecordPage(document["items"], document["nextCursor"])


async def by_ids(
    service: Conversation, path: str, ids: Sequence[UUID], *, member: str = "id"
) -> list[Record]:
    """The records with these ids that the caller may see, one call for each hundred."""
    found: list[Record] = []
    for start in range(0, len(ids), PAGE_MAX):
        some = ids[start : start + PAGE_MAX]
        asked = PageRequest(
            first=len(some), filters={f"{member}[in]": ",".join(str(one) for one in some)}
        )
        found += (await page_of(service, path, asked)).items
    return found
