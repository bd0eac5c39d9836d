"""Documents of a case with their content, related cases, approvals, assessments over time."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from services.cases.api.access import CaseReader, CaseWriter
from services.cases.api.schemas.types import (
    AssessmentPage,
    DocumentBody,
    DocumentPage,
    DocumentView,
    PlanApprovalView,
    RelatedCaseBody,
    RelatedCasePage,
    RelatedCaseView,
)
from services.cases.domain.documents import DocumentHasNoContent, DocumentNotReleased
from services.cases.operations.approve_plan import approve_plan
from services.cases.operations.keep_documents import (
    announce_document,
    note_content_lost,
    store_content,
)
from services.cases.operations.relate_cases import relate_cases
from services.cases.storage.queries.cases import CASE_EXISTS
from services.cases.storage.queries.documents import (
    APPROVAL_VIEW,
    ASSESSMENTS_OF_CASE,
    DOCUMENT_CONTENT,
    DOCUMENT_VIEW,
    DOCUMENTS_OF_CASE,
    RELATED_OF_CASE,
)
from shared.objects.downloads import attached
from shared.objects.errors import ContentLost
from shared.objects.intake import Archive
from shared.objects.media_types import READABLE
from shared.service.desk import CurrentReading, CurrentWriting
from shared.web.purposes import reason_stated

router = APIRouter(prefix="/v1")

CONTENT_PATH = "/v1/documents/{document_id}/content"
BYTES = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}


async def current_archive(request: Request) -> Archive:
    archive: Archive = request.app.state.archive
    return archive


CurrentArchive = Annotated[Archive, Depends(current_archive)]


@router.get(
    "/cases/{case_id}/documents",
    response_model=DocumentPage,
    tags=["documents"],
    summary="List documents / Dokumente auflisten",
    openapi_extra={"parameters": DOCUMENTS_OF_CASE.parameters()},
)
async def list_documents(case_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    await reading.document(CASE_EXISTS, case_id=case_id)
    return await reading.page(DOCUMENTS_OF_CASE, case_id=case_id)


@router.post(
    "/cases/{case_id}/documents",
    status_code=201,
    response_model=DocumentView,
    tags=["documents"],
    summary="Announce a document / Dokument anlegen",
)
async def post_document(
    _: CaseWriter, case_id: UUID, body: DocumentBody, writing: CurrentWriting
) -> Response:
    return await writing.run(
        lambda tx: announce_document(tx, case_id, body.title, body.kind), status=201
    )


@router.get(
    "/documents/{document_id}",
    response_model=DocumentView,
    tags=["documents"],
    summary="Read the particulars of a document / Angaben zu einem Dokument lesen",
)
async def read_document(document_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    return await reading.answer(DOCUMENT_VIEW, document_id=document_id)


@router.put(
    "/documents/{document_id}/content",
    response_model=DocumentView,
    tags=["documents"],
    summary="Upload the content / Inhalt hochladen",
    dependencies=[Depends(reason_stated)],
    openapi_extra={"requestBody": {"required": True, "content": BYTES}},
)
async def put_content(
    caller: CaseWriter,
    document_id: UUID,
    request: Request,
    archive: CurrentArchive,
    reading: CurrentReading,
) -> Response:
    """Raw bytes, once; the same bytes again change nothing. What they are is seen by content."""
    stored = await store_content(reading.database, caller, archive, document_id, request.stream())
    body = await reading.database.opened(caller, stored.body)
    return reading.respond(replace(stored, body=body))


@router.get(
    "/documents/{document_id}/content",
    response_class=Response,
    responses={200: {"content": BYTES}, 409: {"description": "Not released for download"}},
    tags=["documents"],
    summary="Download the content / Inhalt herunterladen",
)
async def read_content(
    document_id: UUID, caller: CaseReader, archive: CurrentArchive, reading: CurrentReading
) -> Response:
    """Always as an attachment; 409 while it is not scanned or when malware was found, 404
    `content-lost` when the store has lost it.
    """
    found = (await reading.document(DOCUMENT_CONTENT, document_id=document_id)).facts
    if found["object_key"] is None:
        raise DocumentHasNoContent
    if found["scan_state"] not in READABLE:
        raise DocumentNotReleased(scanState=found["scan_state"])
    try:
        chunks = await archive.objects.read(found["object_key"])
    except FileNotFoundError as missing:
        await note_content_lost(reading.database, caller, document_id)
        raise ContentLost from missing
    title = await reading.database.text(reading.caller, found["title"])
    return StreamingResponse(
        chunks,
        media_type=found["media_type"],
        headers={
            **attached(title, found["media_type"]),
            "Content-Length": str(found["size_bytes"]),
        },
    )


@router.get(
    "/cases/{case_id}/related-cases",
    response_model=RelatedCasePage,
    tags=["related cases"],
    summary="List related cases / Verbundene Fälle auflisten",
    openapi_extra={"parameters": RELATED_OF_CASE.parameters()},
)
async def list_related(case_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    """Seen from either side; `relation` says what `relatedCaseId` is to `caseId`."""
    await reading.document(CASE_EXISTS, case_id=case_id)
    return await reading.page(RELATED_OF_CASE, case_id=case_id)


@router.post(
    "/cases/{case_id}/related-cases",
    status_code=201,
    response_model=RelatedCaseView,
    tags=["related cases"],
    summary="Relate a case / Fall verbinden",
)
async def post_related(
    _: CaseWriter, case_id: UUID, body: RelatedCaseBody, writing: CurrentWriting
) -> Response:
    return await writing.run(
        lambda tx: relate_cases(tx, case_id, body.related_case_id, body.relation), status=201
    )


@router.get(
    "/plan-versions/{plan_id}/approval",
    response_model=PlanApprovalView,
    tags=["plans"],
    summary="Read the approval of a plan / Freigabe eines Hilfeplans lesen",
)
async def read_approval(plan_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    return await reading.answer(APPROVAL_VIEW, plan_id=plan_id)


@router.post(
    "/plan-versions/{plan_id}/actions/approve",
    response_model=PlanApprovalView,
    tags=["plans"],
    summary="Approve an agreed plan / Vereinbarten Hilfeplan freigeben",
)
async def post_approval(_: CaseWriter, plan_id: UUID, writing: CurrentWriting) -> Response:
    """By a second case manager: whoever wrote the version cannot approve it."""
    version = writing.expected_version
    return await writing.run(lambda tx: approve_plan(tx, plan_id, version))


@router.get(
    "/cases/{case_id}/assessment-entries",
    response_model=AssessmentPage,
    tags=["case files"],
    summary="Assessments over time / Einschätzungen im Verlauf",
    openapi_extra={"parameters": ASSESSMENTS_OF_CASE.parameters()},
)
async def list_assessments(case_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    """Every entry stays; the latest of each field of action is the current one."""
    await reading.document(CASE_EXISTS, case_id=case_id)
    return await reading.page(ASSESSMENTS_OF_CASE, case_id=case_id)
