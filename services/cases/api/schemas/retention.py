"""Retention of a case, deletion rules, destruction lists, erasure across services."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from services.cases.api.schemas.cases import Blocker
from services.cases.api.schemas.fields import BothLanguages, ClassReason, Paged
from services.cases.domain.destruction import DropReason, ItemOutcome, ListAction, ListState
from services.cases.domain.facts import CaseState
from services.cases.domain.retention import (
    DAYS_MAX,
    YEARS_MAX,
    DataKind,
    StartEvent,
)
from services.cases.operations.set_deletion_rule import NewRule
from shared.web.fields import Code, LegalDate, RequestModel, ResponseModel


class RuleBody(RequestModel):
    result: Code = Field(description="A closing reason, DECLINED, or ANY.")
    start_event: StartEvent
    period_years: int = Field(ge=0, le=YEARS_MAX, strict=True)
    period_days: int = Field(0, ge=0, le=DAYS_MAX, strict=True)
    legal_reason_de: ClassReason
    legal_reason_en: ClassReason
    valid_from: LegalDate

    def rule(self) -> NewRule:
        return NewRule(**self.model_dump())


class RuleView(ResponseModel):
    id: UUID
    data_kind: DataKind
    result: str
    start_event: StartEvent
    period_years: int
    period_days: int
    legal_reason_de: str
    legal_reason_en: str
    valid_from: date
    recorded_by: str
    recorded_at: datetime


class RulePage(Paged):
    items: list[RuleView]


class AppliedRule(ResponseModel):
    """`valid_from` is null for the default of the installation."""

    result: str
    start_event: StartEvent
    period_years: int
    period_days: int
    legal_reason: BothLanguages
    valid_from: date | None


class PossibleChange(ResponseModel):
    code: str
    text: BothLanguages


class RetentionView(ResponseModel):
    """`kept_until` is null while nothing can be said: the case runs, is held or is erased."""

    case_id: UUID
    data_kind: DataKind
    kept_until: date | None
    due_on: date | None
    is_due: bool
    is_under_legal_hold: bool
    archive_answer: str | None
    rule: AppliedRule | None
    because: BothLanguages
    would_change_if: list[PossibleChange]


class ListBody(RequestModel):
    due_until: LegalDate | None = Field(None, description="Only cases due by this day.")


class ExclusionBody(RequestModel):
    case_id: UUID


class ListedCase(ResponseModel):
    case_id: UUID
    reference: str
    result: str
    due_on: date
    outcome: ItemOutcome
    drop_reason: DropReason | None


class ListCounts(ResponseModel):
    listed: int
    excluded: int
    dropped: int
    requested: int
    erased: int
    without_archive_answer: int


class ListTransition(ResponseModel):
    action: ListAction
    label: BothLanguages
    to: ListState
    rule: str
    is_open: bool
    blocked_by: list[Blocker]


class ListSummary(ResponseModel):
    id: UUID
    version: int
    state: ListState
    due_until: date
    author: str
    reviewer: str | None
    approver: str | None
    created_at: datetime
    executed_at: datetime | None
    unit_id: str


class DestructionListView(ListSummary):
    """After the execution this is the report: counts, ids and reasons, and it stays."""

    counts: ListCounts
    items: list[ListedCase]
    available_transitions: list[ListTransition]


class DestructionListPage(Paged):
    items: list[ListSummary]


class Confirmation(ResponseModel):
    service: str
    records: int
    confirmed_at: datetime


class ErasureView(ResponseModel):
    """`services` are asked; the case is erased when each of them has confirmed."""

    id: UUID
    reference: str
    state: CaseState
    requested_at: datetime | None
    services: list[str] | None
    erased_at: datetime | None
    confirmations: list[Confirmation]
