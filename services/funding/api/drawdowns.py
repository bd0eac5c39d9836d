"""Drawdowns: call money, follow it, schedule lump sums."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Request
from starlette.responses import Response

from services.funding.api.answers import json_answer
from services.funding.api.doors import AsOf, Reader, Recorder, with_right
from services.funding.api.schemas.drawdowns import (
    DrawdownApproval,
    DrawdownBody,
    DrawdownPage,
    DrawdownPayment,
    DrawdownRepayment,
    DrawdownReturn,
    DrawdownRevision,
    DrawdownStepBody,
    DrawdownView,
    ExposureView,
    LumpSumBody,
    ScheduledLumpSums,
    Submission,
)
from services.funding.domain.access import right_for_drawdown
from services.funding.domain.drawdown_lifecycle import DrawdownAction
from services.funding.operations.act_on_drawdown import act_on_drawdown
from services.funding.operations.request_drawdown import request_drawdown, schedule_lump_sum
from services.funding.operations.show_exposure import show_exposure
from services.funding.storage.queries.drawdowns import DRAWDOWN_LIST, DRAWDOWN_VIEW
from shared.kernel.caller import Caller
from shared.kernel.clock import berlin_date, now
from shared.service.desk import CurrentReading, CurrentWriting

router = APIRouter(prefix="/v1/drawdowns", tags=["drawdowns"])
lump_sums = APIRouter(prefix="/v1/awards/{award_id}/actions", tags=["drawdowns"])

# What the books and the calendar decide has no door: a used drawdown is seen to be used.
DOORS: dict[DrawdownAction, tuple[type[DrawdownStepBody], str]] = {
    DrawdownAction.SUBMIT: (Submission, "Submit / Mittelabruf freigeben und absenden"),
    DrawdownAction.RETURN: (DrawdownReturn, "Record the return / Zurückweisung erfassen"),
    DrawdownAction.REVISE: (DrawdownRevision, "Revise / Überarbeiten"),
    DrawdownAction.APPROVE: (DrawdownApproval, "Record the approval / Bewilligung erfassen"),
    DrawdownAction.PAY: (DrawdownPayment, "Record the payment / Zahlungseingang erfassen"),
    DrawdownAction.REPAY: (DrawdownRepayment, "Pay back what is unused / Rest zurückzahlen"),
    DrawdownAction.CANCEL: (DrawdownStepBody, "Cancel / Zurücknehmen"),
}


@router.get(
    "",
    response_model=DrawdownPage,
    summary="List drawdowns / Mittelabrufe auflisten",
    openapi_extra={"parameters": DRAWDOWN_LIST.parameters()},
)
async def list_drawdowns(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(DRAWDOWN_LIST)


@router.post(
    "",
    status_code=201,
    response_model=DrawdownView,
    summary="Draft a drawdown / Mittelabruf entwerfen",
)
async def post_drawdown(body: DrawdownBody, _: Recorder, writing: CurrentWriting) -> Response:
    command = body.command()
    return await writing.run(lambda tx: request_drawdown(tx, command), status=201)


@router.get(
    "/{drawdown_id}",
    response_model=DrawdownView,
    summary="Read a drawdown / Mittelabruf lesen",
)
async def read_drawdown(drawdown_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(DRAWDOWN_VIEW, drawdown_id=drawdown_id)


@router.get(
    "/{drawdown_id}/exposure",
    response_model=ExposureView,
    summary="Interest that idle money exposes to / Zinsrisiko nicht verwendeter Mittel",
)
async def read_exposure(
    drawdown_id: UUID,
    caller: Reader,
    request: Request,
    reading: CurrentReading,
    as_of: AsOf = None,
) -> Response:
    day = as_of or berlin_date(now())
    async with reading.database.transaction(caller) as tx:
        shown = await show_exposure(tx, drawdown_id, day, request.app.state.interest_from)
    return json_answer(ExposureView.of(shown))


@lump_sums.post(
    "/schedule-lump-sum",
    status_code=201,
    response_model=ScheduledLumpSums,
    summary="Set the date of a lump sum / Termin einer Pauschale festlegen",
)
async def post_lump_sum(
    award_id: UUID,
    body: LumpSumBody,
    _: Recorder,
    writing: CurrentWriting,
) -> Response:
    command = body.command()
    return await writing.run(
        lambda tx: schedule_lump_sum(tx, award_id, writing.expected_version, command),
        status=201,
    )


def _open_door(action: DrawdownAction, body_type: type[DrawdownStepBody], summary: str) -> None:
    needs_body = any(field.is_required() for field in body_type.model_fields.values())
    body_field = Body() if needs_body else Body(default_factory=body_type)
    permitted = Depends(with_right(right_for_drawdown(action)))

    async def act(
        drawdown_id: UUID,
        _: Annotated[Caller, permitted],
        writing: CurrentWriting,
        body: Annotated[body_type, body_field],  # type: ignore[valid-type] # differs by action
    ) -> Response:
        step = body.step()  # type: ignore[attr-defined] # a step body, as made above
        return await writing.run(
            lambda tx: act_on_drawdown(tx, drawdown_id, writing.expected_version, action, step),
        )

    router.add_api_route(
        f"/{{drawdown_id}}/actions/{action.value}",
        act,
        methods=["POST"],
        response_model=DrawdownView,
        summary=summary,
        name=f"{action.value}-drawdown",
    )


for _action, (_body, _summary) in DOORS.items():
    _open_door(_action, _body, _summary)
