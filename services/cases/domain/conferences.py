"""Case conferences: who was told which data about one case, and on which legal basis (R-S4-8).

Every unit at the table is a controller of its own (§ 67 (4) SGB X, hazard H1). It sees the
pseudonymised extract and beyond it only the categories of data that one basis covers: a consent
for exactly this, or a statutory ground. To a foreigners' or naturalisation authority nothing goes
without a recorded decision (R-A1), and counselling notes, health and benefits not at all.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.cases.domain.codes import B3_UNIT_TYPES, UnitType
from services.cases.domain.consent import (
    Act,
    Consent,
    ConsentPurpose,
    ConsentType,
    DataCategory,
    Direction,
    covers,
)
from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text


class DisclosureBasis(StrEnum):
    """OWN_UNIT: staff of the controller itself, to whom nothing is disclosed in the law's sense."""

    OWN_UNIT = "OWN_UNIT"
    CONSENT = "CONSENT"
    STATUTORY = "STATUTORY"


class StatutoryGround(StrEnum):
    """The statute is a person's decision; the software only asks that one is named."""

    SGB_X_69 = "SGB_X_69"
    SGB_VIII_64 = "SGB_VIII_64"
    KKG_4 = "KKG_4"
    SGB_X_71_2 = "SGB_X_71_2"
    AUFENTHG_87_1 = "AUFENTHG_87_1"
    STAG_32_1 = "STAG_32_1"


class OutcomeKind(StrEnum):
    DECISION = "DECISION"
    TASK = "TASK"


FOR_AUTHORITIES: Final = frozenset(
    {StatutoryGround.SGB_X_71_2, StatutoryGround.AUFENTHG_87_1, StatutoryGround.STAG_32_1}
)
# § 88 AufenthG, § 71 (2) SGB X: a hard block in every normal role.
NEVER_TO_AUTHORITIES: Final = frozenset(
    {DataCategory.ASSESSMENT, DataCategory.HEALTH, DataCategory.BENEFITS}
)
# What a professional learns under § 203 StGB leaves with a release from secrecy as well (H5).
UNDER_SECRECY: Final = frozenset({DataCategory.ASSESSMENT, DataCategory.HEALTH})


class DisclosureDecisionMissing(RuleViolated):
    code = "disclosure-decision-missing"
    title = Text(
        de="An eine Ausländer- oder Staatsangehörigkeitsbehörde geht nichts ohne dokumentierte "
        "Entscheidung.",
        en="Nothing goes to a foreigners' or naturalisation authority without a recorded decision.",
    )


class NeverToAuthorities(RuleViolated):
    code = "never-to-authorities"
    title = Text(
        de="Diese Datenarten erhält die Behörde nicht (§ 88 AufenthG).",
        en="The authority does not get these categories of data (§ 88 AufenthG).",
    )


class BasisMissing(RuleViolated):
    code = "disclosure-basis-missing"
    title = Text(
        de="Für diese Stelle fehlt eine passende Rechtsgrundlage.",
        en="A fitting legal basis is missing for this unit.",
    )


class NotCovered(RuleViolated):
    code = "disclosure-not-covered"
    title = Text(
        de="Die Einwilligung oder Schweigepflichtentbindung deckt diese Offenlegung nicht.",
        en="The consent or the release from secrecy does not cover this disclosure.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The disclosure decision of R-A1; who decided and when is the record of the conference."""

    reason: str
    is_client_informed: bool
    request_reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """One unit at the table and what it was told. `fields` are categories of data."""

    unit: str
    unit_type: UnitType
    basis: DisclosureBasis
    fields: frozenset[DataCategory]
    consent_id: UUID | None = None
    release_id: UUID | None = None
    ground: StatutoryGround | None = None
    decision: Decision | None = None

    @property
    def is_to_authority(self) -> bool:
        return self.unit_type in B3_UNIT_TYPES

    @property
    def needs_release(self) -> bool:
        return self.basis is DisclosureBasis.CONSENT and bool(self.fields & UNDER_SECRECY)


@dataclass(frozen=True, slots=True)
class Cover:
    """A consent of the file as it stands now, with whether it is in force."""

    consent: Consent
    is_active: bool


def require_permitted(disclosure: Disclosure, own_unit: str) -> None:
    """What can be said without looking at the consents.

    Raises DisclosureDecisionMissing, NeverToAuthorities, BasisMissing.
    """
    if disclosure.is_to_authority:
        if disclosure.decision is None or not disclosure.decision.reason.strip():
            raise DisclosureDecisionMissing(unit=disclosure.unit)
        if barred := disclosure.fields & NEVER_TO_AUTHORITIES:
            raise NeverToAuthorities(unit=disclosure.unit, fields=sorted(barred))
    if not _has_basis(disclosure, own_unit):
        raise BasisMissing(unit=disclosure.unit, basis=disclosure.basis.value)


def _has_basis(disclosure: Disclosure, own_unit: str) -> bool:
    is_own = disclosure.unit == own_unit
    if disclosure.basis is DisclosureBasis.OWN_UNIT:
        return is_own and not disclosure.is_to_authority
    if disclosure.basis is DisclosureBasis.CONSENT:
        return disclosure.consent_id is not None and disclosure.ground is None
    has_ground = disclosure.ground is not None and disclosure.consent_id is None
    return has_ground and (disclosure.ground in FOR_AUTHORITIES) == disclosure.is_to_authority


def require_covered(
    disclosure: Disclosure,
    subject: UUID,
    own_unit: str,
    covering: Collection[Cover],
    *,
    days: Collection[date],
) -> None:
    """Each record that the disclosure needs is active and covers it on all `days` (R-C5, H5).

    Raises NotCovered.
    """
    for consent_type in _needed(disclosure):
        act = Act(
            consent_type=consent_type,
            subject_person_id=subject,
            purpose=ConsentPurpose.CASE_CONFERENCE,
            data_categories=disclosure.fields,
            discloser_unit=own_unit,
            recipient_unit=disclosure.unit,
            direction=Direction.OUT,
        )
        is_covered = any(
            all(covers(one.consent, act, is_active=one.is_active, on=day) for day in days)
            for one in covering
        )
        if not is_covered:
            raise NotCovered(unit=disclosure.unit, consentType=consent_type.value)


def _needed(disclosure: Disclosure) -> tuple[ConsentType, ...]:
    if disclosure.basis is not DisclosureBasis.CONSENT:
        return ()
    release = (ConsentType.SCHWEIGEPFLICHTENTBINDUNG,) if disclosure.needs_release else ()
    return (ConsentType.EINWILLIGUNG, *release)
