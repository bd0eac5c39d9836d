"""Steps of a help plan."""

from typing import Annotated

import strawberry

from gateway.clients.conversation import Written
from gateway.context import Info
from gateway.schema.case_file import CasePlan
from gateway.schema.inputs.base import INPUT, body_of, in_path
from gateway.schema.inputs.plan import (
    AddMeasureInput,
    AgreePlanInput,
    ChangePlanInput,
    DraftPlanInput,
    PerformMeasureActionInput,
    RecordGoalResultInput,
)
from gateway.schema.published import both, field
from gateway.schema.refusals import answered
from gateway.schema.user_errors import Refused


@strawberry.type(description=both("The plan after the change.", "Der Hilfeplan nach der Änderung."))
class PlanSuccess:
    plan: CasePlan = field("The record as it now stands.", "Der Datensatz, wie er jetzt ist.")
    is_replayed: bool = field(
        "The change was made before under the same key; this is its answer.",
        "Die Änderung wurde unter demselben Schlüssel schon gemacht; dies ist ihre Antwort.",
    )


def _success(written: Written) -> PlanSuccess:
    return PlanSuccess(plan=CasePlan.from_record(written.record), is_replayed=written.is_replayed)


async def _draft(info: Info, command: DraftPlanInput) -> PlanSuccess:
    written = await info.context.services.cases.add_part(
        in_path(command.case_id), "plan-versions", body_of(command, "case_id"), key=command.key
    )
    return _success(written)


async def _change(info: Info, command: ChangePlanInput) -> PlanSuccess:
    written = await info.context.services.cases.change_plan(
        in_path(command.plan_id),
        body_of(command, "plan_id"),
        key=command.key,
        version=command.expected_version,
    )
    return _success(written)


async def _agree(info: Info, command: AgreePlanInput) -> PlanSuccess:
    written = await info.context.services.cases.agree_plan(
        in_path(command.plan_id),
        body_of(command, "plan_id"),
        key=command.key,
        version=command.expected_version,
    )
    return _success(written)


async def _add_measure(info: Info, command: AddMeasureInput) -> PlanSuccess:
    written = await info.context.services.cases.add_measure(
        in_path(command.goal_id), body_of(command, "goal_id"), key=command.key
    )
    return _success(written)


async def _record_result(info: Info, command: RecordGoalResultInput) -> PlanSuccess:
    written = await info.context.services.cases.record_goal_result(
        in_path(command.goal_id), body_of(command, "goal_id"), key=command.key
    )
    return _success(written)


async def _act_on_measure(info: Info, command: PerformMeasureActionInput) -> PlanSuccess:
    written = await info.context.services.cases.act_on_measure(
        in_path(command.measure_id),
        str(command.action.value),
        body_of(command, "measure_id"),
        key=command.key,
    )
    return _success(written)


PlanResult = Annotated[
    PlanSuccess | Refused,
    strawberry.union(
        "PlanResult", description=both("The plan, or why not.", "Der Hilfeplan, oder warum nicht.")
    ),
]


@strawberry.type
class PlanMutations:
    @strawberry.mutation(
        description=both(
            "Draft a version of the help plan.", "Eine Fassung des Hilfeplans entwerfen."
        )
    )
    async def draft_plan(self, info: Info, input_: Annotated[DraftPlanInput, INPUT]) -> PlanResult:
        return await answered(_draft(info, input_))

    @strawberry.mutation(
        description=both(
            "Change a version that is not agreed yet.",
            "Eine noch nicht vereinbarte Fassung ändern.",
        )
    )
    async def change_plan(
        self, info: Info, input_: Annotated[ChangePlanInput, INPUT]
    ) -> PlanResult:
        return await answered(_change(info, input_))

    @strawberry.mutation(
        description=both(
            "Record that the person agreed.", "Festhalten, dass die Person zugestimmt hat."
        )
    )
    async def agree_plan(self, info: Info, input_: Annotated[AgreePlanInput, INPUT]) -> PlanResult:
        return await answered(_agree(info, input_))

    @strawberry.mutation(
        description=both("Add a measure to a goal.", "Eine Maßnahme zu einem Ziel ergänzen.")
    )
    async def add_measure(
        self, info: Info, input_: Annotated[AddMeasureInput, INPUT]
    ) -> PlanResult:
        return await answered(_add_measure(info, input_))

    @strawberry.mutation(
        description=both("Record the result of a goal.", "Das Ergebnis eines Ziels festhalten.")
    )
    async def record_goal_result(
        self, info: Info, input_: Annotated[RecordGoalResultInput, INPUT]
    ) -> PlanResult:
        return await answered(_record_result(info, input_))

    @strawberry.mutation(
        description=both(
            "Start, finish or cancel a measure.", "Eine Maßnahme beginnen, beenden oder abbrechen."
        )
    )
    async def perform_measure_action(
        self, info: Info, input_: Annotated[PerformMeasureActionInput, INPUT]
    ) -> PlanResult:
        return await answered(_act_on_measure(info, input_))
