"""What the tests of imports do: announce, upload, let the worker run, read the report."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson

from services.cases.api.import_lines import read_fields, read_line
from services.cases.operations.read_import_file import RowReaders
from services.cases.operations.run_imports import ImportRun, run_imports
from shared.database.connection import Database
from shared.objects.store import Objects
from tests.apis import bearer
from tests.engines import ServiceDatabase
from tests.keys import open_with_keys
from tests.services.cases.conftest import Person

MAPPING: dict[str, Any] = {
    "columns": [
        {"column": "Aktenzeichen", "field": "key"},
        {
            "column": "Status",
            "field": "state",
            "values": [{"from": "offen", "to": "INTAKE"}, {"from": "laufend", "to": "MONITORING"}],
        },
        {"column": "Aufnahmedatum", "field": "openedOn"},
        {"column": "Nachname", "field": "client.familyName"},
        {"column": "Vorname", "field": "client.givenNames"},
        {"column": "Geburtsdatum", "field": "client.birthDate"},
        {"column": "Sprachen", "field": "client.languages", "separator": ","},
        {"column": "Telefon", "field": "contact"},
    ],
    "constants": [{"field": "municipalityAgs", "value": "05570044"}],
}
HEADER = "Aktenzeichen;Status;Aufnahmedatum;Nachname;Vorname;Geburtsdatum;Sprachen;Telefon"
CSV = {"format": "CSV", "encoding": "utf-8", "locale": "de-DE", "delimiter": ";"}


def cells(key: str, **changes: str) -> str:
    row = {
        "status": "offen",
        "opened": "01.02.2023",
        "family": "Şahin",
        "given": "Yıldız",
        "born": "17.05.1990",
        "languages": "tr, de",
        "phone": "+49 2581 530",
    } | changes
    return ";".join((key, *row.values()))


def line(key: str, **changes: Any) -> dict[str, Any]:
    person = {"familyName": "Mustermann", "givenNames": "Kim", "birthDate": "1988"}
    return {
        "key": key,
        "state": "MONITORING",
        "openedOn": "2023-05-03",
        "members": [{"role": "CLIENT", "person": person}],
    } | changes


def ndjson(lines: list[dict[str, Any]]) -> bytes:
    return b"\n".join(orjson.dumps(one) for one in lines)


def system() -> str:
    """Every test is a system of its own: numbers of one mean nothing in another."""
    return f"test-{uuid4().hex[:12]}"


async def announce(person: Person, **options: Any) -> dict[str, Any]:
    body = {"format": "NDJSON", "encoding": "utf-8", "locale": "ISO", "sourceSystem": system()}
    announced: dict[str, Any] = await person.post("/v1/imports", body | options)
    return announced


async def upload(person: Person, job: dict[str, Any], content: bytes) -> dict[str, Any]:
    answer = await person.client.put(
        f"/v1/imports/{job['id']}/content",
        content=content,
        headers=bearer(person.token) | {"Content-Type": "application/octet-stream"},
    )
    assert answer.status_code == 200, answer.text
    received: dict[str, Any] = answer.json()
    return received


def worker(folder: Path, *, batch_rows: int = 3) -> ImportRun:
    return ImportRun(
        objects=Objects(str(folder)),
        readers=RowReaders(line=read_line, fields=read_fields),
        batch_rows=batch_rows,
        report_days=90,
    )


@asynccontextmanager
async def as_worker(database: ServiceDatabase) -> AsyncIterator[Database]:
    opened = await open_with_keys(
        database.app_dsn,
        application="test-worker",
        connections_max=4,
    )
    yield opened
    await opened.close()


async def work(database: ServiceDatabase, folder: Path, **how: int) -> None:
    async with as_worker(database) as opened:
        await run_imports(opened, worker(folder, **how))


async def report(person: Person, job: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await person.client.get(
        f"/v1/imports/{job['id']}/report", headers=bearer(person.token)
    )
    assert answer.status_code == 200, answer.text
    return [orjson.loads(one) for one in _lines(answer.content)]


def _lines(content: bytes) -> Iterator[bytes]:
    return (one for one in content.split(b"\n") if one)


def counts(job: dict[str, Any]) -> dict[str, int]:
    names = ("rowsRead", "rowsCreated", "rowsChanged", "rowsUnchanged", "rowsRefused")
    return {name: job[name] for name in names if job[name]}
