"""Status of persons over time, changes of the body of law, proposed referrals."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from services.cases.api.schemas.fields import BothLanguages, Paged
from services.cases.domain.referral_rules import DismissReason, ProposalState
from services.cases.domain.residence import ParagraphNeed
from services.cases.domain.timeline import (
    ChangeReason,
    CorrectionReason,
    DataSource,
    Provenance,
    SourceBasis,
    Status,
    TimelineKind,
)
from shared.web.fields import Code, LegalDate, RequestModel, ResponseModel


class SourceBody(RequestModel):
    source: DataSource = DataSource.DATA_SUBJECT
    source_basis: SourceBasis | None = Field(
        None, description="Legal basis of the collection; needed unless the person told it."
    )

    def provenance(self) -> Provenance:
        return Provenance(source=self.source, source_basis=self.source_basis)


class StatusBody(SourceBody):
    """What holds from a day on. The residence group is enough for nearly everything."""

    code: Code = Field(description="Code list residence-groups or legal-circles.")
    from_on: LegalDate
    to_on: LegalDate | None = None
    paragraph: Code | None = Field(
        None, description="Code list residence-paragraphs; only where it is needed."
    )
    paragraph_need: ParagraphNeed | None = None

    def status(self, kind: TimelineKind) -> Status:
        return Status(
            kind=kind,
            code=self.code,
            from_on=self.from_on,
            to_on=self.to_on,
            paragraph=self.paragraph,
            paragraph_need=self.paragraph_need,
            provenance=self.provenance(),
        )


class TimelineBody(StatusBody):
    kind: TimelineKind


class TimelineCorrection(StatusBody):
    """The whole entry as it is right; the replaced one stays readable."""

    reason: CorrectionReason


class TimelineEntryView(ResponseModel):
    id: UUID
    person_id: UUID
    kind: TimelineKind
    code: str
    paragraph: str | None
    paragraph_need: ParagraphNeed | None
    list_version: str
    from_on: date
    to_on: date | None
    source: DataSource
    source_basis: SourceBasis | None
    replaces_id: UUID | None
    correction_reason: CorrectionReason | None
    recorded_by: str
    recorded_at: datetime
    is_replaced: bool


class TimelinePage(Paged):
    items: list[TimelineEntryView]


class LegalCircleChangeBody(SourceBody):
    from_circle: Code
    to_circle: Code
    effective_on: LegalDate
    reason: ChangeReason


class LegalCircleChangeView(ResponseModel):
    id: UUID
    person_id: UUID
    from_circle: str
    to_circle: str
    effective_on: date
    reason: ChangeReason
    recorded_by: str
    recorded_at: datetime


class LegalCircleChangePage(Paged):
    items: list[LegalCircleChangeView]


class ReferralProposalView(ResponseModel):
    """`legalCircles`: the former and the new one. `rule` is the row of the rules table."""

    id: UUID
    version: int
    case_id: UUID
    change_id: UUID
    rule: str
    service_code: str
    reason: BothLanguages
    legal_circles: list[str]
    effective_on: date
    state: ProposalState
    referral_id: UUID | None
    dismiss_reason: DismissReason | None
    recorded_at: datetime


class ReferralProposalPage(Paged):
    items: list[ReferralProposalView]


class ProposalTaking(RequestModel):
    referral_id: UUID | None = Field(None, description="The referral, if it has been made.")


class ProposalDismissal(RequestModel):
    reason: DismissReason
