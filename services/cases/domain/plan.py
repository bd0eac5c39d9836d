"""The help plan: versions with goals and measures, agreed with the client.

A version is written once it is agreed; re-planning writes the next one. A help plan may note that
a Kooperationsplan of the Jobcenter exists (§ 15 SGB II), never its content without consent.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from services.cases.domain.people import LANGUAGE_PATTERN
from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.lifecycle import Guard, Lifecycle, Move
from shared.kernel.text import Text


class PlanIsAgreed(Conflict):
    code = "plan-is-agreed"
    title = Text(
        de="Diese Fassung des Hilfeplans ist vereinbart; Änderungen brauchen eine neue Fassung.",
        en="This version of the plan is agreed; changes need a new version.",
    )


class PlanNotReady(RuleViolated):
    code = "plan-not-ready"
    title = Text(
        de="Ein vereinbarter Hilfeplan braucht ein Ziel mit einer Maßnahme und für jede Maßnahme "
        "eine verantwortliche Stelle.",
        en="An agreed plan needs a goal with a measure, and a responsible party per measure.",
    )


class PlanNotAgreed(Conflict):
    code = "plan-not-agreed"
    title = Text(
        de="Freigegeben wird ein Hilfeplan, der mit der ratsuchenden Person vereinbart ist.",
        en="A plan is approved once it is agreed with the client.",
    )


class PlanNeedsOtherEyes(Conflict):
    code = "plan-needs-other-eyes"
    title = Text(
        de="Wer den Hilfeplan geschrieben hat, gibt ihn nicht selbst frei.",
        en="Whoever wrote the plan does not approve it.",
    )


class GoalResult(StrEnum):
    REACHED = "REACHED"
    PARTLY_REACHED = "PARTLY_REACHED"
    NOT_REACHED = "NOT_REACHED"
    DROPPED = "DROPPED"


class ResponsibleKind(StrEnum):
    CLIENT = "CLIENT"
    CASE_MANAGER = "CASE_MANAGER"
    UNIT = "UNIT"
    OTHER = "OTHER"


class MeasureState(StrEnum):
    PLANNED = "PLANNED"
    STARTED = "STARTED"
    DONE = "DONE"
    CANCELLED = "CANCELLED"


class MeasureAction(StrEnum):
    START = "start"
    FINISH = "finish"
    CANCEL = "cancel"


OPEN_MEASURE_STATES: Final = frozenset({MeasureState.PLANNED, MeasureState.STARTED})


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    is_plan_agreed: bool = False


PLAN_AGREED: Final[Guard[MeasureFacts]] = Guard(
    "plan-agreed",
    lambda f: f.is_plan_agreed,
    Text(de="Der Hilfeplan ist noch nicht vereinbart.", en="The plan has not been agreed."),
    "C8",
)

MEASURE_LIFECYCLE: Final[Lifecycle[MeasureState, MeasureAction, MeasureFacts]] = Lifecycle(
    "measure",
    states=MeasureState,
    actions=MeasureAction,
    initial=MeasureState.PLANNED,
    moves={
        MeasureState.PLANNED: {
            MeasureAction.START: Move(MeasureState.STARTED, "M1", (PLAN_AGREED,)),
            MeasureAction.CANCEL: Move(MeasureState.CANCELLED, "M3"),
        },
        MeasureState.STARTED: {
            MeasureAction.FINISH: Move(MeasureState.DONE, "M2"),
            MeasureAction.CANCEL: Move(MeasureState.CANCELLED, "M3"),
        },
        MeasureState.DONE: {},
        MeasureState.CANCELLED: {},
    },
)


@dataclass(frozen=True, slots=True)
class Measure:
    """`responsible_ref` names the unit or other body where the kind needs one."""

    state: MeasureState = MeasureState.PLANNED
    responsible_kind: ResponsibleKind | None = None
    responsible_ref: str = ""

    @property
    def has_responsible(self) -> bool:
        if self.responsible_kind in {ResponsibleKind.UNIT, ResponsibleKind.OTHER}:
            return bool(self.responsible_ref.strip())
        return self.responsible_kind is not None


@dataclass(frozen=True, slots=True)
class Goal:
    measures: tuple[Measure, ...] = ()
    result: GoalResult | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The client's word: on which day and in which language the plan was agreed."""

    agreed_on: date
    language: str


@dataclass(frozen=True, slots=True)
class PlanVersion:
    number: int
    goals: tuple[Goal, ...] = field(default=())
    agreement: Agreement | None = None

    @property
    def is_agreed(self) -> bool:
        return self.agreement is not None

    @property
    def measures(self) -> tuple[Measure, ...]:
        return tuple(measure for goal in self.goals for measure in goal.measures)

    @property
    def goals_with_measure(self) -> int:
        return sum(bool(goal.measures) for goal in self.goals)

    @property
    def goals_without_result(self) -> int:
        return sum(goal.result is None for goal in self.goals)

    @property
    def measures_without_responsible(self) -> int:
        return sum(not measure.has_responsible for measure in self.measures)

    @property
    def measures_started(self) -> int:
        """Started once, whether or not they still run."""
        return sum(
            measure.state in {MeasureState.STARTED, MeasureState.DONE} for measure in self.measures
        )

    @property
    def measures_open(self) -> int:
        return sum(measure.state in OPEN_MEASURE_STATES for measure in self.measures)

    def require_editable(self) -> None:
        """Raises PlanIsAgreed."""
        if self.is_agreed:
            raise PlanIsAgreed(version=self.number)

    def agree(self, agreement: Agreement, *, today: date) -> "PlanVersion":
        """The same version, agreed. Raises PlanIsAgreed, PlanNotReady.

        An agreement lies in the past or today, in a language that is named.
        """
        self.require_editable()
        is_ready = self.goals_with_measure >= 1 and self.measures_without_responsible == 0
        is_dated = agreement.agreed_on <= today and _is_language(agreement.language)
        if not (is_ready and is_dated):
            raise PlanNotReady(version=self.number)
        return PlanVersion(self.number, self.goals, agreement)

    def successor(self) -> "PlanVersion":
        """The next version, to be worked on: the goals that have no result yet are carried over."""
        unfinished = tuple(goal for goal in self.goals if goal.result is None)
        return PlanVersion(self.number + 1, unfinished)


def _is_language(language: str) -> bool:
    return re.fullmatch(LANGUAGE_PATTERN, language) is not None
