"""Contacts, tasks, flags, saved searches: single records and plain lists."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, bindparam, select
from sqlmodel import col

from services.cases.domain.work import TaskState
from services.cases.storage.tables import (
    ContactRow,
    DeputyshipRow,
    FlagRow,
    SavedSearchRow,
    SeenMarkRow,
    TaskRow,
)
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement
from shared.database.views import View

TODAY: ColumnElement[Any] = bindparam("today", type_=Date)

CONTACT = tuple(
    col(getattr(ContactRow, name))
    for name in (
        "id", "case_id", "kind", "held_on", "minutes", "language", "interpreter_kind",
        "cost_reference", "outcome", "recorded_by", "recorded_at",
    )
)  # fmt: skip
CONTACT_VIEW = View(
    select(*CONTACT).where(col(ContactRow.id) == bindparam("contact_id")), log=ReadLog("contact")
)
CONTACTS_OF_CASE = ListView(
    select(*CONTACT).where(col(ContactRow.case_id) == bindparam("case_id")),
    filters={
        "kind": Filter(col(ContactRow.kind), str),
        "heldOn": Filter(col(ContactRow.held_on), date.fromisoformat, ("gte", "lte")),
    },
    sorts={"heldOn": "held_on"},
    default_sort="-heldOn",
    log=ReadLog("contact"),
)

# Who stands in for the assignee today; the latest entry where there are several.
DEPUTY: ColumnElement[Any] = (
    select(col(DeputyshipRow.deputy))
    .where(
        col(DeputyshipRow.tenant_id) == col(TaskRow.tenant_id),
        col(DeputyshipRow.unit_id) == col(TaskRow.unit_id),
        col(DeputyshipRow.principal) == col(TaskRow.assignee),
        col(DeputyshipRow.from_on) <= TODAY,
        col(DeputyshipRow.to_on) >= TODAY,
        col(DeputyshipRow.ended_at).is_(None),
    )
    .order_by(col(DeputyshipRow.id).desc())
    .limit(1)
    .correlate(TaskRow)
    .scalar_subquery()
)
TASK = (
    col(TaskRow.id),
    col(TaskRow.version),
    col(TaskRow.case_id),
    col(TaskRow.title),
    col(TaskRow.due_on),
    col(TaskRow.assignee),
    DEPUTY.label("deputy"),
    col(TaskRow.state),
    ((col(TaskRow.state) == TaskState.OPEN.value) & (col(TaskRow.due_on) < TODAY)).label(
        "is_overdue"
    ),
    col(TaskRow.ended_by),
    col(TaskRow.ended_at),
    col(TaskRow.proposed_because),
    col(TaskRow.referral_id),
    col(TaskRow.recorded_by),
    col(TaskRow.recorded_at),
)
TASK_VIEW = View(select(*TASK).where(col(TaskRow.id) == bindparam("task_id")), log=ReadLog("task"))


TASKS_OF_CASE = ListView(
    select(*TASK).where(col(TaskRow.case_id) == bindparam("case_id")),
    filters={
        "state": Filter(col(TaskRow.state), TaskState),
        "assignee": Filter(col(TaskRow.assignee), str),
        "dueOn": Filter(col(TaskRow.due_on), date.fromisoformat, ("gte", "lte")),
    },
    sorts={"dueOn": "due_on"},
    default_sort="dueOn",
    log=ReadLog("task"),
)
TASK_ROW = Statement(
    select(col(TaskRow.id), col(TaskRow.case_id), col(TaskRow.state), col(TaskRow.version)).where(
        col(TaskRow.id) == bindparam("task_id")
    )
)
IS_COLLEAGUE = Statement(
    "select exists (select from staff_member where actor = :actor and is_active)"
)

FLAG: tuple[Any, ...] = (
    col(FlagRow.id),
    col(FlagRow.case_id),
    col(FlagRow.code),
    col(FlagRow.severity),
    col(FlagRow.reason),
    col(FlagRow.recorded_by).label("raised_by"),
    col(FlagRow.recorded_at).label("raised_at"),
    col(FlagRow.lifted_by),
    col(FlagRow.lifted_at),
)
FLAG_VIEW = View(select(*FLAG).where(col(FlagRow.id) == bindparam("flag_id")), log=ReadLog("flag"))
FLAGS_OF_CASE = ListView(
    select(*FLAG).where(col(FlagRow.case_id) == bindparam("case_id")),
    filters={"code": Filter(col(FlagRow.code), str)},
    sorts={"raisedAt": "raised_at"},
    default_sort="-raisedAt",
    log=ReadLog("flag"),
)
FLAG_ROW = Statement(
    select(col(FlagRow.id), col(FlagRow.case_id), col(FlagRow.lifted_at)).where(
        col(FlagRow.id) == bindparam("flag_id")
    )
)
RAISED_FLAG = Statement(
    "select id from case_flag where case_id = :case_id and code = :code and lifted_at is null"
)

SEARCH = (
    col(SavedSearchRow.id),
    col(SavedSearchRow.version),
    col(SavedSearchRow.name),
    col(SavedSearchRow.filters),
    col(SavedSearchRow.updated_at),
)
SEARCH_VIEW = View(select(*SEARCH).where(col(SavedSearchRow.id) == bindparam("search_id")))
SEARCH_LIST = ListView(select(*SEARCH), filters={}, sorts={"name": "name"}, default_sort="name")
SEARCH_FOR_UPDATE = Statement(
    select(*SEARCH).where(col(SavedSearchRow.id) == bindparam("search_id")).with_for_update()
)
DELETE_SEARCH = Statement("delete from saved_search where id = :search_id")

SEEN_VIEW = View(
    select(col(SeenMarkRow.id), col(SeenMarkRow.case_id), col(SeenMarkRow.seen_at)).where(
        col(SeenMarkRow.case_id) == bindparam("case_id"),
        col(SeenMarkRow.actor) == bindparam("actor"),
    )
)
MARK_SEEN = Statement(
    "insert into seen_mark (id, tenant_id, unit_id, case_id, actor, seen_at)"
    " values (:id, :tenant_id, :unit_id, :case_id, :actor, :seen_at)"
    " on conflict (tenant_id, actor, case_id) do update set seen_at = excluded.seen_at"
)
CASE_AS_SEEN = Statement(
    "select id, unit_id, version, state, updated_at from case_record where id = :case_id"
)
