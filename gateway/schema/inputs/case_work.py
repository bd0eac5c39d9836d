"""What contacts, tasks and flags take."""

import strawberry

from gateway.schema.codes.work import (
    ContactKind,
    ContactOutcome,
    FlagCode,
    FlagSeverity,
    InterpreterKind,
    TaskAction,
)
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input(description=both("Record a contact.", "Einen Beratungskontakt festhalten."))
class RecordContactInput(Command):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    kind: ContactKind = needed("Kind.", "Art.")
    held_on: Date = needed("Day on which it was held.", "Tag, an dem es stattfand.")
    minutes: int = needed("Minutes, 1 to 1440.", "Minuten, 1 bis 1440.")
    language: str = needed("Language, ISO 639-3.", "Sprache, ISO 639-3.")
    outcome: ContactOutcome = needed("What came of it.", "Was dabei herauskam.")
    interpreter_kind: InterpreterKind | None = given(
        "How it was interpreted, where it was.", "Wie gedolmetscht wurde, falls gedolmetscht wurde."
    )


@strawberry.input(description=both("Set a task.", "Eine Aufgabe stellen."))
class SetTaskInput(Command):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    title: str = needed(
        "What it is about; no names are needed.", "Worum es geht; Namen sind nicht nötig."
    )
    due_on: Date = needed("Day on which it is due.", "Tag der Fälligkeit.")
    assignee: str | None = given(
        "Who does it: issuer and subject; yourself if left out.",
        "Wer sie erledigt: Aussteller und Kennung; ohne Angabe selbst.",
    )


@strawberry.input(description=both("Change a task.", "Eine Aufgabe ändern."))
class ChangeTaskInput(Change):
    task_id: strawberry.ID = needed("UUID of the task.", "UUID der Aufgabe.")
    title: str = needed(
        "What it is about; no names are needed.", "Worum es geht; Namen sind nicht nötig."
    )
    due_on: Date = needed("Day on which it is due.", "Tag der Fälligkeit.")
    assignee: str | None = given(
        "Who does it: issuer and subject; yourself if left out.",
        "Wer sie erledigt: Aussteller und Kennung; ohne Angabe selbst.",
    )


@strawberry.input(
    description=both("Finish or cancel a task.", "Eine Aufgabe erledigen oder streichen.")
)
class PerformTaskActionInput(Command):
    task_id: strawberry.ID = needed("UUID of the task.", "UUID der Aufgabe.")
    action: TaskAction = needed("The action.", "Die Aktion.")


@strawberry.input(description=both("Raise a flag.", "Einen Hinweis setzen."))
class RaiseFlagInput(Command):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    code: FlagCode = needed("Code.", "Schlüssel.")
    severity: FlagSeverity = needed("How grave it is.", "Wie schwer er wiegt.")
    reason: str = needed("Reason.", "Begründung.")


@strawberry.input(description=both("Lift a flag.", "Einen Hinweis aufheben."))
class LiftFlagInput(Command):
    flag_id: strawberry.ID = needed("UUID of the flag.", "UUID des Hinweises.")
