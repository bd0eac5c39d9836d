"""Ids to records, made for one request: one call per service and level of the operation."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from gateway.batches import Batches
from gateway.clients.conversation import Query, Record
from gateway.clients.pages import by_ids, of_parents
from gateway.clients.services import Services

One = Batches[str, Record | None]
Many = Batches[str, list[Record]]
FetchMany = Callable[[Sequence[str]], Awaitable[list[Record]]]
FetchOne = Callable[[str], Awaitable[Record | None]]


@dataclass(frozen=True, slots=True)
class Loaders:
    """One record gives None for what is unknown or hidden, several give those that are visible.

    What no service hands out in batches is read one by one: contents of referrals, actions.
    """

    services: Services
    case_file: One
    relations_of_case: Many
    referral_detail: One
    award: One
    actions_of_award: Many
    allocation: One
    actions_of_allocation: Many
    allocations_of_award: Many
    positions_of_award: Many
    permissions: Batches[str, frozenset[str]]
    """Of a service: the operations that the caller's roles open, as `METHOD /path/{id}`."""
    _by_id: dict[tuple[str, str], One] = field(default_factory=dict)
    _of_parent: dict[tuple[str, str, str], Many] = field(default_factory=dict)
    _of_key: dict[tuple[str, str, str], Many] = field(default_factory=dict)
    _document: dict[tuple[str, str, Query], One] = field(default_factory=dict)

    @property
    def case(self) -> One:
        """Each with what can be done with it."""
        return self.by_id("cases", "/v1/cases")

    def by_id(self, service: str, path: str) -> One:
        """Records of a list that knows the filter `id[in]`."""
        key = (service, path)
        if key not in self._by_id:
            conversation = self.services.of(service)
            self._by_id[key] = _by_id(lambda ids: by_ids(conversation, path, ids))
        return self._by_id[key]

    def of_parent(self, service: str, path: str, member: str) -> Many:
        """Records of a list that knows the filter `member[in]`, grouped by that member."""
        key = (service, path, member)
        if key not in self._of_parent:
            conversation = self.services.of(service)
            self._of_parent[key] = _by_parent(
                lambda ids: of_parents(conversation, path, ids, member=member), member
            )
        return self._of_parent[key]

    def of_key(self, service: str, path: str, member: str) -> Many:
        """The same where the parent has a key of its own, such as a unit."""
        key = (service, path, member)
        if key not in self._of_key:
            conversation = self.services.of(service)
            self._of_key[key] = _by_key(
                lambda keys: of_parents(conversation, path, keys, member=member), member
            )
        return self._of_key[key]

    def document(self, service: str, path: str, query: Query = ()) -> One:
        """What stands under `path` with the id in the place of `{id}`; one read for each id."""
        key = (service, path, query)
        if key not in self._document:
            conversation = self.services.of(service)
            self._document[key] = _one_by_one(
                lambda one: conversation.find(path.format(id=one), query)
            )
        return self._document[key]


def loaders_for(services: Services) -> Loaders:
    cases, referrals, funding = services.cases, services.referrals, services.funding
    return Loaders(
        services=services,
        case_file=_by_id(cases.case_files),
        relations_of_case=_by_either(cases.relations, "caseId", "relatedCaseId"),
        referral_detail=_one_by_one(referrals.referral),
        award=_by_id(funding.awards_by_id),
        actions_of_award=_each(funding.award_actions),
        allocation=_by_id(funding.allocations_by_id),
        actions_of_allocation=_each(funding.allocation_actions),
        allocations_of_award=_by_parent(funding.allocations_of_awards, "awardId"),
        permissions=Batches(_permissions_of(services)),
        positions_of_award=_by_parent(funding.positions_of_awards, "awardId"),
    )


def _permissions_of(services: Services) -> Callable[[list[str]], Awaitable[list[frozenset[str]]]]:
    async def load(names: list[str]) -> list[frozenset[str]]:
        found = (services.of(name).get("/v1/permissions") for name in names)
        return [frozenset(one["operations"]) for one in await asyncio.gather(*found)]

    return load


def _by_id(fetch: FetchMany) -> One:
    async def load(ids: list[str]) -> list[Record | None]:
        found = {record["id"]: record for record in await fetch(ids)}
        return [found.get(one) for one in ids]

    return Batches(load)


def _by_parent(fetch: FetchMany, member: str) -> Many:
    async def load(ids: list[str]) -> list[list[Record]]:
        children: dict[str, list[Record]] = {one: [] for one in ids}
        for record in await fetch(ids):
            children[record[member]].append(record)
        return [children[one] for one in ids]

    return Batches(load)


def _by_key(fetch: Callable[[Sequence[str]], Awaitable[list[Record]]], member: str) -> Many:
    async def load(keys: list[str]) -> list[list[Record]]:
        found = await fetch(keys)
        return [[one for one in found if one[member] == key] for key in keys]

    return Batches(load)


def _by_either(fetch: FetchMany, *members: str) -> Many:
    """Records that belong to two parents, each named by one of the members."""

    async def load(ids: list[str]) -> list[list[Record]]:
        found = await fetch(ids)
        return [[one for one in found if id_ in {one[m] for m in members}] for id_ in ids]

    return Batches(load)


def _one_by_one(fetch: FetchOne) -> One:
    async def load(ids: list[str]) -> list[Record | None]:
        return list(await asyncio.gather(*(fetch(one) for one in ids)))

    return Batches(load)


def _each(fetch: Callable[[str], Awaitable[list[Record]]]) -> Many:
    async def load(ids: list[str]) -> list[list[Record]]:
        return list(await asyncio.gather(*(fetch(one) for one in ids)))

    return Batches(load)
