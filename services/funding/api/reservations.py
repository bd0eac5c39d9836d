"""Reservations, budget lines, conditions and carry-over: an award's money between its steps."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from services.funding.api.answers import json_answer
from services.funding.api.doors import AsOf, KnownAt, Reader, Recorder, Releaser
from services.funding.api.schemas.award_views import AwardView
from services.funding.api.schemas.reservations import (
    BudgetLines,
    BudgetLineView,
    CarryOverBody,
    ConditionsBody,
    ReservationBody,
    ReservationPage,
    ReservationUseBody,
    ReservationView,
)
from services.funding.domain.reservations import ReservationAction
from services.funding.operations.carry_over import carry_over
from services.funding.operations.report_budget_lines import budget_lines
from services.funding.operations.reserve import ReservationUse, act_on_reservation, reserve
from services.funding.operations.set_conditions import set_conditions
from services.funding.storage.queries.rules import RESERVATION_LIST, RESERVATION_VIEW
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1/reservations", tags=["reservations"])
of_awards = APIRouter(prefix="/v1/awards/{award_id}", tags=["awards"])


@router.get(
    "",
    response_model=ReservationPage,
    summary="List reservations / Mittelbindungen auflisten",
    openapi_extra={"parameters": RESERVATION_LIST.parameters()},
)
async def list_reservations(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(RESERVATION_LIST)


@router.post(
    "",
    status_code=201,
    response_model=ReservationView,
    summary="Set money aside / Mittel binden",
)
async def post_reservation(body: ReservationBody, _: Recorder, writing: CurrentWriting) -> Response:
    command = body.command()
    return await writing.run(lambda tx: reserve(tx, command), status=201)


@router.get(
    "/{reservation_id}",
    response_model=ReservationView,
    summary="Read a reservation / Mittelbindung lesen",
)
async def read_reservation(reservation_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(RESERVATION_VIEW, reservation_id=reservation_id)


@router.post(
    "/{reservation_id}/actions/post",
    response_model=ReservationView,
    summary="Book what was paid of a reservation / Mittelbindung buchen",
)
async def post_reservation_use(
    reservation_id: UUID,
    body: ReservationUseBody,
    _: Releaser,
    writing: CurrentWriting,
) -> Response:
    use = body.use()
    return await writing.run(
        lambda tx: act_on_reservation(
            tx, reservation_id, writing.expected_version, ReservationAction.POST, use
        ),
    )


@router.post(
    "/{reservation_id}/actions/void",
    response_model=ReservationView,
    summary="Give a reservation up / Mittelbindung aufheben",
)
async def post_reservation_void(
    reservation_id: UUID, _: Recorder, writing: CurrentWriting
) -> Response:
    return await writing.run(
        lambda tx: act_on_reservation(
            tx, reservation_id, writing.expected_version, ReservationAction.VOID, ReservationUse()
        ),
    )


@of_awards.get(
    "/budget-lines",
    response_model=BudgetLines,
    summary="Granted, set aside, used and free by line / Bewilligt, gebunden, verbraucht, frei",
)
async def list_budget_lines(
    award_id: UUID,
    _: Reader,
    reading: CurrentReading,
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> Response:
    async with reading.database.transaction(reading.caller) as tx:
        lines = await budget_lines(tx, award_id, as_of, known_at)
    return json_answer(BudgetLines(items=[BudgetLineView.of(one) for one in lines]))


@of_awards.put(
    "/conditions",
    response_model=AwardView,
    summary="Set the ancillary provisions / Nebenbestimmungen festhalten",
)
async def put_conditions(
    award_id: UUID, body: ConditionsBody, _: Recorder, writing: CurrentWriting
) -> Response:
    conditions = [one.condition() for one in body.items]
    return await writing.run(
        lambda tx: set_conditions(tx, award_id, writing.expected_version, conditions)
    )


@of_awards.post(
    "/actions/carry-over",
    response_model=AwardView,
    summary="Carry money into a later year / Mittel in ein späteres Jahr übertragen",
)
async def post_carry_over(
    award_id: UUID,
    body: CarryOverBody,
    _: Releaser,
    writing: CurrentWriting,
) -> Response:
    command = body.command()
    return await writing.run(
        lambda tx: carry_over(tx, award_id, writing.expected_version, command),
    )
