"""Contacts, tasks, flags, work lists, saved searches."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.cases.api.schemas.fields import (
    Actor,
    FilterName,
    FilterValue,
    Language,
    Paged,
    Pseudonym,
    Reference,
    ShortReason,
)
from services.cases.domain.contacts import (
    MINUTES_MAX,
    ContactKind,
    ContactOutcome,
    InterpreterKind,
)
from services.cases.domain.facts import CaseState
from services.cases.domain.work import FlagCode, Severity, TaskCause, TaskState
from shared.web.fields import LegalDate, RequestModel, ResponseModel

Minutes = Annotated[int, Field(ge=1, le=MINUTES_MAX, strict=True)]


class ContactBody(RequestModel):
    """A contact that took place; tries that failed are contact attempts."""

    kind: ContactKind
    held_on: LegalDate
    minutes: Minutes
    language: Language
    outcome: ContactOutcome
    interpreter_kind: InterpreterKind | None = None


class ContactView(ResponseModel):
    """`costReference` leads the funding office to the cost of the interpreter."""

    id: UUID
    case_id: UUID
    kind: ContactKind
    held_on: date
    minutes: int
    language: str
    interpreter_kind: InterpreterKind | None
    cost_reference: str | None
    outcome: ContactOutcome
    recorded_by: str
    recorded_at: datetime


class ContactPage(Paged):
    items: list[ContactView]


class TaskBody(RequestModel):
    title: Reference = Field(description="What is to be done; no names are needed.")
    due_on: LegalDate
    assignee: Actor | None = Field(None, description="A colleague of the unit; empty: yourself.")


class TaskView(ResponseModel):
    """`deputy` stands in for the assignee today.

    `proposedBecause` and `referralId` say why the system proposes it; a person decides.
    """

    id: UUID
    version: int
    case_id: UUID
    title: str
    due_on: date
    assignee: str
    deputy: str | None
    state: TaskState
    is_overdue: bool
    ended_by: str | None
    ended_at: datetime | None
    proposed_because: TaskCause | None
    referral_id: UUID | None
    recorded_by: str
    recorded_at: datetime


class TaskPage(Paged):
    items: list[TaskView]


class FlagBody(RequestModel):
    code: FlagCode
    severity: Severity
    reason: ShortReason


class FlagView(ResponseModel):
    id: UUID
    case_id: UUID
    code: FlagCode
    severity: Severity
    reason: str
    raised_by: str
    raised_at: datetime
    lifted_by: str | None
    lifted_at: datetime | None


class FlagPage(Paged):
    items: list[FlagView]


class SeenView(ResponseModel):
    id: UUID
    case_id: UUID
    seen_at: datetime


class NextTask(ResponseModel):
    id: UUID
    title: str
    due_on: date
    assignee: str
    is_overdue: bool


class RaisedFlag(ResponseModel):
    id: UUID
    code: FlagCode
    severity: Severity
    reason: str


class WorkItem(ResponseModel):
    id: UUID
    version: int
    reference: str
    state: CaseState
    state_since: date
    opened_on: date
    case_manager: str | None
    municipality_ags: str | None
    masked_fields: list[str]
    updated_at: datetime
    changed_since_seen: bool
    next_task: NextTask | None
    flags: list[RaisedFlag]


class WorkListPage(Paged):
    items: list[WorkItem]


class SearchBody(RequestModel):
    """Filters of the case list as its query string names them; ids and names are refused."""

    name: Pseudonym = Field(examples=["Neue Fälle im November"])
    filters: dict[FilterName, FilterValue] = Field(
        max_length=10,
        examples=[{"state[in]": "INTAKE,ASSESSMENT", "sort": "-openedOn"}],
        json_schema_extra={"additionalProperties": False},
    )


class SearchView(ResponseModel):
    id: UUID
    version: int
    name: str
    filters: dict[str, str]
    updated_at: datetime


class SearchPage(Paged):
    items: list[SearchView]
