"""The timeline of a case from three services: each gives a page, one cursor goes through all.

The order is (instant, service, the service's own order), the latest first. A cursor holds the
instant and service of an entry and that service's own cursor. The others are asked for what is
older than the instant, so what is recorded later appears on no later page.
"""

import asyncio
import base64
import binascii
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import orjson
from graphql import GraphQLError

from gateway.clients.conversation import Record
from gateway.clients.faults import ServiceDown, ServiceRefused
from gateway.clients.pages import PageRequest, RecordPage, page_of
from gateway.clients.services import Services
from gateway.schema.case_timeline import (
    CaseContactEntry,
    CaseCostEntry,
    CaseDocumentEntry,
    CaseNoteEntry,
    CasePhaseEntry,
    CasePlanEntry,
    CaseReferralEntry,
    CaseStatusEntry,
    CaseTaskEntry,
    CaseTimelineConnection,
    CaseTimelineEdge,
    CaseTimelineEntry,
)
from gateway.schema.codes.case_timeline import CaseTimelineKind as Kind
from gateway.schema.codes.services import ServiceName
from gateway.schema.pages import PageInfo
from shared.observability.request import current_request

MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Source:
    """What one service adds. `instant` is the member that orders its list, and its filter."""

    service: ServiceName
    ask: Callable[[Services, UUID, PageRequest], Awaitable[RecordPage]]
    instant: str
    kinds: frozenset[Kind]
    entry: Callable[[Record], Record]

    @property
    def name(self) -> str:
        return str(self.service.value)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page goes on: behind the entry of `service` at `at`, whose own cursor is `cursor`."""

    at: datetime
    service: str
    cursor: str


async def _ask_cases(services: Services, case_id: UUID, asked: PageRequest) -> RecordPage:
    return await page_of(services.of("cases"), f"/v1/cases/{case_id}/timeline", asked)


async def _ask_funding(services: Services, case_id: UUID, asked: PageRequest) -> RecordPage:
    path = f"/v1/expenditures/by-subject/{case_id}"
    return await page_of(services.of("funding"), path, asked)


async def _ask_referrals(services: Services, case_id: UUID, asked: PageRequest) -> RecordPage:
    of_case = replace(asked, filters={**(asked.filters or {}), "caseId": str(case_id)})
    return await page_of(services.of("referrals"), "/v1/referral-events", of_case)


def _of_cases(record: Record) -> Record:
    return {**record["details"], **record, "recordId": record["id"]}


def _of_referrals(record: Record) -> Record:
    return {
        **record,
        "recordId": record["id"],
        "kind": Kind.REFERRAL_STEP.value,
        "stateBefore": record["fromState"],
        "stateAfter": record["toState"],
    }


def _of_funding(record: Record) -> Record:
    return {
        **record,
        "recordId": record["id"],
        "kind": Kind.COST.value,
        "at": record["createdAt"],
        "onDate": record["valueDate"],
        "costState": record["state"],
    }


OF_CASES = frozenset(Kind) - {Kind.REFERRAL_STEP, Kind.COST}
# In this order where two recorded something in the same millisecond.
SOURCES = (
    Source(ServiceName.CASES, _ask_cases, "at", OF_CASES, _of_cases),
    Source(
        ServiceName.FUNDING, _ask_funding, "createdAt", frozenset({Kind.COST}), _of_funding,
    ),
    Source(
        ServiceName.REFERRALS, _ask_referrals, "at", frozenset({Kind.REFERRAL_STEP}),
        _of_referrals,
    ),
)  # fmt: skip
RANKS = {source.name: rank for rank, source in enumerate(SOURCES)}
TYPES: Mapping[str, type[CaseTimelineEntry]] = {
    Kind.PHASE.value: CasePhaseEntry,
    Kind.CONTACT.value: CaseContactEntry,
    Kind.TASK.value: CaseTaskEntry,
    Kind.TASK_ENDED.value: CaseTaskEntry,
    Kind.NOTE.value: CaseNoteEntry,
    Kind.PLAN_VERSION.value: CasePlanEntry,
    Kind.DOCUMENT.value: CaseDocumentEntry,
    Kind.STATUS.value: CaseStatusEntry,
    Kind.REFERRAL_STEP.value: CaseReferralEntry,
    Kind.COST.value: CaseCostEntry,
}
# The interface names none of them, so the schema is told.
TIMELINE_ENTRIES = tuple(dict.fromkeys(TYPES.values()))


async def case_timeline(
    services: Services,
    case_id: UUID,
    first: int,
    after: str | None,
    kinds: Sequence[Kind] | None,
) -> CaseTimelineConnection | None:
    """None where the case is unknown or hidden. Each service is asked once, all at one time.

    Whoever may not read a service at all misses nothing that would be theirs: that is no gap.
    Raises GraphQLError for a cursor that nobody made.
    """
    place = None if after is None else read_place(after)
    chosen = frozenset(kinds or Kind)
    asked = [source for source in SOURCES if source.kinds & chosen]
    calls = [_page(services, source, case_id, first, place, chosen) for source in asked]
    pages = await asyncio.gather(*calls, return_exceptions=True)
    unavailable: list[ServiceName] = []
    edges: list[CaseTimelineEdge] = []
    has_more = False
    for source, page in zip(asked, pages, strict=True):
        if isinstance(page, ServiceRefused) and page.is_hidden:
            if source.service is ServiceName.CASES:
                return None
        elif isinstance(page, ServiceDown):
            unavailable.append(source.service)
        elif isinstance(page, BaseException):
            raise page
        else:
            found, is_followed = page
            has_more = has_more or is_followed
            edges += found
    # Stable: in one millisecond the order of the sources and of their own lists stays.
    edges.sort(key=lambda edge: edge.node.record["at"], reverse=True)
    shown = edges[:first]
    return CaseTimelineConnection(
        edges=shown,
        page_info=PageInfo(
            has_next_page=has_more or len(edges) > first,
            has_previous_page=after is not None,
            start_cursor=shown[0].cursor if shown else None,
            end_cursor=shown[-1].cursor if shown else None,
        ),
        is_complete=not unavailable,
        unavailable=unavailable,
    )


async def _page(
    services: Services,
    source: Source,
    case_id: UUID,
    first: int,
    place: Place | None,
    chosen: frozenset[Kind],
) -> tuple[list[CaseTimelineEdge], bool]:
    """The entries of one service, and whether more follow there."""
    filters: dict[str, str] = {}
    if source.service is ServiceName.CASES and not chosen >= OF_CASES:
        wanted = sorted(str(kind.value) for kind in chosen & OF_CASES)
        filters["kind[in]"] = ",".join(wanted)
    cursor = None
    if place is not None and place.service == source.name:
        cursor = place.cursor
    elif place is not None:
        # Instants leave the services cut to the millisecond. Those of the same one come before or
        # behind the place as their sources do.
        is_behind = RANKS[source.name] > RANKS[place.service]
        edge = place.at + MILLISECOND if is_behind else place.at
        filters[f"{source.instant}[lt]"] = _written(edge)
    request = PageRequest(
        first=first, after=cursor, sort=f"-{source.instant}", filters=filters, with_cursors=True
    )
    page = await source.ask(services, case_id, request)
    return _edges(source, page), page.next_cursor is not None


def _edges(source: Source, page: RecordPage) -> list[CaseTimelineEdge]:
    """Raises ServiceDown for entries that are none."""
    found = []
    for record, cursor in zip(page.items, page.cursors or (), strict=True):
        try:
            entry = source.entry(record) | {"service": source.name}
            node = TYPES[entry["kind"]].from_record(entry)
            place = Place(datetime.fromisoformat(entry["at"]), source.name, cursor)
        except (KeyError, TypeError, ValueError) as nonsense:
            raise ServiceDown(source.name, "entry does not fit") from nonsense
        found.append(CaseTimelineEdge(cursor=write_place(place), node=node))
    return found


def write_place(place: Place) -> str:
    raw = orjson.dumps([_written(place.at), place.service, place.cursor])
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def read_place(after: str) -> Place:
    """Raises GraphQLError with BAD_USER_INPUT."""
    try:
        padded = (after + "=" * (-len(after) % 4)).encode("ascii")
        at, service, cursor = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        instant = datetime.fromisoformat(at)
        is_ours = service in RANKS and isinstance(cursor, str) and instant.tzinfo is not None
        place = Place(instant.astimezone(UTC), service, cursor)
    except (ValueError, TypeError, AttributeError, OverflowError, binascii.Error) as unreadable:
        raise _unreadable() from unreadable
    if not is_ours:
        raise _unreadable()
    return place


def _unreadable() -> GraphQLError:
    german = current_request().language == "de"
    message = "Der Cursor ist nicht lesbar." if german else "The cursor cannot be read."
    return GraphQLError(message, extensions={"code": "BAD_USER_INPUT", "argument": "after"})


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
