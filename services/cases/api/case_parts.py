"""Records in the file of a case: notices, checks, assessments, contact attempts."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import CaseWriter, CurrentPractice
from services.cases.api.schemas.care import (
    AssessmentBody,
    ContactAttemptBody,
    NoticeBody,
    RecordedAssessment,
    RecordedContactAttempt,
    RecordedDoubleCare,
    RecordedNotice,
)
from services.cases.operations.assess_field import Assessment, assess_field
from services.cases.operations.check_double_care import check_double_care
from services.cases.operations.give_notice import Notice, give_notice
from services.cases.operations.record_contact_attempt import (
    ContactAttempt,
    record_contact_attempt,
)
from shared.service.desk import CurrentWriting

router = APIRouter(prefix="/v1", tags=["case files"])


@router.post(
    "/cases/{case_id}/information-notices",
    status_code=201,
    response_model=RecordedNotice,
    summary="Record an information notice / Datenschutzinformation festhalten",
)
async def post_notice(
    _: CaseWriter,
    practice: CurrentPractice,
    case_id: UUID,
    body: NoticeBody,
    writing: CurrentWriting,
) -> Response:
    notice = Notice(case_id=case_id, **body.model_dump())
    return await writing.run(lambda tx: give_notice(tx, notice, practice), status=201)


@router.post(
    "/cases/{case_id}/double-care-checks",
    status_code=201,
    response_model=RecordedDoubleCare,
    summary="Check blindly for double care / Blind auf Doppelbetreuung prüfen",
)
async def post_double_care_check(_: CaseWriter, case_id: UUID, writing: CurrentWriting) -> Response:
    return await writing.run(lambda tx: check_double_care(tx, case_id), status=201)


@router.post(
    "/cases/{case_id}/assessment-entries",
    status_code=201,
    response_model=RecordedAssessment,
    summary="Assess a field of action / Handlungsfeld einschätzen",
)
async def post_assessment(
    _: CaseWriter, case_id: UUID, body: AssessmentBody, writing: CurrentWriting
) -> Response:
    entry = Assessment(case_id=case_id, **body.model_dump())
    return await writing.run(lambda tx: assess_field(tx, entry), status=201)


@router.post(
    "/cases/{case_id}/contact-attempts",
    status_code=201,
    response_model=RecordedContactAttempt,
    summary="Record a contact attempt / Kontaktversuch festhalten",
)
async def post_contact_attempt(
    _: CaseWriter, case_id: UUID, body: ContactAttemptBody, writing: CurrentWriting
) -> Response:
    attempt = ContactAttempt(case_id=case_id, **body.model_dump())
    return await writing.run(lambda tx: record_contact_attempt(tx, attempt), status=201)
