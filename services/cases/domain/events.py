"""What this service tells the others: past facts with ids and codes, never a name or a text."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from services.cases.domain.rights_events import RIGHTS_EVENTS
from services.cases.domain.webhook_events import WEBHOOK_EVENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRequested:
    """A case exists (C1). `referral_id` is empty after self-contact and outreach."""

    event_type: ClassVar[str] = "kim.cases.case-requested.v1"

    case_id: UUID
    tenant_id: str
    unit_id: str
    referral_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePhaseChanged:
    """A case moved; `rule` is the number of the move, for example `C4`."""

    event_type: ClassVar[str] = "kim.cases.case-phase-changed.v1"

    case_id: UUID
    tenant_id: str
    unit_id: str
    from_state: str
    to_state: str
    action: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFileChanged:
    """Something in the file of a case is new or other: a task, a contact, a plan, a normal note.
    What, reads who may see it; of confidential and entrusted notes nobody hears.
    """

    event_type: ClassVar[str] = "kim.cases.case-file-changed.v1"

    case_id: UUID
    tenant_id: str
    unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed:
    """A case ended. DEPARTED starts no report to any authority by itself (§ 87 AufenthG)."""

    event_type: ClassVar[str] = "kim.cases.case-closed.v1"

    case_id: UUID
    tenant_id: str
    unit_id: str
    closing_reason: str
    closed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRevoked:
    """From now on nothing may be sent under this consent; what was sent stays logged (R-C3)."""

    event_type: ClassVar[str] = "kim.cases.consent-revoked.v1"

    consent_id: UUID
    case_id: UUID
    tenant_id: str
    unit_id: str
    recipient_unit_id: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentInvalidated:
    """The consent never allowed anything; what was sent under it is checked as an incident (K8)."""

    event_type: ClassVar[str] = "kim.cases.consent-invalidated.v1"

    consent_id: UUID
    case_id: UUID
    tenant_id: str
    unit_id: str
    recipient_unit_id: str
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseErasureRequested:
    """Whoever holds something of this case deletes it and confirms this `erasure_id` (R-D5).

    With a `rights_request_id` the person has asked for it: the confirmation names who was told.
    """

    event_type: ClassVar[str] = "kim.cases.case-erasure-requested.v1"

    erasure_id: UUID
    case_id: UUID
    tenant_id: str
    unit_id: str
    rights_request_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionRuleChanged:
    """The unit set another rule: the days of its ended cases are computed anew."""

    event_type: ClassVar[str] = "kim.cases.deletion-rule-changed.v1"

    rule_id: UUID
    tenant_id: str
    unit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StructuralFindingRecorded:
    """Cases hint at a deficient structure (R-S4-7); the event names none of them."""

    event_type: ClassVar[str] = "kim.cases.structural-finding-recorded.v1"

    finding_id: UUID
    tenant_id: str
    unit_id: str
    field_of_action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingMeasureFunded:
    """The measure of a finding names the line of an award that shall pay it (R-S4-11)."""

    event_type: ClassVar[str] = "kim.cases.finding-measure-funded.v1"

    finding_id: UUID
    tenant_id: str
    unit_id: str
    funding_line_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalCircleChanged:
    """Another body of law becomes responsible for a person (Rechtskreiswechsel)."""

    event_type: ClassVar[str] = "kim.cases.legal-circle-changed.v1"

    change_id: UUID
    person_id: UUID
    tenant_id: str
    unit_id: str
    from_circle: str
    to_circle: str
    effective_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilySplit:
    """Members of a family are a family of their own from a day on; `case_ids` went along."""

    event_type: ClassVar[str] = "kim.cases.family-split.v1"

    family_id: UUID
    new_family_id: UUID
    case_ids: tuple[UUID, ...]
    tenant_id: str
    unit_id: str
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FamiliesJoined:
    """`joined_family_id` ended in `family_id`, with its members and `case_ids`."""

    event_type: ClassVar[str] = "kim.cases.families-joined.v1"

    family_id: UUID
    joined_family_id: UUID
    case_ids: tuple[UUID, ...]
    tenant_id: str
    unit_id: str
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyAccessOpened:
    """Somebody opened a case in an emergency: for the data protection officer to look at. Who it
    was stands in the record, not here.
    """

    event_type: ClassVar[str] = "kim.cases.emergency-access-opened.v1"

    access_id: UUID
    case_id: UUID
    tenant_id: str
    unit_id: str
    reason: str
    expires_at: datetime


EVENTS: tuple[type, ...] = (
    CaseRequested,
    CasePhaseChanged,
    CaseFileChanged,
    CaseClosed,
    ConsentRevoked,
    ConsentInvalidated,
    CaseErasureRequested,
    DeletionRuleChanged,
    StructuralFindingRecorded,
    FindingMeasureFunded,
    LegalCircleChanged,
    FamilySplit,
    FamiliesJoined,
    *RIGHTS_EVENTS,
    EmergencyAccessOpened,
    *WEBHOOK_EVENTS.all,
)
