"""Meetings of the bodies of the programme, and versions of its concept."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import MeetingKeeper, MeetingReader
from services.cases.api.schemas.meetings import (
    ConceptPage,
    ConceptStepBody,
    ConceptView,
    MeetingPage,
    MeetingView,
    NewConceptBody,
    NewMeetingBody,
    WrittenConcept,
    WrittenMeeting,
)
from services.cases.domain.concepts import ConceptAction
from services.cases.operations.keep_meetings import (
    ActOnConcept,
    Concept,
    act_on_concept,
    draft_concept,
    record_meeting,
)
from services.cases.storage.queries.meetings import (
    CONCEPT_LIST,
    CONCEPT_VIEW,
    MEETING_LIST,
    MEETING_VIEW,
)
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1", tags=["meetings"])


@router.get(
    "/meetings",
    response_model=MeetingPage,
    summary="List meetings / Sitzungen auflisten",
    openapi_extra={"parameters": MEETING_LIST.parameters()},
)
async def list_meetings(_: MeetingReader, reading: CurrentReading) -> Response:
    return await reading.page(MEETING_LIST)


@router.post(
    "/meetings",
    status_code=201,
    response_model=WrittenMeeting,
    summary="Record a meeting / Sitzung festhalten",
)
async def post_meeting(_: MeetingKeeper, body: NewMeetingBody, writing: CurrentWriting) -> Response:
    meeting = body.meeting()
    return await writing.run(lambda tx: record_meeting(tx, meeting), status=201)


@router.get(
    "/meetings/{meeting_id}", response_model=MeetingView, summary="Read a meeting / Sitzung lesen"
)
async def read_meeting(meeting_id: UUID, _: MeetingReader, reading: CurrentReading) -> Response:
    return await reading.answer(MEETING_VIEW, meeting_id=meeting_id)


@router.get(
    "/concept-versions",
    response_model=ConceptPage,
    summary="List versions of the concept / Fassungen des Handlungskonzepts auflisten",
    openapi_extra={"parameters": CONCEPT_LIST.parameters()},
)
async def list_concepts(_: MeetingReader, reading: CurrentReading) -> Response:
    return await reading.page(CONCEPT_LIST)


@router.post(
    "/concept-versions",
    status_code=201,
    response_model=WrittenConcept,
    summary="Draft a version of the concept / Fassung des Handlungskonzepts anlegen",
)
async def post_concept(_: MeetingKeeper, body: NewConceptBody, writing: CurrentWriting) -> Response:
    concept = Concept(**body.model_dump())
    return await writing.run(lambda tx: draft_concept(tx, concept), status=201)


@router.get(
    "/concept-versions/{concept_id}",
    response_model=ConceptView,
    summary="Read a version of the concept / Fassung des Handlungskonzepts lesen",
)
async def read_concept(concept_id: UUID, _: MeetingReader, reading: CurrentReading) -> Response:
    return await reading.answer(CONCEPT_VIEW, concept_id=concept_id)


@router.post(
    "/concept-versions/{concept_id}/actions/{action}",
    response_model=WrittenConcept,
    summary="Endorse, approve or withdraw / Zustimmen, genehmigen, zurückziehen",
)
async def post_concept_action(
    _: MeetingKeeper,
    concept_id: UUID,
    action: ConceptAction,
    body: ConceptStepBody,
    writing: CurrentWriting,
) -> Response:
    """`supersede` is not for asking: it follows from the approval of the next version."""
    command = ActOnConcept(
        concept_id=concept_id,
        action=action,
        expected_version=writing.expected_version,
        **body.model_dump(),
    )
    return await writing.run(lambda tx: act_on_concept(tx, command))
