"""Cases: opening, particulars, steps, and what their readers get."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field, StrictBool

from services.cases.api.schemas.care import (
    AssessmentView,
    ContactAttemptView,
    DoubleCareView,
    IndicationBody,
    IndicationView,
    NoticeView,
    OpeningConsent,
)
from services.cases.api.schemas.fields import (
    Actor,
    BothLanguages,
    Contact,
    Interpreter,
    Language,
    Paged,
    Pseudonym,
    Reason,
    Reference,
    ShortReason,
    TextVersion,
)
from services.cases.api.schemas.people import PersonBody
from services.cases.api.schemas.person_parts import DeliverySummary
from services.cases.api.schemas.plans import PlanView
from services.cases.domain.case_types import KIM_CODE
from services.cases.domain.choices import (
    ArchiveAnswer,
    FamilyRole,
    Origin,
    OtherBasis,
    SentReferralState,
    StructuralFinding,
)
from services.cases.domain.codes import ClosingReason, DeclineReason
from services.cases.domain.facts import CaseState
from services.cases.domain.lifecycle import CaseAction
from services.cases.operations.open_further import OpenUntil
from shared.web.external_ids import ExternalNumber
from shared.web.fields import Ags, Code, LegalDate, RequestModel, ResponseModel


class NewMemberBody(RequestModel):
    role: FamilyRole
    person: PersonBody


class OpeningNotice(RequestModel):
    text_version: TextVersion
    language: Language
    given_on: LegalDate
    interpreter: Interpreter | None = None


class CaseOpening(RequestModel):
    """One compound step: the case, and with it its persons and their family where known."""

    origin: Literal[Origin.SELF_CONTACT, Origin.OUTREACH]
    pseudonym: Pseudonym | None = None
    contact: Contact | None = None
    language: Language | None = None
    municipality_ags: Ags | None = None
    is_area_resolved: StrictBool = False
    is_staff_related: StrictBool = False
    is_child_protection: StrictBool = False
    person_id: UUID | None = None
    family_id: UUID | None = None
    arrival_cohort: Code | None = None
    members: list[NewMemberBody] = Field(default_factory=list, max_length=30)
    case_type: Code = Field(KIM_CODE, description="Code of a published case type.")
    until: OpenUntil = Field(
        OpenUntil.REQUESTED, description="Assign and open the case too, where every guard holds."
    )
    indication_checklist: IndicationBody | None = None
    information_notice: OpeningNotice | None = None
    consent: OpeningConsent | None = Field(
        None, description="Given by the client, in force from the first moment."
    )


class CaseParticulars(RequestModel):
    pseudonym: Pseudonym | None
    contact: Contact | None
    language: Language | None
    municipality_ags: Ags | None
    is_area_resolved: StrictBool
    is_staff_related: StrictBool
    is_child_protection: StrictBool
    person_id: UUID | None
    family_id: UUID | None


class CaseStep(RequestModel):
    """What an action may need beside its name; which one needs what, `asksFor` says."""

    case_manager: Actor | None = Field(
        None, description="Who shall hold the case (assign, hand-over); empty: yourself."
    )
    decline_reason: DeclineReason | None = None
    closing_reason: ClosingReason | None = None
    reason: Reason | None = None
    is_same_person_confirmed: StrictBool = False


class OtherBasisBody(RequestModel):
    basis: OtherBasis | None
    reason: ShortReason | None = None


class SignpostingBody(RequestModel):
    signposted_to: Reference
    signposted_on: LegalDate


class StructuralAnswer(RequestModel):
    finding: StructuralFinding
    field_of_action: Code | None = None


class ErasurePreparation(RequestModel):
    archive_answer: ArchiveAnswer | None


class SentReferralBody(RequestModel):
    referral_id: UUID


class Blocker(ResponseModel):
    id: str
    message: BothLanguages


class Transition(ResponseModel):
    action: CaseAction
    label: BothLanguages
    to: CaseState
    rule: str
    is_open: bool
    blocked_by: list[Blocker]
    asks_for: list[str]


class PhaseView(ResponseModel):
    from_state: CaseState | None
    to_state: CaseState
    action: str
    rule: str
    on_date: date
    at: datetime
    actor: str


class SentReferralView(ResponseModel):
    referral_id: UUID
    state: SentReferralState


class CaseSummary(ResponseModel):
    """`maskedFields` are the members of the whole case that are hidden from the caller."""

    id: UUID
    version: int
    reference: str
    origin: Origin
    state: CaseState
    state_since: date
    opened_on: date
    closed_on: date | None
    decline_reason: DeclineReason | None
    closing_reason: ClosingReason | None
    pseudonym: str | None
    language: str | None
    person_id: UUID | None
    family_id: UUID | None
    municipality_ags: str | None
    masked_fields: list[str]
    referral_id: UUID | None
    case_manager: str | None
    is_processing_restricted: bool
    is_under_legal_hold: bool
    is_child_protection: bool
    unit_id: str
    updated_at: datetime


class CaseInBatch(CaseSummary):
    """A case of a list; read by `ids` or `referralId` it says what can be done with it."""

    allowed_actions: list[CaseAction] | None = None
    available_transitions: list[Transition] | None = None


class TypeOfCase(ResponseModel):
    id: UUID
    code: str
    number: int


class CaseView(CaseSummary):
    contact: str | None
    is_area_resolved: bool
    is_staff_related: bool
    other_basis: OtherBasis | None
    other_basis_reason: str | None
    signposted_to: str | None
    signposted_on: date | None
    structural_finding: StructuralFinding | None
    structural_field: str | None
    deletion_due_on: date | None
    archive_answer: ArchiveAnswer | None
    phases: list[PhaseView]
    indication_checklist: IndicationView | None
    information_notices: list[NoticeView]
    double_care_checks: list[DoubleCareView]
    assessment_entries: list[AssessmentView]
    contact_attempts: list[ContactAttemptView]
    sent_referrals: list[SentReferralView]
    external_ids: list[ExternalNumber]
    provenance: list[DeliverySummary]
    current_plan: PlanView | None
    case_type: TypeOfCase
    custom_fields: dict[str, Any] | None
    allowed_actions: list[CaseAction]
    available_transitions: list[Transition]


class CasePage(Paged):
    items: list[CaseInBatch]


class CaseFilePage(Paged):
    items: list[CaseView]
