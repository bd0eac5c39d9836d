"""Records by id alone: every service is asked which of the ids it knows."""

import asyncio
from collections.abc import Awaitable, Sequence

import strawberry
from graphql import GraphQLError

from gateway.clients.conversation import Record
from gateway.clients.faults import ServiceFault, ServiceRefused
from gateway.context import Info
from gateway.paging import PAGE_MAX
from gateway.schema.allocation import Allocation
from gateway.schema.award import Award
from gateway.schema.case import Case
from gateway.schema.family import Family
from gateway.schema.node import Node, record_id
from gateway.schema.person import Person
from gateway.schema.position import Position
from gateway.schema.referral import Referral

Found = Node | ServiceFault | None


async def find_nodes(info: Info, ids: Sequence[strawberry.ID]) -> list[Found]:
    """One call for each kind of record, all at the same time; an id says nothing of its kind.

    In the place of an id that nobody knows while a service does not answer stands that fault:
    "unknown" would be a guess. The others stay.
    """
    if len(ids) > PAGE_MAX:
        raise GraphQLError(
            f"At most {PAGE_MAX} ids. / Höchstens {PAGE_MAX} Kennungen.",
            extensions={"code": "BAD_USER_INPUT", "argument": "ids"},
        )
    asked = [record_id(one) for one in ids]
    known = list(dict.fromkeys(str(one) for one in asked if one is not None))
    found, fault = await _found(info, known) if known else ({}, None)
    return [None if one is None else found.get(str(one), fault) for one in asked]


async def _found(info: Info, ids: list[str]) -> tuple[dict[str, Node], ServiceFault | None]:
    """What the services know, and the fault of the first that gave no answer."""
    services = info.context.services
    funding = services.funding
    faults: list[ServiceFault] = []

    async def visible(asked: Awaitable[list[Record]]) -> list[Record]:
        """Nothing where the caller may not look at all: hidden and missing are the same."""
        try:
            return await asked
        except ServiceFault as fault:
            if not isinstance(fault, ServiceRefused) or not fault.is_hidden:
                faults.append(fault)
            return []

    cases, persons, families, referrals, awards, allocations, positions = await asyncio.gather(
        visible(services.cases.cases_by_id(ids)),
        visible(services.cases.persons_by_id(ids)),
        visible(services.cases.families_by_id(ids)),
        visible(services.referrals.referrals_by_id(ids)),
        visible(funding.awards_by_id(ids)),
        visible(funding.allocations_by_id(ids)),
        visible(funding.positions_by_id(ids)),
    )
    nodes: list[Node] = [
        *(Case.from_record(one) for one in cases),
        *(Person.from_record(one) for one in persons),
        *(Family.from_record(one) for one in families),
        *(Referral.from_record(one) for one in referrals),
        *(Award.from_record(one) for one in awards),
        *(Allocation.from_record(one) for one in allocations),
        *(Position.from_record(one) for one in positions),
    ]
    by_id = {node.record["id"]: node for node in nodes}  # type: ignore[attr-defined] # every one is Published
    return by_id, faults[0] if faults else None
