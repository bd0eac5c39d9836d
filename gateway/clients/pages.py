"""Lists of the services: how a page is asked for and what it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gateway.clients.conversation import Conversation, Query, Record
from gateway.clients.faults import ServiceDown
from gateway.paging import PAGE_MAX


@dataclass(frozen=True, slots=True)
class PageRequest:
    """`filters` are the service's own query parameters, such as `state[in]`.

    `with_cursors` asks for a cursor of every row; without it only the page's end has one.
    """

    first: int
    after: str | None = None
    sort: str | None = None
    filters: Mapping[str, str] | None = None
    with_cursors: bool = False

    def query(self) -> Query:
        asked = {"first": str(self.first), **(self.filters or {})}
        if self.after is not None:
            asked["after"] = self.after
        if self.sort is not None:
            asked["sort"] = self.sort
        if self.with_cursors:
            asked["cursors"] = "each"
        return tuple(asked.items())


@dataclass(frozen=True, slots=True)
class RecordPage:
    items: Sequence[Record]
    next_cursor: str | None
    cursors: Sequence[str] | None = None


async def page_of(service: Conversation, path: str, asked: PageRequest) -> RecordPage:
    """Raises ServiceDown also for a document that is no page."""
    document = await service.get(path, asked.query())
    items, following, cursors = (document.get(one) for one in ("items", "nextCursor", "cursors"))
    if (
        not isinstance(items, list)
        or not all(isinstance(one, dict) for one in items)
        or not isinstance(following, str | None)
        or (cursors is not None and (not isinstance(cursors, list) or len(cursors) != len(items)))
    ):
        raise ServiceDown(service.upstream.name, "answer is no page")
    return RecordPage(items, following, cursors)


async def by_ids(
    service: Conversation, path: str, ids: Sequence[str], *, parameter: str = "id[in]"
) -> list[Record]:
    """The records with these ids that the caller may see, one call for each hundred."""
    found: list[Record] = []
    for start in range(0, len(ids), PAGE_MAX):
        some = ids[start : start + PAGE_MAX]
        asked = PageRequest(first=len(some), filters={parameter: ",".join(some)})
        found += _with(service, "id", (await page_of(service, path, asked)).items)
    return found


async def of_parents(
    service: Conversation, path: str, parents: Sequence[str], *, member: str
) -> list[Record]:
    """Every record whose `member` names one of the parents, page after page."""
    found: list[Record] = []
    for start in range(0, len(parents), PAGE_MAX):
        filters = {f"{member}[in]": ",".join(parents[start : start + PAGE_MAX])}
        after: str | None = None
        while True:
            asked = PageRequest(first=PAGE_MAX, after=after, sort="id", filters=filters)
            page = await page_of(service, path, asked)
            found += _with(service, member, page.items)
            after = page.next_cursor
            if after is None:
                break
    return found


def _with(service: Conversation, member: str, items: Sequence[Record]) -> Sequence[Record]:
    """Records that say what they are asked by; nothing else can be given to who asked."""
    if not all(isinstance(one.get(member), str) for one in items):
        raise ServiceDown(service.upstream.name, f"a record without {member}")
    return items
