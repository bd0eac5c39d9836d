"""The parts of several cases at once: for each kind one list that can be narrowed to cases."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import col

from services.cases.storage.queries.care import CONSENT
from services.cases.storage.queries.conferences import CONFERENCE
from services.cases.storage.queries.documents import APPROVAL, ASSESSMENT, DOCUMENT, RELATED
from services.cases.storage.queries.findings import ORIGIN
from services.cases.storage.queries.notes import CURRENT_NOTES
from services.cases.storage.queries.plans import PLAN_WITH_GOALS
from services.cases.storage.queries.work import CONTACT, FLAG, TASK
from services.cases.storage.tables import (
    AssessmentRow,
    ConferenceRow,
    ConsentRow,
    ContactRow,
    DocumentRow,
    ExtractOriginRow,
    FlagRow,
    NoteRow,
    PlanApprovalRow,
    PlanVersionRow,
    RelatedCaseRow,
    TaskRow,
)
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.publish import AnySelect


class EitherSide(Filter):
    """A case on one side of a relation or the other."""

    def condition(self, operator: str, parameter: str) -> ColumnElement[bool]:
        other = Filter(col(RelatedCaseRow.related_case_id), self.parse, self.operators)
        return or_(
            Filter.condition(self, operator, parameter), other.condition(operator, parameter)
        )


def _list(query: AnySelect, row: Any, logged_as: str, /, **filters: Filter) -> ListView:
    """Newest last, so that the pages stay in place while others write."""
    of_cases = {"caseId": Filter(col(row.case_id), UUID, ("eq", "in"))}
    return ListView(
        query,
        filters=of_cases | filters,
        sorts={"id": "id"},
        default_sort="id",
        log=ReadLog(logged_as),
    )


def _day(column: Any) -> Filter:
    return Filter(column, date.fromisoformat, ("gte", "lte"))


CONTACT_LIST = _list(
    select(*CONTACT), ContactRow, "contact",
    kind=Filter(col(ContactRow.kind)), heldOn=_day(col(ContactRow.held_on)),
)  # fmt: skip
TASK_LIST = _list(
    select(*TASK), TaskRow, "task",
    state=Filter(col(TaskRow.state), str, ("eq", "in")),
    assignee=Filter(col(TaskRow.assignee)), dueOn=_day(col(TaskRow.due_on)),
)  # fmt: skip
FLAG_LIST = _list(select(*FLAG), FlagRow, "flag", code=Filter(col(FlagRow.code)))
CONSENT_LIST = _list(
    select(*CONSENT), ConsentRow, "consent",
    state=Filter(col(ConsentRow.state), str, ("eq", "in")),
)  # fmt: skip
NOTE_LIST = _list(CURRENT_NOTES, NoteRow, "note", kind=Filter(col(NoteRow.kind)))
DOCUMENT_LIST = _list(
    select(*DOCUMENT), DocumentRow, "document", kind=Filter(col(DocumentRow.kind))
)
ASSESSMENT_LIST = _list(
    select(*ASSESSMENT), AssessmentRow, "assessment-entry",
    fieldOfAction=Filter(col(AssessmentRow.field_of_action)),
)  # fmt: skip
PLAN_LIST = _list(PLAN_WITH_GOALS, PlanVersionRow, "plan-version")
APPROVAL_LIST = _list(
    select(*APPROVAL), PlanApprovalRow, "plan-approval",
    planVersionId=Filter(col(PlanApprovalRow.plan_version_id), UUID, ("eq", "in")),
)  # fmt: skip
CONFERENCE_LIST = _list(
    CONFERENCE, ConferenceRow, "case-conference", heldOn=_day(col(ConferenceRow.held_on))
)
RELATED_LIST = ListView(
    select(*RELATED),
    filters={"caseId": EitherSide(col(RelatedCaseRow.case_id), UUID, ("eq", "in"))},
    sorts={"id": "id"},
    default_sort="id",
    log=ReadLog("related-case"),
)
ORIGIN_LIST = _list(
    select(*ORIGIN, col(ExtractOriginRow.case_id)), ExtractOriginRow, "extract-origin"
)
