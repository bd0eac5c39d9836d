"""Steps of a help plan."""

import strawberry

from gateway.schema.case_file import CasePlan
from gateway.schema.commands import Success, command, made, outcome
from gateway.schema.inputs.plan import (
    AddMeasureInput,
    AgreePlanInput,
    ChangePlanInput,
    DraftPlanInput,
    PerformMeasureActionInput,
    RecordGoalResultInput,
)
from gateway.schema.published import both, field


@strawberry.type(description=both("The plan after the change.", "Der Hilfeplan nach der Änderung."))
class PlanSuccess(Success):
    plan: CasePlan = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")


_made = made(PlanSuccess, "plan", CasePlan)
PlanResult = outcome(
    "PlanResult", PlanSuccess, en="The plan, or why not.", de="Der Hilfeplan, oder warum nicht."
)


@strawberry.type
class PlanMutations:
    draft_plan = command(
        "POST cases /v1/cases/{case_id}/plan-versions",
        DraftPlanInput,
        _made,
        PlanResult,
        en="Draft a version of the help plan.",
        de="Eine Fassung des Hilfeplans entwerfen.",
    )
    change_plan = command(
        "PUT cases /v1/plan-versions/{plan_id}",
        ChangePlanInput,
        _made,
        PlanResult,
        en="Change a version that is not agreed yet.",
        de="Eine noch nicht vereinbarte Fassung ändern.",
    )
    agree_plan = command(
        "POST cases /v1/plan-versions/{plan_id}/actions/agree",
        AgreePlanInput,
        _made,
        PlanResult,
        en="Record that the person agreed.",
        de="Festhalten, dass die Person zugestimmt hat.",
    )
    add_measure = command(
        "POST cases /v1/goals/{goal_id}/measures",
        AddMeasureInput,
        _made,
        PlanResult,
        en="Add a measure to a goal.",
        de="Eine Maßnahme zu einem Ziel ergänzen.",
    )
    record_goal_result = command(
        "POST cases /v1/goals/{goal_id}/actions/record-result",
        RecordGoalResultInput,
        _made,
        PlanResult,
        en="Record the result of a goal.",
        de="Das Ergebnis eines Ziels festhalten.",
    )
    perform_measure_action = command(
        "POST cases /v1/measures/{measure_id}/actions/{action}",
        PerformMeasureActionInput,
        _made,
        PlanResult,
        en="Start, finish or cancel a measure.",
        de="Eine Maßnahme beginnen, beenden oder abbrechen.",
    )
