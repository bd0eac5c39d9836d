"""Persons and staff of the unit."""

from typing import Any
from uuid import UUID

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import CaseReader, CaseWriter, StaffKeeper
from services.cases.api.batches import IDS, page_by_ids
from services.cases.api.schemas.people import (
    LegacyNameView,
    PersonBody,
    PersonPage,
    PersonView,
    StaffBody,
    StaffPage,
    StaffView,
)
from services.cases.domain.latin import LegacyName, windows_1252
from services.cases.operations.keep_staff import StaffMember, keep_staff_member
from services.cases.operations.record_person import ChangePerson, change_person, record_person
from services.cases.storage.queries.people import (
    PERSON_BATCH,
    PERSON_LIST,
    PERSON_VIEW,
    STAFF_LIST,
)
from shared.service.desk import JSON, CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1", tags=["people"])


@router.get(
    "/persons",
    response_model=PersonPage,
    summary="List persons / Personen auflisten",
    openapi_extra={"parameters": [IDS, *PERSON_BATCH.parameters()]},
)
async def list_persons(_: CaseReader, reading: CurrentReading) -> Response:
    """Personal criteria have no place in a URL: see `POST /v1/persons/search`."""
    by_id = not {"ids", "id[in]"}.isdisjoint(dict(reading.asked))
    return await page_by_ids(reading, PERSON_BATCH if by_id else PERSON_LIST)


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
