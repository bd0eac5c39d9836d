"""Awards: record, read as of a day, amend."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from starlette.responses import Response

from services.funding.api.answers import json_answer, possible_actions
from services.funding.api.doors import AsOf, KnownAt, Reader, Recorder, Releaser
from services.funding.api.schemas.allocation_views import AllocationTree
from services.funding.api.schemas.award_views import AwardPage, AwardVersionPage, AwardView
from services.funding.api.schemas.awards import (
    AwardBody,
    AwardChangeBody,
    AwardVersionBody,
    OwnUseBody,
    PartYearBody,
)
from services.funding.api.schemas.fields import PossibleActions
from services.funding.operations.amend_award import approve_award_version, record_award_version
from services.funding.operations.change_award import (
    change_award,
    decide_part_year,
    keep_for_own_use,
)
from services.funding.operations.list_options import award_options
from services.funding.operations.record_award import record_award
from services.funding.operations.show_tree import show_tree
from services.funding.storage.queries.awards import AWARD_LIST, AWARD_VERSIONS, AWARD_VIEW
from services.funding.storage.queries.moments import moment
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1/awards", tags=["awards"])

Number = Annotated[int, Path(ge=1, le=10_000)]


@router.get(
    "",
    response_model=AwardPage,
    summary="List awards / Bescheide auflisten",
    openapi_extra={"parameters": AWARD_LIST.parameters()},
)
async def list_awards(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(AWARD_LIST, **moment())


@router.post(
    "",
    status_code=201,
    response_model=AwardView,
    summary="Record an award with lines and posts / Bescheid mit Zeilen und Stellen erfassen",
)
async def post_award(body: AwardBody, caller: Recorder, writing: CurrentWriting) -> Response:
    command = body.command(caller.tenant_id)
    return await writing.run(lambda tx: record_award(tx, command), status=201)


@router.get(
    "/{award_id}",
    response_model=AwardView,
    summary="Read an award as of a day / Bescheid zum Stichtag lesen",
)
async def read_award(
    award_id: UUID,
    _: Reader,
    reading: CurrentReading,
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> Response:
    return await reading.answer(AWARD_VIEW, award_id=award_id, **moment(as_of, known_at))


@router.patch(
    "/{award_id}",
    response_model=AwardView,
    summary="Correct what is known of an award / Angaben zum Bescheid berichtigen",
)
async def patch_award(
    award_id: UUID, body: AwardChangeBody, _: Recorder, writing: CurrentWriting
) -> Response:
    correction = body.correction()
    return await writing.run(
        lambda tx: change_award(tx, award_id, writing.expected_version, correction)
    )


@router.get(
    "/{award_id}/actions",
    response_model=PossibleActions,
    summary="What can be done now / Was jetzt möglich ist",
)
async def list_award_actions(award_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    async with reading.database.transaction(reading.caller) as tx:
        return possible_actions(await award_options(tx, award_id))


@router.get(
    "/{award_id}/versions",
    response_model=AwardVersionPage,
    summary="List the versions of an award / Fassungen des Bescheids auflisten",
    openapi_extra={"parameters": AWARD_VERSIONS.parameters()},
)
async def list_award_versions(award_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    await reading.document(AWARD_VIEW, award_id=award_id, **moment())
    return await reading.page(AWARD_VERSIONS, award_id=award_id)


@router.post(
    "/{award_id}/versions",
    status_code=201,
    response_model=AwardView,
    summary="Record an amendment / Änderungsbescheid erfassen",
)
async def post_award_version(
    award_id: UUID, body: AwardVersionBody, _: Recorder, writing: CurrentWriting
) -> Response:
    command = body.command()
    return await writing.run(
        lambda tx: record_award_version(tx, award_id, writing.expected_version, command),
        status=201,
    )


@router.post(
    "/{award_id}/versions/{number}/actions/approve",
    response_model=AwardView,
    summary="Release an amendment / Änderungsbescheid freigeben",
)
async def post_award_version_approval(
    award_id: UUID, number: Number, _: Releaser, writing: CurrentWriting
) -> Response:
    return await writing.run(
        lambda tx: approve_award_version(tx, award_id, number, writing.expected_version)
    )


@router.put(
    "/{award_id}/lines/{line_id}/own-use",
    response_model=AwardView,
    summary="Set what is kept for own use / Eigenen Anteil festlegen",
)
async def put_own_use(
    award_id: UUID, line_id: UUID, body: OwnUseBody, _: Recorder, writing: CurrentWriting
) -> Response:
    own_use = body.share()
    return await writing.run(
        lambda tx: keep_for_own_use(tx, award_id, line_id, writing.expected_version, own_use)
    )


@router.put(
    "/{award_id}/lines/{line_id}/part-year-decision",
    response_model=AwardView,
    summary="Decide about a part of a year / Über ein Rumpfjahr entscheiden",
)
async def put_part_year_decision(
    award_id: UUID, line_id: UUID, body: PartYearBody, _: Recorder, writing: CurrentWriting
) -> Response:
    version, decision = writing.expected_version, body.decision
    return await writing.run(lambda tx: decide_part_year(tx, award_id, line_id, version, decision))


@router.get(
    "/{award_id}/allocation-tree",
    response_model=AllocationTree,
    summary="The tree of allocations of an award / Baum der Weiterleitungen",
)
async def read_allocation_tree(award_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    async with reading.database.transaction(reading.caller) as tx:
        tree = await show_tree(tx, award_id)
    return json_answer(AllocationTree.of(tree))
