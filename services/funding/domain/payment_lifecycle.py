"""The life of a payment to a recipient, from draft to the bank's word. Rules L6, R-Z2."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from services.funding.domain.acts import RELEASE_PAYMENT, is_for
from services.funding.domain.allocation_lifecycle import AllocationState
from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.lifecycle import Guard, Lifecycle, Move
from shared.kernel.text import Text

# Paid is what a contract in force promises; the last part may follow after its end.
PAYABLE_ALLOCATION_STATES: Final = frozenset(
    {AllocationState.ACTIVE, AllocationState.ENDED, AllocationState.PROOF_DUE}
)


class PaymentState(StrEnum):
    DRAFT = "DRAFT"
    RELEASED = "RELEASED"
    SENT = "SENT"
    CONFIRMED = "CONFIRMED"
    PARTLY_CONFIRMED = "PARTLY_CONFIRMED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


class PaymentAction(StrEnum):
    RELEASE = "release"
    CANCEL = "cancel"
    SEND = "send"
    CONFIRM = "confirm"
    CONFIRM_PARTLY = "confirm-partly"
    FAIL = "fail"
    RESEND = "resend"


class RunState(StrEnum):
    """`DONE`: the bank has answered for every payment of the run."""

    SENT = "SENT"
    DONE = "DONE"


# Steps that a run takes for many payments at once.
RUN_ACTIONS: Final = frozenset(
    {
        PaymentAction.SEND,
        PaymentAction.CONFIRM,
        PaymentAction.CONFIRM_PARTLY,
        PaymentAction.FAIL,
    }
)
# The states in which a payment takes its share of what the recipient may get.
HOLDING_PAYMENT_STATES: Final = frozenset(
    {
        PaymentState.RELEASED,
        PaymentState.SENT,
        PaymentState.CONFIRMED,
        PaymentState.PARTLY_CONFIRMED,
    }
)


class PaidByTheLevelAbove(RuleViolated):
    code = "paid-by-the-level-above"
    title = Text(
        de="Diesen Empfänger zahlt die Stelle über ihm; melden Sie ihre Weitergabe.",
        en="This recipient is paid by the level above it; report what that level passed on.",
    )


class InstalmentUnknown(RuleViolated):
    code = "instalment-unknown"
    title = Text(
        de="Diese Rate gehört nicht zum Plan der Weiterleitung.",
        en="This instalment is not in the plan of the allocation.",
    )


class InstalmentHasPayments(Conflict):
    """`number` is that of the instalment, `paid` what payments of it hold already."""

    code = "instalment-has-payments"
    title = Text(
        de="Auf diese Rate ist schon mehr gezahlt, als der neue Plan vorsieht.",
        en="More is paid on this instalment already than the new plan has.",
    )


class ConfirmationOfAnotherRun(RuleViolated):
    code = "confirmation-of-another-run"
    title = Text(
        de="Diese Zahlung gehört nicht zu diesem Zahllauf.",
        en="This payment is not part of this payment run.",
    )


class ConfirmedMoreThanSent(RuleViolated):
    code = "confirmed-more-than-sent"
    title = Text(
        de="Bestätigt ist mehr, als gesendet wurde.",
        en="More is confirmed than was sent.",
    )


class NotTheChildOfThisAllocation(RuleViolated):
    code = "not-the-child-of-this-allocation"
    title = Text(
        de="Diese Weiterleitung liegt nicht unmittelbar unter der zahlenden.",
        en="This allocation is not directly below the one that pays.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFacts:
    """A payment, its allocation and who acts. Amounts are held by the operation, with a lock."""

    today: date
    acting: str
    recorded_by: str
    allocation_state: AllocationState
    has_overdue_proof: bool = False


PaymentGuard = Guard[PaymentFacts]


def _guard(
    name: str, holds: Callable[[PaymentFacts], bool], de: str, en: str, source: str
) -> PaymentGuard:
    return Guard(name, holds, Text(de=de, en=en), source)


ALLOCATION_PAYABLE = _guard(
    "allocation-not-suspended",
    lambda f: f.allocation_state in PAYABLE_ALLOCATION_STATES,
    "Die Weiterleitung ist nicht wirksam oder ausgesetzt.",
    "The allocation is not in force, or suspended.",
    "L6",
)
NO_PROOF_OVERDUE = _guard(
    "no-proof-overdue",
    lambda f: not f.has_overdue_proof,
    "Ein Verwendungsnachweis des Empfängers ist überfällig.",
    "A proof of use of the recipient is overdue.",
    "P9",
)
FOUR_EYES = _guard(
    "four-eyes",
    lambda f: is_for(RELEASE_PAYMENT, f.acting, f.recorded_by),
    "Wer die Zahlung erfasst hat, gibt sie nicht selbst frei.",
    "Whoever recorded the payment does not release it.",
    "four-eyes principle",
)

_S, _A = PaymentState, PaymentAction
_PaymentMove = Move[PaymentState, PaymentFacts]
_RELEASING = (ALLOCATION_PAYABLE, NO_PROOF_OVERDUE, FOUR_EYES)
_CANCEL: _PaymentMove = Move(_S.CANCELLED, "L6")

PAYMENT_LIFECYCLE = Lifecycle[PaymentState, PaymentAction, PaymentFacts](
    "payment",
    states=PaymentState,
    actions=PaymentAction,
    initial=_S.DRAFT,
    moves={
        _S.DRAFT: {_A.RELEASE: Move(_S.RELEASED, "L6", _RELEASING), _A.CANCEL: _CANCEL},
        _S.RELEASED: {
            _A.SEND: Move(_S.SENT, "L6", (ALLOCATION_PAYABLE,)),
            _A.CANCEL: _CANCEL,
        },
        _S.SENT: {
            _A.CONFIRM: Move(_S.CONFIRMED, "bank"),
            _A.CONFIRM_PARTLY: Move(_S.PARTLY_CONFIRMED, "bank"),
            _A.FAIL: Move(_S.FAILED, "bank"),
        },
        _S.CONFIRMED: {},
        _S.PARTLY_CONFIRMED: {},
        _S.FAILED: {_A.RESEND: Move(_S.RELEASED, "L6", _RELEASING), _A.CANCEL: _CANCEL},
        _S.CANCELLED: {},
    },
)
