"""Meetings of the bodies, and versions of the concept."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from services.cases.api.schemas.care import Warned
from services.cases.api.schemas.fields import GoalText, Name, Paged, Reference, ShortReason
from services.cases.domain.concepts import ConceptState
from services.cases.domain.finding_codes import MeetingBody
from services.cases.operations.keep_meetings import Meeting
from shared.web.fields import LegalDate, RequestModel, ResponseModel, UnitKey


class NewMeetingBody(RequestModel):
    body: MeetingBody
    body_name: Name = Field(description="For example AG Case Management.")
    held_on: LegalDate
    topics: list[GoalText] = Field(min_length=1, max_length=50)
    decisions: list[GoalText] = Field(default_factory=list, max_length=50)
    participant_units: list[UnitKey] = Field(default_factory=list, max_length=50)

    def meeting(self) -> Meeting:
        return Meeting(
            body=self.body,
            body_name=self.body_name,
            held_on=self.held_on,
            topics=tuple(self.topics),
            decisions=tuple(self.decisions),
            participant_units=tuple(self.participant_units),
        )


class NewConceptBody(RequestModel):
    title: Reference
    document_reference: ShortReason = Field(description="Where the document lies, not its content.")
    dated_on: LegalDate


class ConceptStepBody(RequestModel):
    on_date: LegalDate
    meeting_id: UUID | None = Field(
        None, description="To endorse: the meeting of the steering group on that day."
    )
    approved_by: Reference | None = Field(None, description="To approve: the granting authority.")
    approval_reference: Reference | None = None


class MeetingView(ResponseModel):
    id: UUID
    body: MeetingBody
    body_name: str
    held_on: date
    participant_units: list[str]
    topics: list[str]
    decisions: list[str]
    unit_id: str
    recorded_at: datetime


class WrittenMeeting(MeetingView):
    warnings: list[Warned]


class MeetingPage(Paged):
    items: list[MeetingView]


class ConceptView(ResponseModel):
    id: UUID
    version: int
    number: int
    state: ConceptState
    title: str
    document_reference: str
    dated_on: date
    endorsed_on: date | None
    endorsed_in: UUID | None
    approved_on: date | None
    approved_by: str | None
    approval_reference: str | None
    withdrawn_on: date | None
    unit_id: str
    recorded_at: datetime


class WrittenConcept(ConceptView):
    warnings: list[Warned]


class ConceptPage(Paged):
    items: list[ConceptView]
