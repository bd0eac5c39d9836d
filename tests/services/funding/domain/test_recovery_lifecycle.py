"""Every step of a recovery, and what each guard waits for."""

from dataclasses import replace
from datetime import date

import pytest

from services.funding.domain.recovery_facts import Direction, Ground, RecoveryFacts
from services.funding.domain.recovery_lifecycle import (
    RECOVERY_LIFECYCLE,
    RecoveryAction,
    RecoveryState,
)
from shared.kernel.lifecycle import GuardFailed, TransitionNotAllowed
from shared.kernel.money import ZERO, Money

_S, _A = RecoveryState, RecoveryAction
READY = RecoveryFacts(
    today=date(2023, 12, 1),
    acting="second",
    recorded_by="first",
    direction=Direction.UPWARD,
    ground=Ground.UNSPENT,
    principal=Money(1000),
    claim_since=date(2023, 1, 31),
    heard_on=date(2023, 2, 1),
    demanded_on=date(2023, 3, 1),
    due_on=date(2023, 4, 1),
    act_reference="BRA-1",
    paid=Money(1000),
    paid_on=date(2023, 3, 31),
    bank_reference="SPK-1",
    interest_act_reference="BRA-2",
    interest_fixed_on=date(2023, 5, 1),
    last_paid_on=date(2023, 3, 31),
    waiver_reference="B-7",
    waiver_reason="geringfügig",
    withdrawal_reason="Irrtum",
    ended_on=date(2023, 11, 30),
)
MOVES = {
    (_S.DRAFT, _A.HEAR): _S.HEARD,
    (_S.DRAFT, _A.DEMAND): _S.DEMANDED,
    (_S.DRAFT, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.HEARD, _A.DEMAND): _S.DEMANDED,
    (_S.HEARD, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.DEMANDED, _A.RECORD_PAYMENT): _S.PARTLY_PAID,
    (_S.DEMANDED, _A.WAIVE_INTEREST): _S.DEMANDED,
    (_S.DEMANDED, _A.WITHDRAW): _S.WITHDRAWN,
    (_S.PARTLY_PAID, _A.RECORD_PAYMENT): _S.PARTLY_PAID,
    (_S.PARTLY_PAID, _A.FIX_INTEREST): _S.PARTLY_PAID,
    (_S.PARTLY_PAID, _A.WAIVE_INTEREST): _S.PARTLY_PAID,
    (_S.PARTLY_PAID, _A.SETTLE): _S.SETTLED,
}


@pytest.mark.parametrize("state", RecoveryState)
@pytest.mark.parametrize("action", RecoveryAction)
def test_every_state_and_action_has_one_answer(
    state: RecoveryState, action: RecoveryAction
) -> None:
    target = MOVES.get((state, action))
    if target is None:
        with pytest.raises(TransitionNotAllowed):
            RECOVERY_LIFECYCLE.next_state(state, action, READY)
    else:
        assert RECOVERY_LIFECYCLE.next_state(state, action, READY) is target


@pytest.mark.parametrize(
    ("state", "action", "facts", "guard"),
    [
        (_S.DRAFT, _A.HEAR, {"heard_on": date(2023, 12, 2)}, "hearing-dated"),
        (_S.DRAFT, _A.DEMAND, {"ground": Ground.REVOKED}, "self-declared"),
        (_S.DRAFT, _A.DEMAND, {"direction": Direction.DOWNWARD}, "self-declared"),
        (_S.HEARD, _A.DEMAND, {"due_on": date(2023, 2, 28)}, "demand-dated"),
        (_S.HEARD, _A.DEMAND, {"heard_on": date(2023, 3, 2)}, "demand-dated"),
        (_S.HEARD, _A.DEMAND, {"act_reference": " "}, "act-named"),
        (_S.HEARD, _A.DEMAND, {"acting": "first"}, "four-eyes"),
        (_S.DEMANDED, _A.RECORD_PAYMENT, {"paid_on": date(2023, 2, 28)}, "payment-dated"),
        (_S.DEMANDED, _A.RECORD_PAYMENT, {"bank_reference": ""}, "bank-reference-known"),
        (_S.DEMANDED, _A.RECORD_PAYMENT, {"paid": Money(1001)}, "not-overpaid"),
        (_S.DEMANDED, _A.RECORD_PAYMENT, {"paid_interest": Money(1)}, "not-overpaid"),
        (_S.PARTLY_PAID, _A.FIX_INTEREST, {"paid": Money(999)}, "principal-paid"),
        (_S.PARTLY_PAID, _A.FIX_INTEREST, {"interest": ZERO}, "interest-open"),
        (_S.PARTLY_PAID, _A.FIX_INTEREST, {"is_waived_already": True}, "interest-open"),
        (_S.PARTLY_PAID, _A.FIX_INTEREST, {"interest_act_reference": ""}, "interest-act-named"),
        (_S.PARTLY_PAID, _A.FIX_INTEREST, {"acting": "first"}, "four-eyes"),
        (_S.PARTLY_PAID, _A.WAIVE_INTEREST, {"waiver_reference": " "}, "waiver-decided"),
        (_S.PARTLY_PAID, _A.WAIVE_INTEREST, {"waiver_reason": ""}, "waiver-decided"),
        (_S.PARTLY_PAID, _A.WAIVE_INTEREST, {"interest": Money(5)}, "interest-open"),
        (_S.PARTLY_PAID, _A.WAIVE_INTEREST, {"acting": "first"}, "four-eyes"),
        (_S.PARTLY_PAID, _A.SETTLE, {"paid": Money(1)}, "principal-paid"),
        (_S.PARTLY_PAID, _A.SETTLE, {"waiver_reason": ""}, "interest-settled"),
        (_S.DRAFT, _A.WITHDRAW, {"withdrawal_reason": " "}, "withdrawal-reasoned"),
    ],
)
def test_a_step_waits_for_its_guard(
    state: RecoveryState, action: RecoveryAction, facts: dict[str, object], guard: str
) -> None:
    with pytest.raises(GuardFailed) as refused:
        RECOVERY_LIFECYCLE.next_state(state, action, replace(READY, **facts))  # type: ignore[arg-type] # one field each

    assert refused.value.facts["guards"] == [guard]


def test_interest_fixed_and_paid_settles_without_a_waiver() -> None:
    fixed = replace(
        READY, waiver_reference="", waiver_reason="", interest=Money(7), paid_interest=Money(7)
    )

    assert RECOVERY_LIFECYCLE.next_state(_S.PARTLY_PAID, _A.SETTLE, fixed) is _S.SETTLED
