"""CSV as offices write it: mapped, never guessed, each broken row reported by itself."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.engines import ServiceDatabase
from tests.services.cases.conftest import Person
from tests.services.cases.importing import (
    CSV,
    HEADER,
    MAPPING,
    announce,
    cells,
    counts,
    report,
    upload,
    work,
)


@pytest.fixture
def taken(
    anna: Person, cases_database: ServiceDatabase, documents_folder: Path
) -> Callable[..., Any]:
    """Import a file; the import afterwards and its report."""

    async def take(content: bytes, **options: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        mapping = {} if "mappingName" in options else {"mapping": MAPPING}
        job = await announce(anna, **{**CSV, **mapping, **options})
        await upload(anna, job, content)
        await work(cases_database, documents_folder)
        return await anna.get(f"/v1/imports/{job['id']}"), await report(anna, job)

    return take


def file(*rows: str, header: str = HEADER, end: str = "\r\n") -> str:
    return end.join((header, *rows)) + end


async def test_german_dates_are_read_and_american_ones_refused_with_their_column(
    anna: Person, taken: Callable[..., Any]
) -> None:
    job, lines = await taken(
        file(
            cells("a", opened="31.12.2022"),
            cells("b", opened="12/31/2022"),
            cells("c", opened="2022-12-31"),
            cells("d", opened="31.02.2022"),
            cells("e", born="00.00.1990"),
            cells("f", born="05.1990"),
            cells("g", status="zu"),
        ).encode()
    )
    assert counts(job) == {"rowsRead": 7, "rowsCreated": 3, "rowsRefused": 4}
    refused = {
        one["line"]: (one["errors"][0]["code"], one["errors"][0]["column"])
        for one in lines
        if one["errors"]
    }
    date_refused = ("date-unreadable", "Aufnahmedatum")
    assert refused == {
        3: date_refused,
        4: date_refused,
        5: date_refused,
        8: ("value-unmapped", "Status"),
    }
    case = await anna.get(f"/v1/cases/{lines[0]['caseId']}")
    assert (case["openedOn"], case["state"]) == ("2022-12-31", "INTAKE")
    assert case["municipalityAgs"] == "05570044"
    born = [
        (await anna.get(f"/v1/persons/{one['personIds'][0]}"))["birthDate"]
        for one in lines
        if one["personIds"]
    ]
    assert born == ["1990-05-17", "1990", "1990-05"]
    person = await anna.get(f"/v1/persons/{lines[0]['personIds'][0]}")
    assert (person["familyName"], person["languages"]) == ("Şahin", ["tr", "de"])


async def test_windows_1252_and_marks_are_taken_as_stated(
    anna: Person, taken: Callable[..., Any]
) -> None:
    umlauts = file(cells("a", family="Müßig", given="René", phone="=1+1"))
    job, lines = await taken(umlauts.encode("cp1252"), encoding="windows-1252")
    assert counts(job) == {"rowsRead": 1, "rowsCreated": 1}
    person = await anna.get(f"/v1/persons/{lines[0]['personIds'][0]}")
    assert (person["familyName"], person["givenNames"]) == ("Müßig", "René")
    assert (await anna.get(f"/v1/cases/{lines[0]['caseId']}"))["contact"] == "=1+1"
    marked, _ = await taken(umlauts.encode("utf-8-sig"))
    assert counts(marked) == {"rowsRead": 1, "rowsCreated": 1}
    wrong, lines = await taken(umlauts.encode("utf-8-sig"), encoding="windows-1252")
    assert (wrong["state"], wrong["failure"]) == ("FAILED", "encoding-contradicts-bom")
    assert set(wrong["failureMessage"]) == {"de", "en"}
    misread, lines = await taken(umlauts.encode("cp1252"))
    assert counts(misread) == {"rowsRead": 1, "rowsRefused": 1}
    assert lines[0]["errors"][0]["code"] == "character-unreadable"


async def test_broken_rows_are_reported_and_the_others_taken(taken: Callable[..., Any]) -> None:
    job, lines = await taken(
        file(
            cells("a"),
            "b;offen",
            cells("c") + ";zu viel",
            cells("d", family="M\x00ller"),
            cells("e", family="=HYPERLINK(1)"),
            "",
            cells("f", family='"Doppel"'),
            cells("g", family='"Dop"pel'),
            cells("h", phone='"zwei\r\nZeilen"'),
            cells("i"),
        ).encode()
    )
    assert counts(job) == {"rowsRead": 9, "rowsCreated": 3, "rowsRefused": 6}
    codes = {one["line"]: one["errors"][0]["code"] for one in lines if one["errors"]}
    assert codes == {
        3: "csv-row-ragged",
        4: "csv-row-ragged",
        5: "value-error",
        6: "name-unacceptable",
        9: "csv-quote-misplaced",
        10: "value-error",
    }
    assert [one["line"] for one in lines if not one["errors"]] == [2, 8, 12]


@pytest.mark.parametrize(
    ("content", "failure", "column"),
    [
        ("", "header-missing", None),
        (HEADER.replace("Nachname", "Name") + "\n", "column-missing", "Nachname"),
        (HEADER + ";Status\n", "column-twice", "Status"),
        (file(cells("a"), cells("b", family='"offen'), cells("c")), "quotes-broken", None),
    ],
)
async def test_a_file_that_cannot_be_used_fails_with_its_reason(
    taken: Callable[..., Any], content: str, failure: str, column: str | None
) -> None:
    job, lines = await taken(content.encode())
    assert (job["state"], job["failure"], job["failureColumn"]) == ("FAILED", failure, column)
    # What stands before a broken quotation is taken over and stays.
    assert len(lines) == (1 if failure == "quotes-broken" else 0)


async def test_a_mapping_has_versions_and_an_import_keeps_its_own(
    anna: Person, taken: Callable[..., Any]
) -> None:
    path = f"/v1/import-mappings/{uuid4().hex}"
    name = path.rsplit("/", 1)[-1]
    made = await anna.put(path, MAPPING, status=201)
    assert (made["version"], made["constants"]) == (1, {"municipalityAgs": "05570044"})
    other = MAPPING | {"constants": [{"field": "municipalityAgs", "value": "05570004"}]}
    assert (await anna.put(path, other, status=428))["code"] == "version-missing"
    job = await announce(anna, **CSV, mappingName=name)
    changed = await anna.put(path, other, version=1)
    assert changed["version"] == 2
    assert (await anna.put(path, other, version=1, status=412))["code"] == "stale-version"
    assert (await anna.get(f"/v1/imports/{job['id']}"))["mappingVersion"] == 1
    later, lines = await taken(file(cells("a")).encode(), mappingName=name)
    assert later["mappingVersion"] == 2
    case = await anna.get(f"/v1/cases/{lines[0]['caseId']}")
    assert case["municipalityAgs"] == "05570004"
    assert (await anna.get("/v1/import-mappings"))["items"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"column": "X", "field": "client.azrNumber"}, "mapping-unfit"),
        ({"column": "X", "field": "key"}, "mapping-unfit"),
        ({"column": "Status", "field": "pseudonym"}, "mapping-unfit"),
        ({"column": "X", "field": "pseudonym", "separator": ","}, "mapping-unfit"),
        ({"column": "AZR-Nummer", "field": "client.externalId"}, "register-number-refused"),
        ({"column": "BG", "field": "client.externalId"}, "register-number-refused"),
        ({"column": "Kunden-Nr.", "field": "client.externalId"}, "register-number-refused"),
    ],
)
async def test_an_unfit_mapping_is_refused(anna: Person, change: dict[str, Any], code: str) -> None:
    body = MAPPING | {"columns": [*MAPPING["columns"], change]}
    path = f"/v1/import-mappings/{uuid4().hex}"
    assert (await anna.put(path, body, status=422))["code"] == code
    await anna.get(path, status=404)
