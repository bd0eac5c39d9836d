"""Referrals: what the sender says, and what each side is shown."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from services.referrals.api.content_schemas import ReferralContent
from services.referrals.api.fields import (
    Detail,
    Digest,
    FieldPath,
    HouseNumber,
    Language,
    Latitude,
    Longitude,
    Pointer,
    Street,
    SubjectReference,
)
from services.referrals.api.ground_schemas import (
    DisclosureBody,
    LegalGroundBody,
    ProtectionStepsBody,
)
from services.referrals.domain.areas import Place
from services.referrals.domain.codes import (
    AgeBand,
    DataCategory,
    Mode,
    Outcome,
    Purpose,
    RejectReason,
    Topic,
    Urgency,
    WithdrawReason,
)
from services.referrals.domain.legal_ground import DisclosureDecision
from services.referrals.domain.sharing import Content
from services.referrals.operations.drafts import Draft
from services.referrals.storage.rule_forms import location
from shared.web.fields import (
    Ags,
    Code,
    LegalDate,
    RequestModel,
    UnitKey,
)

EXAMPLE: dict[str, Any] = {
    "mode": "ZUSTEUERUNG_IN",
    "serviceCode": "CASE_MANAGEMENT",
    "topic": "HOUSING",
    "purpose": "CASE_MANAGEMENT",
    "language": "tur",
    "interpreterNeeded": True,
    "subjectReference": "JC-2026-000471",
    "place": {"ags": "05570044"},
    "content": {
        "identity": {"familyName": "Şahin", "givenNames": "Yıldız", "birthDate": "1990-05-12"},
        "languages": {"spoken": ["tur"]},
        "need": {"summary": "Sucht Wohnung und Kitaplatz."},
    },
    "legalGround": {
        "consent": {
            "reference": "E-2026-17",
            "givenOn": "2026-03-01",
            "validTo": "2026-12-31",
            "purpose": "CASE_MANAGEMENT",
            "recipientUnit": "waf-cm",
            "categories": ["identity", "languages", "need"],
        }
    },
    "submit": True,
}


class LocationBody(RequestModel):
    """WGS 84."""

    lon: Longitude
    lat: Latitude


class PlaceBody(RequestModel):
    """Where the person lives, as far as routing needs it; deleted when the referral is sent."""

    ags: Ags
    street: Street | None = None
    house_number: HouseNumber | None = None
    district: Street | None = None
    location: LocationBody | None = None

    def place(self) -> Place:
        point = self.location
        return Place(
            ags=self.ags,
            street=self.street or "",
            house_number=self.house_number or "",
            district=self.district or "",
            location=location(point.lon, point.lat) if point else None,
        )


class AddressedBody(RequestModel):
    """What is said beside the content."""

    mode: Mode
    service_code: Code
    topic: Topic
    purpose: Purpose
    urgency: Urgency = Urgency.ROUTINE
    language: Language
    interpreter_needed: bool = Field(default=False, strict=True)
    age_band: AgeBand | None = None
    subject_reference: SubjectReference
    recipient_unit: UnitKey | None = None
    place: PlaceBody
    disputed_fields: Annotated[list[FieldPath], Field(max_length=50, default_factory=list)]
    secret_categories: Annotated[list[DataCategory], Field(max_length=10, default_factory=list)]
    legal_ground: LegalGroundBody | None = None
    protection_steps: ProtectionStepsBody | None = None
    case_id: UUID | None = Field(default=None, description="The sender's own case; kept to itself.")
    transfers_ownership: bool = Field(
        default=False,
        strict=True,
        description="A warm handover after which the recipient leads the case.",
    )

    def with_content(
        self,
        content: Content,
        birth_date: date | None = None,
        disclosure: DisclosureDecision | None = None,
    ) -> Draft:
        steps = self.protection_steps
        return Draft(
            mode=self.mode,
            service_code=self.service_code,
            topic=self.topic,
            purpose=self.purpose,
            urgency=self.urgency,
            language=self.language,
            interpreter_needed=self.interpreter_needed,
            age_band=self.age_band,
            birth_date=birth_date,
            subject_reference=self.subject_reference,
            recipient_unit=self.recipient_unit,
            place=self.place.place(),
            content=content,
            disputed_fields=frozenset(self.disputed_fields),
            secret_categories=frozenset(self.secret_categories),
            ground=self.legal_ground.ground() if self.legal_ground else None,
            disclosure=disclosure,
            protection_steps=steps.steps() if steps else None,
            case_id=self.case_id,
            transfers_ownership=self.transfers_ownership,
        )


class DraftBody(AddressedBody):
    """Without `recipientUnit` the routing rules choose it from `place`."""

    content: ReferralContent
    disclosure_decision: DisclosureBody | None = None

    def draft(self) -> Draft:
        content, decision = self.content, self.disclosure_decision
        return self.with_content(
            content.as_stored(),
            content.exact_birth_date,
            decision.decision() if decision else None,
        )


class NewReferral(DraftBody):
    """A draft, sent in the same call when `submit` is true."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    submit: bool = Field(default=False, strict=True)


class SubmitBody(RequestModel):
    """A ground given here takes the place of the draft's."""

    legal_ground: LegalGroundBody | None = None


class AcceptBody(RequestModel):
    payload_digest: Digest | None = Field(
        default=None, description="The digest the recipient's own system holds, to be compared."
    )


class ProblemBody(RequestModel):
    reason: RejectReason
    detail: Detail | None = None
    instance: Pointer | None = None


class RejectBody(RequestModel):
    problems: Annotated[list[ProblemBody], Field(min_length=1, max_length=20)]


class ForwardBody(RequestModel):
    recipient_unit: UnitKey


class WithdrawBody(RequestModel):
    reason: WithdrawReason


class FirstContactBody(RequestModel):
    first_contact_on: LegalDate


class OutcomeBody(RequestModel):
    outcome: Outcome


class RevocationBody(RequestModel):
    consent_reference: SubjectReference
