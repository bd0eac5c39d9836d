"""Who reads a case that is not theirs: deputies for some days, and emergencies for some minutes."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.cases.api.access import (
    AuditReader,
    CurrentPractice,
    DeputyKeeper,
    EmergencyOpener,
    EmergencyReader,
    EmergencyReviewer,
)
from services.cases.api.schemas.standing_in import (
    DeputyshipBody,
    DeputyshipPage,
    DeputyshipView,
    EmergencyBody,
    EmergencyPage,
    EmergencyView,
    ReviewBody,
)
from services.cases.operations.stand_in import Deputyship, appoint_deputy, end_deputyship
from services.cases.operations.use_emergency_access import (
    OpenEmergency,
    end_emergency,
    open_emergency,
    review_emergency,
)
from services.cases.storage.queries.deputies import DEPUTYSHIP_LIST
from services.cases.storage.queries.emergencies import (
    DEEDS_MEANWHILE,
    EMERGENCY_LIST,
    EMERGENCY_VIEW,
)
from shared.audit.listing import AuditPage
from shared.kernel.clock import berlin_date, now
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1", tags=["standing in"])


@router.get(
    "/deputyships",
    response_model=DeputyshipPage,
    summary="List deputyships / Vertretungen auflisten",
    openapi_extra={"parameters": DEPUTYSHIP_LIST.parameters()},
)
async def list_deputyships(_: DeputyKeeper, reading: CurrentReading) -> Response:
    return await reading.page(DEPUTYSHIP_LIST, today=berlin_date(now()))


@router.post(
    "/deputyships",
    status_code=201,
    response_model=DeputyshipView,
    summary="Appoint a deputy / Vertretung einsetzen",
)
async def post_deputyship(
    _: DeputyKeeper, body: DeputyshipBody, writing: CurrentWriting
) -> Response:
    """By who is represented, or by the team lead; nobody appoints themselves."""
    deputyship = Deputyship(**body.model_dump())
    return await writing.run(lambda tx: appoint_deputy(tx, deputyship), status=201)


@router.post(
    "/deputyships/{deputyship_id}/actions/end",
    response_model=DeputyshipView,
    summary="End a deputyship / Vertretung beenden",
)
async def post_deputyship_end(
    _: DeputyKeeper, deputyship_id: UUID, writing: CurrentWriting
) -> Response:
    """From this instant; at the end of its last day it ends by itself."""
    return await writing.run(lambda tx: end_deputyship(tx, deputyship_id))


@router.post(
    "/cases/{case_id}/emergency-accesses",
    status_code=201,
    response_model=EmergencyView,
    summary="Open a case in an emergency / Fall im Notfall öffnen",
)
async def post_emergency(
    _: EmergencyOpener,
    case_id: UUID,
    body: EmergencyBody,
    writing: CurrentWriting,
    practice: CurrentPractice,
) -> Response:
    """For some minutes, told to the data protection officer at once. Entrusted notes, whereabouts
    of restricted persons and cases of other units stay closed.
    """
    command = OpenEmergency(case_id=case_id, **body.model_dump())
    return await writing.run(lambda tx: open_emergency(tx, command, practice), status=201)


@router.get(
    "/emergency-accesses",
    response_model=EmergencyPage,
    summary="List emergency accesses / Notfallzugriffe auflisten",
    openapi_extra={"parameters": EMERGENCY_LIST.parameters()},
)
async def list_emergencies(_: EmergencyReader, reading: CurrentReading) -> Response:
    """Of the tenant for the data protection officer, of the unit for the team lead, else one's own.
    `state[in]=OPEN,ENDED,EXPIRED` are those that nobody has reviewed yet.
    """
    return await reading.page(EMERGENCY_LIST, at=now())


@router.get(
    "/emergency-accesses/{access_id}",
    response_model=EmergencyView,
    summary="Read an emergency access / Notfallzugriff lesen",
)
async def read_emergency(access_id: UUID, _: EmergencyReader, reading: CurrentReading) -> Response:
    return await reading.answer(EMERGENCY_VIEW, access_id=access_id, at=now())


@router.get(
    "/emergency-accesses/{access_id}/deeds",
    response_model=AuditPage,
    summary="What was read and done meanwhile / Was währenddessen gelesen und getan wurde",
    openapi_extra={"parameters": DEEDS_MEANWHILE.parameters()},
)
async def list_deeds(access_id: UUID, _: AuditReader, reading: CurrentReading) -> Response:
    """All that the person read and changed between opening and end, from the audit log."""
    await reading.document(EMERGENCY_VIEW, access_id=access_id, at=now())
    return await reading.page(DEEDS_MEANWHILE, access_id=access_id)


@router.post(
    "/emergency-accesses/{access_id}/actions/end",
    response_model=EmergencyView,
    summary="End an emergency access / Notfallzugriff beenden",
)
async def post_emergency_end(
    _: EmergencyReader, access_id: UUID, writing: CurrentWriting
) -> Response:
    """Before its time: by who opened it, the team lead or the data protection officer."""
    return await writing.run(lambda tx: end_emergency(tx, access_id))


@router.post(
    "/emergency-accesses/{access_id}/actions/review",
    response_model=EmergencyView,
    summary="Review an emergency access / Notfallzugriff prüfen",
)
async def post_emergency_review(
    _: EmergencyReviewer, access_id: UUID, body: ReviewBody, writing: CurrentWriting
) -> Response:
    """After its end, by the data protection officer, never by who opened it."""
    version = writing.expected_version
    return await writing.run(lambda tx: review_emergency(tx, access_id, version, body.verdict))
