"""Structural findings: extracts, steps, particulars."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.cases.api.schemas.care import Warned
from services.cases.api.schemas.fields import LongText, Paged, Reason, Reference
from services.cases.domain.finding_codes import AgeBand, ArrivalBand, MethodStep
from services.cases.domain.findings import FindingState
from services.cases.domain.offers import OfferRelation, OfferState
from services.cases.operations.record_finding import Extract, NewFinding, Particulars
from shared.web.fields import Code, LegalDate, RequestModel, ResponseModel, UnitKey

ArrivalYear = Annotated[int, Field(ge=1950, le=2199, strict=True)]
UNITS_MAX = 50


class ExtractBody(RequestModel):
    case_id: UUID = Field(description="Of your own unit; the extract does not name it.")
    field_of_action: Code
    problem: Reason = Field(description="Written anew, without anything that points to a person.")
    arrival_year: ArrivalYear | None = Field(None, description="Becomes a band; is not stored.")
    is_municipality_named: bool = Field(
        default=False, description="Named only where enough cases look the same."
    )
    is_text_checked: bool = Field(
        default=False, description="Somebody looked at what seemed a name, number or date."
    )

    def extract(self) -> Extract:
        return Extract(**self.model_dump())


class NewFindingBody(RequestModel):
    title: Reference
    field_of_action: Code
    extracts: list[ExtractBody] = Field(min_length=1, max_length=30)
    participant_units: list[UnitKey] = Field(default_factory=list, max_length=UNITS_MAX)
    partner_units: list[UnitKey] = Field(default_factory=list, max_length=UNITS_MAX)

    def finding(self) -> NewFinding:
        return NewFinding(
            title=self.title,
            field_of_action=self.field_of_action,
            extracts=tuple(extract.extract() for extract in self.extracts),
            participant_units=tuple(self.participant_units),
            partner_units=tuple(self.partner_units),
        )


class ParticularsBody(RequestModel):
    title: Reference
    field_of_action: Code
    participant_units: list[UnitKey] = Field(max_length=UNITS_MAX)
    partner_units: list[UnitKey] = Field(max_length=UNITS_MAX)
    proposed_measure: LongText | None
    funding_reference: Code | None = Field(
        description="Key of the funding line that pays, for example INTERFACE_MEASURES."
    )
    funding_line_id: UUID | None = Field(
        None,
        description="Id of the line of an award that pays (R-S4-11); it belongs to the funding "
        "service and is not looked up here.",
    )

    def particulars(self) -> Particulars:
        return Particulars(
            title=self.title,
            field_of_action=self.field_of_action,
            participant_units=tuple(self.participant_units),
            partner_units=tuple(self.partner_units),
            proposed_measure=self.proposed_measure,
            funding_reference=self.funding_reference,
            funding_line_id=self.funding_line_id,
        )


class StepBody(RequestModel):
    step: MethodStep
    done_on: LegalDate
    result: LongText


class FindingStepBody(RequestModel):
    reason: Reason | None = Field(None, description="Needed to set aside and to analyse again.")


class StepView(ResponseModel):
    step: MethodStep
    done_on: date
    result: str


class ExtractView(ResponseModel):
    """No unit, no person, no case, no time."""

    id: UUID
    field_of_action: str
    residence_group: str
    arrival_band: ArrivalBand
    age_band: AgeBand
    language: str | None
    municipality_ags: str | None
    problem: str


class FoundOffer(ResponseModel):
    """What the finding says about an offer of the directory (R-S4-13)."""

    offer_id: UUID
    relation: OfferRelation
    title: str
    topic: str
    state: OfferState
    provider: str | None


class FindingView(ResponseModel):
    id: UUID
    version: int
    state: FindingState
    title: str
    field_of_action: str
    participant_units: list[str]
    partner_units: list[str]
    proposed_measure: str | None
    funding_reference: str | None
    funding_line_id: UUID | None
    reason: str | None
    unit_id: str
    recorded_at: datetime
    updated_at: datetime
    steps: list[StepView]
    extracts: list[ExtractView]
    offers: list[FoundOffer]


class WrittenFinding(FindingView):
    warnings: list[Warned]


class FindingPage(Paged):
    items: list[FindingView]


class OriginView(ResponseModel):
    id: UUID
    finding_id: UUID
    extract_id: UUID
    recorded_at: datetime


class OriginPage(Paged):
    items: list[OriginView]


class OriginInCaseView(OriginView):
    case_id: UUID


class OriginInCasePage(Paged):
    items: list[OriginInCaseView]
