"""Persons, families and staff of the unit."""

from typing import Any
from uuid import UUID

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import CaseReader, CaseWriter, StaffKeeper
from services.cases.api.schemas.people import (
    CohortBody,
    FamilyBody,
    FamilyPage,
    FamilyView,
    LegacyNameView,
    MemberBody,
    MembershipEnd,
    PersonBody,
    PersonPage,
    PersonView,
    StaffBody,
    StaffPage,
    StaffView,
)
from services.cases.domain.latin import LegacyName, windows_1252
from services.cases.operations.compose_family import (
    ChangeFamily,
    Member,
    add_member,
    compose_family,
    end_membership,
    set_arrival_cohort,
)
from services.cases.operations.keep_staff import StaffMember, keep_staff_member
from services.cases.operations.record_person import ChangePerson, change_person, record_person
from services.cases.storage.queries.people import (
    FAMILY_LIST,
    FAMILY_VIEW,
    PERSON_BATCH,
    PERSON_LIST,
    PERSON_VIEW,
    STAFF_LIST,
)
from shared.database.lists import PAGE_MAX
from shared.service.desk import JSON, CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1", tags=["people"])


def _query_parameter(name: str, description: str) -> dict[str, Any]:
    schema = {"type": "string", "maxLength": 4000}
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
    }


IDS = _query_parameter("ids", "Up to 100 ids, joined by commas.")


async def _page(reading: CurrentReading, view: Any) -> Response:
    """A page, where `ids` stands for `id[in]`."""
    query: list[tuple[str, str]] = []
    for key, value in reading.request.query_params.multi_items():
        if key == "ids":
            query += [("id[in]", value), ("first", str(PAGE_MAX))]
        else:
            query.append((key, value))
    page = await view.page(reading.database, reading.caller, query)
    return Response(page.body, media_type=JSON, headers={"Cache-Control": "no-store"})


@router.get(
    "/persons",
    response_model=PersonPage,
    summary="List persons / Personen auflisten",
    openapi_extra={"parameters": [IDS, *PERSON_BATCH.parameters()]},
)
async def list_persons(_: CaseReader, reading: CurrentReading) -> Response:
    """Personal criteria have no place in a URL: see `POST /v1/persons/search`."""
    by_id = not {"ids", "id[in]"}.isdisjoint(reading.request.query_params)
    return await _page(reading, PERSON_BATCH if by_id else PERSON_LIST)


@router.post(
    "/persons",
    status_code=201,
    response_model=PersonView,
    summary="Record a person / Person erfassen",
)
async def post_person(_: CaseWriter, body: PersonBody, writing: CurrentWriting) -> Response:
    person = body.particulars()
    return await writing.run(lambda tx: record_person(tx, person), status=201)


@router.get(
    "/persons/{person_id}", response_model=PersonView, summary="Read a person / Person lesen"
)
async def read_person(person_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    return await reading.answer(PERSON_VIEW, person_id=person_id)


@router.put(
    "/persons/{person_id}",
    response_model=PersonView,
    summary="Change a person / Person ändern",
)
async def put_person(
    _: CaseWriter, person_id: UUID, body: PersonBody, writing: CurrentWriting
) -> Response:
    command = ChangePerson(
        person_id=person_id,
        expected_version=writing.expected_version,
        particulars=body.particulars(),
    )
    return await writing.run(lambda tx: change_person(tx, command))


@router.get(
    "/persons/{person_id}/legacy-name",
    response_model=LegacyNameView,
    summary="Name for Windows-1252 systems / Name für Windows-1252-Systeme",
)
async def read_legacy_name(person_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    document = await reading.document(PERSON_VIEW, person_id=person_id)
    person = orjson.loads(document.body)
    answer = {
        "id": person["id"],
        "familyName": _legacy(windows_1252(person["familyName"])),
        "givenNames": _legacy(windows_1252(person["givenNames"])),
        "disputedFields": person["disputedFields"],
        "disputes": person["disputes"],
    }
    return Response(orjson.dumps(answer), media_type=JSON)


@router.get(
    "/families",
    response_model=FamilyPage,
    summary="List families / Familien auflisten",
    openapi_extra={"parameters": [IDS, *FAMILY_LIST.parameters()]},
)
async def list_families(_: CaseReader, reading: CurrentReading) -> Response:
    return await _page(reading, FAMILY_LIST)


@router.post(
    "/families",
    status_code=201,
    response_model=FamilyView,
    summary="Compose a family / Familie bilden",
)
async def post_family(_: CaseWriter, body: FamilyBody, writing: CurrentWriting) -> Response:
    members = tuple(Member(**member.model_dump()) for member in body.members)
    return await writing.run(
        lambda tx: compose_family(tx, members, body.arrival_cohort), status=201
    )


@router.get(
    "/families/{family_id}", response_model=FamilyView, summary="Read a family / Familie lesen"
)
async def read_family(family_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    return await reading.answer(FAMILY_VIEW, family_id=family_id)


@router.put(
    "/families/{family_id}/arrival-cohort",
    response_model=FamilyView,
    summary="Record the arrival cohort / Ankunftsgruppe festhalten",
)
async def put_cohort(
    _: CaseWriter, family_id: UUID, body: CohortBody, writing: CurrentWriting
) -> Response:
    command = ChangeFamily(family_id=family_id, expected_version=writing.expected_version)
    return await writing.run(lambda tx: set_arrival_cohort(tx, command, body.arrival_cohort))


@router.post(
    "/families/{family_id}/members",
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
    "/families/{family_id}/members/{member_id}/actions/end",
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


@router.get(
    "/staff-members",
    response_model=StaffPage,
    summary="List staff / Fachkräfte auflisten",
    openapi_extra={"parameters": STAFF_LIST.parameters()},
)
async def list_staff(_: StaffKeeper, reading: CurrentReading) -> Response:
    return await reading.page(STAFF_LIST)


@router.put(
    "/staff-members",
    response_model=StaffView,
    summary="Keep a staff member / Fachkraft führen",
)
async def put_staff_member(_: StaffKeeper, body: StaffBody, writing: CurrentWriting) -> Response:
    member = StaffMember(**body.model_dump())
    return await writing.run(lambda tx: keep_staff_member(tx, member))


def _legacy(name: LegacyName) -> dict[str, Any]:
    return {
        "text": name.text,
        "isExact": name.is_exact,
        "replacements": [
            {"position": one.position, "original": one.original, "written": one.written}
            for one in name.replacements
        ],
    }
