"""Persons in full: their parts, the search, duplicates and merges."""

from typing import Any
from uuid import UUID

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import CaseReader, CaseWriter
from services.cases.api.schemas.people import PersonView
from services.cases.api.schemas.person_parts import (
    AddressesBody,
    ContactPointsBody,
    DisputesBody,
    DuplicateCandidates,
    LanguagesBody,
    MergeBody,
    MergePage,
    PersonHitPage,
    PersonSearch,
    RepresentativesBody,
)
from services.cases.domain.duplicates import Reason, likeness
from services.cases.domain.people import BirthDate
from services.cases.domain.transliteration import NameKeys, asked_for_person, asked_keys
from services.cases.operations.keep_person_parts import (
    ChangePart,
    dispute_fields,
    keep_addresses,
    keep_contact_points,
    keep_languages,
    keep_representatives,
)
from services.cases.operations.merge_persons import Merge, merge_persons, unmerge_persons
from services.cases.storage.queries.people import PERSON_VIEW
from services.cases.storage.queries.person_parts import MERGES_OF_PERSON, SEARCH_VIEW
from shared.database.lists import PAGE_MAX
from shared.kernel.clock import berlin_date, now
from shared.service.desk import JSON, CurrentReading, CurrentWriting, Reading

router = APIRouter(prefix="/v1/persons", tags=["people"])
UNSTORED = {"Cache-Control": "no-store"}


@router.post(
    "/search", response_model=PersonHitPage, summary="Search for persons / Personen suchen"
)
async def search_persons(_: CaseReader, body: PersonSearch, reading: CurrentReading) -> Response:
    """By name in any script or spelling, the best hits first. Each hit is in the audit log."""
    today = berlin_date(now())
    birth = str(BirthDate.parse(body.birth_date, today=today)) or None
    page = await _search(reading, asked_keys(body.name), birth=birth, asked=body)
    return Response(page, media_type=JSON, headers=UNSTORED)


@router.get(
    "/{person_id}/duplicate-candidates",
    response_model=DuplicateCandidates,
    summary="Possible duplicates / Mögliche Dubletten",
)
async def read_duplicates(person_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    person = orjson.loads((await reading.document(PERSON_VIEW, person_id=person_id)).body)
    keys = asked_for_person(person["familyName"], person["givenNames"], person["originalName"])
    found = orjson.loads(await _search(reading, keys, birth=None, asked=None))
    items = [hit for hit in found["items"] if hit["id"] != person["id"] and _judge(person, hit)]
    items.sort(key=lambda hit: -hit["score"])
    return Response(orjson.dumps({"items": items}), media_type=JSON, headers=UNSTORED)


@router.get(
    "/{person_id}/merges",
    response_model=MergePage,
    summary="History of merges / Zusammenführungen",
)
async def read_merges(person_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    await reading.document(PERSON_VIEW, person_id=person_id)
    page = await MERGES_OF_PERSON.page(
        reading.database, reading.caller, first=PAGE_MAX, person_id=person_id
    )
    return Response(page.body, media_type=JSON, headers=UNSTORED)


@router.post(
    "/{person_id}/actions/merge",
    response_model=PersonView,
    summary="Merge another record into this one / Datensatz zusammenführen",
)
async def post_merge(
    _: CaseWriter, person_id: UUID, body: MergeBody, writing: CurrentWriting
) -> Response:
    merge = _merge(person_id, body, writing)
    return await writing.run(lambda tx: merge_persons(tx, merge))


@router.post(
    "/{person_id}/actions/unmerge",
    response_model=PersonView,
    summary="Take a merge back / Zusammenführung zurücknehmen",
)
async def post_unmerge(
    _: CaseWriter, person_id: UUID, body: MergeBody, writing: CurrentWriting
) -> Response:
    merge = _merge(person_id, body, writing)
    return await writing.run(lambda tx: unmerge_persons(tx, merge))


@router.put(
    "/{person_id}/contact-points",
    response_model=PersonView,
    summary="Keep ways of contact / Kontaktwege führen",
)
async def put_contact_points(
    _: CaseWriter, person_id: UUID, body: ContactPointsBody, writing: CurrentWriting
) -> Response:
    change = _change(person_id, writing)
    entries = body.model_dump()["contact_points"]
    return await writing.run(lambda tx: keep_contact_points(tx, change, entries))


@router.put(
    "/{person_id}/addresses",
    response_model=PersonView,
    summary="Keep addresses / Anschriften führen",
)
async def put_addresses(
    _: CaseWriter, person_id: UUID, body: AddressesBody, writing: CurrentWriting
) -> Response:
    change = _change(person_id, writing)
    entries = body.model_dump()["addresses"]
    return await writing.run(lambda tx: keep_addresses(tx, change, entries))


@router.put(
    "/{person_id}/languages",
    response_model=PersonView,
    summary="Keep languages / Sprachen führen",
)
async def put_languages(
    _: CaseWriter, person_id: UUID, body: LanguagesBody, writing: CurrentWriting
) -> Response:
    change = _change(person_id, writing)
    entries = body.model_dump()["languages"]
    return await writing.run(
        lambda tx: keep_languages(tx, change, entries, body.literacy, body.interpreting)
    )


@router.put(
    "/{person_id}/legal-representatives",
    response_model=PersonView,
    summary="Keep legal representatives / Gesetzliche Vertretung führen",
)
async def put_representatives(
    _: CaseWriter, person_id: UUID, body: RepresentativesBody, writing: CurrentWriting
) -> Response:
    change = _change(person_id, writing)
    entries = body.model_dump()["legal_representatives"]
    return await writing.run(lambda tx: keep_representatives(tx, change, entries))


@router.put(
    "/{person_id}/disputes",
    response_model=PersonView,
    summary="Note disputed fields / Bestrittene Angaben vermerken",
)
async def put_disputes(
    _: CaseWriter, person_id: UUID, body: DisputesBody, writing: CurrentWriting
) -> Response:
    change = _change(person_id, writing)
    disputes = body.model_dump()["disputes"]
    return await writing.run(lambda tx: dispute_fields(tx, change, disputes))


def _change(person_id: UUID, writing: CurrentWriting) -> ChangePart:
    return ChangePart(person_id=person_id, expected_version=writing.expected_version)


def _merge(person_id: UUID, body: MergeBody, writing: CurrentWriting) -> Merge:
    return Merge(
        survivor_id=person_id,
        merged_id=body.merged_person_id,
        expected_version=writing.expected_version,
    )


async def _search(
    reading: Reading, keys: NameKeys, *, birth: str | None, asked: PersonSearch | None
) -> bytes:
    """One page; the longest there is where nobody `asked` for a certain one."""
    page = await SEARCH_VIEW.page(
        reading.database,
        reading.caller,
        first=asked.first if asked else PAGE_MAX,
        after=asked.after if asked else None,
        with_cursors=asked is not None and asked.cursors is not None,
        latin=keys.latin,
        original=keys.original,
        codes=list(keys.sounds) or None,
        consonants=list(keys.skeletons) or None,
        birth_date=birth,
    )
    return page.body


def _judge(person: dict[str, Any], hit: dict[str, Any]) -> bool:
    """Put score and reasons of a duplicate into the hit; whether it is a candidate at all."""
    today = berlin_date(now())
    judged = likeness(
        frozenset(map(Reason, hit["reasons"])),
        BirthDate.parse(person["birthDate"], today=today),
        BirthDate.parse(hit["birthDate"], today=today),
    )
    hit["score"], hit["reasons"] = judged.score, list(judged.reasons)
    return judged.is_candidate
