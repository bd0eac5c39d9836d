"""What was recorded in a case, as one list."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from services.cases.api.schemas.fields import Paged
from services.cases.domain.case_timeline import CaseEntryKind
from services.cases.domain.contacts import ContactKind, ContactOutcome
from services.cases.domain.documents import DocumentKind
from services.cases.domain.facts import CaseState
from services.cases.domain.notes import Confidentiality, NoteKind
from services.cases.domain.timeline import TimelineKind
from services.cases.domain.work import TaskState
from shared.web.fields import ResponseModel


class CaseEntryDetails(ResponseModel):
    """Which members are there depends on the kind; none holds the text of a note."""

    action: str | None = None
    from_state: CaseState | None = None
    to_state: CaseState | None = None
    rule: str | None = None
    contact_kind: ContactKind | None = None
    outcome: ContactOutcome | None = None
    minutes: int | None = None
    title: str | None = None
    task_state: TaskState | None = None
    note_kind: NoteKind | None = None
    confidentiality: Confidentiality | None = None
    number: int | None = None
    document_kind: DocumentKind | None = None
    status_kind: TimelineKind | None = None
    code: str | None = None
    to_on: date | None = None
    replaces_id: UUID | None = None


class CaseEntryView(ResponseModel):
    """`id` is that of the record; a task that ended is told of twice."""

    id: UUID
    kind: CaseEntryKind
    at: datetime = Field(description="When it was recorded; the list is in this order.")
    on_date: date | None = Field(description="The day that counts: held, due, agreed, from.")
    actor: str
    details: CaseEntryDetails


class CaseTimelinePage(Paged):
    items: list[CaseEntryView]
