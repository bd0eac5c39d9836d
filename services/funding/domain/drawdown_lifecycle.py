"""The life of a drawdown (Mittelabruf) from draft to use. Rules M1 to M9."""

from enum import StrEnum

from services.funding.domain import drawdown_guards as guard
from services.funding.domain.drawdown_facts import DrawdownFacts
from shared.kernel.lifecycle import Lifecycle, Move


class DrawdownState(StrEnum):
    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    APPROVED = "APPROVED"
    SCHEDULED = "SCHEDULED"
    PAID = "PAID"
    USED = "USED"
    PARTLY_UNUSED = "PARTLY_UNUSED"
    REPAID = "REPAID"
    CANCELLED = "CANCELLED"


class DrawdownAction(StrEnum):
    SUBMIT = "submit"
    RETURN = "return"
    REVISE = "revise"
    APPROVE = "approve"
    PAY = "pay"
    REPAY = "repay"
    CANCEL = "cancel"
    MARK_USED = "mark-used"
    MARK_UNUSED = "mark-unused"


# What follows from the books and the calendar; no person does it.
DRAWDOWN_CLOCK_ACTIONS = frozenset({DrawdownAction.MARK_USED, DrawdownAction.MARK_UNUSED})
# The states in which money has come and is followed until it is used.
FOLLOWED_STATES = frozenset({DrawdownState.PAID, DrawdownState.PARTLY_UNUSED})
RECEIVED_STATES = FOLLOWED_STATES | {DrawdownState.USED, DrawdownState.REPAID}

_S, _A = DrawdownState, DrawdownAction
_DrawdownMove = Move[DrawdownState, DrawdownFacts]

_PAYING = (guard.VALUE_DATED, guard.BANK_REFERENCE_KNOWN, guard.PAID_AS_APPROVED)
_CANCEL: _DrawdownMove = Move(_S.CANCELLED, "M8")

DRAWDOWN_LIFECYCLE = Lifecycle[DrawdownState, DrawdownAction, DrawdownFacts](
    "drawdown",
    states=DrawdownState,
    actions=DrawdownAction,
    initial=_S.DRAFT,
    moves={
        _S.DRAFT: {
            _A.SUBMIT: Move(
                _S.SUBMITTED,
                "M2",
                (
                    guard.AWARD_FINAL,
                    guard.REQUESTED_IN_TIME,
                    guard.NEED_LIST_SUMS,
                    guard.NEED_WITHIN_TWO_MONTHS,
                    guard.EARLIER_DRAWDOWNS_USED,
                    guard.NO_PROOF_OVERDUE,
                    guard.FOUR_EYES,
                ),
            ),
            _A.CANCEL: _CANCEL,
        },
        _S.SUBMITTED: {
            _A.RETURN: Move(_S.RETURNED, "M3", (guard.RETURN_REASONED,)),
            _A.APPROVE: Move(_S.APPROVED, "M4", (guard.FOUR_EYES,)),
        },
        _S.RETURNED: {_A.REVISE: Move(_S.DRAFT, "M3"), _A.CANCEL: _CANCEL},
        _S.APPROVED: {_A.PAY: Move(_S.PAID, "M4", _PAYING)},
        # Of a lump sum nothing is called; a date that was set by mistake is taken back.
        _S.SCHEDULED: {_A.PAY: Move(_S.PAID, "M9", _PAYING), _A.CANCEL: _CANCEL},
        _S.PAID: {
            _A.MARK_USED: Move(_S.USED, "M5", (guard.USED_UP,)),
            _A.MARK_UNUSED: Move(_S.PARTLY_UNUSED, "M6", (guard.CLOCK_OVER,)),
        },
        _S.PARTLY_UNUSED: {
            _A.MARK_USED: Move(_S.USED, "M7", (guard.USED_UP,)),
            _A.REPAY: Move(_S.REPAID, "M7", (guard.REPAYMENT_DATED,)),
        },
        _S.USED: {},
        _S.REPAID: {},
        _S.CANCELLED: {},
    },
)
