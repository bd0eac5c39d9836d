"""The life of a recovery (Rückforderung) from draft to settlement.

Money demanded changes the books; interest does so only once an act has fixed it.
"""

from enum import StrEnum

from services.funding.domain import recovery_guards as guard
from services.funding.domain.recovery_facts import RecoveryFacts
from shared.kernel.lifecycle import Lifecycle, Move


class RecoveryState(StrEnum):
    DRAFT = "DRAFT"
    HEARD = "HEARD"
    DEMANDED = "DEMANDED"
    PARTLY_PAID = "PARTLY_PAID"
    SETTLED = "SETTLED"
    WITHDRAWN = "WITHDRAWN"


class RecoveryAction(StrEnum):
    HEAR = "hear"
    DEMAND = "demand"
    RECORD_PAYMENT = "record-payment"
    FIX_INTEREST = "fix-interest"
    WAIVE_INTEREST = "waive-interest"
    SETTLE = "settle"
    WITHDRAW = "withdraw"


# Demanded and not yet done with: what the books show as owed.
OWED_STATES = frozenset({RecoveryState.DEMANDED, RecoveryState.PARTLY_PAID})
# Neither paid with its interest nor taken back.
OPEN_RECOVERY_STATES = frozenset(RecoveryState) - {
    RecoveryState.SETTLED,
    RecoveryState.WITHDRAWN,
}
# Raised and not yet in the books.
WAITING_STATES = frozenset({RecoveryState.DRAFT, RecoveryState.HEARD})

_S, _A = RecoveryState, RecoveryAction
_RecoveryMove = Move[RecoveryState, RecoveryFacts]

_DEMANDING = (guard.DEMAND_DATED, guard.ACT_NAMED, guard.FOUR_EYES)
_PAY: _RecoveryMove = Move(
    _S.PARTLY_PAID,
    "V4",
    (guard.PAYMENT_DATED, guard.BANK_REFERENCE_KNOWN, guard.NOT_OVERPAID),
)
_WITHDRAW: _RecoveryMove = Move(_S.WITHDRAWN, "V8", (guard.WITHDRAWAL_REASONED,))
_WAIVING = (guard.INTEREST_OPEN, guard.WAIVER_DECIDED, guard.FOUR_EYES)

RECOVERY_LIFECYCLE = Lifecycle[RecoveryState, RecoveryAction, RecoveryFacts](
    "recovery",
    states=RecoveryState,
    actions=RecoveryAction,
    initial=_S.DRAFT,
    moves={
        _S.DRAFT: {
            _A.HEAR: Move(_S.HEARD, "V1", (guard.HEARING_DATED,)),
            _A.DEMAND: Move(_S.DEMANDED, "V2", (guard.SELF_DECLARED, *_DEMANDING)),
            _A.WITHDRAW: _WITHDRAW,
        },
        _S.HEARD: {_A.DEMAND: Move(_S.DEMANDED, "V3", _DEMANDING), _A.WITHDRAW: _WITHDRAW},
        # Withdrawn after the demand: the books take it back.
        _S.DEMANDED: {
            _A.RECORD_PAYMENT: _PAY,
            _A.WAIVE_INTEREST: Move(_S.DEMANDED, "V6", _WAIVING),
            _A.WITHDRAW: _WITHDRAW,
        },
        _S.PARTLY_PAID: {
            _A.RECORD_PAYMENT: _PAY,
            _A.FIX_INTEREST: Move(
                _S.PARTLY_PAID,
                "V5",
                (
                    guard.PRINCIPAL_PAID,
                    guard.INTEREST_OPEN,
                    guard.INTEREST_ACT_NAMED,
                    guard.FOUR_EYES,
                ),
            ),
            _A.WAIVE_INTEREST: Move(_S.PARTLY_PAID, "V6", _WAIVING),
            _A.SETTLE: Move(_S.SETTLED, "V7", (guard.PRINCIPAL_PAID, guard.INTEREST_SETTLED)),
        },
        _S.SETTLED: {},
        _S.WITHDRAWN: {},
    },
)
