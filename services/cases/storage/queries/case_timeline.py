"""What was recorded in a case, kind by kind in one list, the latest first.

Ordered by the instant of recording, so that nothing can slip in behind a page that was read; the
day that counts by law stands beside it. Every branch reads its own table under the policy of that
table: an entrusted note is here for whom it is readable, and for nobody else.
"""

from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.cases.domain.case_timeline import CaseEntryKind
from services.cases.storage.queries.notes import IS_CURRENT
from services.cases.storage.tables import (
    CaseRow,
    ContactRow,
    DocumentRow,
    NoteRow,
    PersonRow,
    PhaseRow,
    PlanVersionRow,
    TaskRow,
    TimelineEntryRow,
)
from shared.database.filter_values import instant
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.secrecy.columns import is_sealed, placed

_THIS_CASE: Final[ColumnElement[Any]] = bindparam("case_id")
_Record = aliased(PersonRow)
# The client of the case with every record merged into theirs.
_CLIENT = (
    select(col(_Record.id))
    .join(
        CaseRow,
        or_(
            col(_Record.id) == col(CaseRow.person_id),
            col(_Record.merged_into_id) == col(CaseRow.person_id),
        ),
    )
    .where(col(CaseRow.id) == _THIS_CASE)
)


def _entries(
    row: Any,
    kind: CaseEntryKind,
    *conditions: Any,
    at: Any,
    on: Any = None,
    by: Any = None,
    **details: Any,
) -> Select[Any]:
    members = [
        part
        for name, value in details.items()
        for part in (literal(name), placed(value) if is_sealed(value) else value)
    ]
    return select(
        col(row.id).label("id"),
        literal(kind.value).label("kind"),
        at.label("at"),
        cast(null() if on is None else on, Date).label("on_date"),
        (col(row.recorded_by) if by is None else by).label("actor"),
        func.json_build_object(*members).label("details"),
    ).where(*(conditions or (col(row.case_id) == _THIS_CASE,)))


def literal(text: str) -> ColumnElement[Any]:
    """A word of this module, as text."""
    return cast(literal_column(f"'{text}'"), String)


_K = CaseEntryKind
_ENTRIES = union_all(
    _entries(
        PhaseRow, _K.PHASE, at=col(PhaseRow.at), on=col(PhaseRow.on_date), by=col(PhaseRow.actor),
        action=col(PhaseRow.action), fromState=col(PhaseRow.from_state),
        toState=col(PhaseRow.to_state), rule=col(PhaseRow.rule),
    ),
    _entries(
        ContactRow, _K.CONTACT, at=col(ContactRow.recorded_at), on=col(ContactRow.held_on),
        contactKind=col(ContactRow.kind), outcome=col(ContactRow.outcome),
        minutes=col(ContactRow.minutes),
    ),
    _entries(
        TaskRow, _K.TASK, at=col(TaskRow.recorded_at), on=col(TaskRow.due_on),
        title=col(TaskRow.title), taskState=col(TaskRow.state),
    ),
    _entries(
        TaskRow, _K.TASK_ENDED, col(TaskRow.case_id) == _THIS_CASE,
        col(TaskRow.ended_at).is_not(None), at=col(TaskRow.ended_at),
        on=col(TaskRow.due_on), by=col(TaskRow.ended_by),
        title=col(TaskRow.title), taskState=col(TaskRow.state),
    ),
    _entries(
        NoteRow, _K.NOTE, col(NoteRow.case_id) == _THIS_CASE, IS_CURRENT,
        at=col(NoteRow.recorded_at), on=col(NoteRow.held_on), noteKind=col(NoteRow.kind),
        confidentiality=col(NoteRow.confidentiality), number=col(NoteRow.number),
    ),
    _entries(
        PlanVersionRow, _K.PLAN_VERSION, at=col(PlanVersionRow.recorded_at),
        on=col(PlanVersionRow.agreed_on), number=col(PlanVersionRow.number),
    ),
    _entries(
        DocumentRow, _K.DOCUMENT, at=col(DocumentRow.recorded_at), title=col(DocumentRow.title),
        documentKind=col(DocumentRow.kind),
    ),
    _entries(
        TimelineEntryRow, _K.STATUS, col(TimelineEntryRow.person_id).in_(_CLIENT),
        at=col(TimelineEntryRow.recorded_at), on=col(TimelineEntryRow.from_on),
        statusKind=col(TimelineEntryRow.kind), code=col(TimelineEntryRow.code),
        toOn=col(TimelineEntryRow.to_on), replacesId=col(TimelineEntryRow.replaces_id),
    ),
).subquery("entry")  # fmt: skip


TIMELINE_OF_CASE = ListView(
    select(*_ENTRIES.c),
    filters={
        "kind": Filter(_ENTRIES.c.kind, CaseEntryKind, ("eq", "in")),
        "at": Filter(_ENTRIES.c.at, instant, ("gte", "lt")),
    },
    sorts={"at": "at"},
    default_sort="-at",
    log=ReadLog("case-timeline-entry"),
)
