"""Allocations: plan, read as of a day, amend."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from starlette.responses import Response

from services.funding.api.answers import possible_actions
from services.funding.api.doors import AsOf, KnownAt, Reader, Recorder, Releaser
from services.funding.api.schemas.allocation_views import (
    AllocationPage,
    AllocationVersionPage,
    AllocationView,
)
from services.funding.api.schemas.allocations import (
    AllocationBody,
    AllocationChangeBody,
    AllocationVersionBody,
)
from services.funding.api.schemas.fields import PossibleActions
from services.funding.operations.amend_allocation import (
    approve_allocation_version,
    record_allocation_version,
)
from services.funding.operations.change_allocation import change_allocation
from services.funding.operations.list_options import allocation_options
from services.funding.operations.plan_allocation import plan_allocation
from services.funding.storage.queries.allocations import (
    ALLOCATION_LIST,
    ALLOCATION_VERSIONS,
    ALLOCATION_VIEW,
)
from services.funding.storage.queries.moments import moment
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1/allocations", tags=["allocations"])

Number = Annotated[int, Path(ge=1, le=10_000)]


@router.get(
    "",
    response_model=AllocationPage,
    summary="List allocations / Weiterleitungen auflisten",
    openapi_extra={"parameters": ALLOCATION_LIST.parameters()},
)
async def list_allocations(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(ALLOCATION_LIST, **moment())


@router.post(
    "",
    status_code=201,
    response_model=AllocationView,
    summary="Plan an allocation / Weiterleitung planen",
)
async def post_allocation(
    body: AllocationBody, caller: Recorder, writing: CurrentWriting
) -> Response:
    command = body.command(caller.tenant_id)
    return await writing.run(lambda tx: plan_allocation(tx, command), status=201)


@router.get(
    "/{allocation_id}",
    response_model=AllocationView,
    summary="Read an allocation as of a day / Weiterleitung zum Stichtag lesen",
)
async def read_allocation(
    allocation_id: UUID,
    _: Reader,
    reading: CurrentReading,
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> Response:
    return await reading.answer(
        ALLOCATION_VIEW, allocation_id=allocation_id, **moment(as_of, known_at)
    )


@router.patch(
    "/{allocation_id}",
    response_model=AllocationView,
    summary="Complete an allocation before its release / Weiterleitung ergänzen",
)
async def patch_allocation(
    allocation_id: UUID, body: AllocationChangeBody, _: Recorder, writing: CurrentWriting
) -> Response:
    correction = body.correction()
    return await writing.run(
        lambda tx: change_allocation(tx, allocation_id, writing.expected_version, correction)
    )


@router.get(
    "/{allocation_id}/actions",
    response_model=PossibleActions,
    summary="What can be done now / Was jetzt möglich ist",
)
async def list_allocation_actions(
    allocation_id: UUID, _: Reader, reading: CurrentReading
) -> Response:
    async with reading.database.transaction(reading.caller) as tx:
        return possible_actions(await allocation_options(tx, allocation_id))


@router.get(
    "/{allocation_id}/versions",
    response_model=AllocationVersionPage,
    summary="List the versions of an allocation / Fassungen der Weiterleitung auflisten",
    openapi_extra={"parameters": ALLOCATION_VERSIONS.parameters()},
)
async def list_allocation_versions(
    allocation_id: UUID, _: Reader, reading: CurrentReading
) -> Response:
    await reading.document(ALLOCATION_VIEW, allocation_id=allocation_id, **moment())
    return await reading.page(ALLOCATION_VERSIONS, allocation_id=allocation_id)


@router.post(
    "/{allocation_id}/versions",
    status_code=201,
    response_model=AllocationView,
    summary="Record an amendment / Vertragsänderung erfassen",
)
async def post_allocation_version(
    allocation_id: UUID, body: AllocationVersionBody, _: Recorder, writing: CurrentWriting
) -> Response:
    command = body.command()
    return await writing.run(
        lambda tx: record_allocation_version(tx, allocation_id, writing.expected_version, command),
        status=201,
    )


@router.post(
    "/{allocation_id}/versions/{number}/actions/approve",
    response_model=AllocationView,
    summary="Release an amendment / Vertragsänderung freigeben",
)
async def post_allocation_version_approval(
    allocation_id: UUID, number: Number, _: Releaser, writing: CurrentWriting
) -> Response:
    return await writing.run(
        lambda tx: approve_allocation_version(tx, allocation_id, number, writing.expected_version)
    )
