"""Case types, custom fields, documents, relations, approvals, state machines."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StrictBool

from services.cases.api.schemas.care import RecordedAssessment
from services.cases.api.schemas.fields import BothLanguages, Paged, Reference
from services.cases.domain.case_types import CaseTypeState, Result
from services.cases.domain.documents import DocumentKind
from services.cases.domain.related import Relation
from services.cases.operations.keep_case_types import CaseType
from shared.kernel.text import Text
from shared.objects.media_types import ScanState
from shared.web.fields import Code, RequestModel, ResponseModel

Years = Annotated[int, Field(ge=0, le=30, strict=True)]


class LabelBody(RequestModel):
    de: Reference
    en: Reference


class ResultBody(RequestModel):
    closing_reason: Code
    retention_years: Years = Field(description="Whole years after the year of closing.")


class CaseTypeContent(RequestModel):
    label: LabelBody
    results: list[ResultBody] = Field(max_length=50)
    fields_schema: dict[str, Any] = Field(
        description="JSON Schema 2020-12 of an object, without references and patterns.",
        examples=[{"type": "object", "properties": {}, "additionalProperties": False}],
    )
    needs_plan_approval: StrictBool = False

    def content(self) -> CaseType:
        return CaseType(
            label=Text(de=self.label.de, en=self.label.en),
            results=tuple(
                Result(closing_reason=one.closing_reason, retention_years=one.retention_years)
                for one in self.results
            ),
            fields_schema=self.fields_schema,
            needs_plan_approval=self.needs_plan_approval,
        )


class CaseTypeBody(CaseTypeContent):
    code: Code


class ResultView(ResponseModel):
    closing_reason: str
    retention_years: int


class CaseTypeView(ResponseModel):
    id: UUID
    version: int
    code: str
    number: int
    state: CaseTypeState
    label: BothLanguages
    results: list[ResultView]
    fields_schema: dict[str, Any]
    needs_plan_approval: bool
    updated_at: datetime


class CaseTypePage(Paged):
    items: list[CaseTypeView]


class CustomFieldsBody(RequestModel):
    fields: dict[str, Any] = Field(max_length=200)


class DocumentBody(RequestModel):
    title: Reference
    kind: DocumentKind


class DocumentView(ResponseModel):
    """Without content the last four are null."""

    id: UUID
    version: int
    case_id: UUID
    title: str
    kind: DocumentKind
    recorded_by: str
    recorded_at: datetime
    media_type: str | None
    sha256: str | None
    size_bytes: int | None
    scan_state: ScanState | None


class DocumentPage(Paged):
    items: list[DocumentView]


class RelatedCaseBody(RequestModel):
    related_case_id: UUID
    relation: Relation = Field(description="What the other case is to this one.")


class RelatedCaseView(ResponseModel):
    id: UUID
    case_id: UUID
    related_case_id: UUID
    relation: Relation
    recorded_at: datetime


class RelatedCasePage(Paged):
    items: list[RelatedCaseView]


class PlanApprovalView(ResponseModel):
    id: UUID
    plan_version_id: UUID
    case_id: UUID
    author: str
    approver: str
    approved_on: date


class PlanApprovalPage(Paged):
    items: list[PlanApprovalView]


class AssessmentInHistory(RecordedAssessment):
    recorded_by: str
    is_current: bool


class AssessmentPage(Paged):
    items: list[AssessmentInHistory]


class MachineState(ResponseModel):
    state: str
    is_final: bool


class MachineAction(ResponseModel):
    action: str
    label: BothLanguages | None


class MachineMove(ResponseModel):
    from_: str = Field(alias="from")
    action: str
    to: str
    rule: str
    guards: list[str]


class MachineGuard(ResponseModel):
    id: str
    message: BothLanguages
    source: str


class StateMachine(ResponseModel):
    name: str
    initial: str
    states: list[MachineState]
    actions: list[MachineAction]
    moves: list[MachineMove]
    guards: list[MachineGuard]
