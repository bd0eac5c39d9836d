"""What steps of a plan take."""

import strawberry

from gateway.schema.codes.case_files import GoalResult, MeasureAction, ResponsibleKind
from gateway.schema.inputs.base import Change, Command, given, needed
from gateway.schema.published import both
from gateway.schema.scalars import Date


@strawberry.input(description=both("A measure.", "Eine Maßnahme."))
class CaseMeasureInput:
    text: str = needed("Text.", "Text.")
    responsible_kind: ResponsibleKind | None = given("Who is responsible.", "Wer zuständig ist.")
    responsible_ref: str | None = given(
        "Which unit or other body.", "Welche Stelle oder andere Einrichtung."
    )
    due_on: Date | None = given("Day on which it is due.", "Tag der Fälligkeit.")


@strawberry.input(description=both("A goal with its measures.", "Ein Ziel mit seinen Maßnahmen."))
class CaseGoalInput:
    field_of_action: str = needed("Field of action.", "Handlungsfeld.")
    text: str = needed("Text.", "Text.")
    target_on: Date | None = given(
        "Day by which it shall be reached.", "Tag, bis zu dem es erreicht sein soll."
    )
    measures: list[CaseMeasureInput] | None = given("Measures.", "Maßnahmen.")


@strawberry.input(
    description=both("Draft a version of the plan.", "Eine Fassung des Hilfeplans entwerfen.")
)
class DraftPlanInput(Command):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    goals: list[CaseGoalInput] = needed("Goals.", "Ziele.")
    cooperation_plan_on: Date | None = given(
        "Date of a Kooperationsplan of the Jobcenter.",
        "Datum eines Kooperationsplans des Jobcenters.",
    )


@strawberry.input(
    description=both(
        "Change a version that is not agreed yet.", "Eine noch nicht vereinbarte Fassung ändern."
    )
)
class ChangePlanInput(Change):
    plan_id: strawberry.ID = needed("UUID of the plan version.", "UUID der Fassung des Hilfeplans.")
    goals: list[CaseGoalInput] = needed("Goals.", "Ziele.")
    cooperation_plan_on: Date | None = given(
        "Date of a Kooperationsplan of the Jobcenter.",
        "Datum eines Kooperationsplans des Jobcenters.",
    )


@strawberry.input(
    description=both(
        "Record that the person agreed.", "Festhalten, dass die Person zugestimmt hat."
    )
)
class AgreePlanInput(Change):
    plan_id: strawberry.ID = needed("UUID of the plan version.", "UUID der Fassung des Hilfeplans.")
    agreed_on: Date = needed(
        "Day of the agreement with the person.", "Tag der Vereinbarung mit der Person."
    )
    language: str = needed("Language, ISO 639-3.", "Sprache, ISO 639-3.")


@strawberry.input(
    description=both("Add a measure to a goal.", "Eine Maßnahme zu einem Ziel ergänzen.")
)
class AddMeasureInput(Command):
    goal_id: strawberry.ID = needed("UUID of the goal.", "UUID des Ziels.")
    text: str = needed("Text.", "Text.")
    responsible_kind: ResponsibleKind | None = given("Who is responsible.", "Wer zuständig ist.")
    responsible_ref: str | None = given(
        "Which unit or other body.", "Welche Stelle oder andere Einrichtung."
    )
    due_on: Date | None = given("Day on which it is due.", "Tag der Fälligkeit.")


@strawberry.input(
    description=both("Record the result of a goal.", "Das Ergebnis eines Ziels festhalten.")
)
class RecordGoalResultInput(Command):
    goal_id: strawberry.ID = needed("UUID of the goal.", "UUID des Ziels.")
    result: GoalResult = needed("Result.", "Ergebnis.")


@strawberry.input(
    description=both(
        "Start, finish or cancel a measure.", "Eine Maßnahme beginnen, beenden oder abbrechen."
    )
)
class PerformMeasureActionInput(Command):
    measure_id: strawberry.ID = needed("UUID of the measure.", "UUID der Maßnahme.")
    action: MeasureAction = needed("The action.", "Die Aktion.")
    on_date: Date = needed("Day.", "Tag.")
