"""The parts of several cases or persons in one call, for a desk that shows more than one."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from services.cases.api.access import CaseReader, CurrentPractice
from services.cases.api.schemas.care import ConsentPage
from services.cases.api.schemas.cases import CaseFilePage
from services.cases.api.schemas.conferences import ConferencePage
from services.cases.api.schemas.findings import OriginInCasePage
from services.cases.api.schemas.notes import NotePage
from services.cases.api.schemas.plans import PlanPage
from services.cases.api.schemas.timeline import (
    LegalCircleChangePage,
    ReferralProposalPage,
    TimelinePage,
)
from services.cases.api.schemas.types import (
    AssessmentPage,
    DocumentPage,
    PlanApprovalPage,
    RelatedCasePage,
)
from services.cases.api.schemas.work import ContactPage, FlagPage, TaskPage
from services.cases.operations.case_document import page_with_next_steps
from services.cases.storage.queries import across_cases as lists
from services.cases.storage.queries import timeline
from services.cases.storage.queries.cases import CASE_FILES
from shared.database.lists import FilterUnreadable, ListView
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import FieldFault
from shared.service.desk import JSON, CurrentReading

router = APIRouter(prefix="/v1")

# path → (list, page, tag, summary); `caseId[in]` or `personId[in]` narrows each to what is asked.
LISTS: dict[str, tuple[ListView, type[BaseModel], str, str]] = {
    "contacts": (lists.CONTACT_LIST, ContactPage, "work",
        "Contacts of several cases / Beratungskontakte mehrerer Fälle"),
    "flags": (lists.FLAG_LIST, FlagPage, "work",
        "Flags of several cases / Hinweise mehrerer Fälle"),
    "consents": (lists.CONSENT_LIST, ConsentPage, "consents",
        "Consents of several cases / Einwilligungen mehrerer Fälle"),
    "notes": (lists.NOTE_LIST, NotePage, "case files",
        "Notes of several cases / Vermerke mehrerer Fälle"),
    "documents": (lists.DOCUMENT_LIST, DocumentPage, "documents",
        "Documents of several cases / Dokumente mehrerer Fälle"),
    "assessment-entries": (lists.ASSESSMENT_LIST, AssessmentPage, "case files",
        "Assessments of several cases / Einschätzungen mehrerer Fälle"),
    "plan-versions": (lists.PLAN_LIST, PlanPage, "plans",
        "Plan versions of several cases / Hilfepläne mehrerer Fälle"),
    "plan-approvals": (lists.APPROVAL_LIST, PlanApprovalPage, "plans",
        "Approvals of several plans / Freigaben mehrerer Hilfepläne"),
    "case-conferences": (lists.CONFERENCE_LIST, ConferencePage, "case conferences",
        "Conferences of several cases / Fallbesprechungen mehrerer Fälle"),
    "related-cases": (lists.RELATED_LIST, RelatedCasePage, "related cases",
        "Relations of several cases / Verbindungen mehrerer Fälle"),
    "extract-origins": (lists.ORIGIN_LIST, OriginInCasePage, "structural findings",
        "Extracts made from several cases / Fallauszüge mehrerer Fälle"),
    "referral-proposals": (timeline.PROPOSALS, ReferralProposalPage, "timeline",
        "Proposed referrals of several cases / Vorgeschlagene Zusteuerungen mehrerer Fälle"),
    "timeline-entries": (timeline.TIMELINES, TimelinePage, "timeline",
        "Timelines of several persons / Verlauf mehrerer Personen"),
    "legal-circle-changes": (timeline.CHANGES, LegalCircleChangePage, "timeline",
        "Changes of the body of law of several persons / Rechtskreiswechsel mehrerer Personen"),
}  # fmt: skip


def _reader(view: ListView) -> Callable[..., Awaitable[Response]]:
    async def list_across_cases(_: CaseReader, reading: CurrentReading) -> Response:
        return await reading.page(view)

    return list_across_cases


for path, (view, page, tag, summary) in LISTS.items():
    router.add_api_route(
        f"/{path}",
        _reader(view),
        response_model=page,
        tags=[tag],
        summary=summary,
        openapi_extra={"parameters": view.parameters()},
    )


@router.get(
    "/tasks",
    response_model=TaskPage,
    tags=["work"],
    summary="Tasks of the unit / Aufgaben der Stelle",
    openapi_extra={"parameters": lists.TASK_LIST.parameters()},
)
async def list_tasks_across_cases(_: CaseReader, reading: CurrentReading) -> Response:
    return await reading.page(lists.TASK_LIST, today=berlin_date(now()))


def _needing_ids() -> list[dict[str, Any]]:
    return [
        one | {"required": True} if one["name"] == "id[in]" else one
        for one in CASE_FILES.parameters()
    ]


@router.get(
    "/case-files",
    response_model=CaseFilePage,
    tags=["cases"],
    summary="Read several cases in full / Mehrere Fälle ganz lesen",
    openapi_extra={"parameters": _needing_ids()},
)
async def list_case_files(
    caller: CaseReader, practice: CurrentPractice, reading: CurrentReading
) -> Response:
    """Of cases that are named: whole files are not for leafing through. Each is logged as read."""
    if "id[in]" not in dict(reading.asked):
        fault = FieldFault("?id[in]", FilterUnreadable.code, FilterUnreadable.title)
        raise FilterUnreadable(faults=(fault,))
    page = await CASE_FILES.page(
        reading.database,
        caller,
        reading.asked,
        today=berlin_date(now()),
        actor=caller.actor,
    )
    body = page_with_next_steps(page.body, caller, practice)
    return Response(body, media_type=JSON, headers={"Cache-Control": "no-store"})
