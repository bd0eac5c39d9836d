"""Requests of data subjects: access, rectification, erasure, restriction, objection."""

from collections.abc import AsyncIterator
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from services.cases.api.access import CurrentPractice, RightsHandler, RightsReader
from services.cases.api.schemas.access_report import AccessReport
from services.cases.api.schemas.rights import (
    ErasurePreview,
    OwnNotes,
    RightsDecisionBody,
    RightsRequestBody,
    RightsRequestDetail,
    RightsRequestPage,
    RightsRequestView,
    RightsStep,
)
from services.cases.domain.rights import ExportNotReady
from services.cases.domain.rights_codes import RightsAction
from services.cases.operations.assemble_access import JSON_NAME, PDF_NAMES
from services.cases.operations.erasure_preview import preview_erasure
from services.cases.operations.hand_over_access import access_report, notes_of_mine, open_export
from services.cases.operations.keep_rights import (
    ActOnRequest,
    act_on_request,
    decide_part,
    record_request,
)
from services.cases.operations.rights_facts import with_steps
from services.cases.storage.queries.rights import REQUEST_LIST, REQUEST_VIEW
from shared.kernel.clock import berlin_date, now
from shared.objects.store import Objects
from shared.service.desk import JSON, CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1/rights-requests", tags=["rights of data subjects"])
UNSTORED = {"Cache-Control": "no-store"}
FILE = {
    "application/json": {"schema": {"type": "object", "additionalProperties": True}},
    "application/pdf": {"schema": {"type": "string", "format": "binary"}},
}


class ExportForm(StrEnum):
    """Machine-readable, or readable by people in one of two languages."""

    JSON = "json"
    GERMAN = "de.pdf"
    ENGLISH = "en.pdf"


NAMES = {
    ExportForm.JSON: JSON_NAME,
    ExportForm.GERMAN: PDF_NAMES["de"],
    ExportForm.ENGLISH: PDF_NAMES["en"],
}


async def current_exchange(request: Request) -> Objects:
    exchange: Objects = request.app.state.exchange
    return exchange


CurrentExchange = Annotated[Objects, Depends(current_exchange)]


@router.get(
    "",
    response_model=RightsRequestPage,
    summary="List requests of data subjects / Betroffenenanträge auflisten",
    openapi_extra={"parameters": REQUEST_LIST.parameters()},
)
async def list_rights_requests(_: RightsReader, reading: CurrentReading) -> Response:
    """The unit's own; for the data protection officer those of every unit of the tenant."""
    return await reading.page(REQUEST_LIST, today=berlin_date(now()))


@router.post(
    "",
    status_code=201,
    response_model=RightsRequestView,
    summary="Record a request / Betroffenenantrag erfassen",
)
async def post_request(
    _: RightsHandler, body: RightsRequestBody, writing: CurrentWriting
) -> Response:
    """The clock of Art. 12 (3) starts with the day of receipt: one month."""
    request = body.request()
    return await writing.run(lambda tx: record_request(tx, request), status=201)


@router.get(
    "/{request_id}",
    response_model=RightsRequestDetail,
    summary="Read a request / Betroffenenantrag lesen",
)
async def read_request(
    caller: RightsReader, practice: CurrentPractice, request_id: UUID, reading: CurrentReading
) -> Response:
    """With each step that its table has now, and what blocks it."""
    document = await reading.document(REQUEST_VIEW, request_id=request_id, today=berlin_date(now()))
    async with reading.database.transaction(caller) as tx:
        whole = await with_steps(tx, document, practice)
    return Response(whole.body, media_type=JSON, headers=UNSTORED | {"ETag": f'"{whole.version}"'})


@router.post(
    "/{request_id}/actions/{action}",
    response_model=RightsRequestView,
    summary="Take a step / Schritt ausführen",
)
async def post_request_step(
    _: RightsHandler,
    practice: CurrentPractice,
    request_id: UUID,
    action: RightsAction,
    writing: CurrentWriting,
    body: RightsStep | None = None,
) -> Response:
    """Confirm the identity, extend, grant, refuse, withdraw, complete; the guards of the right."""
    command = ActOnRequest(
        request_id=request_id,
        action=action,
        expected_version=writing.expected_version,
        said=(body or RightsStep()).model_dump(),
    )
    return await writing.run(lambda tx: act_on_request(tx, command, practice))


@router.put(
    "/{request_id}/decisions",
    response_model=RightsRequestView,
    summary="Decide about a part of the answer / Über einen Teil der Auskunft entscheiden",
)
async def put_decision(
    _: RightsHandler, request_id: UUID, body: RightsDecisionBody, writing: CurrentWriting
) -> Response:
    command = body.decision(request_id, writing.expected_version)
    return await writing.run(lambda tx: decide_part(tx, command))


@router.get(
    "/{request_id}/erasure-preview",
    response_model=ErasurePreview,
    summary="Dry run of an erasure / Probelauf einer Löschung",
)
async def read_erasure_preview(
    caller: RightsHandler, request_id: UUID, reading: CurrentReading
) -> Response:
    """What would go, in which service, and which reasons stand against it, with their law."""
    await reading.document(REQUEST_VIEW, request_id=request_id, today=berlin_date(now()))
    async with reading.database.transaction(caller) as tx:
        body = await preview_erasure(tx, request_id)
    return Response(body, media_type=JSON, headers=UNSTORED)


@router.get(
    "/{request_id}/own-notes",
    response_model=OwnNotes,
    summary="Notes that only I can hand over / Aufzeichnungen, die nur ich herausgeben kann",
)
async def read_own_notes(
    caller: RightsHandler, request_id: UUID, reading: CurrentReading
) -> Response:
    """Entrusted and confidential notes about the person that the caller may read; they are in no
    export, and nobody else learns here whether there are any (§ 65 SGB VIII).
    """
    await reading.document(REQUEST_VIEW, request_id=request_id, today=berlin_date(now()))
    async with reading.database.transaction(caller) as tx:
        items = await notes_of_mine(tx, request_id)
    return Response(orjson.dumps({"items": items}), media_type=JSON, headers=UNSTORED)


@router.get(
    "/{request_id}/accesses",
    response_model=AccessReport,
    summary="Who saw or received the data / Wer die Angaben gesehen oder erhalten hat",
)
async def read_accesses(
    caller: RightsHandler, exchange: CurrentExchange, request_id: UUID, reading: CurrentReading
) -> Response:
    """A report of its own to hand to the person: units and days in plain sentences, no content.

    There as soon and as long as the answer is (Art. 15 (1) c GDPR); logged each time.
    """
    document = await reading.document(REQUEST_VIEW, request_id=request_id, today=berlin_date(now()))
    async with reading.database.transaction(caller) as tx:
        key = await open_export(tx, request_id, JSON_NAME, form="accesses")
    content = b"".join([chunk async for chunk in await _chunks(exchange, key)])
    person_id = UUID(orjson.loads(document.body)["personId"])
    body = orjson.dumps(access_report(person_id, orjson.loads(content)))
    return Response(body, media_type=JSON, headers=UNSTORED)


@router.get(
    "/{request_id}/export/{form}",
    response_class=Response,
    responses={200: {"content": FILE}, 409: {"description": "Not assembled, or removed again"}},
    summary="Fetch the answer / Auskunft abrufen",
)
async def read_export(
    caller: RightsHandler,
    exchange: CurrentExchange,
    request_id: UUID,
    form: ExportForm,
    reading: CurrentReading,
) -> Response:
    """As JSON or as a document; for who handles the unit's requests, logged each time."""
    await reading.document(REQUEST_VIEW, request_id=request_id, today=berlin_date(now()))
    async with reading.database.transaction(caller) as tx:
        key = await open_export(tx, request_id, NAMES[form], form=NAMES[form])
    return StreamingResponse(
        await _chunks(exchange, key),
        media_type=JSON if form is ExportForm.JSON else "application/pdf",
        headers={
            "Content-Disposition": f"attachment; filename=auskunft-{request_id}.{form.value}",
            "Cache-Control": "no-store",
        },
    )


async def _chunks(exchange: Objects, key: str) -> AsyncIterator[bytes]:
    try:
        return await exchange.read(key)
    except FileNotFoundError as missing:
        raise ExportNotReady from missing
