"""Contacts, tasks and flags of a case."""

import strawberry

from gateway.schema.codes.work import (
    ContactKind,
    ContactOutcome,
    FlagCode,
    FlagSeverity,
    InterpreterKind,
    TaskCause,
    TaskState,
)
from gateway.schema.published import Published, both, field
from gateway.schema.reads import related
from gateway.schema.scalars import Date, DateTime


@strawberry.type(
    description=both(
        "A counselling contact that took place.", "Ein Beratungskontakt, der stattfand."
    )
)
class Contact(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    kind: ContactKind = field("Kind.", "Art.")
    held_on: Date = field("Day on which it was held.", "Tag, an dem es stattfand.")
    minutes: int = field("Minutes, 1 to 1440.", "Minuten, 1 bis 1440.")
    language: str = field("Language, ISO 639-3.", "Sprache, ISO 639-3.")
    interpreter_kind: InterpreterKind | None = field(
        "How it was interpreted, where it was.", "Wie gedolmetscht wurde, falls gedolmetscht wurde."
    )
    cost_reference: str | None = field(
        "Key under which the funding office finds the interpreter's cost.",
        "Schlüssel, unter dem die Förderstelle die Kosten der Sprachmittlung findet.",
    )
    outcome: ContactOutcome = field("What came of it.", "Was dabei herauskam.")
    recorded_by: str = field("Who recorded it.", "Wer es erfasste.")
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")


@strawberry.type(
    description=both("Something to be done for a case.", "Etwas, das für einen Fall zu tun ist.")
)
class Task(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    title: str = field(
        "What it is about; no names are needed.", "Worum es geht; Namen sind nicht nötig."
    )
    due_on: Date = field("Day on which it is due.", "Tag der Fälligkeit.")
    assignee: str = field(
        "Who does it: issuer and subject.", "Wer sie erledigt: Aussteller und Kennung."
    )
    deputy: str | None = field("Who stands in for the assignee today.", "Wer heute vertritt.")
    state: TaskState = field("State.", "Stand.")
    is_overdue: bool = field("The day has passed.", "Der Tag ist vorbei.")
    ended_by: str | None = field("Who ended it.", "Wer sie beendete.")
    ended_at: DateTime | None = field("When it ended.", "Wann sie endete.")
    proposed_because: TaskCause | None = field(
        "Why the system proposes it; a person decides.",
        "Warum das System sie vorschlägt; entschieden wird von Menschen.",
    )
    referral_id: strawberry.ID | None = field(
        "UUID of the referral it comes from.", "UUID der Zusteuerung, aus der sie kommt."
    )
    recorded_by: str = field("Who recorded it.", "Wer es erfasste.")
    recorded_at: DateTime = field("When it was recorded.", "Wann es erfasst wurde.")
    case = related(
        "cases /v1/cases", "gateway.schema.case:Case", "caseId", en="The case.", de="Der Fall."
    )


@strawberry.type(
    description=both(
        "What colleagues must know before they act.", "Was andere wissen müssen, bevor sie handeln."
    )
)
class Flag(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    code: FlagCode = field("Code.", "Schlüssel.")
    severity: FlagSeverity = field("How grave it is.", "Wie schwer er wiegt.")
    reason: str = field("Reason.", "Begründung.")
    raised_by: str = field("Who raised it.", "Wer ihn setzte.")
    raised_at: DateTime = field("When it was raised.", "Wann er gesetzt wurde.")
    lifted_by: str | None = field("Who lifted it.", "Wer ihn aufhob.")
    lifted_at: DateTime | None = field("When it was lifted.", "Wann er aufgehoben wurde.")
