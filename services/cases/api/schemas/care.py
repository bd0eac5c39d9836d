"""Records on the way through a case."""

from base64 import b64decode
from datetime import date, datetime
from typing import Annotated, Final, Literal
from uuid import UUID

from pydantic import Field, StrictBool

from services.cases.api.schemas.fields import (
    Actor,
    Interpreter,
    Language,
    LongText,
    Paged,
    Reason,
    Reference,
    RevokedVia,
    ShortReason,
    TextVersion,
)
from services.cases.domain.choices import ContactChannel, NeedLevel
from services.cases.domain.consent import (
    ConsentPurpose,
    ConsentType,
    DataCategory,
    Direction,
    Form,
    Giver,
    RepresentationBasis,
)
from services.cases.domain.consent_lifecycle import ConsentState
from shared.web.fields import Code, LegalDate, RequestModel, ResponseModel, UnitKey

EVIDENCE_BYTES_MAX: Final = 999_999  # a multiple of three, so that the length in Base64 is exact
EVIDENCE_BASE64_MAX: Final = EVIDENCE_BYTES_MAX // 3 * 4
BASE64: Final = r"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
Score = Annotated[int, Field(ge=0, le=100, strict=True)]
ProblemAreas = Annotated[int, Field(ge=0, le=18, strict=True)]


class IndicationBody(RequestModel):
    """The five criteria; an answer that is left out is not yet documented."""

    problem_areas: ProblemAreas | None = None
    has_several_providers: StrictBool | None = None
    do_standard_paths_fail: StrictBool | None = None
    lacks_own_resources: StrictBool | None = None
    does_client_agree: StrictBool | None = None
    judgement: Reason = Field(description="Why case management and not ordinary counselling.")


class IndicationView(ResponseModel):
    problem_areas: int | None
    has_several_providers: bool | None
    do_standard_paths_fail: bool | None
    lacks_own_resources: bool | None
    does_client_agree: bool | None
    judgement: str


class NoticeBody(RequestModel):
    text_version: TextVersion
    language: Language
    given_on: LegalDate
    interpreter: Interpreter | None = None
    person_id: UUID | None = None


class NoticeView(ResponseModel):
    id: UUID
    person_id: UUID | None
    text_version: str
    language: str
    interpreter: str | None
    given_on: date


class RecordedNotice(NoticeView):
    case_id: UUID
    recorded_at: datetime


class DoubleCareView(ResponseModel):
    """`contactUnits` is the whole answer: whom to call, never about what."""

    id: UUID
    is_exact: bool
    contact_units: list[str]
    recorded_at: datetime


class RecordedDoubleCare(DoubleCareView):
    case_id: UUID


class AssessmentBody(RequestModel):
    field_of_action: Code
    need: NeedLevel
    situation: LongText
    resources: LongText
    has_client_taken_part: StrictBool
    assessed_on: LegalDate
    legal_circle: Code | None = None
    score: Score | None = Field(None, description="0 (no need) to 100, where a scale is used.")


class AssessmentView(ResponseModel):
    id: UUID
    field_of_action: str
    need: NeedLevel
    situation: str
    resources: str
    legal_circle: str | None
    score: int | None
    has_client_taken_part: bool
    assessed_on: date


class RecordedAssessment(AssessmentView):
    case_id: UUID
    recorded_at: datetime


class ContactAttemptBody(RequestModel):
    channel: ContactChannel
    attempted_on: LegalDate
    was_reached: StrictBool


class ContactAttemptView(ResponseModel):
    id: UUID
    channel: ContactChannel
    attempted_on: date
    was_reached: bool


class RecordedContactAttempt(ContactAttemptView):
    case_id: UUID
    recorded_at: datetime


class Warned(ResponseModel):
    pointer: str
    code: str
    message: str


class ConsentTerms(RequestModel):
    """One recipient unit, one purpose (R-C1, R-C4); of the person who is named elsewhere."""

    consent_type: ConsentType
    giver: Giver
    representation_basis: RepresentationBasis | None = None
    purpose: ConsentPurpose
    purpose_text: ShortReason | None = None
    data_categories: list[DataCategory] = Field(max_length=11)
    discloser_unit: UnitKey
    released_person: Reference | None = None
    recipient_unit: UnitKey
    direction: Direction
    form: Form
    form_reason: ShortReason | None = None
    language: Language
    interpreter: Interpreter | None = None
    witness: Actor | None = None
    information_text_version: TextVersion
    is_refusal_explained: StrictBool
    is_revocability_explained: StrictBool
    given_on: LegalDate
    valid_from: LegalDate
    valid_to: LegalDate | None = Field(None, description="Empty: twelve months.")
    evidence_document_id: UUID | None = None


class EvidenceBody(RequestModel):
    """The signed form as a file. What it is, is seen by its content and must be as said."""

    file_name: Reference
    content_type: Literal["application/pdf", "image/png", "image/jpeg", "image/tiff", "text/plain"]
    content_base64: str = Field(
        min_length=4,
        max_length=EVIDENCE_BASE64_MAX,
        pattern=BASE64,
        description="At most 999,999 bytes once decoded.",
    )

    @property
    def content(self) -> bytes:
        return b64decode(self.content_base64)


class OpeningConsent(ConsentTerms):
    evidence: EvidenceBody | None = Field(
        None,
        description="Stored with the case; every form but the oral one needs it here. Its document"
        " gets the id `evidenceDocumentId`, or a new one.",
    )


class ConsentBody(ConsentTerms):
    subject_person_id: UUID
    supersedes_id: UUID | None = None


class ConsentStep(RequestModel):
    revoked_via: RevokedVia | None = None
    officer_reference: Reference | None = Field(
        None, description="Order of the data protection officer; needed to invalidate."
    )


class ConsentView(ResponseModel):
    id: UUID
    version: int
    case_id: UUID
    state: ConsentState
    consent_type: ConsentType
    subject_person_id: UUID
    giver: Giver
    representation_basis: RepresentationBasis | None
    purpose: ConsentPurpose
    purpose_text: str | None
    data_categories: list[DataCategory]
    discloser_unit: str
    released_person: str | None
    recipient_unit: str
    direction: Direction
    form: Form
    form_reason: str | None
    language: str
    interpreter: str | None
    witness: str | None
    information_text_version: str
    is_refusal_explained: bool
    is_revocability_explained: bool
    given_on: date
    valid_from: date
    valid_to: date
    evidence_document_id: UUID | None
    revoked_at: datetime | None
    revoked_via: str | None
    supersedes_id: UUID | None
    recorded_by: str
    recorded_at: datetime


class ConsentPage(Paged):
    items: list[ConsentView]
