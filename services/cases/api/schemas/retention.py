"""Retention of a case, deletion rules, destruction lists, erasure across services."""

from datetime import date, datetime
from enum import StrEnum
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
    RuleSource,
    StartEvent,
)
from services.cases.operations.set_deletion_rule import NewRule
from shared.web.fields import Code, LegalDate, RequestModel, ResponseModel


class RuleBody(RequestModel):
    data_kind: DataKind = Field(
        DataKind.CASE_FILE, description="CASE_FILE, or a part of it that shall end earlier."
    )
    result: Code = Field(description="A closing reason, DECLINED, or ANY.")
    start_event: StartEvent
    period_years: int = Field(ge=0, le=YEARS_MAX, strict=True)
    period_days: int = Field(0, ge=0, le=DAYS_MAX, strict=True)
    legal_reason_de: ClassReason
    legal_reason_en: ClassReason
    valid_from: LegalDate

    def rule(self) -> NewRule:
        return NewRule(**self.model_dump())


class RecomputationState(StrEnum):
    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"


class Recomputation(ResponseModel):
    """How far the worker has brought the unit's ended cases in line with the rule."""

    state: RecomputationState
    cases_total: int
    cases_done: int
    cases_changed: int
    started_at: datetime | None
    ended_at: datetime | None


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
    recomputation: Recomputation | None


class RulePage(Paged):
    items: list[RuleView]


class AppliedRule(ResponseModel):
    """`valid_from` is null for the rule of a case type and the default of the installation.

    The unit's rule comes before that of the case type, and this before the default.
    """

    data_kind: DataKind
    source: RuleSource
    result: str
    start_event: StartEvent
    period_years: int
    period_days: int
    legal_reason: BothLanguages
    valid_from: date | None


class PossibleChange(ResponseModel):
    code: str
    text: BothLanguages


class KindRetention(ResponseModel):
    """`kept_until` is null while nothing can be said: the case runs, is held or is erased."""

    data_kind: DataKind
    label: BothLanguages
    kept_until: date | None
    due_on: date | None
    is_due: bool
    is_erased: bool
    rule: AppliedRule | None
    because: BothLanguages
    would_change_if: list[PossibleChange]


class RetentionView(KindRetention):
    """The case file; in `kinds`, once the case has ended, every kind of data in it."""

    case_id: UUID
    is_under_legal_hold: bool
    archive_answer: str | None
    kinds: list[KindRetention]


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


class ErasedData(ResponseModel):
    """A case, or with another kind than CASE_FILE a part of it, was erased."""

    id: UUID
    unit_id: str
    case_id: UUID
    data_kind: DataKind
    erased_at: datetime


class ErasurePage(Paged):
    items: list[ErasedData]
