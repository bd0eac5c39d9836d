"""Tasks of a case: set, changed, done or cancelled."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import asyncpg

from services.cases.domain.work import TASK_LIFECYCLE, ColleagueUnknown, TaskAction, TaskState
from services.cases.operations.on_case import advance_case, file_columns, lock_open_case
from services.cases.storage.queries.work import IS_COLLEAGUE, TASK_ROW, TASK_VIEW
from services.cases.storage.tables import TaskRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import NotFound
from shared.kernel.lifecycle import TransitionNotAllowed
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskContent:
    """`assignee` is issuer and subject of a colleague's token, joined by `|`; None: the caller."""

    title: str
    due_on: date
    assignee: str | None = None


async def set_task(tx: Transaction, case_id: UUID, content: TaskContent) -> Answer:
    """Raises NotFound, CaseIsNotOpen, ProcessingIsRestricted, ColleagueUnknown."""
    case = await lock_open_case(tx, case_id)
    columns = file_columns(tx, case)
    await tx.insert(
        TaskRow,
        **columns,
        title=content.title,
        due_on=content.due_on,
        assignee=await colleague(tx, content.assignee),
        state=TaskState.OPEN.value,
        version=1,
    )
    await advance_case(tx, case, "set-task", changes={"taskId": str(columns["id"])})
    return await _answer(tx, columns["id"])


async def change_task(
    tx: Transaction, task_id: UUID, expected_version: int | None, content: TaskContent
) -> Answer:
    """Another title, day or assignee. Raises NotFound, VersionMissing, Stale, CaseIsNotOpen,
    ProcessingIsRestricted, TransitionNotAllowed for one that has ended, ColleagueUnknown.
    """
    case, task = await _lock_task(tx, task_id)
    require_version(task["version"], expected_version)
    if task["state"] != TaskState.OPEN:
        raise TransitionNotAllowed(state=task["state"], action="change", allowedActions=[])
    await tx.update_of(
        case["id"],
        TaskRow,
        task_id,
        title=content.title,
        due_on=content.due_on,
        assignee=await colleague(tx, content.assignee),
        version=task["version"] + 1,
    )
    await advance_case(tx, case, "change-task", changes={"taskId": str(task_id)})
    return await _answer(tx, task_id)


async def end_task(tx: Transaction, task_id: UUID, action: TaskAction) -> Answer:
    """Done or cancelled. Raises NotFound, CaseIsNotOpen, ProcessingIsRestricted,
    TransitionNotAllowed.
    """
    case, task = await _lock_task(tx, task_id)
    after = TASK_LIFECYCLE.next_state(TaskState(task["state"]), action, None)
    await tx.update(
        TaskRow,
        task_id,
        state=after.value,
        ended_by=tx.caller.actor,
        ended_at=now(),
        version=task["version"] + 1,
    )
    await advance_case(tx, case, f"{action}-task", changes={"taskId": str(task_id)})
    return await _answer(tx, task_id)


async def colleague(tx: Transaction, actor: str | None) -> str:
    """Who is meant: the caller, or an active member of staff. Raises ColleagueUnknown."""
    if actor is None or actor == tx.caller.actor:
        return tx.caller.actor
    if not await tx.value(IS_COLLEAGUE, actor=actor):
        raise ColleagueUnknown
    return actor


async def _lock_task(tx: Transaction, task_id: UUID) -> tuple[asyncpg.Record, asyncpg.Record]:
    """The open case, locked, and its task as it is since then."""
    found = await tx.row(TASK_ROW, task_id=task_id)
    if found is None:
        raise NotFound
    case = await lock_open_case(tx, found["case_id"])
    task = await tx.row(TASK_ROW, task_id=task_id)
    if task is None:
        raise NotFound
    return case, task


async def _answer(tx: Transaction, task_id: UUID) -> Answer:
    document = await TASK_VIEW.one_in(tx, task_id=task_id, today=berlin_date(now()))
    assert document is not None
    return Answer(document, f"/v1/tasks/{task_id}")
