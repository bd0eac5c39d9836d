"""What can be changed about drawdowns and payments."""

import strawberry

from gateway.clients.conversation import Written
from gateway.schema.allocation import Allocation
from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.drawdown import Drawdown
from gateway.schema.inputs.payment import (
    ApproveDrawdownInput,
    CancelDrawdownInput,
    ConfirmPaymentsInput,
    CreatePaymentInput,
    PassOnInput,
    PerformPaymentActionInput,
    PlanInstalmentsInput,
    RecordDrawdownPaymentInput,
    RepayDrawdownInput,
    RequestDrawdownInput,
    ReturnDrawdownInput,
    ReviseDrawdownInput,
    ScheduleLumpSumInput,
    StartPaymentRunInput,
    SubmitDrawdownInput,
)
from gateway.schema.mutations.allocations import AllocationResult, AllocationSuccess
from gateway.schema.payment import InstalmentPlan, Payment, PaymentRun
from gateway.schema.published import both, field
from gateway.schema.refusals import answered_with_money
from gateway.schema.user_errors import InsufficientFundsError

AS_IT_STANDS = ("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


@strawberry.type(
    description=both("The drawdown after the change.", "Der Mittelabruf nach der Änderung.")
)
class DrawdownSuccess(Success):
    drawdown: Drawdown = field(*AS_IT_STANDS)


@strawberry.type(
    description=both("The lump sums with their date.", "Die Pauschalen mit ihrem Termin.")
)
class LumpSumSuccess(Success):
    drawdowns: list[Drawdown] = field("One for each line.", "Einer je Zeile.")


@strawberry.type(description=both("The plan after the change.", "Der Ratenplan nach der Änderung."))
class InstalmentPlanSuccess(Success):
    plan: InstalmentPlan = field(*AS_IT_STANDS)


@strawberry.type(
    description=both("The payment after the change.", "Die Zahlung nach der Änderung.")
)
class PaymentSuccess(Success):
    payment: Payment = field(*AS_IT_STANDS)


@strawberry.type(description=both("The run after the change.", "Der Zahllauf nach der Änderung."))
class PaymentRunSuccess(Success):
    run: PaymentRun = field(*AS_IT_STANDS)


def _lump_sums(written: Written) -> LumpSumSuccess:
    items = [Drawdown.from_record(one) for one in written.record["items"]]
    return LumpSumSuccess(drawdowns=items, is_replayed=written.is_replayed)


_drawdown = made(DrawdownSuccess, "drawdown", Drawdown)
_plan = made(InstalmentPlanSuccess, "plan", InstalmentPlan)
_payment = made(PaymentSuccess, "payment", Payment)
_run = made(PaymentRunSuccess, "run", PaymentRun)
_allocation = made(AllocationSuccess, "allocation", Allocation)

DrawdownResult = outcome(
    "DrawdownResult",
    DrawdownSuccess | InsufficientFundsError,
    en="The drawdown, or why not.",
    de="Der Mittelabruf, oder warum nicht.",
)
LumpSumResult = outcome(
    "LumpSumResult",
    LumpSumSuccess | InsufficientFundsError,
    en="The lump sums, or why not.",
    de="Die Pauschalen, oder warum nicht.",
)
InstalmentPlanResult = outcome(
    "InstalmentPlanResult",
    InstalmentPlanSuccess,
    en="The plan, or why not.",
    de="Der Ratenplan, oder warum nicht.",
)
PaymentResult = outcome(
    "PaymentResult",
    PaymentSuccess | InsufficientFundsError,
    en="The payment, or why not.",
    de="Die Zahlung, oder warum nicht.",
)
PaymentRunResult = outcome(
    "PaymentRunResult",
    PaymentRunSuccess | InsufficientFundsError,
    en="The run, or why not.",
    de="Der Zahllauf, oder warum nicht.",
)


def _step(action: str, given: type, *, en: str, de: str) -> object:
    return command(
        f"POST funding /v1/drawdowns/{{drawdown_id}}/actions/{action}",
        given,
        _drawdown,
        DrawdownResult,
        en=en,
        de=de,
        answering=answered_with_money,
    )


@strawberry.type
class DrawdownMutations:
    request_drawdown = command(
        "POST funding /v1/drawdowns",
        RequestDrawdownInput,
        _drawdown,
        DrawdownResult,
        en="Draft a drawdown.",
        de="Einen Mittelabruf entwerfen.",
        answering=answered_with_money,
    )
    submit_drawdown = _step(
        "submit",
        SubmitDrawdownInput,
        en="Submit a drawdown, by a second person.",
        de="Einen Mittelabruf freigeben und absenden, durch eine zweite Person.",
    )
    return_drawdown = _step(
        "return",
        ReturnDrawdownInput,
        en="Record that the authority sent a drawdown back.",
        de="Erfassen, dass die Behörde einen Mittelabruf zurückgewiesen hat.",
    )
    revise_drawdown = _step(
        "revise",
        ReviseDrawdownInput,
        en="Revise a returned drawdown.",
        de="Einen zurückgewiesenen Mittelabruf überarbeiten.",
    )
    approve_drawdown = _step(
        "approve",
        ApproveDrawdownInput,
        en="Record the authority's approval, by a second person.",
        de="Die Bewilligung der Behörde erfassen, durch eine zweite Person.",
    )
    record_drawdown_payment = _step(
        "pay",
        RecordDrawdownPaymentInput,
        en="Record that the money came.",
        de="Den Zahlungseingang erfassen.",
    )
    repay_drawdown = _step(
        "repay",
        RepayDrawdownInput,
        en="Record that what is unused went back.",
        de="Erfassen, dass der Rest zurückgezahlt ist.",
    )
    cancel_drawdown = _step(
        "cancel",
        CancelDrawdownInput,
        en="Cancel a drawdown.",
        de="Einen Mittelabruf zurücknehmen.",
    )
    schedule_lump_sum = command(
        "POST funding /v1/awards/{award_id}/actions/schedule-lump-sum",
        ScheduleLumpSumInput,
        _lump_sums,
        LumpSumResult,
        en="Set the date on which lump sums come.",
        de="Den Termin festlegen, an dem Pauschalen kommen.",
        answering=answered_with_money,
    )


@strawberry.type
class PaymentMutations(DrawdownMutations):
    plan_instalments = command(
        "PUT funding /v1/allocations/{allocation_id}/instalments",
        PlanInstalmentsInput,
        _plan,
        InstalmentPlanResult,
        en="Replace the plan of instalments.",
        de="Den Ratenplan einer Weiterleitung ersetzen.",
    )
    create_payment = command(
        "POST funding /v1/payments",
        CreatePaymentInput,
        _payment,
        PaymentResult,
        en="Record a payment to a recipient.",
        de="Eine Zahlung an einen Letztempfänger erfassen.",
        answering=answered_with_money,
    )
    perform_payment_action = command(
        "POST funding /v1/payments/{payment_id}/actions/{action}",
        PerformPaymentActionInput,
        _payment,
        PaymentResult,
        en="Release a payment (by a second person), cancel it, or release again what failed.",
        de="Eine Zahlung freigeben (zweite Person), zurücknehmen oder erneut freigeben.",
        answering=answered_with_money,
    )
    start_payment_run = command(
        "POST funding /v1/payment-runs",
        StartPaymentRunInput,
        _run,
        PaymentRunResult,
        en="Send released payments together.",
        de="Freigegebene Zahlungen zusammen senden.",
        answering=answered_with_money,
    )
    confirm_payments = command(
        "POST funding /v1/payment-runs/{run_id}/confirmations",
        ConfirmPaymentsInput,
        _run,
        PaymentRunResult,
        en="Take the bank's confirmations, all or none.",
        de="Bestätigungen der Bank übernehmen, alle oder keine.",
        answering=answered_with_money,
    )
    pass_on_money = command(
        "POST funding /v1/allocations/{allocation_id}/actions/pass-on",
        PassOnInput,
        _allocation,
        AllocationResult,
        en="Record what a recipient paid to the recipient below it.",
        de="Erfassen, was ein Empfänger an den Empfänger darunter gezahlt hat.",
        answering=answered_with_money,
    )
