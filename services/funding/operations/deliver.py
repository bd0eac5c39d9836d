"""What finance software says of awards, allocations and posts under its own numbers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar
from uuid import UUID

from services.funding.domain.external_ids import ExternalKind, refuse_other_terms
from services.funding.operations.change_allocation import AllocationCorrection, change_allocation
from services.funding.operations.change_award import AwardCorrection, change_award
from services.funding.operations.change_position import approve_posts, set_products
from services.funding.operations.plan_allocation import NewAllocation, plan_allocation
from services.funding.operations.record_award import NewAward, record_award
from services.funding.operations.record_position import NewPosition, record_position
from services.funding.storage.numbers import NUMBERS
from services.funding.storage.queries.external_ids import VERSION_OF
from shared.database.transaction import Transaction
from shared.service.external_ids import Put, Shelf
from shared.service.writes import Answer

SHELVES: Final = {
    ExternalKind.AWARD: Shelf(NUMBERS, "/v1/awards", VERSION_OF[ExternalKind.AWARD]),
    ExternalKind.ALLOCATION: Shelf(NUMBERS, "/v1/allocations", VERSION_OF[ExternalKind.ALLOCATION]),
    ExternalKind.POSITION: Shelf(NUMBERS, "/v1/positions", VERSION_OF[ExternalKind.POSITION]),
}
PRODUCTS: Final = "products"


New = TypeVar("New")
Correction = TypeVar("Correction")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Generic[New, Correction]):
    """A whole record as it is told. `stated` are its members that are not null; `correction` says
    the changed ones alone.
    """

    put: Put
    new: New
    stated: frozenset[str]
    correction: Callable[[frozenset[str]], Correction]


async def put_award(tx: Transaction, told: Delivery[NewAward, AwardCorrection]) -> Answer:
    """Raises DeliveredTermsDiffer (409), and what recording and correcting an award raise."""

    async def change(award_id: UUID, changed: frozenset[str]) -> Answer:
        refuse_other_terms(ExternalKind.AWARD, changed, told.stated)
        version = told.put.expected_version
        return await change_award(tx, award_id, version, told.correction(changed))

    shelf = SHELVES[ExternalKind.AWARD]
    return await shelf.put(tx, told.put, lambda: record_award(tx, told.new), change)


async def put_allocation(
    tx: Transaction, told: Delivery[NewAllocation, AllocationCorrection]
) -> Answer:
    """Raises DeliveredTermsDiffer (409), and what planning and completing an allocation raise."""

    async def change(allocation_id: UUID, changed: frozenset[str]) -> Answer:
        refuse_other_terms(ExternalKind.ALLOCATION, changed, told.stated)
        version = told.put.expected_version
        return await change_allocation(tx, allocation_id, version, told.correction(changed))

    shelf = SHELVES[ExternalKind.ALLOCATION]
    return await shelf.put(tx, told.put, lambda: plan_allocation(tx, told.new), change)


async def put_position(tx: Transaction, told: Delivery[NewPosition, NewPosition]) -> Answer:
    """A post; what is approved from another day on is one more version of it, its products hold
    from the fiscal year of that day on.

    Raises DeliveredTermsDiffer (409), and what recording and changing a post raise.
    """

    async def change(position_id: UUID, changed: frozenset[str]) -> Answer:
        refuse_other_terms(ExternalKind.POSITION, changed, told.stated)
        post, version = told.correction(changed), told.put.expected_version
        if changed == {PRODUCTS}:
            return await _set_products(tx, position_id, version, post)
        answer = await approve_posts(
            tx,
            position_id,
            version,
            approved_fte=post.approved_fte,
            effective_from=post.effective_from,
            reason=None,
        )
        if PRODUCTS in changed:
            answer = await _set_products(tx, position_id, answer.document.version, post)
        return answer

    shelf = SHELVES[ExternalKind.POSITION]
    return await shelf.put(tx, told.put, lambda: record_position(tx, told.new), change)


async def _set_products(
    tx: Transaction, position_id: UUID, version: int | None, post: NewPosition
) -> Answer:
    return await set_products(
        tx,
        position_id,
        version,
        fiscal_year=post.effective_from.year,
        products=post.products,
    )
