"""Draft a version of the help plan, change it while it is in work, agree it with the client."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from services.cases.domain.codes import FIELDS_OF_ACTION
from services.cases.domain.errors import PlanDraftExists, PlanNotInWork
from services.cases.domain.facts import CaseState
from services.cases.domain.plan import (
    Agreement,
    Goal,
    Measure,
    MeasureState,
    PlanVersion,
    ResponsibleKind,
)
from services.cases.operations.on_case import advance_case, file_columns, lock_open_case
from services.cases.storage.queries.plans import (
    CASE_OF_PLAN,
    CURRENT_PLAN_OF_CASE,
    GOALS_OF_PLAN,
    MEASURES_OF_PLAN,
    PLAN_FOR_UPDATE,
    PLAN_VIEW,
    REMOVE_GOALS_OF_PLAN,
)
from services.cases.storage.tables import GoalRow, MeasureRow, PlanVersionRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMeasure:
    text: str
    responsible_kind: ResponsibleKind | None = None
    responsible_ref: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftGoal:
    field_of_action: str
    text: str
    target_on: date | None = None
    measures: tuple[DraftMeasure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPlan:
    """`cooperation_plan_on`: that a Kooperationsplan of the Jobcenter exists, never its content."""

    goals: tuple[DraftGoal, ...]
    cooperation_plan_on: date | None = None


async def draft_plan(tx: Transaction, case_id: UUID, draft: DraftPlan) -> Answer:
    """A new version in work. Raises NotFound, PlanNotInWork, PlanDraftExists, CodeUnknown."""
    case = await lock_open_case(tx, case_id)
    _require_planning(case)
    current = await tx.row(CURRENT_PLAN_OF_CASE, case_id=case_id)
    if current is not None and current["agreed_on"] is None:
        raise PlanDraftExists(planVersionId=str(current["id"]))
    columns = file_columns(tx, case)
    await tx.insert(
        PlanVersionRow,
        **columns,
        number=current["number"] + 1 if current else 1,
        cooperation_plan_on=draft.cooperation_plan_on,
        version=1,
    )
    await _insert_goals(tx, case, columns["id"], draft.goals)
    await advance_case(tx, case, "draft-plan")
    return await plan_answer(tx, columns["id"], is_new=True)


async def change_plan(
    tx: Transaction, plan_id: UUID, expected_version: int | None, draft: DraftPlan
) -> Answer:
    """Replace the goals of a version in work. Raises NotFound, Stale, PlanIsAgreed, CodeUnknown."""
    case, row = await lock_plan(tx, plan_id)
    require_version(row["version"], expected_version)
    (await stored_plan(tx, row)).require_editable()
    _require_planning(case)
    await tx.execute(REMOVE_GOALS_OF_PLAN, plan_id=plan_id)
    await _insert_goals(tx, case, plan_id, draft.goals)
    # Who wrote it last is the author that somebody else has to approve.
    await tx.update(
        PlanVersionRow, plan_id, version=row["version"] + 1, recorded_by=tx.caller.actor
    )
    await advance_case(tx, case, "change-plan")
    return await plan_answer(tx, plan_id)


async def agree_plan(
    tx: Transaction, plan_id: UUID, expected_version: int | None, agreement: Agreement
) -> Answer:
    """The client's word for the version as it stands. Raises NotFound, Stale, PlanIsAgreed,
    PlanNotReady.
    """
    case, row = await lock_plan(tx, plan_id)
    require_version(row["version"], expected_version)
    plan = await stored_plan(tx, row)
    plan.agree(agreement, today=berlin_date(now()))
    await tx.update(
        PlanVersionRow,
        plan_id,
        agreed_on=agreement.agreed_on,
        agreement_language=agreement.language,
        version=row["version"] + 1,
    )
    await advance_case(tx, case, "agree-plan-version", changes={"number": plan.number})
    return await plan_answer(tx, plan_id)


async def lock_plan(tx: Transaction, plan_id: UUID) -> tuple[asyncpg.Record, asyncpg.Record]:
    """Case and plan version, locked in this order. Raises NotFound, CaseIsNotOpen."""
    found = await tx.row(CASE_OF_PLAN, plan_id=plan_id)
    if found is None:
        raise NotFound
    case = await lock_open_case(tx, found["case_id"])
    row = await tx.row(PLAN_FOR_UPDATE, plan_id=plan_id)
    assert row is not None
    return case, row


async def stored_plan(tx: Transaction, row: asyncpg.Record) -> PlanVersion:
    """The version as the domain sees it."""
    measures = await tx.rows(MEASURES_OF_PLAN, plan_id=row["id"])
    goals = tuple(
        Goal(tuple(_measure(m) for m in measures if m["goal_id"] == goal["id"]), goal["result"])
        for goal in await tx.rows(GOALS_OF_PLAN, plan_id=row["id"])
    )
    agreement = None
    if row["agreed_on"] is not None:
        agreement = Agreement(row["agreed_on"], row["agreement_language"])
    return PlanVersion(row["number"], goals, agreement)


async def plan_answer(tx: Transaction, plan_id: UUID, *, is_new: bool = False) -> Answer:
    document = await PLAN_VIEW.one_in(tx, plan_id=plan_id)
    assert document is not None
    return Answer(document, f"/v1/plan-versions/{plan_id}" if is_new else None)


async def insert_measure(
    tx: Transaction,
    case: asyncpg.Record,
    goal_id: UUID,
    position: int,
    measure: DraftMeasure,
) -> None:
    await tx.insert(
        MeasureRow,
        id=new_id(),
        unit_id=case["unit_id"],
        case_id=case["id"],
        goal_id=goal_id,
        position=position,
        text=measure.text,
        responsible_kind=measure.responsible_kind,
        responsible_ref=measure.responsible_ref,
        due_on=measure.due_on,
        state=MeasureState.PLANNED,
    )


async def _insert_goals(
    tx: Transaction, case: asyncpg.Record, plan_id: UUID, goals: tuple[DraftGoal, ...]
) -> None:
    today = berlin_date(now())
    for position, goal in enumerate(goals, start=1):
        goal_id = new_id()
        await tx.insert(
            GoalRow,
            id=goal_id,
            unit_id=case["unit_id"],
            case_id=case["id"],
            plan_version_id=plan_id,
            position=position,
            field_of_action=FIELDS_OF_ACTION.choose(goal.field_of_action, today),
            text=goal.text,
            target_on=goal.target_on,
        )
        for number, measure in enumerate(goal.measures, start=1):
            await insert_measure(tx, case, goal_id, number, measure)


def _measure(row: asyncpg.Record) -> Measure:
    kind = row["responsible_kind"]
    return Measure(
        MeasureState(row["state"]),
        ResponsibleKind(kind) if kind else None,
        row["responsible_ref"],
    )


def _require_planning(case: asyncpg.Record) -> None:
    if case["state"] != CaseState.PLANNING:
        raise PlanNotInWork(state=case["state"])
