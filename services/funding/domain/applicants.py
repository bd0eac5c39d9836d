"""Who may be funded: § 9 TIntG and the programme's own conditions."""

from dataclasses import dataclass
from enum import StrEnum

from services.funding.domain.programme import FundingLine


class ApplicantKind(StrEnum):
    KREIS = "KREIS"
    KREISFREIE_STADT = "KREISFREIE_STADT"
    KREISANGEHOERIGE_GEMEINDE = "KREISANGEHOERIGE_GEMEINDE"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True)
class Applicant:
    """A municipality with the bodies and offices that the conditions ask for."""

    kind: ApplicantKind
    has_integration_centre: bool = False
    has_foreigners_authority: bool = False
    has_naturalisation_authority: bool = False
    has_youth_office: bool = False
    has_integration_council: bool = False
    applies_through_county: bool = False


def is_eligible_for_own_coordination(applicant: Applicant) -> bool:
    """A municipality inside a Kreis may have a coordination post of its own (R-S3-2).

    It needs its own Ausländerbehörde and Jugendamt and an Integrationsrat or
    Integrationsausschuss, and applies through the Kreis.
    """
    return (
        applicant.kind is ApplicantKind.KREISANGEHOERIGE_GEMEINDE
        and applicant.has_foreigners_authority
        and applicant.has_youth_office
        and applicant.has_integration_council
        and applicant.applies_through_county
    )


def is_eligible(applicant: Applicant, line: FundingLine) -> bool:
    """Whether the applicant may receive money of this line.

    Kreise and kreisfreie Städte with a Kommunales Integrationszentrum may receive all three
    (§ 9 (1) TIntG); line 3 also goes to municipalities with an authority of their own.
    """
    if applicant.kind in {ApplicantKind.KREIS, ApplicantKind.KREISFREIE_STADT}:
        return applicant.has_integration_centre
    if applicant.kind is not ApplicantKind.KREISANGEHOERIGE_GEMEINDE:
        return False
    if line is FundingLine.B3_FOREIGNERS_NATURALISATION:
        return applicant.has_foreigners_authority or applicant.has_naturalisation_authority
    if line is FundingLine.B1_COORDINATION:
        return is_eligible_for_own_coordination(applicant)
    return False
