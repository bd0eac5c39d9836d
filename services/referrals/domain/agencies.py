"""Agencies: what the law needs to know about a unit before anything is sent to it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.referrals.domain.codes import Mode
from shared.kernel.errors import Conflict, RuleViolated
from shared.kernel.text import Text


class UnitUnknown(Conflict):
    code = "unit-unknown"
    title = Text(
        de="Diese Stelle steht nicht im Verzeichnis der Stellen.",
        en="This unit is not in the agency directory.",
    )


class NotForAuthorities(RuleViolated):
    code = "not-for-authorities"
    title = Text(
        de="Dieser Weg steht für eine Ausländer- oder Einbürgerungsbehörde nicht offen.",
        en="This way is not open for a foreigners or naturalisation authority.",
    )


class OrgUnitType(StrEnum):
    KI = "KI"
    KIM_COORDINATION = "KIM_COORDINATION"
    CM_TEAM = "CM_TEAM"
    ABH = "ABH"
    EBH = "EBH"
    JOBCENTER_ACTIVE = "JOBCENTER_ACTIVE"
    JOBCENTER_PASSIVE = "JOBCENTER_PASSIVE"
    JOBCENTER_GE = "JOBCENTER_GE"
    JOBCENTER_ZKT = "JOBCENTER_ZKT"
    AGENTUR_FUER_ARBEIT = "AGENTUR_FUER_ARBEIT"
    JUGENDAMT = "JUGENDAMT"
    SOZIALAMT_SGB_XII = "SOZIALAMT_SGB_XII"
    ASYLBLG_AUTHORITY = "ASYLBLG_AUTHORITY"
    SCHULAMT = "SCHULAMT"
    SCHOOL = "SCHOOL"
    GESUNDHEITSAMT = "GESUNDHEITSAMT"
    WOHNUNGSAMT = "WOHNUNGSAMT"
    STADTTEILBUERO = "STADTTEILBUERO"
    MBE = "MBE"
    JMD = "JMD"
    SOZIALE_BERATUNG_GEFLUECHTETE = "SOZIALE_BERATUNG_GEFLUECHTETE"
    TRAEGER_WELFARE = "TRAEGER_WELFARE"
    TRAEGER_OTHER = "TRAEGER_OTHER"
    LANGUAGE_COURSE_PROVIDER = "LANGUAGE_COURSE_PROVIDER"
    TEILHABEMANAGEMENT = "TEILHABEMANAGEMENT"
    BEZIRKSREGIERUNG = "BEZIRKSREGIERUNG"
    MINISTRY = "MINISTRY"
    LENKUNGSGRUPPE = "LENKUNGSGRUPPE"
    # Units that take part in no referral but whose staff sign in.
    DATA_PROTECTION = "DATA_PROTECTION"
    AUDIT_OFFICE = "AUDIT_OFFICE"
    IT = "IT"


class PublicBody87(StrEnum):
    """Whether § 87 AufenthG binds the unit; schools and places of education are exempt."""

    YES = "YES"
    NO = "NO"
    EXEMPT = "EXEMPT"


class EndpointStatus(StrEnum):
    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"


class SupervisoryAuthority(StrEnum):
    """Who supervises data protection there: Land, Bund (Jobcenter gE) or church."""

    LDI_NRW = "LDI_NRW"
    BFDI = "BFDI"
    CHURCH = "CHURCH"


FOREIGNERS_AUTHORITIES = frozenset({OrgUnitType.ABH, OrgUnitType.EBH})


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """One unit of the directory. Units of one Kreis are separate controllers, § 67 (4) SGB X."""

    unit_id: str
    type: OrgUnitType
    controller_id: str
    body_35_sgb1: bool
    endpoint_status: EndpointStatus
    services: frozenset[str] = frozenset()
    commitment_78_signed_on: date | None = None
    accepted_modes: frozenset[Mode] = frozenset()
    """None named: all of them."""
    deputy_unit: str | None = None

    @property
    def is_foreigners_authority(self) -> bool:
        return self.type in FOREIGNERS_AUTHORITIES

    def is_bound_to_secrecy_on(self, day: date) -> bool:
        """A § 35 SGB I body by law; any other only after committing itself, § 78 (1) SGB X."""
        if self.body_35_sgb1:
            return True
        return self.commitment_78_signed_on is not None and self.commitment_78_signed_on <= day

    def accepts_mode(self, mode: Mode) -> bool:
        """A notice of child protection is never refused by a setting, § 8a SGB VIII, § 4 KKG."""
        if mode is Mode.CHILD_PROTECTION or not self.accepted_modes:
            return True
        return mode in self.accepted_modes

    def shares_controller_with(self, other: "Agency") -> bool:
        return self.controller_id == other.controller_id
