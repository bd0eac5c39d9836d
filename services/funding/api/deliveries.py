"""Awards, allocations and posts under the numbers of finance software."""

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from services.funding.api.doors import Deliverer, Reader
from services.funding.api.schemas.allocation_views import AllocationView
from services.funding.api.schemas.allocations import AllocationBody, AllocationChangeBody
from services.funding.api.schemas.award_views import AwardView
from services.funding.api.schemas.awards import AwardBody, AwardChangeBody
from services.funding.api.schemas.positions import PositionBody, PositionView
from services.funding.domain.external_ids import ExternalKind
from services.funding.operations.deliver import Delivery, put_allocation, put_award, put_position
from services.funding.storage.queries.external_ids import (
    ALLOCATION_BY_NUMBER,
    AWARD_BY_NUMBER,
    POSITION_BY_NUMBER,
)
from services.funding.storage.queries.moments import moment, position_moment
from shared.kernel.clock import berlin_date, now
from shared.kernel.external_ids import ExternalId
from shared.service.desk import CurrentReading, CurrentWriting
from shared.service.external_ids import Put
from shared.web.external_ids import RECEIPT, ExternalValue, IfNoneMatch, PutReceipt, SystemName

router = APIRouter(prefix="/v1", tags=["deliveries"])
New = TypeVar("New")
Correction = TypeVar("Correction")


@router.put(
    "/awards/by-external/{system}/{value}",
    response_model=PutReceipt,
    responses=RECEIPT,
    summary="Put an award by external id / Bescheid unter fremder Kennung ablegen",
)
async def put_award_by_external(
    caller: Deliverer,
    system: SystemName,
    value: ExternalValue,
    body: AwardBody,
    writing: CurrentWriting,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """201 made, 200 changed or unchanged. A change needs `If-Match`; the same content does not.
    Lines, amounts and period change by an amendment.
    """
    external = ExternalId(system, value)
    command = Put.of(ExternalKind.AWARD, external, body, writing, if_none_match)
    told = _told(
        command,
        body,
        body.command(caller.tenant_id),
        lambda changes: AwardChangeBody.model_validate(changes).correction(),
    )
    return await writing.run(lambda tx: put_award(tx, told))


@router.get(
    "/awards/by-external/{system}/{value}",
    response_model=AwardView,
    summary="Read an award by external id / Bescheid unter fremder Kennung lesen",
)
async def read_award_by_external(
    _: Reader, system: SystemName, value: ExternalValue, reading: CurrentReading
) -> Response:
    """Under the numbers of the own unit."""
    digest = ExternalId(system, value).digest
    return await reading.answer(AWARD_BY_NUMBER, digest=digest, **moment())


@router.put(
    "/allocations/by-external/{system}/{value}",
    response_model=PutReceipt,
    responses=RECEIPT,
    summary="Put an allocation by external id / Weiterleitung unter fremder Kennung ablegen",
)
async def put_allocation_by_external(
    caller: Deliverer,
    system: SystemName,
    value: ExternalValue,
    body: AllocationBody,
    writing: CurrentWriting,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """As of an award; what is passed on changes by a new version."""
    external = ExternalId(system, value)
    command = Put.of(ExternalKind.ALLOCATION, external, body, writing, if_none_match)
    told = _told(
        command,
        body,
        body.command(caller.tenant_id),
        lambda changes: AllocationChangeBody.model_validate(changes).correction(),
    )
    return await writing.run(lambda tx: put_allocation(tx, told))


@router.get(
    "/allocations/by-external/{system}/{value}",
    response_model=AllocationView,
    summary="Read an allocation by external id / Weiterleitung unter fremder Kennung lesen",
)
async def read_allocation_by_external(
    _: Reader, system: SystemName, value: ExternalValue, reading: CurrentReading
) -> Response:
    """Under the numbers of the own unit."""
    digest = ExternalId(system, value).digest
    return await reading.answer(ALLOCATION_BY_NUMBER, digest=digest, **moment())


@router.put(
    "/positions/by-external/{system}/{value}",
    response_model=PutReceipt,
    responses=RECEIPT,
    summary="Put a post by external id / Stelle unter fremder Kennung ablegen",
)
async def put_position_by_external(
    _: Deliverer,
    system: SystemName,
    value: ExternalValue,
    body: PositionBody,
    writing: CurrentWriting,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """As of an award; `approvedFte` and `products` told anew hold from `effectiveFrom` on."""
    external = ExternalId(system, value)
    command = Put.of(ExternalKind.POSITION, external, body, writing, if_none_match)
    post = body.command()
    told = _told(command, body, post, lambda _: post)
    return await writing.run(lambda tx: put_position(tx, told))


@router.get(
    "/positions/by-external/{system}/{value}",
    response_model=PositionView,
    summary="Read a post by external id / Stelle unter fremder Kennung lesen",
)
async def read_position_by_external(
    _: Reader, system: SystemName, value: ExternalValue, reading: CurrentReading
) -> Response:
    """Under the numbers of the own unit."""
    digest, today = ExternalId(system, value).digest, berlin_date(now())
    return await reading.answer(POSITION_BY_NUMBER, digest=digest, **position_moment(today))


def _told(
    command: Put,
    body: BaseModel,
    new: New,
    correction: Callable[[dict[str, Any]], Correction],
) -> Delivery[New, Correction]:
    members = body.model_dump(mode="json", by_alias=True)
    return Delivery(
        put=command,
        new=new,
        stated=frozenset(name for name, value in members.items() if value is not None),
        correction=lambda changed: correction({name: members[name] for name in changed}),
    )
