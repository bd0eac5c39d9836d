"""Families: composed, kept, parted and put together again."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import CaseReader, CaseWriter
from services.cases.api.batches import IDS, page_by_ids
from services.cases.api.schemas.people import (
    CohortBody,
    FamilyBody,
    FamilyJoinBody,
    FamilyPage,
    FamilySplitBody,
    FamilyView,
    MemberBody,
    MembershipEnd,
)
from services.cases.operations.compose_family import (
    ChangeFamily,
    Member,
    add_member,
    compose_family,
    end_membership,
    set_arrival_cohort,
)
from services.cases.operations.part_families import join_families, split_family
from services.cases.storage.queries.families import FAMILY_LIST, FAMILY_VIEW
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1/families", tags=["people"])


@router.get(
    "",
    response_model=FamilyPage,
    summary="List families / Familien auflisten",
    openapi_extra={"parameters": [IDS, *FAMILY_LIST.parameters()]},
)
async def list_families(_: CaseReader, reading: CurrentReading) -> Response:
    return await page_by_ids(reading, FAMILY_LIST)


@router.post(
    "",
    status_code=201,
    response_model=FamilyView,
    summary="Compose a family / Familie bilden",
)
async def post_family(_: CaseWriter, body: FamilyBody, writing: CurrentWriting) -> Response:
    members = tuple(Member(**member.model_dump()) for member in body.members)
    return await writing.run(
        lambda tx: compose_family(tx, members, body.arrival_cohort), status=201
    )


@router.get("/{family_id}", response_model=FamilyView, summary="Read a family / Familie lesen")
async def read_family(family_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    return await reading.answer(FAMILY_VIEW, family_id=family_id)


@router.put(
    "/{family_id}/arrival-cohort",
    response_model=FamilyView,
    summary="Record the arrival cohort / Ankunftsgruppe festhalten",
)
async def put_cohort(
    _: CaseWriter, family_id: UUID, body: CohortBody, writing: CurrentWriting
) -> Response:
    command = ChangeFamily(family_id=family_id, expected_version=writing.expected_version)
    return await writing.run(lambda tx: set_arrival_cohort(tx, command, body.arrival_cohort))


@router.post(
    "/{family_id}/members",
    status_code=201,
    response_model=FamilyView,
    summary="Add a family member / Familienmitglied aufnehmen",
)
async def post_member(
    _: CaseWriter, family_id: UUID, body: MemberBody, writing: CurrentWriting
) -> Response:
    command = ChangeFamily(family_id=family_id, expected_version=writing.expected_version)
    member = Member(**body.model_dump())
    return await writing.run(lambda tx: add_member(tx, command, member), status=201)


@router.post(
    "/{family_id}/members/{member_id}/actions/end",
    response_model=FamilyView,
    summary="End a membership / Zugehörigkeit beenden",
)
async def post_membership_end(
    _: CaseWriter,
    family_id: UUID,
    member_id: UUID,
    body: MembershipEnd,
    writing: CurrentWriting,
) -> Response:
    command = ChangeFamily(family_id=family_id, expected_version=writing.expected_version)
    return await writing.run(lambda tx: end_membership(tx, command, member_id, body.to_on))


@router.post(
    "/{family_id}/actions/split",
    status_code=201,
    response_model=FamilyView,
    summary="Part a family / Familie trennen",
)
async def post_split(
    _: CaseWriter, family_id: UUID, body: FamilySplitBody, writing: CurrentWriting
) -> Response:
    """Answers the new family; the members keep their roles, the cases go as decided."""
    command = ChangeFamily(family_id=family_id, expected_version=writing.expected_version)
    split = body.split()
    return await writing.run(lambda tx: split_family(tx, command, split), status=201)


@router.post(
    "/{family_id}/actions/join",
    response_model=FamilyView,
    summary="Join another family to this one / Familien zusammenlegen",
)
async def post_join(
    _: CaseWriter, family_id: UUID, body: FamilyJoinBody, writing: CurrentWriting
) -> Response:
    """Members and cases of the other family come over; it stays as history and counts no more."""
    command = ChangeFamily(family_id=family_id, expected_version=writing.expected_version)
    join = body.join()
    return await writing.run(lambda tx: join_families(tx, command, join))
