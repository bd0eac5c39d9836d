"""Status of persons over time, changes of the body of law, proposed referrals."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import CaseReader, CaseWriter
from services.cases.api.schemas.case_timeline import CaseTimelinePage
from services.cases.api.schemas.timeline import (
    LegalCircleChangeBody,
    LegalCircleChangePage,
    LegalCircleChangeView,
    ProposalDismissal,
    ProposalTaking,
    ReferralProposalPage,
    ReferralProposalView,
    TimelineBody,
    TimelineCorrection,
    TimelineEntryView,
    TimelinePage,
)
from services.cases.domain.referral_rules import ProposalAction
from services.cases.domain.timeline import TimelineKind
from services.cases.operations.change_legal_circle import LegalCircleChange, change_legal_circle
from services.cases.operations.decide_proposal import ProposalDecision, decide_proposal
from services.cases.operations.keep_timeline import Correction, correct_entry, record_status
from services.cases.storage.queries.case_timeline import TIMELINE_OF_CASE
from services.cases.storage.queries.cases import CASE_EXISTS
from services.cases.storage.queries.timeline import (
    CHANGES_OF_PERSON,
    ENTRY_VIEW,
    PERSON_EXISTS,
    PROPOSALS_OF_CASE,
    TIMELINE_OF_PERSON,
)
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1", tags=["timeline"])


@router.get(
    "/persons/{person_id}/timeline",
    response_model=TimelinePage,
    summary="Read a person's timeline / Verlauf einer Person lesen",
    openapi_extra={"parameters": TIMELINE_OF_PERSON.parameters()},
)
async def list_timeline(person_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    """With the history of corrections; `isReplaced=false` leaves it out."""
    await reading.document(PERSON_EXISTS, person_id=person_id)
    return await reading.page(TIMELINE_OF_PERSON, person_id=person_id)


@router.get(
    "/cases/{case_id}/timeline",
    response_model=CaseTimelinePage,
    summary="What was recorded in a case, the latest first / Verlauf eines Falls",
    openapi_extra={"parameters": TIMELINE_OF_CASE.parameters()},
)
async def list_case_timeline(case_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    """Phases, contacts, tasks, notes that the caller may read, plans, documents, status."""
    await reading.document(CASE_EXISTS, case_id=case_id)
    return await reading.page(TIMELINE_OF_CASE, case_id=case_id)


@router.post(
    "/persons/{person_id}/timeline",
    status_code=201,
    response_model=TimelineEntryView,
    summary="Record a status / Status erfassen",
)
async def post_entry(
    _: CaseWriter, person_id: UUID, body: TimelineBody, writing: CurrentWriting
) -> Response:
    """Residence status is optional by intent; what is not asked creates no duty to report."""
    status = body.status(body.kind)
    return await writing.run(lambda tx: record_status(tx, person_id, status), status=201)


@router.get(
    "/timeline-entries/{entry_id}",
    response_model=TimelineEntryView,
    summary="Read an entry / Eintrag lesen",
)
async def read_entry(entry_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    return await reading.answer(ENTRY_VIEW, entry_id=entry_id)


@router.post(
    "/timeline-entries/{entry_id}/actions/correct",
    status_code=201,
    response_model=TimelineEntryView,
    summary="Correct an entry / Eintrag berichtigen",
)
async def post_correction(
    _: CaseWriter, entry_id: UUID, body: TimelineCorrection, writing: CurrentWriting
) -> Response:
    # The operation takes the kind of the entry that is corrected.
    status = body.status(TimelineKind.LEGAL_CIRCLE)
    correction = Correction(entry_id=entry_id, reason=body.reason, status=status)
    return await writing.run(lambda tx: correct_entry(tx, correction), status=201)


@router.get(
    "/persons/{person_id}/legal-circle-changes",
    response_model=LegalCircleChangePage,
    summary="List changes of the body of law / Rechtskreiswechsel auflisten",
    openapi_extra={"parameters": CHANGES_OF_PERSON.parameters()},
)
async def list_changes(person_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    await reading.document(PERSON_EXISTS, person_id=person_id)
    return await reading.page(CHANGES_OF_PERSON, person_id=person_id)


@router.post(
    "/persons/{person_id}/legal-circle-changes",
    status_code=201,
    response_model=LegalCircleChangeView,
    summary="Record a change of the body of law / Rechtskreiswechsel erfassen",
)
async def post_change(
    _: CaseWriter, person_id: UUID, body: LegalCircleChangeBody, writing: CurrentWriting
) -> Response:
    """Moves the timeline on and proposes the next referrals in the person's open cases."""
    change = LegalCircleChange(
        person_id=person_id,
        from_circle=body.from_circle,
        to_circle=body.to_circle,
        effective_on=body.effective_on,
        reason=body.reason,
        provenance=body.provenance(),
    )
    return await writing.run(lambda tx: change_legal_circle(tx, change), status=201)


@router.get(
    "/cases/{case_id}/referral-proposals",
    response_model=ReferralProposalPage,
    summary="List proposed referrals / Vorgeschlagene Zusteuerungen auflisten",
    openapi_extra={"parameters": PROPOSALS_OF_CASE.parameters()},
)
async def list_proposals(case_id: UUID, _: CaseReader, reading: CurrentReading) -> Response:
    await reading.document(CASE_EXISTS, case_id=case_id)
    return await reading.page(PROPOSALS_OF_CASE, case_id=case_id)


@router.post(
    "/referral-proposals/{proposal_id}/actions/take",
    response_model=ReferralProposalView,
    summary="Take up a proposal / Vorschlag aufgreifen",
)
async def post_taking(
    _: CaseWriter,
    proposal_id: UUID,
    writing: CurrentWriting,
    body: ProposalTaking | None = None,
) -> Response:
    decision = ProposalDecision(
        proposal_id=proposal_id,
        action=ProposalAction.TAKE,
        referral_id=body.referral_id if body else None,
    )
    return await writing.run(lambda tx: decide_proposal(tx, decision))


@router.post(
    "/referral-proposals/{proposal_id}/actions/dismiss",
    response_model=ReferralProposalView,
    summary="Dismiss a proposal / Vorschlag verwerfen",
)
async def post_dismissal(
    _: CaseWriter, proposal_id: UUID, body: ProposalDismissal, writing: CurrentWriting
) -> Response:
    decision = ProposalDecision(
        proposal_id=proposal_id, action=ProposalAction.DISMISS, dismiss_reason=body.reason
    )
    return await writing.run(lambda tx: decide_proposal(tx, decision))
