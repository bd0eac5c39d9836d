"""Structural findings: what several cases say about deficient structures."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import (
    CaseReader,
    CurrentPractice,
    FindingReader,
    FindingRecorder,
    FindingWorker,
)
from services.cases.api.schemas.findings import (
    ExtractBody,
    FindingPage,
    FindingStepBody,
    FindingView,
    NewFindingBody,
    OriginPage,
    ParticularsBody,
    StepBody,
    WrittenFinding,
)
from services.cases.domain.findings import FindingAction
from services.cases.operations.act_on_finding import ActOnFinding, act_on_finding
from services.cases.operations.record_finding import (
    StepDone,
    add_extract,
    describe_finding,
    record_finding,
    record_step,
)
from services.cases.storage.queries.cases import CASE_EXISTS
from services.cases.storage.queries.findings import (
    FINDING_LIST,
    FINDING_VIEW,
    ORIGINS_OF_CASE,
)
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1", tags=["structural findings"])


@router.get(
    "/structural-findings",
    response_model=FindingPage,
    summary="List structural findings / Fallanalysen auflisten",
    openapi_extra={"parameters": FINDING_LIST.parameters()},
)
async def list_findings(_: FindingReader, reading: CurrentReading) -> Response:
    """Of the whole tenant; they name no case and no person."""
    return await reading.page(FINDING_LIST)


@router.post(
    "/structural-findings",
    status_code=201,
    response_model=WrittenFinding,
    summary="Record a structural finding / Fallanalyse anlegen",
)
async def post_finding(
    _: FindingRecorder,
    practice: CurrentPractice,
    body: NewFindingBody,
    writing: CurrentWriting,
) -> Response:
    finding, k = body.finding(), practice.small_cell_min
    return await writing.run(lambda tx: record_finding(tx, finding, k=k), status=201)


@router.get(
    "/structural-findings/{finding_id}",
    response_model=FindingView,
    summary="Read a structural finding / Fallanalyse lesen",
)
async def read_finding(finding_id: UUID, _: FindingReader, reading: CurrentReading) -> Response:
    return await reading.answer(FINDING_VIEW, finding_id=finding_id)


@router.put(
    "/structural-findings/{finding_id}",
    response_model=WrittenFinding,
    summary="Describe a structural finding / Fallanalyse beschreiben",
)
async def put_finding(
    _: FindingWorker, finding_id: UUID, body: ParticularsBody, writing: CurrentWriting
) -> Response:
    particulars, version = body.particulars(), writing.expected_version
    return await writing.run(lambda tx: describe_finding(tx, finding_id, version, particulars))


@router.post(
    "/structural-findings/{finding_id}/extracts",
    status_code=201,
    response_model=WrittenFinding,
    summary="Add an anonymised extract / Anonymisierten Fallauszug ergänzen",
)
async def post_extract(
    _: FindingRecorder,
    practice: CurrentPractice,
    finding_id: UUID,
    body: ExtractBody,
    writing: CurrentWriting,
) -> Response:
    extract, k = body.extract(), practice.small_cell_min
    return await writing.run(lambda tx: add_extract(tx, finding_id, extract, k=k), status=201)


@router.post(
    "/structural-findings/{finding_id}/steps",
    status_code=201,
    response_model=WrittenFinding,
    summary="Record a step of the method / Schritt der Fallanalyse festhalten",
)
async def post_step(
    _: FindingWorker, finding_id: UUID, body: StepBody, writing: CurrentWriting
) -> Response:
    done = StepDone(**body.model_dump())
    return await writing.run(lambda tx: record_step(tx, finding_id, done), status=201)


@router.post(
    "/structural-findings/{finding_id}/actions/{action}",
    response_model=WrittenFinding,
    summary="Move a structural finding on / Fallanalyse weiterführen",
)
async def post_finding_action(
    _: FindingWorker,
    finding_id: UUID,
    action: FindingAction,
    writing: CurrentWriting,
    body: FindingStepBody | None = None,
) -> Response:
    command = ActOnFinding(
        finding_id=finding_id,
        action=action,
        expected_version=writing.expected_version,
        reason=body.reason if body else None,
    )
    return await writing.run(lambda tx: act_on_finding(tx, command))


@router.get(
    "/cases/{case_id}/extracts",
    response_model=OriginPage,
    summary="Extracts made from a case / Fallauszüge eines Falls",
    openapi_extra={"parameters": ORIGINS_OF_CASE.parameters()},
)
async def list_origins(case_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    """For the case's own unit alone: nobody else can tell which case an extract came from."""
    await reading.document(CASE_EXISTS, case_id=case_id)
    return await reading.page(ORIGINS_OF_CASE, case_id=case_id)
