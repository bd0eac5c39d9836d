"""What a consent or a release from secrecy must say, and what it covers.

Two different legal objects (hazard H5): an Einwilligung allows data processing (Art. 6, 9 DSGVO,
§ 67b (2) SGB X), a Schweigepflichtentbindung releases one professional from secrecy towards one
recipient (§ 203 StGB). Both name one person, one recipient unit, one purpose.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text

VALID_MONTHS_MAX: Final = 12


class ConsentType(StrEnum):
    EINWILLIGUNG = "EINWILLIGUNG"
    SCHWEIGEPFLICHTENTBINDUNG = "SCHWEIGEPFLICHTENTBINDUNG"


class ConsentPurpose(StrEnum):
    CASE_MANAGEMENT = "CASE_MANAGEMENT"
    REFERRAL = "REFERRAL"
    CASE_CONFERENCE = "CASE_CONFERENCE"
    INQUIRY = "INQUIRY"
    INTERPRETING = "INTERPRETING"
    # § 65 (1) Nr. 1 SGB VIII: to case management as such nobody consents that it be passed on.
    HAND_ON_ENTRUSTED = "HAND_ON_ENTRUSTED"


class DataCategory(StrEnum):
    IDENTITY = "IDENTITY"
    CONTACT = "CONTACT"
    LANGUAGE = "LANGUAGE"
    FAMILY = "FAMILY"
    RESIDENCE_GROUP = "RESIDENCE_GROUP"
    EDUCATION_WORK = "EDUCATION_WORK"
    HOUSING = "HOUSING"
    BENEFITS = "BENEFITS"
    HEALTH = "HEALTH"
    ASSESSMENT = "ASSESSMENT"
    PLAN = "PLAN"


class Direction(StrEnum):
    OUT = "OUT"
    IN = "IN"
    BOTH = "BOTH"


class Form(StrEnum):
    SCHRIFTLICH = "SCHRIFTLICH"
    ELEKTRONISCH = "ELEKTRONISCH"
    MUENDLICH = "MUENDLICH"


class Giver(StrEnum):
    SELF = "SELF"
    REPRESENTATIVE = "REPRESENTATIVE"


class RepresentationBasis(StrEnum):
    PARENT = "PARENT"
    GUARDIAN = "GUARDIAN"
    OFFICIAL_GUARDIAN = "OFFICIAL_GUARDIAN"
    CUSTODIAN = "CUSTODIAN"


class NotUnderstandable(RuleViolated):
    code = "consent-not-understandable"
    title = Text(
        de="Die Information liegt in dieser Sprache nicht vor und niemand hat gedolmetscht.",
        en="The information does not exist in this language and nobody interpreted.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The particulars of DOMAIN's consent record. Dates are Europe/Berlin, both ends inclusive.

    There is no family consent: exactly one `subject_person_id` (R-C4).
    """

    consent_type: ConsentType
    subject_person_id: UUID
    giver: Giver
    purpose: ConsentPurpose
    data_categories: frozenset[DataCategory]
    discloser_unit: str
    recipient_unit: str
    direction: Direction
    form: Form
    language: str
    information_text_version: str
    recorded_by: str
    is_refusal_explained: bool
    is_revocability_explained: bool
    given_on: date
    valid_from: date
    valid_to: date
    representation_basis: RepresentationBasis | None = None
    released_person: str | None = None
    form_reason: str | None = None
    interpreter: str | None = None
    witness: str | None = None
    evidence_document_id: UUID | None = None

    @property
    def scope_key(self) -> tuple[str, ...]:
        """Two consents of one scope cannot be active together; the new one supersedes."""
        return (
            self.consent_type,
            str(self.subject_person_id),
            self.purpose,
            self.discloser_unit,
            self.released_person or "",
            self.recipient_unit,
            self.direction,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """A disclosure that is about to happen and needs cover."""

    consent_type: ConsentType
    subject_person_id: UUID
    purpose: ConsentPurpose
    data_categories: frozenset[DataCategory]
    discloser_unit: str
    recipient_unit: str
    direction: Direction


def covers(consent: Consent, act: Act, *, is_active: bool, on: date) -> bool:
    """Whether an active consent allows the act on that day.

    Asked at send time, in the same transaction (R-C5). The recipient unit is equal, never a
    wildcard; one direction does not cover the other.
    """
    return (
        is_active
        and consent.consent_type is act.consent_type
        and consent.subject_person_id == act.subject_person_id
        and consent.recipient_unit == act.recipient_unit
        and consent.purpose is act.purpose
        and consent.data_categories >= act.data_categories
        and consent.discloser_unit == act.discloser_unit
        and consent.direction in {act.direction, Direction.BOTH}
        and consent.valid_from <= on <= consent.valid_to
    )


def latest_valid_to(valid_from: date, months: int = VALID_MONTHS_MAX) -> date:
    """The last day of a consent that begins on `valid_from` and runs for `months`."""
    month_index = valid_from.month - 1 + months
    year, month = valid_from.year + month_index // 12, month_index % 12 + 1
    day = min(valid_from.day, calendar.monthrange(year, month)[1])
    return date.fromordinal(date(year, month, day).toordinal() - 1)


def require_understandable(
    language: str, template_languages: frozenset[str], interpreter: str | None
) -> None:
    """K1: a text in the person's language, or somebody who interpreted. Raises
    NotUnderstandable.
    """
    if language not in template_languages and not (interpreter or "").strip():
        raise NotUnderstandable(language=language)
