"""Notes, their versions, and handing an entrusted one on."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field, StrictBool

from services.cases.api.schemas.care import Warned
from services.cases.api.schemas.fields import (
    Actor,
    ClassReason,
    NoteText,
    Paged,
    Reason,
    Reference,
    ShortReason,
)
from services.cases.domain.consent import DataCategory
from services.cases.domain.hand_on import SecrecyGround
from services.cases.domain.notes import (
    Confidentiality,
    NoteAction,
    NoteKind,
    NoteReader,
    ReleaseReason,
)
from services.cases.operations.correct_note import Correction
from services.cases.operations.hand_on_note import HandOn
from services.cases.operations.write_note import Note
from shared.web.fields import LegalDate, RequestModel, ResponseModel


class NoteBody(RequestModel):
    kind: NoteKind
    text: NoteText
    held_on: LegalDate
    confidentiality: Confidentiality | None = Field(
        None, description="Conversation notes are ENTRUSTED unless a reason says otherwise."
    )
    class_reason: ClassReason | None = None
    entrusted_by_id: UUID | None = Field(
        None, description="Who entrusted it: a person of the case; empty: its client."
    )

    def note(self, case_id: UUID) -> Note:
        return Note(case_id=case_id, **self.model_dump())


class CorrectionBody(RequestModel):
    """What the note says from now on; the version before stays."""

    text: NoteText
    held_on: LegalDate
    reason: ShortReason

    def correction(self, note_id: UUID) -> Correction:
        return Correction(note_id=note_id, **self.model_dump())


class NoteView(ResponseModel):
    """One version. `seriesId` is the id of the first; `readAs` is as what the caller reads it."""

    id: UUID
    case_id: UUID
    series_id: UUID
    number: int
    is_current: bool
    correction_reason: str | None
    kind: NoteKind
    confidentiality: Confidentiality
    class_reason: str | None
    owner: str
    entrusted_by_id: UUID | None
    held_on: date
    text: str
    recorded_at: datetime
    read_as: NoteReader
    allowed_actions: list[NoteAction]


class NotePage(Paged):
    items: list[NoteView]


class WrittenNote(NoteView):
    """The note, and what its writer should think over."""

    warnings: list[Warned]


class HandOnBody(RequestModel):
    """One named receiver and one ground of § 65 (1) SGB VIII with what it asks for."""

    reason: ReleaseReason
    justification: Reason = Field(description="The purpose, to which the receiver is bound.")
    receiver: Actor | None = Field(None, description="A colleague of the unit, who then reads it.")
    outside_receiver: Reference | None = Field(
        None, description="Family court or expert outside: recorded, reads nothing here."
    )
    data_categories: list[DataCategory] = Field(
        default_factory=list,
        max_length=len(DataCategory),
        description="What the note is about; consent and release must cover it.",
    )
    consent_id: UUID | None = None
    release_id: UUID | None = None
    danger_signs: Reason | None = None
    is_needed_for_assessment: StrictBool = False
    is_pseudonymised: StrictBool = False
    court_reference: Reference | None = None
    is_decision_impossible_otherwise: StrictBool = False
    secrecy_ground: SecrecyGround | None = None

    def hand_on(self, note_id: UUID) -> HandOn:
        plain = self.model_dump(exclude={"data_categories"})
        return HandOn(note_id=note_id, data_categories=frozenset(self.data_categories), **plain)


class NoteReleaseView(ResponseModel):
    id: UUID
    note_id: UUID
    case_id: UUID
    reason: ReleaseReason
    receiver: str | None
    outside_receiver: str | None
    justification: str
    data_categories: list[DataCategory]
    consent_id: UUID | None
    release_id: UUID | None
    danger_signs: str | None
    court_reference: str | None
    secrecy_ground: SecrecyGround | None
    recorded_by: str
    recorded_at: datetime


class NoteReleasePage(Paged):
    items: list[NoteReleaseView]
