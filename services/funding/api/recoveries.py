"""Recoveries: money that goes back, its interest, and the base rates behind it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Query, Request
from starlette.responses import Response

from services.funding.api.doors import Reader, Recorder, with_right
from services.funding.api.schemas.recoveries import (
    BaseRateBody,
    BaseRatePage,
    BaseRateView,
    Demand,
    Hearing,
    InterestAct,
    InterestView,
    InterestWaiver,
    RecoveryBody,
    RecoveryPage,
    RecoveryPaymentBody,
    RecoveryStepBody,
    RecoveryView,
    Withdrawal,
)
from services.funding.domain.access import right_for_recovery
from services.funding.domain.interest import DayCount
from services.funding.domain.recovery_lifecycle import RecoveryAction
from services.funding.operations.act_on_recovery import act_on_recovery
from services.funding.operations.keep_base_rates import record_base_rate
from services.funding.operations.raise_recovery import record_recovery
from services.funding.operations.show_interest import show_interest
from services.funding.storage.queries.recoveries import (
    BASE_RATE_LIST,
    BASE_RATE_VIEW,
    RECOVERY_LIST,
    RECOVERY_VIEW,
)
from shared.kernel.caller import Caller
from shared.service.desk import CurrentReading, CurrentWriting
from shared.web.fields import LegalDate

base_rates = APIRouter(prefix="/v1/base-rates", tags=["recoveries"])
recoveries = APIRouter(prefix="/v1/recoveries", tags=["recoveries"])

PaidOn = Annotated[LegalDate, Query(alias="paidOn", description="Day of payment. / Zahltag.")]
AskedDayCount = Annotated[
    DayCount | None,
    Query(alias="dayCount", description="Instead of the setting. / Statt der Einstellung."),
]
DOORS: dict[RecoveryAction, tuple[type[RecoveryStepBody], str]] = {
    RecoveryAction.HEAR: (Hearing, "Record the hearing / Anhörung erfassen"),
    RecoveryAction.DEMAND: (Demand, "Demand / Fordern oder Rückzahlung erklären"),
    RecoveryAction.RECORD_PAYMENT: (RecoveryPaymentBody, "Record a payment / Zahlung erfassen"),
    RecoveryAction.FIX_INTEREST: (InterestAct, "Fix the interest / Zinsen festsetzen"),
    RecoveryAction.WAIVE_INTEREST: (InterestWaiver, "Waive the interest / Auf Zinsen verzichten"),
    RecoveryAction.SETTLE: (RecoveryStepBody, "Settle / Abschließen"),
    RecoveryAction.WITHDRAW: (Withdrawal, "Withdraw / Zurücknehmen"),
}


async def preset_day_count(request: Request) -> DayCount:
    preset: DayCount = request.app.state.interest_day_count
    return preset


PresetDayCount = Annotated[DayCount, Depends(preset_day_count)]


@base_rates.get(
    "",
    response_model=BaseRatePage,
    summary="List base rates / Basiszinssätze auflisten",
    openapi_extra={"parameters": BASE_RATE_LIST.parameters()},
)
async def list_base_rates(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(BASE_RATE_LIST)


@base_rates.post(
    "",
    status_code=201,
    response_model=BaseRateView,
    summary="Record a base rate / Basiszinssatz erfassen",
)
async def post_base_rate(body: BaseRateBody, _: Recorder, writing: CurrentWriting) -> Response:
    command = body.command()
    return await writing.run(lambda tx: record_base_rate(tx, command), status=201)


@base_rates.get(
    "/{base_rate_id}",
    response_model=BaseRateView,
    summary="Read a base rate / Basiszinssatz lesen",
)
async def read_base_rate(base_rate_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(BASE_RATE_VIEW, base_rate_id=base_rate_id)


@recoveries.get(
    "",
    response_model=RecoveryPage,
    summary="List recoveries / Rückforderungen auflisten",
    openapi_extra={"parameters": RECOVERY_LIST.parameters()},
)
async def list_recoveries(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(RECOVERY_LIST)


@recoveries.post(
    "",
    status_code=201,
    response_model=RecoveryView,
    summary="Raise a recovery / Rückforderung erfassen",
)
async def post_recovery(body: RecoveryBody, _: Recorder, writing: CurrentWriting) -> Response:
    command = body.command()
    return await writing.run(lambda tx: record_recovery(tx, command), status=201)


@recoveries.get(
    "/{recovery_id}",
    response_model=RecoveryView,
    summary="Read a recovery / Rückforderung lesen",
)
async def read_recovery(recovery_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(RECOVERY_VIEW, recovery_id=recovery_id)


@recoveries.get(
    "/{recovery_id}/interest",
    summary="What interest would be / Zinsen bis zu einem Tag berechnen",
)
async def read_interest(
    recovery_id: UUID,
    caller: Reader,
    reading: CurrentReading,
    paid_on: PaidOn,
    preset: PresetDayCount,
    day_count: AskedDayCount = None,
) -> InterestView:
    async with reading.database.transaction(caller) as tx:
        found = await show_interest(tx, recovery_id, paid_on, day_count, preset)
    return InterestView.model_validate(found)


def _open_door(action: RecoveryAction, body_type: type[RecoveryStepBody], summary: str) -> None:
    needs_body = any(field.is_required() for field in body_type.model_fields.values())
    body_field = Body() if needs_body else Body(default_factory=body_type)
    permitted = Depends(with_right(right_for_recovery(action)))

    async def act(
        recovery_id: UUID,
        _: Annotated[Caller, permitted],
        writing: CurrentWriting,
        preset: PresetDayCount,
        body: Annotated[body_type, body_field],  # type: ignore[valid-type] # differs by action
    ) -> Response:
        step = body.step()  # type: ignore[attr-defined] # a step body, as made above
        version = writing.expected_version
        return await writing.run(
            lambda tx: act_on_recovery(tx, recovery_id, version, action, step, preset),
        )

    recoveries.add_api_route(
        f"/{{recovery_id}}/actions/{action.value}",
        act,
        methods=["POST"],
        response_model=RecoveryView,
        summary=summary,
        name=f"{action.value}-recovery",
    )


for _action, (_body, _summary) in DOORS.items():
    _open_door(_action, _body, _summary)
