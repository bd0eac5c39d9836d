"""What can be changed about recoveries and the interest on them."""

import strawberry

from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.recovery import (
    DemandRecoveryInput,
    FixRecoveryInterestInput,
    HearRecoveryInput,
    RaiseRecoveryInput,
    RecordBaseRateInput,
    RecordRecoveryPaymentInput,
    SettleRecoveryInput,
    WaiveRecoveryInterestInput,
    WithdrawRecoveryInput,
)
from gateway.schema.published import both, field
from gateway.schema.recovery import BaseRate, Recovery
from gateway.schema.refusals import answered_with_money
from gateway.schema.user_errors import InsufficientFundsError


@strawberry.type(description=both("The base rate.", "Der Basiszinssatz."))
class BaseRateSuccess(Success):
    base_rate: BaseRate = field("As it now stands.", "Wie er jetzt ist.")


@strawberry.type(description=both("The recovery.", "Die Rückforderung."))
class RecoverySuccess(Success):
    recovery: Recovery = field("As it now stands.", "Wie sie jetzt ist.")


_base_rate = made(BaseRateSuccess, "base_rate", BaseRate)
_recovery = made(RecoverySuccess, "recovery", Recovery)
BaseRateResult = outcome(
    "BaseRateResult",
    BaseRateSuccess,
    en="The base rate, or why not.",
    de="Der Basiszinssatz, oder warum nicht.",
)
RecoveryResult = outcome(
    "RecoveryResult",
    RecoverySuccess | InsufficientFundsError,
    en="The recovery, or why not.",
    de="Die Rückforderung, oder warum nicht.",
)


@strawberry.type
class RecoveryMutations:
    record_base_rate = command(
        "POST funding /v1/base-rates",
        RecordBaseRateInput,
        _base_rate,
        BaseRateResult,
        en="Record a base rate.",
        de="Einen Basiszinssatz erfassen.",
    )
    raise_recovery = command(
        "POST funding /v1/recoveries",
        RaiseRecoveryInput,
        _recovery,
        RecoveryResult,
        en="Raise a recovery.",
        de="Eine Rückforderung erfassen.",
        answering=answered_with_money,
    )
    hear_recovery = command(
        "POST funding /v1/recoveries/{recovery_id}/actions/hear",
        HearRecoveryInput,
        _recovery,
        RecoveryResult,
        en="Record the hearing.",
        de="Die Anhörung erfassen.",
        answering=answered_with_money,
    )
    demand_recovery = command(
        "POST funding /v1/recoveries/{recovery_id}/actions/demand",
        DemandRecoveryInput,
        _recovery,
        RecoveryResult,
        en="Demand the money, as a second person.",
        de="Das Geld als zweite Person fordern.",
        answering=answered_with_money,
    )
    record_recovery_payment = command(
        "POST funding /v1/recoveries/{recovery_id}/actions/record-payment",
        RecordRecoveryPaymentInput,
        _recovery,
        RecoveryResult,
        en="Record a payment.",
        de="Eine Zahlung erfassen.",
        answering=answered_with_money,
    )
    fix_recovery_interest = command(
        "POST funding /v1/recoveries/{recovery_id}/actions/fix-interest",
        FixRecoveryInterestInput,
        _recovery,
        RecoveryResult,
        en="Fix the interest, as a second person.",
        de="Die Zinsen als zweite Person festsetzen.",
        answering=answered_with_money,
    )
    waive_recovery_interest = command(
        "POST funding /v1/recoveries/{recovery_id}/actions/waive-interest",
        WaiveRecoveryInterestInput,
        _recovery,
        RecoveryResult,
        en="Waive the interest, as a second person.",
        de="Als zweite Person auf die Zinsen verzichten.",
        answering=answered_with_money,
    )
    settle_recovery = command(
        "POST funding /v1/recoveries/{recovery_id}/actions/settle",
        SettleRecoveryInput,
        _recovery,
        RecoveryResult,
        en="Settle a recovery.",
        de="Eine Rückforderung abschließen.",
        answering=answered_with_money,
    )
    withdraw_recovery = command(
        "POST funding /v1/recoveries/{recovery_id}/actions/withdraw",
        WithdrawRecoveryInput,
        _recovery,
        RecoveryResult,
        en="Withdraw a recovery.",
        de="Eine Rückforderung zurücknehmen.",
        answering=answered_with_money,
    )
