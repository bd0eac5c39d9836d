"""Plan versions, goals, measures."""

from datetime import date
from uuid import UUID

from pydantic import Field

from services.cases.api.schemas.fields import GoalText, Language, Paged, Reference
from services.cases.domain.plan import GoalResult, MeasureState, ResponsibleKind
from services.cases.operations.draft_plan import DraftGoal, DraftMeasure, DraftPlan
from shared.web.fields import Code, LegalDate, RequestModel, ResponseModel


class MeasureBody(RequestModel):
    text: GoalText
    responsible_kind: ResponsibleKind | None = None
    responsible_ref: Reference | None = Field(
        None, description="Which unit or other body; needed for UNIT and OTHER."
    )
    due_on: LegalDate | None = None

    def draft(self) -> DraftMeasure:
        return DraftMeasure(
            text=self.text,
            responsible_kind=self.responsible_kind,
            responsible_ref=self.responsible_ref or "",
            due_on=self.due_on,
        )


class GoalBody(RequestModel):
    field_of_action: Code
    text: GoalText
    target_on: LegalDate | None = None
    measures: list[MeasureBody] = Field(default_factory=list, max_length=30)


class PlanBody(RequestModel):
    goals: list[GoalBody] = Field(max_length=30)
    cooperation_plan_on: LegalDate | None = Field(
        None, description="Date of a Kooperationsplan of the Jobcenter; never its content."
    )

    def draft(self) -> DraftPlan:
        goals = tuple(
            DraftGoal(
                field_of_action=goal.field_of_action,
                text=goal.text,
                target_on=goal.target_on,
                measures=tuple(measure.draft() for measure in goal.measures),
            )
            for goal in self.goals
        )
        return DraftPlan(goals=goals, cooperation_plan_on=self.cooperation_plan_on)


class AgreementBody(RequestModel):
    agreed_on: LegalDate
    language: Language


class MeasureStep(RequestModel):
    on_date: LegalDate


class GoalResultBody(RequestModel):
    result: GoalResult


class MeasureView(ResponseModel):
    id: UUID
    text: str
    responsible_kind: ResponsibleKind | None
    responsible_ref: str
    state: MeasureState
    due_on: date | None
    started_on: date | None
    ended_on: date | None


class GoalView(ResponseModel):
    id: UUID
    field_of_action: str
    text: str
    target_on: date | None
    result: GoalResult | None
    result_on: date | None
    measures: list[MeasureView]


class PlanView(ResponseModel):
    id: UUID
    version: int
    case_id: UUID
    number: int
    agreed_on: date | None
    agreement_language: str | None
    cooperation_plan_on: date | None
    goals: list[GoalView]


class PlanPage(Paged):
    items: list[PlanView]
