"""The life of an allocation (Weiterleitung) from plan to settlement. Rules L1 to L11."""

from enum import StrEnum

from services.funding.domain import allocation_guards as guard
from services.funding.domain.allocation_facts import AllocationFacts
from shared.kernel.lifecycle import Lifecycle, Move


class AllocationState(StrEnum):
    PLANNED = "PLANNED"
    CALL_OPEN = "CALL_OPEN"
    SELECTED = "SELECTED"
    CONTRACTED = "CONTRACTED"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    ENDED = "ENDED"
    PROOF_DUE = "PROOF_DUE"
    CHECKED = "CHECKED"
    SETTLED = "SETTLED"
    TERMINATED = "TERMINATED"
    CANCELLED = "CANCELLED"


class AllocationAction(StrEnum):
    OPEN_CALL = "open-call"
    SELECT = "select"
    SELECT_DIRECTLY = "select-directly"
    CONTRACT = "contract"
    ACTIVATE = "activate"
    AMEND = "amend"
    SUSPEND = "suspend"
    RESUME = "resume"
    END = "end"
    TERMINATE = "terminate"
    DEMAND_PROOF = "demand-proof"
    CHECK_PROOF = "check-proof"
    WAIVE_PROOF = "waive-proof"
    SETTLE = "settle"
    CANCEL = "cancel"


# A cancelled allocation gives back what it held; any other holds its share of the parent.
HOLDING_STATES = frozenset(AllocationState) - {AllocationState.CANCELLED}
# The states in which the recipient may pass its share on (L4 of the level below).
FORWARDING_STATES = frozenset({AllocationState.ACTIVE})
# The share is no longer used and its proof is owed.
PROOF_OWED_STATES = frozenset(
    {AllocationState.ENDED, AllocationState.TERMINATED, AllocationState.PROOF_DUE}
)
# The states whose proof needs no more checking before the award's own proof (R-Z3).
PROOF_CHECKED_STATES = frozenset(
    {AllocationState.CHECKED, AllocationState.SETTLED, AllocationState.CANCELLED}
)

_S, _A = AllocationState, AllocationAction
_AllocationMove = Move[AllocationState, AllocationFacts]

_FITTING = (
    guard.PARENT_FORWARDS,
    guard.CONSENT_GIVEN,
    guard.POSTS_FIT,
    guard.MONEY_FITS,
    guard.PERIOD_WITHIN_PARENT,
    guard.AREA_DISJOINT,
    guard.DOUBLE_FUNDING_CHECKED,
    guard.FOUR_EYES,
)
_CANCEL: _AllocationMove = Move(_S.CANCELLED, "L11", (guard.NO_LIVING_CHILDREN,))
_END: _AllocationMove = Move(_S.ENDED, "L7", (guard.OVER,))
_TERMINATE: _AllocationMove = Move(_S.TERMINATED, "L8", (guard.TERMINATION_REASONED,))
_DEMAND_PROOF: _AllocationMove = Move(_S.PROOF_DUE, "L9")

ALLOCATION_LIFECYCLE = Lifecycle[AllocationState, AllocationAction, AllocationFacts](
    "allocation",
    states=AllocationState,
    actions=AllocationAction,
    initial=_S.PLANNED,
    moves={
        _S.PLANNED: {
            _A.OPEN_CALL: Move(_S.CALL_OPEN, "L2"),
            _A.SELECT_DIRECTLY: Move(
                _S.SELECTED, "L2", (guard.RECIPIENT_NAMED, guard.SELECTION_REASONED)
            ),
            _A.CANCEL: _CANCEL,
        },
        _S.CALL_OPEN: {
            _A.SELECT: Move(_S.SELECTED, "L2", (guard.RECIPIENT_NAMED,)),
            _A.CANCEL: _CANCEL,
        },
        _S.SELECTED: {
            _A.CONTRACT: Move(
                _S.CONTRACTED,
                "L3",
                (guard.RECIPIENT_NAMED, guard.TERMS_COMPLETE, guard.PROVED_IN_TIME),
            ),
            _A.CANCEL: _CANCEL,
        },
        _S.CONTRACTED: {_A.ACTIVATE: Move(_S.ACTIVE, "L4", _FITTING)},
        _S.ACTIVE: {
            _A.AMEND: Move(_S.ACTIVE, "L5", _FITTING),
            _A.SUSPEND: Move(_S.SUSPENDED, "L6", (guard.SUSPENSION_REASONED,)),
            _A.END: _END,
            _A.TERMINATE: _TERMINATE,
        },
        _S.SUSPENDED: {
            _A.RESUME: Move(_S.ACTIVE, "L6", (guard.RESUMPTION_REASONED,)),
            _A.END: _END,
            _A.TERMINATE: _TERMINATE,
        },
        _S.ENDED: {_A.DEMAND_PROOF: _DEMAND_PROOF},
        _S.TERMINATED: {_A.DEMAND_PROOF: _DEMAND_PROOF},
        _S.PROOF_DUE: {
            _A.CHECK_PROOF: Move(_S.CHECKED, "L9", (guard.PROOF_QUALIFIED,)),
            _A.WAIVE_PROOF: Move(
                _S.CHECKED,
                "L9",
                (guard.WAIVER_REASONED, guard.NO_PAYMENT_UNDER_WAY, guard.FOUR_EYES),
            ),
        },
        _S.CHECKED: {
            _A.SETTLE: Move(
                _S.SETTLED, "L10", (guard.OVERPAYMENT_RETURNED, guard.RECOVERY_SETTLED)
            ),
        },
        _S.SETTLED: {},
        _S.CANCELLED: {},
    },
)
