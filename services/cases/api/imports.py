"""Imports: small ones in one request; any size as a record with a file, progress and report."""

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from services.cases.api.access import CaseImporter, CurrentDelivery
from services.cases.api.documents import BYTES, CurrentArchive
from services.cases.api.import_lines import line_schema, read_lines
from services.cases.api.schemas.fields import MappingName
from services.cases.api.schemas.imports import (
    ImportBody,
    ImportPage,
    ImportReport,
    ImportView,
    MappingBody,
    MappingPage,
    MappingView,
    ReportLine,
)
from services.cases.domain.external_ids import IMPORT_SYSTEM
from services.cases.domain.imports import FILE_FAULTS, IMPORT_LIFECYCLE, ImportState
from services.cases.operations.import_cases import import_cases
from services.cases.operations.keep_imports import (
    NewImport,
    announce_import,
    cancel_import,
    receive_content,
)
from services.cases.operations.keep_mappings import keep_mapping
from services.cases.operations.record_delivery import Source
from services.cases.storage.queries.imports import (
    IMPORT_LIST,
    IMPORT_VIEW,
    LINES_BEHIND,
    MAPPING_LIST,
    MAPPING_VIEW,
)
from shared.database.views import Document
from shared.kernel.register_numbers import require_no_register
from shared.service.desk import CurrentReading, CurrentWriting, Reading
from shared.service.rehearsals import OWN_REPORT
from shared.web.external_ids import SystemName
from shared.web.purposes import reason_stated

router = APIRouter(prefix="/v1", tags=["imports"])

IMPORT_PATH = "/v1/imports/cases"
CONTENT_PATH = "/v1/imports/{import_id}/content"
NDJSON = "application/x-ndjson"
REPORT_LINES_AT_ONCE = 1000


class ReportAnswer(JSONResponse):
    """For the contract: what is answered is a stream of such lines."""

    media_type = NDJSON


@router.post(
    "/imports/cases",
    response_model=ImportReport,
    summary="Import a small file of cases / Kleine Datei mit Fällen übernehmen",
    openapi_extra={
        "requestBody": {
            "required": True,
            "description": "One case per line. / Ein Fall je Zeile.",
            "content": {NDJSON: {"schema": line_schema()}},
        }
    }
    | OWN_REPORT,
)
async def post_import(
    delivery: CurrentDelivery,
    request: Request,
    *,
    source_system: Annotated[SystemName, Query(alias="sourceSystem")] = IMPORT_SYSTEM,
) -> Response:
    """Up to 10 MB in one request and one transaction; each line is stored or refused by itself,
    and the report says which and why. Larger files: `POST /v1/imports`.
    """
    require_no_register(source_system)
    rows, source = read_lines(await request.body()), Source(system=source_system)
    is_dry_run = delivery.is_dry_run
    return await delivery.report(lambda tx: import_cases(tx, source, rows, is_dry_run=is_dry_run))


@router.post(
    "/imports",
    status_code=201,
    response_model=ImportView,
    summary="Announce an import / Übernahme anlegen",
)
async def post_announcement(_: CaseImporter, body: ImportBody, writing: CurrentWriting) -> Response:
    new = NewImport(
        source_system=body.source_system,
        format=body.format,
        encoding=body.encoding,
        locale=body.locale,
        delimiter=body.delimiter,
        mapping_name=body.mapping_name,
        mapping=body.mapping.mapping() if body.mapping else None,
        is_dry_run=body.dry_run,
    )
    return await writing.run(lambda tx: announce_import(tx, new), status=201)


@router.get(
    "/imports",
    response_model=ImportPage,
    summary="List imports / Übernahmen auflisten",
    openapi_extra={"parameters": IMPORT_LIST.parameters()},
)
async def list_imports(_: CaseImporter, reading: CurrentReading) -> Response:
    return await reading.page(IMPORT_LIST)


@router.get(
    "/imports/{import_id}", response_model=ImportView, summary="Read an import / Übernahme lesen"
)
async def read_import(import_id: UUID, _: CaseImporter, reading: CurrentReading) -> Response:
    """State, progress by row, and what made the file unusable."""
    document = await reading.document(IMPORT_VIEW, import_id=import_id)
    return reading.respond(_with_words(document))


@router.put(
    "/imports/{import_id}/content",
    response_model=ImportView,
    summary="Upload the file / Datei hochladen",
    dependencies=[Depends(reason_stated)],
    openapi_extra={"requestBody": {"required": True, "content": BYTES}},
)
async def put_content(
    caller: CaseImporter,
    import_id: UUID,
    request: Request,
    archive: CurrentArchive,
    reading: CurrentReading,
) -> Response:
    """Raw bytes, once, up to `CASES_IMPORT_BYTES_MAX`; then it waits for the worker. The same
    bytes again change nothing.
    """
    received = await receive_content(
        reading.database, caller, archive.objects, import_id, request.stream()
    )
    return reading.respond(received)


@router.get(
    "/imports/{import_id}/report",
    response_class=ReportAnswer,
    response_model=ReportLine,
    summary="Report row by row / Bericht Zeile für Zeile",
)
async def read_report(import_id: UUID, _: CaseImporter, reading: CurrentReading) -> Response:
    """NDJSON in the order of the file, also while the import runs; empty once it was cleared."""
    await reading.document(IMPORT_VIEW, import_id=import_id)
    headers = {"Cache-Control": "no-store"}
    return StreamingResponse(_lines(reading, import_id), media_type=NDJSON, headers=headers)


@router.post(
    "/imports/{import_id}/actions/cancel",
    response_model=ImportView,
    summary="Cancel an import / Übernahme abbrechen",
)
async def post_cancellation(_: CaseImporter, import_id: UUID, writing: CurrentWriting) -> Response:
    """Rows taken over stay. No version is asked for: a running import moves on all the time."""
    return await writing.run(lambda tx: cancel_import(tx, import_id))


@router.get(
    "/import-mappings",
    response_model=MappingPage,
    summary="List mappings / Zuordnungen auflisten",
    openapi_extra={"parameters": MAPPING_LIST.parameters()},
)
async def list_mappings(_: CaseImporter, reading: CurrentReading) -> Response:
    return await reading.page(MAPPING_LIST)


@router.get(
    "/import-mappings/{name}",
    response_model=MappingView,
    summary="Read a mapping / Zuordnung lesen",
)
async def read_mapping(name: MappingName, _: CaseImporter, reading: CurrentReading) -> Response:
    return await reading.answer(MAPPING_VIEW, mapping_name=name)


@router.put(
    "/import-mappings/{name}",
    response_model=MappingView,
    responses={201: {"model": MappingView, "description": "Made / Angelegt"}},
    summary="Keep a mapping / Zuordnung führen",
)
async def put_mapping(
    _: CaseImporter, name: MappingName, body: MappingBody, writing: CurrentWriting
) -> Response:
    """201 for a new one; the next version of a known one needs `If-Match`."""
    mapping, version = body.mapping(), writing.expected_version
    return await writing.run(lambda tx: keep_mapping(tx, name, mapping, version))


def _with_words(document: Document) -> Document:
    """The failure in words, and what can be done now."""
    body = orjson.loads(document.body)
    fault = FILE_FAULTS.get(body["failure"])
    body["failureMessage"] = {"de": fault.de, "en": fault.en} if fault else None
    body["availableTransitions"] = [
        action for action in IMPORT_LIFECYCLE.allowed(ImportState(body["state"]))
        if action == "cancel"
    ]  # fmt: skip
    return Document(orjson.dumps(body), document.version)


async def _lines(reading: Reading, import_id: UUID) -> AsyncIterator[bytes]:
    """A page at a time, each in a short transaction: a slow reader holds nothing."""
    line = 0
    while True:
        async with reading.database.transaction(reading.caller) as tx:
            rows = await tx.rows(
                LINES_BEHIND,
                tenant_id=reading.caller.tenant_id,
                import_id=import_id,
                line=line,
                lines_max=REPORT_LINES_AT_ONCE,
            )
        if not rows:
            return
        line = rows[-1]["line"]
        yield b"".join(
            orjson.dumps(
                {
                    "line": row["line"],
                    "outcome": row["outcome"],
                    "caseId": row["case_id"] and str(row["case_id"]),
                    "personIds": [str(one) for one in row["person_ids"]],
                    "errors": row["faults_json"],
                }
            )
            + b"\n"
            for row in rows
        )
