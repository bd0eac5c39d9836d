"""The way of a recorded cost: decided by a second person if no rule answers, corrected whole."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.funding.domain.acts import DECIDE_EXPENDITURE, is_for
from services.funding.domain.costs import Eligibility
from shared.kernel.lifecycle import Guard, Lifecycle, Move
from shared.kernel.text import Text


class ExpenditureState(StrEnum):
    """`RECORDED`: a recipient's cost, kept for its proof; `BOOKED`: the own books hold it."""

    RECORDED = "RECORDED"
    BOOKED = "BOOKED"
    CORRECTED = "CORRECTED"


class ExpenditureAction(StrEnum):
    DECIDE = "decide"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class ExpenditureFacts:
    ruled: Eligibility
    decided: Eligibility | None
    recorded_by: str
    acting: str


IS_OPEN: Final[Guard[ExpenditureFacts]] = Guard(
    "nothing-ruled",
    lambda facts: facts.ruled is Eligibility.UNKNOWN and facts.decided is None,
    Text(
        de="Zu entscheiden ist nur, was keine Regel beantwortet, und nur einmal.",
        en="Only what no rule answers is decided, and only once.",
    ),
    "cost kinds: the third value",
)
FOUR_EYES: Final[Guard[ExpenditureFacts]] = Guard(
    "four-eyes",
    lambda facts: is_for(DECIDE_EXPENDITURE, facts.acting, facts.recorded_by),
    Text(
        de="Wer Kosten erfasst, entscheidet nicht selbst über ihre Förderfähigkeit.",
        en="Whoever records a cost does not decide whether it is eligible.",
    ),
    "four eyes",
)

_DECIDE = (IS_OPEN, FOUR_EYES)
EXPENDITURE_LIFECYCLE: Final[Lifecycle[ExpenditureState, ExpenditureAction, ExpenditureFacts]] = (
    Lifecycle(
        "expenditure",
        states=ExpenditureState,
        actions=ExpenditureAction,
        initial=ExpenditureState.RECORDED,
        moves={
            ExpenditureState.RECORDED: {
                ExpenditureAction.DECIDE: Move(ExpenditureState.RECORDED, "E1", _DECIDE),
                ExpenditureAction.CORRECT: Move(ExpenditureState.CORRECTED, "E2"),
            },
            ExpenditureState.BOOKED: {
                ExpenditureAction.DECIDE: Move(ExpenditureState.BOOKED, "E1", _DECIDE),
                ExpenditureAction.CORRECT: Move(ExpenditureState.CORRECTED, "E2"),
            },
            ExpenditureState.CORRECTED: {},
        },
    )
)
