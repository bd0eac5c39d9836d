"""Work on an agreed plan: start and end measures, add one, record what became of a goal."""

from datetime import date
from typing import Any
from uuid import UUID

from services.cases.domain.errors import DateInFuture, GoalHasResult, PlanNotInWork
from services.cases.domain.facts import CaseState
from services.cases.domain.plan import (
    MEASURE_LIFECYCLE,
    GoalResult,
    MeasureAction,
    MeasureFacts,
    MeasureState,
)
from services.cases.operations.draft_plan import (
    DraftMeasure,
    insert_measure,
    lock_plan,
    plan_answer,
)
from services.cases.operations.on_case import advance_case
from services.cases.storage.queries.plans import GOAL, MEASURE_WITH_PLAN, NEXT_MEASURE_POSITION
from services.cases.storage.tables import GoalRow, MeasureRow, PlanVersionRow
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.service.writes import Answer

MEASURES_ARE_ADDED_IN = frozenset({CaseState.PLANNING, CaseState.LINKING})


async def act_on_measure(
    tx: Transaction, measure_id: UUID, action: MeasureAction, on_date: date
) -> Answer:
    """Start, finish or cancel. Raises NotFound, TransitionNotAllowed, GuardFailed, DateInFuture."""
    if on_date > berlin_date(now()):
        raise DateInFuture
    found = await tx.row(MEASURE_WITH_PLAN, measure_id=measure_id)
    if found is None:
        raise NotFound
    case, plan = await lock_plan(tx, found["plan_version_id"])
    measure = await tx.row(MEASURE_WITH_PLAN, measure_id=measure_id)
    assert measure is not None
    facts = MeasureFacts(is_plan_agreed=plan["agreed_on"] is not None)
    after = MEASURE_LIFECYCLE.next_state(MeasureState(measure["state"]), action, facts)
    dated: dict[str, Any] = (
        {"started_on": on_date} if action is MeasureAction.START else {"ended_on": on_date}
    )
    await tx.update(MeasureRow, measure_id, state=after, **dated)
    await tx.update(PlanVersionRow, plan["id"], version=plan["version"] + 1)
    changes = {"measureId": str(measure_id), "to": after}
    await advance_case(tx, case, f"{action}-measure", changes=changes)
    return await plan_answer(tx, plan["id"])


async def add_measure(tx: Transaction, goal_id: UUID, measure: DraftMeasure) -> Answer:
    """A further measure for an open goal, while planning or linking (C12).

    Raises NotFound, GoalHasResult, PlanNotInWork.
    """
    goal = await tx.row(GOAL, goal_id=goal_id)
    if goal is None:
        raise NotFound
    case, plan = await lock_plan(tx, goal["plan_version_id"])
    if case["state"] not in MEASURES_ARE_ADDED_IN:
        raise PlanNotInWork(state=case["state"])
    if goal["result"] is not None:
        raise GoalHasResult
    position = await tx.value(NEXT_MEASURE_POSITION, goal_id=goal_id)
    await insert_measure(tx, case, goal_id, position, measure)
    await tx.update(PlanVersionRow, plan["id"], version=plan["version"] + 1)
    await advance_case(tx, case, "add-measure-to-goal", changes={"goalId": str(goal_id)})
    return await plan_answer(tx, plan["id"])


async def record_goal_result(tx: Transaction, goal_id: UUID, result: GoalResult) -> Answer:
    """What became of the goal; said once. Raises NotFound, GoalHasResult."""
    goal = await tx.row(GOAL, goal_id=goal_id)
    if goal is None:
        raise NotFound
    case, plan = await lock_plan(tx, goal["plan_version_id"])
    goal = await tx.row(GOAL, goal_id=goal_id)
    if goal is None or goal["result"] is not None:
        raise GoalHasResult
    await tx.update(GoalRow, goal_id, result=result, result_on=berlin_date(now()))
    await tx.update(PlanVersionRow, plan["id"], version=plan["version"] + 1)
    changes = {"goalId": str(goal_id), "result": result}
    await advance_case(tx, case, "record-goal-result", changes=changes)
    return await plan_answer(tx, plan["id"])
