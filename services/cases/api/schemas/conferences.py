"""Case conferences, and their figures."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.cases.api.schemas.care import Warned
from services.cases.api.schemas.fields import LongText, Paged, Reason, Reference, ShortReason
from services.cases.domain.codes import UnitType
from services.cases.domain.conferences import (
    Decision,
    Disclosure,
    DisclosureBasis,
    OutcomeKind,
    StatutoryGround,
)
from services.cases.domain.consent import DataCategory
from services.cases.operations.hold_conference import Conference, Outcome
from shared.web.fields import Code, LegalDate, RequestModel, ResponseModel, UnitKey

Year = Annotated[int, Field(ge=2000, le=2199)]


class DecisionBody(RequestModel):
    """Needed for foreigners' and naturalisation authorities (R-A1)."""

    reason: Reason
    is_client_informed: bool
    request_reference: Reference | None = None


class ParticipantBody(RequestModel):
    unit: UnitKey
    unit_type: UnitType
    basis: DisclosureBasis
    fields_disclosed: list[DataCategory] = Field(
        max_length=len(DataCategory), description="Beyond the pseudonymised extract."
    )
    consent_id: UUID | None = None
    release_id: UUID | None = Field(
        None, description="Release from secrecy: for ASSESSMENT and HEALTH besides the consent."
    )
    ground: StatutoryGround | None = None
    decision: DecisionBody | None = None

    def disclosure(self) -> Disclosure:
        return Disclosure(
            unit=self.unit,
            unit_type=self.unit_type,
            basis=self.basis,
            fields=frozenset(self.fields_disclosed),
            consent_id=self.consent_id,
            release_id=self.release_id,
            ground=self.ground,
            decision=Decision(**self.decision.model_dump()) if self.decision else None,
        )


class OutcomeBody(RequestModel):
    kind: OutcomeKind
    text: ShortReason
    responsible_unit: UnitKey | None = None
    due_on: LegalDate | None = None


class ConferenceBody(RequestModel):
    held_on: LegalDate
    topics: list[Code] = Field(min_length=1, max_length=18, description="Fields of action.")
    extract: LongText = Field(description="What all at the table see: pseudonymised.")
    participants: list[ParticipantBody] = Field(min_length=1, max_length=30)
    outcomes: list[OutcomeBody] = Field(default_factory=list, max_length=30)
    is_text_checked: bool = False

    def conference(self, case_id: UUID) -> Conference:
        return Conference(
            case_id=case_id,
            held_on=self.held_on,
            topics=tuple(self.topics),
            extract=self.extract,
            participants=tuple(one.disclosure() for one in self.participants),
            outcomes=tuple(Outcome(**one.model_dump()) for one in self.outcomes),
            is_text_checked=self.is_text_checked,
        )


class ParticipantView(ResponseModel):
    unit: str
    unit_type: UnitType
    basis: DisclosureBasis
    fields_disclosed: list[DataCategory]
    consent_id: UUID | None
    release_id: UUID | None
    ground: StatutoryGround | None
    decision_reason: str | None
    is_client_informed: bool | None
    request_reference: str | None
    decided_by: str
    decided_at: datetime


class OutcomeView(ResponseModel):
    kind: OutcomeKind
    text: str
    responsible_unit: str | None
    due_on: date | None


class ConferenceView(ResponseModel):
    id: UUID
    case_id: UUID
    held_on: date
    topics: list[str]
    extract: str
    recorded_by: str
    recorded_at: datetime
    participants: list[ParticipantView]
    outcomes: list[OutcomeView]


class WrittenConference(ConferenceView):
    warnings: list[Warned]


class ConferencePage(Paged):
    items: list[ConferenceView]


class TopicFigure(ResponseModel):
    topic: str
    conferences: int | None


class QuarterFigures(ResponseModel):
    quarter: str
    conferences: int | None
    topics: list[TopicFigure]


class ConferenceStatistics(ResponseModel):
    """Null is a small cell that is not shown (§ 16 BStatG)."""

    year: int
    small_cell_min: int
    total: int | None
    by_quarter: list[QuarterFigures]
