"""Figures and extracts, the import, the audit log, the code lists."""

from datetime import date
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from pydantic import ValidationError
from starlette.responses import Response

from services.cases.api.access import (
    CaseImporter,
    CurrentPractice,
    ExtractReader,
    FigureReader,
)
from services.cases.api.schemas.reports import (
    CaseExtracts,
    CaseImportLine,
    CaseStatistics,
    CodeListNames,
    CodeListView,
    ImportReport,
)
from services.cases.domain import codes, finding_codes, nationalities, residence
from services.cases.domain.code_lists import CodeList
from services.cases.operations.count_families import anonymised_extracts, count_families
from services.cases.operations.import_cases import import_cases
from services.cases.operations.import_rows import ImportRow, RefusedRow
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import FieldFault, NotFound
from shared.kernel.text import Text
from shared.service.desk import JSON, CurrentReading, CurrentWriting
from shared.web.access import CurrentCaller
from shared.web.fields import LegalDate

router = APIRouter(prefix="/v1")

IMPORT_PATH = "/v1/imports/cases"
CODE_LISTS = {
    value.name: value
    for module in (codes, finding_codes, nationalities, residence)
    for value in vars(module).values()
    if isinstance(value, CodeList)
}
UNREADABLE = Text(
    de="Die Zeile ist nicht lesbar oder ein Feld hat nicht die verlangte Form.",
    en="The line cannot be read, or a field does not have the required form.",
)


def line_schema() -> dict[str, Any]:
    """The published schema of one line; what it refers to stands among the other components."""
    schema = CaseImportLine.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs")
    return schema


@router.get(
    "/reports/case-statistics",
    response_model=CaseStatistics,
    tags=["reports"],
    summary="Families in counselling on a day / Familien in Beratung an einem Stichtag",
)
async def read_statistics(
    caller: FigureReader,
    practice: CurrentPractice,
    reading: CurrentReading,
    as_of: Annotated[LegalDate | None, Query(alias="asOf")] = None,
) -> Response:
    """Counted over the whole tenant; small cells are null. Without `asOf`: today."""
    day: date = as_of or berlin_date(now())
    async with reading.database.transaction(caller) as tx:
        figures = await count_families(tx, day, small_cell_min=practice.small_cell_min)
    return Response(orjson.dumps(figures), media_type=JSON)


@router.get(
    "/reports/case-extracts",
    response_model=CaseExtracts,
    tags=["reports"],
    summary="Anonymised extracts / Anonymisierte Fallauszüge",
)
async def read_extracts(caller: ExtractReader, reading: CurrentReading) -> Response:
    async with reading.database.transaction(caller) as tx:
        extracts = await anonymised_extracts(tx)
    return Response(orjson.dumps({"items": extracts}), media_type=JSON)


@router.post(
    "/imports/cases",
    response_model=ImportReport,
    tags=["imports"],
    summary="Import cases / Fälle übernehmen",
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "One case per line. / Ein Fall je Zeile.",
            "content": {"application/x-ndjson": {"schema": line_schema()}},
        }
    },
)
async def post_import(
    _: CaseImporter,
    request: Request,
    writing: CurrentWriting,
    *,
    dry_run: Annotated[bool, Query(alias="dryRun")] = False,
) -> Response:
    """Each line is stored or refused by itself; the report says which and why."""
    rows = read_lines(await request.body())
    return await writing.run(lambda tx: import_cases(tx, rows, is_dry_run=dry_run))


@router.get(
    "/code-lists",
    response_model=CodeListNames,
    tags=["code lists"],
    summary="Code lists / Codelisten",
)
async def list_code_lists(_: CurrentCaller) -> Response:
    """Each also in full, in the same order."""
    names = sorted(CODE_LISTS)
    whole = [_published(CODE_LISTS[name]) for name in names]
    return Response(orjson.dumps({"items": names, "lists": whole}), media_type=JSON)


@router.get(
    "/code-lists/{name}",
    response_model=CodeListView,
    tags=["code lists"],
    summary="Read a code list / Codeliste lesen",
)
async def read_code_list(name: str, _: CurrentCaller) -> Response:
    if (found := CODE_LISTS.get(name)) is None:
        raise NotFound
    return Response(orjson.dumps(_published(found)), media_type=JSON)


def read_lines(body: bytes) -> list[ImportRow | RefusedRow]:
    """Every line that is not empty, read or refused; lines count from 1."""
    return [
        _read_line(number, line)
        for number, line in enumerate(body.split(b"\n"), start=1)
        if line.strip()
    ]


def _read_line(number: int, line: bytes) -> ImportRow | RefusedRow:
    try:
        return CaseImportLine.model_validate_json(line).row(number)
    except ValidationError as broken:
        faults = tuple(
            FieldFault(
                "".join(f"/{part}" for part in error["loc"] if str(part).isalnum()),
                error["type"].replace("_", "-"),
                UNREADABLE,
            )
            for error in broken.errors(include_input=False, include_url=False)[:20]
        )
        return RefusedRow(line=number, key=None, faults=faults)


def _published(found: CodeList) -> dict[str, Any]:
    return {
        "name": found.name,
        "version": found.version,
        "urn": found.urn,
        "title": _both(found.title),
        "codes": [
            {
                "code": code.code,
                "iso": code.iso,
                "label": _both(code.label),
                "norms": list(code.norms),
                "validFrom": code.valid_from and code.valid_from.isoformat(),
                "validTo": code.valid_to and code.valid_to.isoformat(),
            }
            for code in found.codes
        ],
    }


def _both(text: Text) -> dict[str, str]:
    return {"de": text.de, "en": text.en}
