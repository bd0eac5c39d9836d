"""What can be changed about calls for interest."""

import strawberry

from gateway.schema.call_for_interest import CallForInterest
from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.rules import (
    InterestAmountInput,
    RecordInterestInput,
    SelectInterestInput,
    SetCallForInterestInput,
)
from gateway.schema.published import both, field
from gateway.schema.refusals import answered_with_money
from gateway.schema.user_errors import InsufficientFundsError


@strawberry.type(description=both("The call after the change.", "Der Aufruf nach der Änderung."))
class CallForInterestSuccess(Success):
    call: CallForInterest = field("As it now stands.", "Wie er jetzt ist.")


_call = made(CallForInterestSuccess, "call", CallForInterest)
CallForInterestResult = outcome(
    "CallForInterestResult",
    CallForInterestSuccess | InsufficientFundsError,
    en="The call, or why not.",
    de="Der Aufruf, oder warum nicht.",
)
CALL = "/v1/allocations/{allocation_id}/call-for-interest"


@strawberry.type
class CallMutations:
    set_call_for_interest = command(
        f"PUT funding {CALL}",
        SetCallForInterestInput,
        _call,
        CallForInterestResult,
        en="Announce or change a call for interest.",
        de="Einen Aufruf zur Interessenbekundung bekannt machen oder ändern.",
        answering=answered_with_money,
    )
    record_interest = command(
        f"POST funding {CALL}/responses",
        RecordInterestInput,
        _call,
        CallForInterestResult,
        en="Record an organisation's answer.",
        de="Die Interessenbekundung eines Trägers erfassen.",
        answering=answered_with_money,
    )
    recommend_interest = command(
        f"POST funding {CALL}/responses/{{number}}/actions/recommend",
        InterestAmountInput,
        _call,
        CallForInterestResult,
        en="Recommend an amount.",
        de="Einen Betrag empfehlen.",
        answering=answered_with_money,
    )
    decide_interest = command(
        f"POST funding {CALL}/responses/{{number}}/actions/decide",
        InterestAmountInput,
        _call,
        CallForInterestResult,
        en="Decide on an amount.",
        de="Über einen Betrag entscheiden.",
        answering=answered_with_money,
    )
    select_interest = command(
        f"POST funding {CALL}/responses/{{number}}/actions/select",
        SelectInterestInput,
        _call,
        CallForInterestResult,
        en="Select the recipient.",
        de="Den Träger auswählen.",
        answering=answered_with_money,
    )
