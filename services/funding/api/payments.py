"""Payments to recipients: plan, record, release, send, confirm, pass on."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from services.funding.api.doors import PaymentConfirmer, Reader, Recorder, with_right
from services.funding.api.schemas.allocation_views import AllocationView
from services.funding.api.schemas.payments import (
    ConfirmationsBody,
    InstalmentPage,
    InstalmentPlanBody,
    InstalmentPlanView,
    PassingOnBody,
    PaymentBody,
    PaymentPage,
    PaymentRunBody,
    PaymentRunPage,
    PaymentRunView,
    PaymentView,
)
from services.funding.domain.access import right_for_payment
from services.funding.domain.payment_lifecycle import PaymentAction
from services.funding.operations.confirm_payments import confirm_payments
from services.funding.operations.pass_on import pass_on
from services.funding.operations.pay import act_on_payment, record_payment
from services.funding.operations.plan_instalments import plan_instalments
from services.funding.operations.send_payments import send_payments
from services.funding.storage.queries.payments import (
    INSTALMENT_LIST,
    INSTALMENT_PLAN,
    PAYMENT_LIST,
    PAYMENT_RUN_LIST,
    PAYMENT_RUN_VIEW,
    PAYMENT_VIEW,
)
from shared.kernel.caller import Caller
from shared.kernel.clock import berlin_date, now
from shared.service.desk import CurrentReading, CurrentWriting

payments = APIRouter(prefix="/v1/payments", tags=["payments"])
runs = APIRouter(prefix="/v1/payment-runs", tags=["payments"])
instalments = APIRouter(prefix="/v1/instalments", tags=["payments"])
of_allocation = APIRouter(prefix="/v1/allocations/{allocation_id}", tags=["payments"])

DOORS = {
    PaymentAction.RELEASE: "Release / Zahlung freigeben",
    PaymentAction.CANCEL: "Cancel / Zahlung zurücknehmen",
    PaymentAction.RESEND: "Release again what failed / Fehlgeschlagene erneut freigeben",
}


@instalments.get(
    "",
    response_model=InstalmentPage,
    summary="List instalments / Raten auflisten",
    openapi_extra={"parameters": INSTALMENT_LIST.parameters()},
)
async def list_instalments(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(INSTALMENT_LIST)


@of_allocation.get(
    "/instalments",
    response_model=InstalmentPlanView,
    summary="Read the plan of instalments / Ratenplan lesen",
)
async def read_instalments(allocation_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(INSTALMENT_PLAN, allocation_id=allocation_id)


@of_allocation.put(
    "/instalments",
    response_model=InstalmentPlanView,
    summary="Replace the plan of instalments / Ratenplan ersetzen",
)
async def put_instalments(
    allocation_id: UUID, body: InstalmentPlanBody, _: Recorder, writing: CurrentWriting
) -> Response:
    plan = [one.planned() for one in body.instalments]
    return await writing.run(
        lambda tx: plan_instalments(tx, allocation_id, writing.expected_version, plan)
    )


@of_allocation.post(
    "/actions/pass-on",
    response_model=AllocationView,
    summary="Record what a recipient passed on / Weitergabe eines Empfängers erfassen",
)
async def post_passing_on(
    allocation_id: UUID,
    body: PassingOnBody,
    _: Recorder,
    writing: CurrentWriting,
) -> Response:
    command = body.command()
    return await writing.run(
        lambda tx: pass_on(tx, allocation_id, writing.expected_version, command),
    )


@payments.get(
    "",
    response_model=PaymentPage,
    summary="List payments / Zahlungen auflisten",
    openapi_extra={"parameters": PAYMENT_LIST.parameters()},
)
async def list_payments(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(PAYMENT_LIST)


@payments.post(
    "",
    status_code=201,
    response_model=PaymentView,
    summary="Record a payment / Zahlung erfassen",
)
async def post_payment(body: PaymentBody, _: Recorder, writing: CurrentWriting) -> Response:
    command = body.command()
    return await writing.run(lambda tx: record_payment(tx, command), status=201)


@payments.get("/{payment_id}", response_model=PaymentView, summary="Read a payment / Zahlung lesen")
async def read_payment(payment_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(PAYMENT_VIEW, payment_id=payment_id)


def _open_door(action: PaymentAction, summary: str) -> None:
    permitted = Depends(with_right(right_for_payment(action)))

    async def act(
        payment_id: UUID,
        _: Annotated[Caller, permitted],
        writing: CurrentWriting,
    ) -> Response:
        return await writing.run(
            lambda tx: act_on_payment(tx, payment_id, writing.expected_version, action),
        )

    payments.add_api_route(
        f"/{{payment_id}}/actions/{action.value}",
        act,
        methods=["POST"],
        response_model=PaymentView,
        summary=summary,
        name=f"{action.value}-payment",
    )


for _action, _summary in DOORS.items():
    _open_door(_action, _summary)


@runs.get(
    "",
    response_model=PaymentRunPage,
    summary="List payment runs / Zahlläufe auflisten",
    openapi_extra={"parameters": PAYMENT_RUN_LIST.parameters()},
)
async def list_runs(_: Reader, reading: CurrentReading) -> Response:
    return await reading.page(PAYMENT_RUN_LIST)


@runs.post(
    "",
    status_code=201,
    response_model=PaymentRunView,
    summary="Send released payments together / Zahllauf starten",
)
async def post_run(body: PaymentRunBody, _: Recorder, writing: CurrentWriting) -> Response:
    sent_on = body.sent_on or berlin_date(now())
    return await writing.run(
        lambda tx: send_payments(tx, body.payment_ids, sent_on),
        status=201,
    )


@runs.get("/{run_id}", response_model=PaymentRunView, summary="Read a payment run / Zahllauf lesen")
async def read_run(run_id: UUID, _: Reader, reading: CurrentReading) -> Response:
    return await reading.answer(PAYMENT_RUN_VIEW, run_id=run_id)


@runs.post(
    "/{run_id}/confirmations",
    response_model=PaymentRunView,
    summary="Take the bank's confirmations / Bestätigungen der Bank übernehmen",
)
async def post_confirmations(
    run_id: UUID,
    body: ConfirmationsBody,
    _: PaymentConfirmer,
    writing: CurrentWriting,
) -> Response:
    confirmations = [one.confirmation() for one in body.items]
    return await writing.run(
        lambda tx: confirm_payments(tx, run_id, confirmations),
    )
