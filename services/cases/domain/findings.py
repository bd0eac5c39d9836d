"""Structural findings: what several cases say about deficient structures (Fallanalyse, R-S4-7).

Case managers bring anonymised extracts and analyse; the coordination discusses, seeks partners and
answers for the measure. Whose turn it is depends on the state.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.cases.domain.access import Role
from services.cases.domain.finding_codes import MethodStep
from shared.kernel.errors import Conflict, NotPermitted
from shared.kernel.lifecycle import Guard, Lifecycle, Move
from shared.kernel.text import Text


class FindingState(StrEnum):
    DRAFT = "DRAFT"
    IN_ANALYSIS = "IN_ANALYSIS"
    MEASURE_PROPOSED = "MEASURE_PROPOSED"
    MEASURE_RUNNING = "MEASURE_RUNNING"
    SOLVED = "SOLVED"
    SET_ASIDE = "SET_ASIDE"


class FindingAction(StrEnum):
    BEGIN_ANALYSIS = "begin-analysis"
    PROPOSE_MEASURE = "propose-measure"
    START_MEASURE = "start-measure"
    ANALYSE_AGAIN = "analyse-again"
    SOLVE = "solve"
    SET_ASIDE = "set-aside"
    RESUME = "resume"


class NotYourTurn(NotPermitted):
    code = "not-your-turn"
    title = Text(
        de="In diesem Zustand arbeitet eine andere Rolle an der Fallanalyse.",
        en="In this state another role works on the finding.",
    )


class FindingIsSolved(Conflict):
    code = "finding-is-solved"
    title = Text(de="Die Fallanalyse ist gelöst.", en="The finding is solved.")


class StepOutOfOrder(Conflict):
    code = "step-out-of-order"
    title = Text(
        de="Dieser Schritt der Fallanalyse ist noch nicht an der Reihe.",
        en="It is not yet time for this step of the analysis.",
    )


class ExtractsAreClosed(Conflict):
    code = "extracts-are-closed"
    title = Text(
        de="Fallauszüge werden nur im Entwurf und in der Analyse ergänzt.",
        en="Extracts are added to a draft or in analysis only.",
    )


class CaseIsExtracted(Conflict):
    code = "case-is-extracted"
    title = Text(
        de="Dieser Fall steht schon in der Fallanalyse.",
        en="This case is part of the finding already.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingFacts:
    extracts: int = 0
    done_steps: frozenset[MethodStep] = frozenset()
    has_measure: bool = False
    has_reason: bool = False


EXTRACT_EXISTS: Final[Guard[FindingFacts]] = Guard(
    "extract-exists",
    lambda f: f.extracts >= 1,
    Text(de="Es fehlt ein anonymisierter Fallauszug.", en="An anonymised extract is missing."),
    "R-S4-7",
)
MEASURE_DESCRIBED: Final[Guard[FindingFacts]] = Guard(
    "measure-described",
    lambda f: f.has_measure,
    Text(de="Die Maßnahme ist nicht beschrieben.", en="The measure is not described."),
    "R-S4-7",
)
REASON_GIVEN: Final[Guard[FindingFacts]] = Guard(
    "reason-given",
    lambda f: f.has_reason,
    Text(de="Die Begründung fehlt.", en="The reason is missing."),
    "R-S4-7",
)


def _done(step: MethodStep, guard: str, de: str, en: str) -> Guard[FindingFacts]:
    return Guard(guard, lambda f: step in f.done_steps, Text(de=de, en=en), "R-S4-7")


COLLECTED: Final = _done(
    MethodStep.COLLECT, "cases-collected",
    "Der Schritt „Fälle sammeln“ ist nicht festgehalten.", "The step COLLECT is not recorded.",
)  # fmt: skip
DISCUSSED: Final = _done(
    MethodStep.DISCUSS, "discussed",
    "Die Besprechung mit der Koordination ist nicht festgehalten.",
    "The discussion with the coordination is not recorded.",
)  # fmt: skip
EVALUATED: Final = _done(
    MethodStep.EVALUATE, "evaluated",
    "Die Auswertung der Maßnahme ist nicht festgehalten.",
    "The evaluation of the measure is not recorded.",
)  # fmt: skip

_A, _S = FindingAction, FindingState
_SET_ASIDE: Final = Move(_S.SET_ASIDE, "F6", (REASON_GIVEN,))
_AGAIN: Final = Move(_S.IN_ANALYSIS, "F4", (REASON_GIVEN,))
FINDING_LIFECYCLE: Final[Lifecycle[FindingState, FindingAction, FindingFacts]] = Lifecycle(
    "structural-finding",
    states=FindingState,
    actions=FindingAction,
    initial=FindingState.DRAFT,
    moves={
        _S.DRAFT: {
            _A.BEGIN_ANALYSIS: Move(_S.IN_ANALYSIS, "F1", (EXTRACT_EXISTS, COLLECTED)),
            _A.SET_ASIDE: _SET_ASIDE,
        },
        _S.IN_ANALYSIS: {
            _A.PROPOSE_MEASURE: Move(_S.MEASURE_PROPOSED, "F2", (DISCUSSED, MEASURE_DESCRIBED)),
            _A.SET_ASIDE: _SET_ASIDE,
        },
        _S.MEASURE_PROPOSED: {
            _A.START_MEASURE: Move(_S.MEASURE_RUNNING, "F3"),
            _A.ANALYSE_AGAIN: _AGAIN,
            _A.SET_ASIDE: _SET_ASIDE,
        },
        _S.MEASURE_RUNNING: {
            _A.SOLVE: Move(_S.SOLVED, "F5", (EVALUATED,)),
            _A.ANALYSE_AGAIN: _AGAIN,
            _A.SET_ASIDE: _SET_ASIDE,
        },
        _S.SOLVED: {},
        _S.SET_ASIDE: {_A.RESUME: Move(_S.IN_ANALYSIS, "F7", (EXTRACT_EXISTS, COLLECTED))},
    },
)

_CM, _KO = Role.CASE_MANAGER, Role.COORDINATOR
WRITERS: Final[Mapping[FindingState, frozenset[Role]]] = {
    _S.DRAFT: frozenset({_CM}),
    _S.IN_ANALYSIS: frozenset({_CM, _KO}),
    _S.MEASURE_PROPOSED: frozenset({_KO}),
    _S.MEASURE_RUNNING: frozenset({_KO}),
    _S.SOLVED: frozenset(),
    _S.SET_ASIDE: frozenset({_KO}),
}
OPEN_FOR_EXTRACTS: Final = frozenset({_S.DRAFT, _S.IN_ANALYSIS})
STEPS_IN: Final[Mapping[FindingState, frozenset[MethodStep]]] = {
    _S.DRAFT: frozenset({MethodStep.COLLECT}),
    _S.IN_ANALYSIS: frozenset({MethodStep.ANALYSE, MethodStep.DISCUSS}),
    _S.MEASURE_PROPOSED: frozenset(),
    _S.MEASURE_RUNNING: frozenset({MethodStep.MEASURE, MethodStep.EVALUATE}),
    _S.SOLVED: frozenset(),
    _S.SET_ASIDE: frozenset(),
}


def require_turn(state: FindingState, roles: frozenset[str]) -> None:
    """Raises FindingIsSolved, NotYourTurn."""
    if not WRITERS[state]:
        raise FindingIsSolved
    if not roles & WRITERS[state]:
        raise NotYourTurn(state=state.value, roles=sorted(WRITERS[state]))


def require_next_step(state: FindingState, done: frozenset[MethodStep], step: MethodStep) -> None:
    """A step belongs to its state and follows the ones before it; it may be done again.

    Raises StepOutOfOrder.
    """
    order = list(MethodStep)
    before = set(order[: order.index(step)])
    if step not in STEPS_IN[state] or not before <= done:
        raise StepOutOfOrder(state=state.value, step=step.value)
