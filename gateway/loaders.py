"""Ids to records, made for one request: one call per service and level of the operation."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from strawberry.dataloader import DataLoader

from gateway.clients.conversation import Record
from gateway.clients.services import Services

Loader = DataLoader[UUID, Record | None]
Fetch = Callable[[Sequence[UUID]], Awaitable[list[Record]]]


@dataclass(frozen=True, slots=True)
class Loaders:
    """Each gives None for what is unknown or hidden."""

    case: Loader
    referral: Loader
    award: Loader
    allocation: Loader


def loaders_for(services: Services) -> Loaders:
    return Loaders(
        case=_by_id(services.cases.cases_by_id),
        referral=_by_id(services.referrals.referrals_by_id),
        award=_by_id(services.funding.awards_by_id),
        allocation=_by_id(services.funding.allocations_by_id),
    )


def _by_id(fetch: Fetch) -> Loader:
    async def load(ids: list[UUID]) -> list[Record | None]:
        found = {record["id"]: record for record in await fetch(ids)}
        return [found.get(str(one)) for one in ids]

    return DataLoader(load_fn=load)
