"""Destruction lists: three people look before anything is erased, and a report stays."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.cases.domain.acts import APPROVE_LIST, RETURN_LIST, SUBMIT_LIST
from shared.kernel.access_relations import Relation
from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.lifecycle import Guard, Lifecycle, Move
from shared.kernel.text import Text


class ListState(StrEnum):
    DRAFT = "DRAFT"
    IN_REVIEW = "IN_REVIEW"
    CHANGES_REQUESTED = "CHANGES_REQUESTED"
    REVIEWED = "REVIEWED"
    APPROVED = "APPROVED"
    EXECUTING = "EXECUTING"
    EXECUTED = "EXECUTED"


class ListAction(StrEnum):
    SUBMIT = "submit"
    REQUEST_CHANGES = "request-changes"
    REVIEW = "review"
    APPROVE = "approve"
    EXECUTE = "execute"
    FINISH = "finish"


class ItemOutcome(StrEnum):
    """What became of one case on the list."""

    LISTED = "LISTED"
    EXCLUDED = "EXCLUDED"
    DROPPED = "DROPPED"
    REQUESTED = "REQUESTED"
    ERASED = "ERASED"


class DropReason(StrEnum):
    STILL_NEEDED = "STILL_NEEDED"
    LEGAL_HOLD = "LEGAL_HOLD"
    NOT_DUE = "NOT_DUE"
    NOT_ENDED = "NOT_ENDED"
    ALREADY_ERASED = "ALREADY_ERASED"


class NothingDue(RuleViolated):
    code = "nothing-due"
    title = Text(
        de="Kein Fall der Stelle ist zur Löschung fällig.",
        en="No case of the unit is due for erasure.",
    )


class ListIsFixed(Conflict):
    code = "destruction-list-is-fixed"
    title = Text(
        de="Die Liste kann nur im Entwurf oder nach verlangten Änderungen bearbeitet werden.",
        en="The list can be edited in draft or after changes were requested only.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """Who acts on the list and what stands on it; defaults are the cautious answers."""

    relations: frozenset[Relation] = frozenset({Relation.AUTHOR, Relation.REVIEWER})
    may_approve: bool = False
    may_handle_cases: bool = False
    items_listed: int = 0
    items_without_archive_answer: int = 1


def _guard(
    key: str, holds: Callable[[ListFacts], bool], de: str, en: str, source: str
) -> Guard[ListFacts]:
    return Guard(key, holds, Text(de=de, en=en), source)


HAS_CASES: Final = _guard(
    "has-cases", lambda f: f.items_listed > 0,
    "Auf der Liste steht kein Fall.", "No case is on the list.", "R-D3",
)  # fmt: skip
IS_AUTHOR: Final = _guard(
    "is-author", lambda f: SUBMIT_LIST.fits(f.relations),
    "Das kann nur, wer die Liste erstellt hat.", "Only the author can do this.", "R-D3",
)  # fmt: skip
HANDLES_CASES: Final = _guard(
    "handles-cases", lambda f: f.may_handle_cases,
    "Das kann nur eine Fachkraft der Stelle.", "Only a case manager of the unit can do this.",
    "R-A2",
)  # fmt: skip
IS_SECOND_PERSON: Final = _guard(
    "is-second-person", lambda f: RETURN_LIST.fits(f.relations),
    "Wer die Liste erstellt hat, prüft sie nicht.", "The author does not review the list.",
    "three persons",
)  # fmt: skip
IS_THIRD_PERSON: Final = _guard(
    "is-third-person", lambda f: APPROVE_LIST.fits(f.relations),
    "Wer erstellt oder geprüft hat, gibt nicht frei.",
    "Author and reviewer do not approve.", "three persons",
)  # fmt: skip
MAY_APPROVE: Final = _guard(
    "may-approve", lambda f: f.may_approve,
    "Freigeben kann nur die Teamleitung.", "Only the team lead approves.", "three persons",
)  # fmt: skip
ARCHIVE_HAS_ANSWERED: Final = _guard(
    "archive-has-answered", lambda f: f.items_without_archive_answer == 0,
    "Für mindestens einen Fall hat das Archiv noch nicht geantwortet.",
    "The archive has not answered for at least one case.", "R-D3, § 71 (1) s. 3 SGB X",
)  # fmt: skip
EVERY_CASE_HANDLED: Final = _guard(
    "every-case-handled", lambda f: f.items_listed == 0,
    "Es sind noch nicht alle Fälle der Liste bearbeitet.",
    "Not every case on the list has been dealt with.", "R-D3",
)  # fmt: skip

S, A = ListState, ListAction
DESTRUCTION_LIFECYCLE: Final[Lifecycle[ListState, ListAction, ListFacts]] = Lifecycle(
    "destruction list",
    states=ListState,
    actions=ListAction,
    initial=S.DRAFT,
    moves={
        S.DRAFT: {A.SUBMIT: Move(S.IN_REVIEW, "V1", (IS_AUTHOR, HAS_CASES))},
        S.IN_REVIEW: {
            A.REVIEW: Move(S.REVIEWED, "V2", (HANDLES_CASES, IS_SECOND_PERSON)),
            A.REQUEST_CHANGES: Move(S.CHANGES_REQUESTED, "V3", (IS_SECOND_PERSON,)),
        },
        S.CHANGES_REQUESTED: {A.SUBMIT: Move(S.IN_REVIEW, "V4", (IS_AUTHOR, HAS_CASES))},
        S.REVIEWED: {
            A.APPROVE: Move(S.APPROVED, "V5", (MAY_APPROVE, IS_THIRD_PERSON)),
            A.REQUEST_CHANGES: Move(S.CHANGES_REQUESTED, "V3", (MAY_APPROVE, IS_THIRD_PERSON)),
        },
        S.APPROVED: {A.EXECUTE: Move(S.EXECUTING, "V6", (HANDLES_CASES, ARCHIVE_HAS_ANSWERED))},
        # The worker erases case by case and finishes when none is left.
        S.EXECUTING: {A.FINISH: Move(S.EXECUTED, "V7", (EVERY_CASE_HANDLED,))},
        S.EXECUTED: {},
    },
)
EDITABLE: Final = frozenset({S.DRAFT, S.CHANGES_REQUESTED})
ACTION_LABELS: Final[Mapping[ListAction, Text]] = {
    A.SUBMIT: Text(de="Zur Prüfung geben", en="Submit for review"),
    A.REQUEST_CHANGES: Text(de="Änderungen verlangen", en="Request changes"),
    A.REVIEW: Text(de="Als geprüft bestätigen", en="Confirm the review"),
    A.APPROVE: Text(de="Freigeben", en="Approve"),
    A.EXECUTE: Text(de="Löschung ausführen", en="Execute the erasure"),
    A.FINISH: Text(de="Ausführung abschließen", en="Finish the execution"),
}
