"""Legal grounds as the sender states them."""

from typing import Annotated

from pydantic import Field

from services.referrals.api.fields import Actor, Instant, Reason, Reference, ReleasedPath
from services.referrals.domain.codes import DataCategory, Purpose
from services.referrals.domain.legal_ground import (
    ConsentForm,
    Declaration,
    DisclosureDecision,
    DisclosureGround,
    LegalGround,
    ProtectionSteps,
    StatutoryDecision,
    StatutoryGround,
)
from shared.web.fields import LegalDate, RequestModel, UnitKey

Decider = Annotated[
    Actor | None,
    Field(
        description="Only a system says it: its own key of the person who decided, not a name. "
        "Of a person signed in, that person decided, whatever is said here."
    ),
]
Categories = Annotated[list[DataCategory], Field(min_length=1, max_length=10)]


class DeclarationBody(RequestModel):
    """A consent or a release from secrecy. `reference` is the sender's own key of the paper."""

    reference: Reference
    given_on: LegalDate
    valid_to: LegalDate = Field(description="Last day on which it holds, Europe/Berlin.")
    purpose: Purpose
    recipient_unit: UnitKey = Field(description="One unit; there is no consent for all.")
    categories: Categories
    form: ConsentForm = ConsentForm.WRITTEN
    form_reason: Reason | None = None

    def declaration(self) -> Declaration:
        return Declaration(
            reference=self.reference,
            given_on=self.given_on,
            valid_to=self.valid_to,
            purpose=self.purpose,
            recipient_unit=self.recipient_unit,
            categories=frozenset(self.categories),
            form=self.form,
            form_reason=self.form_reason or "",
        )


class StatutoryBody(RequestModel):
    ground: StatutoryGround
    decided_by: Decider = None
    decided_at: Instant

    def decision(self) -> StatutoryDecision:
        return StatutoryDecision(
            ground=self.ground, decided_by=self.decided_by or "", decided_at=self.decided_at
        )


class LegalGroundBody(RequestModel):
    """Consent or statute; judged when the referral is sent, not when it is written down."""

    consent: DeclarationBody | None = None
    statutory: StatutoryBody | None = None
    secrecy_release: DeclarationBody | None = None
    covers_feedback: bool = Field(
        default=False, strict=True, description="Whether the outcome may be told to the sender."
    )

    def ground(self) -> LegalGround:
        release = self.secrecy_release
        return LegalGround(
            consent=self.consent.declaration() if self.consent else None,
            statutory=self.statutory.decision() if self.statutory else None,
            secrecy_release=release.declaration() if release else None,
            covers_feedback=self.covers_feedback,
        )


class DisclosureBody(RequestModel):
    """The decision without which nothing goes to a foreigners or naturalisation authority."""

    ground: DisclosureGround
    decided_by: Decider = None
    decided_at: Instant
    fields: Annotated[list[ReleasedPath], Field(min_length=1, max_length=100)]
    client_informed: bool = Field(strict=True)
    reason: Reason
    request_reference: Reference | None = None

    def decision(self) -> DisclosureDecision:
        return DisclosureDecision(
            ground=self.ground,
            decided_by=self.decided_by or "",
            decided_at=self.decided_at,
            fields=frozenset(self.fields),
            client_informed=self.client_informed,
            reason=self.reason,
            request_reference=self.request_reference or "",
        )


class ProtectionStepsBody(RequestModel):
    """The steps of § 4 KKG, or why they were left out."""

    discussed_with_family: bool = Field(strict=True)
    not_discussed_reason: Reason | None = None
    specialist_consulted: bool = Field(strict=True)
    family_informed: bool = Field(strict=True)
    not_informed_reason: Reason | None = None

    def steps(self) -> ProtectionSteps:
        return ProtectionSteps(
            discussed_with_family=self.discussed_with_family,
            not_discussed_reason=self.not_discussed_reason or "",
            specialist_consulted=self.specialist_consulted,
            family_informed=self.family_informed,
            not_informed_reason=self.not_informed_reason or "",
        )
