"""The Handlungskonzept in versions: endorsed by the steering group, approved by the granting
authority (R-S4-9, R-S4-10).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from shared.kernel.lifecycle import Guard, Lifecycle, Move
from shared.kernel.text import Text


class ConceptState(StrEnum):
    DRAFT = "DRAFT"
    ENDORSED = "ENDORSED"
    APPROVED = "APPROVED"
    SUPERSEDED = "SUPERSEDED"
    WITHDRAWN = "WITHDRAWN"


class ConceptAction(StrEnum):
    ENDORSE = "endorse"
    APPROVE = "approve"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptFacts:
    """`on_date` is the day of the step, `endorsed_on` the day of the steering group's word."""

    today: date
    on_date: date
    endorsed_on: date | None = None
    is_meeting_of_steering_group: bool = False
    is_approval_named: bool = False
    is_successor_approved: bool = False


NOT_IN_FUTURE: Final[Guard[ConceptFacts]] = Guard(
    "not-in-future",
    lambda f: f.on_date <= f.today,
    Text(de="Das Datum liegt in der Zukunft.", en="The date lies in the future."),
    "R-S4-10",
)
STEERING_GROUP_MET: Final[Guard[ConceptFacts]] = Guard(
    "steering-group-met",
    lambda f: f.is_meeting_of_steering_group,
    Text(
        de="Es fehlt die Sitzung der Lenkungsgruppe an diesem Tag.",
        en="A meeting of the steering group on that day is missing.",
    ),
    "R-S4-10",
)
ENDORSED_BEFORE: Final[Guard[ConceptFacts]] = Guard(
    "endorsed-before",
    lambda f: f.endorsed_on is not None and f.endorsed_on <= f.on_date,
    Text(
        de="Die Genehmigung liegt vor der Zustimmung der Lenkungsgruppe.",
        en="The approval lies before the word of the steering group.",
    ),
    "R-S4-10",
)
APPROVAL_NAMED: Final[Guard[ConceptFacts]] = Guard(
    "approval-named",
    lambda f: f.is_approval_named,
    Text(
        de="Bewilligungsbehörde und Aktenzeichen fehlen.",
        en="Granting authority and reference are missing.",
    ),
    "R-S4-10",
)
SUCCESSOR_APPROVED: Final[Guard[ConceptFacts]] = Guard(
    "successor-approved",
    lambda f: f.is_successor_approved,
    Text(
        de="Eine Fassung wird nur durch eine neuere genehmigte ersetzt.",
        en="Only a newer approved version replaces one.",
    ),
    "R-S4-10",
)
_WITHDRAW: Final = Move(ConceptState.WITHDRAWN, "H4", (NOT_IN_FUTURE,))
CONCEPT_LIFECYCLE: Final[Lifecycle[ConceptState, ConceptAction, ConceptFacts]] = Lifecycle(
    "concept",
    states=ConceptState,
    actions=ConceptAction,
    initial=ConceptState.DRAFT,
    moves={
        ConceptState.DRAFT: {
            ConceptAction.ENDORSE: Move(
                ConceptState.ENDORSED, "H1", (NOT_IN_FUTURE, STEERING_GROUP_MET)
            ),
            ConceptAction.WITHDRAW: _WITHDRAW,
        },
        ConceptState.ENDORSED: {
            ConceptAction.APPROVE: Move(
                ConceptState.APPROVED, "H2", (NOT_IN_FUTURE, ENDORSED_BEFORE, APPROVAL_NAMED)
            ),
            ConceptAction.WITHDRAW: _WITHDRAW,
        },
        ConceptState.APPROVED: {
            ConceptAction.SUPERSEDE: Move(ConceptState.SUPERSEDED, "H3", (SUCCESSOR_APPROVED,)),
        },
        ConceptState.SUPERSEDED: {},
        ConceptState.WITHDRAWN: {},
    },
)
