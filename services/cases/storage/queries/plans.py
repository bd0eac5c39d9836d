"""Plan versions with their goals and measures."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, select
from sqlmodel import col

from services.cases.storage.tables import GoalRow, MeasureRow, PlanVersionRow
from shared.database.gate import ReadLog
from shared.database.lists import ListView
from shared.database.publish import json_list
from shared.database.statements import Statement
from shared.database.views import View

PLAN = (
    col(PlanVersionRow.id),
    col(PlanVersionRow.version),
    col(PlanVersionRow.case_id),
    col(PlanVersionRow.number),
    col(PlanVersionRow.agreed_on),
    col(PlanVersionRow.agreement_language),
    col(PlanVersionRow.cooperation_plan_on),
)
MEASURE = (
    col(MeasureRow.id),
    col(MeasureRow.text),
    col(MeasureRow.responsible_kind),
    col(MeasureRow.responsible_ref),
    col(MeasureRow.state),
    col(MeasureRow.due_on),
    col(MeasureRow.started_on),
    col(MeasureRow.ended_on),
)


def plan_goals() -> ColumnElement[Any]:
    """The goals of a plan version, each with its measures, in their order."""
    measures = json_list(
        select(*MEASURE)
        .where(
            col(MeasureRow.tenant_id) == col(GoalRow.tenant_id),
            col(MeasureRow.goal_id) == col(GoalRow.id),
        )
        .order_by(col(MeasureRow.position))
        .correlate(GoalRow)
    )
    return json_list(
        select(
            col(GoalRow.id),
            col(GoalRow.field_of_action),
            col(GoalRow.text),
            col(GoalRow.target_on),
            col(GoalRow.result),
            col(GoalRow.result_on),
            measures.label("measures"),
        )
        .where(
            col(GoalRow.tenant_id) == col(PlanVersionRow.tenant_id),
            col(GoalRow.plan_version_id) == col(PlanVersionRow.id),
        )
        .order_by(col(GoalRow.position))
        .correlate(PlanVersionRow)
    )


PLAN_WITH_GOALS = select(*PLAN, plan_goals().label("goals"))
PLAN_VIEW = View(
    PLAN_WITH_GOALS.where(col(PlanVersionRow.id) == bindparam("plan_id")),
    log=ReadLog("plan-version"),
)
PLANS_OF_CASE = ListView(
    PLAN_WITH_GOALS.where(col(PlanVersionRow.case_id) == bindparam("case_id")),
    filters={},
    sorts={"number": "number"},
    default_sort="-number",
    log=ReadLog("plan-version"),
)
PLAN_FOR_UPDATE = Statement(
    select(*PLAN).where(col(PlanVersionRow.id) == bindparam("plan_id")).with_for_update()
)
CURRENT_PLAN_OF_CASE = Statement(
    select(*PLAN)
    .where(col(PlanVersionRow.case_id) == bindparam("case_id"))
    .order_by(col(PlanVersionRow.number).desc())
    .limit(1)
)
GOALS_OF_PLAN = Statement(
    select(
        col(GoalRow.id),
        col(GoalRow.field_of_action),
        col(GoalRow.text),
        col(GoalRow.target_on),
        col(GoalRow.result),
    )
    .where(col(GoalRow.plan_version_id) == bindparam("plan_id"))
    .order_by(col(GoalRow.position))
)
MEASURES_OF_PLAN = Statement(
    select(*MEASURE, col(MeasureRow.goal_id))
    .join(GoalRow, col(GoalRow.id) == col(MeasureRow.goal_id))
    .where(col(GoalRow.plan_version_id) == bindparam("plan_id"))
    .order_by(col(MeasureRow.position))
)
GOAL = Statement(
    select(
        col(GoalRow.id), col(GoalRow.case_id), col(GoalRow.plan_version_id), col(GoalRow.result)
    ).where(col(GoalRow.id) == bindparam("goal_id"))
)
MEASURE_WITH_PLAN = Statement(
    select(
        col(MeasureRow.id),
        col(MeasureRow.case_id),
        col(MeasureRow.state),
        col(GoalRow.plan_version_id),
        col(PlanVersionRow.agreed_on),
    )
    .join(GoalRow, col(GoalRow.id) == col(MeasureRow.goal_id))
    .join(PlanVersionRow, col(PlanVersionRow.id) == col(GoalRow.plan_version_id))
    .where(col(MeasureRow.id) == bindparam("measure_id"))
)
REMOVE_GOALS_OF_PLAN = Statement("delete from goal where plan_version_id = :plan_id")
NEXT_MEASURE_POSITION = Statement(
    "select coalesce(max(position), 0) + 1 from measure where goal_id = :goal_id"
)
CASE_OF_PLAN = Statement(
    select(col(PlanVersionRow.case_id)).where(col(PlanVersionRow.id) == bindparam("plan_id"))
)
