"""The next version of a plan: what has no result yet is carried over."""

from typing import Any

import asyncpg

from services.cases.domain.plan import MeasureState
from services.cases.operations.on_case import file_columns
from services.cases.storage.queries.plans import (
    CURRENT_PLAN_OF_CASE,
    GOALS_OF_PLAN,
    MEASURES_OF_PLAN,
)
from services.cases.storage.tables import GoalRow, MeasureRow, PlanVersionRow
from shared.database.transaction import Transaction
from shared.kernel.ids import new_id

RUNNING = frozenset({MeasureState.PLANNED.value, MeasureState.STARTED.value})


async def open_next_plan_version(tx: Transaction, case: asyncpg.Record) -> None:
    """After an agreed version begin the next one (C10, and C7 after a re-assessment); where there
    is none yet, or one in work, nothing is to be done.

    Goals with a result stay behind, and so do measures that have ended.
    """
    current = await tx.row(CURRENT_PLAN_OF_CASE, case_id=case["id"])
    if current is None or current["agreed_on"] is None:
        return
    columns = file_columns(tx, case)
    plan_id = columns["id"]
    await tx.insert(PlanVersionRow, **columns, number=current["number"] + 1, version=1)
    measures = await tx.rows(MEASURES_OF_PLAN, plan_id=current["id"])
    position = 0
    for goal in await tx.rows(GOALS_OF_PLAN, plan_id=current["id"]):
        if goal["result"] is None:
            position += 1
            running = [m for m in measures if m["goal_id"] == goal["id"] and m["state"] in RUNNING]
            await _carry_over(tx, case, {**goal, "plan_id": plan_id, "position": position}, running)


async def _carry_over(
    tx: Transaction,
    case: asyncpg.Record,
    goal: dict[str, Any],
    measures: list[asyncpg.Record],
) -> None:
    goal_id = new_id()
    shared = {"unit_id": case["unit_id"], "case_id": case["id"]}
    await tx.insert(
        GoalRow,
        id=goal_id,
        plan_version_id=goal["plan_id"],
        position=goal["position"],
        field_of_action=goal["field_of_action"],
        text=goal["text"],
        target_on=goal["target_on"],
        **shared,
    )
    for position, measure in enumerate(measures, start=1):
        await tx.insert(
            MeasureRow,
            id=new_id(),
            goal_id=goal_id,
            position=position,
            text=measure["text"],
            responsible_kind=measure["responsible_kind"],
            responsible_ref=measure["responsible_ref"],
            state=measure["state"],
            due_on=measure["due_on"],
            started_on=measure["started_on"],
            **shared,
        )
