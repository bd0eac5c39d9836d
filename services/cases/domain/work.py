"""Work on cases: tasks, flags, and searches that a person keeps."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from services.cases.domain.facts import CaseState
from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.lifecycle import Lifecycle, Move
from shared.kernel.text import Text


class TaskState(StrEnum):
    OPEN = "OPEN"
    DONE = "DONE"
    CANCELLED = "CANCELLED"


class TaskCause(StrEnum):
    """Why the system proposes a task; None where a person has set it."""

    OWNERSHIP_TRANSFERRED = "OWNERSHIP_TRANSFERRED"
    """The recipient of a warm handover leads from now on; what becomes of the case a person says"""


CLOSE_OR_HAND_OVER: Final = Text(
    de="Die Fallführung ist übergegangen: Fall abschließen oder übergeben?",
    en="Another unit leads now: close the case or hand it over?",
)
ANSWER_WITHIN_WORKING_DAYS: Final = 10


class TaskAction(StrEnum):
    FINISH = "finish"
    CANCEL = "cancel"


TASK_LIFECYCLE: Final[Lifecycle[TaskState, TaskAction, None]] = Lifecycle(
    "task",
    states=TaskState,
    actions=TaskAction,
    initial=TaskState.OPEN,
    moves={
        TaskState.OPEN: {
            TaskAction.FINISH: Move(TaskState.DONE, "T1"),
            TaskAction.CANCEL: Move(TaskState.CANCELLED, "T2"),
        },
        TaskState.DONE: {},
        TaskState.CANCELLED: {},
    },
)


class FlagCode(StrEnum):
    """What colleagues must know before they act; nothing about health, religion or title."""

    DEADLINE = "DEADLINE"
    HOUSING_LOSS = "HOUSING_LOSS"
    CHILD_PROTECTION = "CHILD_PROTECTION"
    SAFETY = "SAFETY"
    CONTACT_ONLY_BY_LETTER = "CONTACT_ONLY_BY_LETTER"
    OTHER = "OTHER"


class Severity(StrEnum):
    INFO = "INFO"
    WARNING = "WARNING"
    CRITICAL = "CRITICAL"


class WorkList(StrEnum):
    MINE = "mine"
    TEAM = "team"
    UNASSIGNED = "unassigned"
    OVERDUE = "overdue"
    CHANGED = "changed"


class ColleagueUnknown(Conflict):
    code = "colleague-unknown"
    title = Text(
        de="Diese Fachkraft ist in dieser Stelle nicht tätig.",
        en="This member of staff does not work in this unit.",
    )


class FlagIsRaised(Conflict):
    code = "flag-is-raised"
    title = Text(
        de="Dieser Hinweis ist am Fall schon gesetzt.", en="The case has this flag already."
    )


class FlagIsLifted(Conflict):
    code = "flag-is-lifted"
    title = Text(de="Dieser Hinweis ist schon aufgehoben.", en="This flag has been lifted already.")


class SearchNotStorable(RuleViolated):
    code = "search-not-storable"
    title = Text(
        de="Gespeichert werden nur Filter ohne Personenbezug: Zustand und Beginn.",
        en="Only filters without personal reference are stored: state and opening date.",
    )


def _state(value: str) -> None:
    CaseState(value)


def _states(value: str) -> None:
    for one in value.split(","):
        CaseState(one)


def _sort(value: str) -> None:
    if value.removeprefix("-") not in {"openedOn", "stateSince"}:
        raise ValueError(value)


def _date(value: str) -> None:
    date.fromisoformat(value)


# Filters of the case list that name nobody. Ids of persons, families and referrals are not among
# them: a stored search must not become a second register.
_STORABLE: Final = {
    "state": _state,
    "state[in]": _states,
    "openedOn[gte]": _date,
    "openedOn[lte]": _date,
    "sort": _sort,
}


def check_search(filters: Mapping[str, str]) -> None:
    """Raises SearchNotStorable, which names what can be kept."""
    for name, value in filters.items():
        if not _is_storable(name, value):
            raise SearchNotStorable(allowed=sorted(_STORABLE))


def _is_storable(name: str, value: str) -> bool:
    check = _STORABLE.get(name)
    if check is None:
        return False
    try:
        check(value)
    except ValueError:
        return False
    return True
