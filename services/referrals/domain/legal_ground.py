"""On what ground personal data are sent; always judged at the moment of sending.

Either the person agreed (a consent to this unit, for this purpose, about these categories) or a
statute permits it (a closed list). A release from secrecy is another declaration of its own:
§ 203 StGB protects a confidence, the GDPR protects data, and one does not replace the other.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from services.referrals.domain.codes import DataCategory, Purpose


class StatutoryGround(StrEnum):
    """Statutes under which a referral may go without a consent."""

    SGB_X_69_1_1 = "SGB_X_69_1_1"
    """For a statutory task of sender or recipient; only between § 35 SGB I bodies."""
    KKG_4_3 = "KKG_4_3"
    """Notice to the Jugendamt of a danger to a child, after the steps of § 4 KKG."""


class DisclosureGround(StrEnum):
    """Grounds on which anything may reach a foreigners or naturalisation authority."""

    CLIENT_CONSENT = "CLIENT_CONSENT"
    AUFENTHG_87_1 = "AUFENTHG_87_1"
    AUFENTHG_87_2 = "AUFENTHG_87_2"
    AUFENTHG_88_2 = "AUFENTHG_88_2"
    SGB_X_71_2 = "SGB_X_71_2"
    STAG_32_1 = "STAG_32_1"


HEALTH_DISCLOSURE_GROUNDS = frozenset({DisclosureGround.AUFENTHG_88_2, DisclosureGround.SGB_X_71_2})
"""Health data reach such an authority on these alone, § 88 (2) AufenthG, § 71 (2) s. 2 SGB X."""


class ConsentForm(StrEnum):
    WRITTEN = "WRITTEN"
    ELECTRONIC = "ELECTRONIC"
    ORAL = "ORAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What a person declared, as far as the rules need it; the paper stays with the sender.

    Serves both as consent and as release from secrecy: same attributes, separate records.
    `valid_to` is the last day on which it holds, a Europe/Berlin date. `reference` is the
    sender's own key of the paper, with which a revocation is found again.
    """

    reference: str
    given_on: date
    valid_to: date
    purpose: Purpose
    recipient_unit: str
    categories: frozenset[DataCategory]
    form: ConsentForm = ConsentForm.WRITTEN
    form_reason: str = ""
    is_revoked: bool = False

    def holds_on(self, day: date) -> bool:
        return not self.is_revoked and self.given_on <= day <= self.valid_to

    def names(self, unit_id: str) -> bool:
        """No wildcard: a consent for "all authorities" names no unit and covers none."""
        return self.recipient_unit == unit_id

    @property
    def has_due_form(self) -> bool:
        """Health data need a written or electronic consent, § 67b (2) s. 2 SGB X."""
        if self.form is not ConsentForm.ORAL:
            return True
        return DataCategory.HEALTH not in self.categories or bool(self.form_reason.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class StatutoryDecision:
    """Who decided that a statute permits this sending, § 67d (1) SGB X: the sender answers."""

    ground: StatutoryGround
    decided_by: str
    decided_at: datetime

    def taken_by(self, actor: str) -> "StatutoryDecision":
        return replace(self, decided_by=actor)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalGround:
    """Consent or statute, exactly one; `covers_feedback` when the outcome may go back.

    An answer to the sender is again a transfer and needs its own basis.
    """

    consent: Declaration | None = None
    statutory: StatutoryDecision | None = None
    secrecy_release: Declaration | None = None
    covers_feedback: bool = False

    @property
    def is_exactly_one(self) -> bool:
        return (self.consent is None) != (self.statutory is None)

    @property
    def references(self) -> tuple[str | None, str | None]:
        """The sender's keys of consent and release from secrecy."""
        consent, release = self.consent, self.secrecy_release
        return (consent.reference if consent else None, release.reference if release else None)

    def after(self, revoked: frozenset[str]) -> "LegalGround":
        """The ground once the declarations with these references no longer hold."""

        def of(declaration: Declaration | None) -> Declaration | None:
            if declaration is None or declaration.reference not in revoked:
                return declaration
            return replace(declaration, is_revoked=True)

        return replace(self, consent=of(self.consent), secrecy_release=of(self.secrecy_release))

    @property
    def permits_breaking_secrecy(self) -> bool:
        """§ 4 (3) KKG permits those bound by § 203 StGB to tell the Jugendamt; no other does."""
        return self.statutory is not None and self.statutory.ground is StatutoryGround.KKG_4_3


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureDecision:
    """The decision without which nothing goes to an ABH or EBH; `fields` are dotted paths.

    `record_id` names the record of it; its reason may be the sender's alone.
    """

    ground: DisclosureGround
    decided_by: str
    decided_at: datetime
    fields: frozenset[str]
    client_informed: bool
    reason: str
    request_reference: str = ""
    record_id: UUID | None = None

    @property
    def is_reasoned(self) -> bool:
        return self.record_id is not None or bool(self.reason.strip())

    def taken_by(self, actor: str) -> "DisclosureDecision":
        return replace(self, decided_by=actor)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionSteps:
    """What § 4 KKG asks for before a notice without consent: done, or why it was left out."""

    discussed_with_family: bool
    not_discussed_reason: str = ""
    specialist_consulted: bool
    family_informed: bool
    not_informed_reason: str = ""

    @property
    def is_recorded(self) -> bool:
        discussed = self.discussed_with_family or bool(self.not_discussed_reason.strip())
        informed = self.family_informed or bool(self.not_informed_reason.strip())
        return discussed and informed
