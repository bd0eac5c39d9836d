"""Work lists: cases with state, next task and flags, each list by one statement.

Parameters of each: `actor`, who asks, and `today`, a Europe/Berlin date. Whom the asker stands in
for today is found inside the statement, once, before the cases.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    String,
    any_,
    bindparam,
    cast,
    func,
    literal,
    select,
    union_all,
)
from sqlmodel import col

from services.cases.domain.facts import CaseState
from services.cases.domain.work import TaskState, WorkList
from services.cases.storage.queries.cases import MASKED_FIELDS, MUNICIPALITY
from services.cases.storage.queries.work import TODAY
from services.cases.storage.tables import CaseRow, DeputyshipRow, FlagRow, SeenMarkRow, TaskRow
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.publish import json_list, json_object

# SQLModel types a column of a table as its Python value, so the honest common type is Any.
Column = ColumnElement[Any] | Any

OPEN_STATES: Final = [
    state.value
    for state in CaseState
    if state not in {CaseState.CLOSED, CaseState.DECLINED, CaseState.ERASED}
]
# Behind every day that a task can have; the last day of the calendar would become infinity.
NO_TASK_DUE: Final = date(2200, 1, 1)
ME: Column = cast(bindparam("actor", type_=String), String)
# The asker and everybody whose deputy the asker is today.
HOLDERS: Column = func.array(
    union_all(
        select(ME),
        select(col(DeputyshipRow.principal)).where(
            col(DeputyshipRow.deputy) == ME,
            col(DeputyshipRow.from_on) <= TODAY,
            col(DeputyshipRow.to_on) >= TODAY,
            col(DeputyshipRow.ended_at).is_(None),
        ),
    ).scalar_subquery(),
    type_=ARRAY(String),
)
IS_HELD: Column = col(CaseRow.case_manager) == any_(HOLDERS)


def _open_tasks(*conditions: Column) -> list[Column]:
    return [
        col(TaskRow.tenant_id) == col(CaseRow.tenant_id),
        col(TaskRow.case_id) == col(CaseRow.id),
        col(TaskRow.state) == TaskState.OPEN.value,
        *conditions,
    ]


IS_SEEN: Column = (
    select(col(SeenMarkRow.id))
    .where(
        col(SeenMarkRow.tenant_id) == col(CaseRow.tenant_id),
        col(SeenMarkRow.actor) == ME,
        col(SeenMarkRow.case_id) == col(CaseRow.id),
        col(SeenMarkRow.seen_at) >= col(CaseRow.updated_at),
    )
    .correlate(CaseRow)
    .exists()
)
HAS_OVERDUE_TASK: Column = (
    select(col(TaskRow.id))
    .where(
        *_open_tasks(
            col(TaskRow.due_on) < TODAY, (col(TaskRow.assignee) == any_(HOLDERS)) | IS_HELD
        )
    )
    .correlate(CaseRow)
    .exists()
)
NEXT_TASK: Column = json_object(
    select(
        col(TaskRow.id),
        col(TaskRow.title),
        col(TaskRow.due_on),
        col(TaskRow.assignee),
        (col(TaskRow.due_on) < TODAY).label("is_overdue"),
    )
    .where(*_open_tasks())
    .order_by(col(TaskRow.due_on), col(TaskRow.id))
    .limit(1)
    .correlate(CaseRow)
)
RAISED_FLAGS: Column = json_list(
    select(col(FlagRow.id), col(FlagRow.code), col(FlagRow.severity), col(FlagRow.reason))
    .where(
        col(FlagRow.tenant_id) == col(CaseRow.tenant_id),
        col(FlagRow.case_id) == col(CaseRow.id),
        col(FlagRow.lifted_at).is_(None),
    )
    .order_by(col(FlagRow.recorded_at), col(FlagRow.id))
    .correlate(CaseRow)
)
NEXT_DUE_ON: Column = func.coalesce(
    select(func.min(col(TaskRow.due_on)))
    .where(*_open_tasks())
    .correlate(CaseRow)
    .scalar_subquery(),
    literal(NO_TASK_DUE),
)
_CASES = select(
    col(CaseRow.id),
    col(CaseRow.version),
    col(CaseRow.reference),
    col(CaseRow.state),
    col(CaseRow.state_since),
    col(CaseRow.opened_on),
    col(CaseRow.case_manager),
    MUNICIPALITY,
    MASKED_FIELDS,
    col(CaseRow.updated_at),
    (~IS_SEEN).label("changed_since_seen"),
    NEXT_TASK.label("next_task"),
    RAISED_FLAGS.label("flags"),
    NEXT_DUE_ON.label("next_due_on"),
).where(col(CaseRow.state) == any_(literal(OPEN_STATES, ARRAY(String))))

_CONDITIONS: Final[Mapping[WorkList, tuple[Column, ...]]] = {
    WorkList.MINE: (IS_HELD,),
    WorkList.TEAM: (),
    WorkList.UNASSIGNED: (col(CaseRow.case_manager).is_(None),),
    WorkList.OVERDUE: (HAS_OVERDUE_TASK,),
    WorkList.CHANGED: (IS_HELD, ~IS_SEEN),
}


WORK_LISTS: Final[Mapping[WorkList, ListView]] = {
    name: ListView(
        _CASES.where(*conditions),
        filters={"state": Filter(col(CaseRow.state), CaseState, ("eq", "in"))},
        sorts={
            "dueOn": "next_due_on",
            "openedOn": "opened_on",
            "stateSince": "state_since",
        },
        default_sort="dueOn",
        log=ReadLog("case"),
        hidden=("next_due_on",),
    )
    for name, conditions in _CONDITIONS.items()
}
