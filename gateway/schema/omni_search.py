"""One box for everything: what was typed says where it is looked for."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import strawberry

from gateway.clients.conversation import Record
from gateway.clients.faults import ServiceDown, ServiceFault, ServiceRefused
from gateway.clients.pages import PageRequest, page_of
from gateway.clients.services import Services
from gateway.context import Info
from gateway.schema.allocation import Allocation
from gateway.schema.award import Award
from gateway.schema.case import Case
from gateway.schema.codes.services import ServiceName
from gateway.schema.finding_nodes import find_nodes
from gateway.schema.node import Node, record_id
from gateway.schema.person import Person
from gateway.schema.person_hit import PersonHit
from gateway.schema.position import Position
from gateway.schema.published import Published, both
from gateway.schema.published import field as published
from gateway.schema.referral import Referral
from shared.kernel.external_ids import ExternalId

REFERENCE = re.compile(r"[A-Za-z]{2,10}-\d{4}-\d{1,9}")
# Where a number of another system may stand: the path, and the type of what is found there.
NUMBERED: Sequence[tuple[str, str, type[Published]]] = (
    ("cases", "/v1/cases", Case),
    ("cases", "/v1/persons", Person),
    ("referrals", "/v1/referrals", Referral),
    ("funding", "/v1/awards", Award),
    ("funding", "/v1/allocations", Allocation),
    ("funding", "/v1/positions", Position),
)


@strawberry.type(
    description=both(
        "What may be meant: a record, or a person whose name is like what was typed.",
        "Was gemeint sein kann: ein Datensatz, oder eine Person mit ähnlichem Namen.",
    )
)
class SearchHit:
    node: Node | None = published(
        "The record, where its id or number was typed.",
        "Der Datensatz, wenn seine Kennung oder Nummer eingegeben wurde.",
    )
    match: PersonHit | None = published(
        "The person, where a name was typed.", "Die Person, wenn ein Name eingegeben wurde."
    )


@strawberry.type(
    description=both(
        "What one box for everything finds, the likeliest first.",
        "Was ein Suchfeld für alles findet, das Wahrscheinlichste zuerst.",
    )
)
class OmniSearch:
    hits: list[SearchHit] = published("The records.", "Die Datensätze.")
    is_complete: bool = published(
        "Every service that was asked has answered.", "Jeder gefragte Dienst hat geantwortet."
    )
    unavailable: list[ServiceName] = published(
        "Services that did not answer: what they know is missing here.",
        "Dienste, die nicht antworteten: Was sie wissen, fehlt hier.",
    )


@dataclass(slots=True)
class _Looking:
    """Asks several lists at once; who may not look there finds nothing there."""

    services: Services
    down: set[str] = field(default_factory=set)

    async def at(
        self, service: str, kind: type[Published], asked: Awaitable[Sequence[Record]]
    ) -> list[Any]:
        try:
            return [kind.from_record(one) for one in await asked]
        except ServiceRefused as refused:
            if not refused.is_hidden:
                raise
            return []
        except ServiceDown:
            self.down.add(service)
            return []

    async def listed(
        self, service: str, path: str, first: int, filters: dict[str, str]
    ) -> Sequence[Record]:
        asked = PageRequest(first=first, filters=filters)
        return (await page_of(self.services.of(service), path, asked)).items

    async def one(self, service: str, path: str) -> Sequence[Record]:
        found = await self.services.of(service).find(path)
        return [] if found is None else [found]

    async def named(self, name: str, first: int) -> Sequence[Record]:
        body = {"name": name, "first": first}
        found = await self.services.cases.conversation.search("/v1/persons/search", body)
        items: Sequence[Record] = found["items"]
        return items


async def omni_search(info: Info, text: str, first: int) -> OmniSearch:
    """A UUID, a reference of a case, `system/number` of another system, or else a person's name."""
    looking, typed = _Looking(info.context.services), text.strip()
    if record_id(strawberry.ID(typed)) is not None:
        hits = await _by_id(looking, info, typed)
    elif REFERENCE.fullmatch(typed):
        filters = {"reference": typed.upper()}
        hits = await looking.at("cases", Case, looking.listed("cases", "/v1/cases", first, filters))
    elif _is_number(typed):
        hits = await _by_number(looking, typed, first)
    else:
        hits = await looking.at("cases", PersonHit, looking.named(typed, first))
    down = [ServiceName(one) for one in sorted(looking.down)]
    return OmniSearch(
        hits=[_hit(one) for one in hits[:first]], is_complete=not down, unavailable=down
    )


def _hit(found: Any) -> SearchHit:
    if isinstance(found, PersonHit):
        return SearchHit(node=None, match=found)
    return SearchHit(node=found, match=None)


async def _by_id(looking: _Looking, info: Info, typed: str) -> list[Any]:
    (found,) = await find_nodes(info, [strawberry.ID(typed)])
    if isinstance(found, ServiceFault):
        looking.down.add(found.service)
        return []
    return [] if found is None else [found]


async def _by_number(looking: _Looking, typed: str, first: int) -> list[Any]:
    system, _, value = typed.partition("/")

    def asked(service: str, path: str) -> Awaitable[Sequence[Record]]:
        if service == "cases":
            return looking.one(service, f"{path}/by-external/{system}/{quote(value, safe='')}")
        return looking.listed(service, path, first, {"externalId": typed})

    at: Callable[..., Awaitable[list[Any]]] = looking.at
    found = await asyncio.gather(
        *(at(service, kind, asked(service, path)) for service, path, kind in NUMBERED)
    )
    return [one for hits in found for one in hits]


def _is_number(typed: str) -> bool:
    try:
        ExternalId.parse(typed)
    except ValueError:
        return False
    return True
