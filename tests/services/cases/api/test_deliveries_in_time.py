"""What becomes of deliveries: erased with their record, cleared after a time, never resurrected."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from services.cases.operations.look_after_documents import remove_objects
from services.cases.operations.run_imports import run_imports
from shared.messaging.consumer import Consumer
from shared.objects.store import Objects
from tests.engines import ServiceDatabase
from tests.services.cases.api.test_deliveries import PERSON, case_body, counts
from tests.services.cases.api.test_documents import kept
from tests.services.cases.conftest import Person
from tests.services.cases.erasing import as_owner, erase
from tests.services.cases.importing import (
    CSV,
    MAPPING,
    announce,
    as_worker,
    cells,
    line,
    ndjson,
    report,
    upload,
    work,
    worker,
)

CLOSED = {"state": "CLOSED", "closedOn": "2023-06-30", "closingReason": "GOALS_REACHED"}


async def erased(
    anna: Person, consumer: Consumer, database: ServiceDatabase
) -> tuple[str, dict[str, Any]]:
    path, body = f"/v1/cases/by-external/lissa/{uuid4().hex}", case_body(**CLOSED)
    made = await anna.put(path, body, status=201)
    ids = [made["id"], *made["personIds"]]
    for table in ("external_id", "delivery"):
        assert await rows_of(database, table, ids) > 0
    await erase(anna, consumer, database, made["id"])
    for table in ("external_id", "delivery"):
        assert await rows_of(database, table, ids) == 0
    return path, body


async def rows_of(database: ServiceDatabase, table: str, ids: list[str]) -> int:
    sql = f"select count(*) from {table} where coalesce(person_id, case_id) = any($1::uuid[])"
    found: int = await as_owner(database, table, sql, ids)
    return found


async def test_erasure_takes_numbers_deliveries_and_provenance_and_no_delivery_brings_it_back(
    anna: Person,
    consumer: Consumer,
    cases_database: ServiceDatabase,
    database: Callable[[str], ServiceDatabase],
) -> None:
    path, body = await erased(anna, consumer, cases_database)
    await anna.get(path, status=404)
    before = await counts(database)
    assert (await anna.put(path, body, status=409))["code"] == "case-was-erased"
    assert await counts(database) == before
    # Under the same number another system, and a case said to be another one, are welcome.
    await anna.put(path.replace("/lissa/", "/other/"), body, status=201)
    again = await anna.put(path, body | {"isNewCase": True}, status=201)
    assert (await anna.put(path, body))["id"] == again["id"]


async def test_an_erased_case_in_a_file_is_refused_in_its_row(
    anna: Person,
    consumer: Consumer,
    cases_database: ServiceDatabase,
    documents_folder: Path,
) -> None:
    path, _ = await erased(anna, consumer, cases_database)
    job = await announce(anna, sourceSystem="lissa")
    key = path.rsplit("/", 1)[-1]
    await upload(anna, job, ndjson([line(key), line(uuid4().hex), line(key, isNewCase=True)]))
    await work(cases_database, documents_folder, batch_rows=10)
    first, second, third = await report(anna, job)
    assert (first["outcome"], first["errors"][0]["code"]) == ("refused", "case-was-erased")
    assert second["outcome"] == "created"
    assert third["errors"][0]["code"] == "import-key-twice"


async def test_old_files_and_reports_are_cleared_and_the_counts_stay(
    anna: Person, cases_database: ServiceDatabase, documents_folder: Path
) -> None:
    job = await announce(anna)
    await upload(anna, job, ndjson([line("k1"), line("k2")]))
    assert len(kept(documents_folder, job["id"])) == 1
    await work(cases_database, documents_folder)
    async with as_worker(cases_database) as opened:
        await remove_objects(opened, Objects(str(documents_folder)))
        assert kept(documents_folder, job["id"]) == []
        assert len(await report(anna, job)) == 2
        await run_imports(opened, replace(worker(documents_folder), report_days=0))
    cleared = await anna.get(f"/v1/imports/{job['id']}")
    assert (cleared["isReportKept"], cleared["rowsCreated"]) == (False, 2)
    assert await report(anna, job) == []


async def test_a_known_person_joins_the_family_of_a_known_case(anna: Person) -> None:
    sibling, number = PERSON | {"givenNames": "Taras"}, uuid4().hex
    known = await anna.put(f"/v1/persons/by-external/lissa/{number}", sibling, status=201)
    path, body = f"/v1/cases/by-external/lissa/{uuid4().hex}", case_body()
    made = await anna.put(path, body, status=201)
    body["members"].append({"role": "SIBLING", "externalId": number, "person": sibling})
    changed = await anna.put(path, body, version=made["version"])
    assert changed["personIds"] == [*made["personIds"], known["id"]]
    case = await anna.get(path)
    family = await anna.get(f"/v1/families/{case['familyId']}")
    assert [one["personId"] for one in family["members"]] == changed["personIds"]
    assert (await anna.put(path, body))["outcome"] == "unchanged"
    family = await anna.get(f"/v1/families/{case['familyId']}")
    assert len(family["members"]) == 3


async def test_a_refused_name_is_reported_with_its_field_and_column(
    anna: Person, cases_database: ServiceDatabase, documents_folder: Path
) -> None:
    header = ";".join(one["column"] for one in MAPPING["columns"])
    rows = [header, cells("a", given="R2D2"), cells("b", family="???"), cells("c", born="2999")]
    job = await announce(anna, **CSV, mapping=MAPPING)
    await upload(anna, job, "\r\n".join(rows).encode())
    await work(cases_database, documents_folder, batch_rows=10)
    faults = [one["errors"][0] for one in await report(anna, job)]
    assert [(one["code"], one["pointer"], one["column"]) for one in faults] == [
        ("name-unacceptable", "/members/0/person/givenNames", "Vorname"),
        ("name-unacceptable", "/members/0/person/familyName", "Nachname"),
        ("birth-date-unacceptable", "/members/0/person/birthDate", "Geburtsdatum"),
    ]
