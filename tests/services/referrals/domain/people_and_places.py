"""Invented units and addresses for the rules of referrals."""

from datetime import UTC, date, datetime
from typing import Any

from services.referrals.domain.agencies import Agency, EndpointStatus, OrgUnitType
from services.referrals.domain.areas import Location, Municipalities, Shape, Streets, StreetSection
from services.referrals.domain.catalogue import service
from services.referrals.domain.codes import DataCategory, Mode, Purpose
from services.referrals.domain.facts import ReferralFacts, Sending
from services.referrals.domain.legal_ground import Declaration, LegalGround
from services.referrals.domain.routing import RoutingRule, RuleSet
from services.referrals.domain.sharing import PayloadFacts
from shared.kernel.text import Text

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 10)

RHEINE = "05566076"
TELGTE = "05570044"
WARENDORF_DISTRICT = "05570"

JOBCENTER = Agency(
    unit_id="waf-jobcenter",
    type=OrgUnitType.JOBCENTER_GE,
    controller_id="waf-jobcenter",
    body_35_sgb1=True,
    endpoint_status=EndpointStatus.ACTIVE,
    services=frozenset({"JOB_PLACEMENT", "LIVELIHOOD_BENEFITS"}),
)
CASE_MANAGEMENT = Agency(
    unit_id="waf-cm",
    type=OrgUnitType.CM_TEAM,
    controller_id="waf-cm",
    body_35_sgb1=False,
    endpoint_status=EndpointStatus.ACTIVE,
    services=frozenset({"CASE_MANAGEMENT"}),
    commitment_78_signed_on=date(2025, 1, 15),
)
YOUTH_OFFICE = Agency(
    unit_id="waf-jugendamt",
    type=OrgUnitType.JUGENDAMT,
    controller_id="waf-jugendamt",
    body_35_sgb1=True,
    endpoint_status=EndpointStatus.ACTIVE,
    services=frozenset({"YOUTH_WELFARE", "CHILD_PROTECTION"}),
)
FOREIGNERS_OFFICE = Agency(
    unit_id="waf-abh",
    type=OrgUnitType.ABH,
    controller_id="waf-abh",
    body_35_sgb1=False,
    endpoint_status=EndpointStatus.ACTIVE,
    services=frozenset({"RESIDENCE_APPLICATION", "CASE_MANAGEMENT"}),
    commitment_78_signed_on=date(2025, 1, 15),
)

CONTENT: dict[str, Any] = {
    "identity": {"familyName": "Şahin", "givenNames": "Yıldız", "birthDate": "1990-05-12"},
    "languages": {"spoken": ["tur"], "interpreterNeeded": True},
    "need": {"summary": "Sucht Wohnung und Kitaplatz"},
}
PAYLOAD = PayloadFacts.of(CONTENT)

CONSENT = Declaration(
    reference="E-2026-17",
    given_on=date(2026, 3, 1),
    valid_to=date(2026, 3, 10),
    purpose=Purpose.CASE_MANAGEMENT,
    recipient_unit="waf-cm",
    categories=frozenset({DataCategory.IDENTITY, DataCategory.LANGUAGES, DataCategory.NEED}),
)

SENDING = Sending(
    mode=Mode.ZUSTEUERUNG_IN,
    service=service("CASE_MANAGEMENT"),
    purpose=Purpose.CASE_MANAGEMENT,
    sender=JOBCENTER,
    recipient=CASE_MANAGEMENT,
    payload=PAYLOAD,
    ground=LegalGround(consent=CONSENT),
)
READY_TO_SEND = ReferralFacts(now=NOW, sending=SENDING)


def at(lon: str, lat: str) -> Location:
    return Location.degrees(lon, lat)


# The Ems in Rheine, much simplified, from south-east to north; left of it is west.
EMS = (
    at("7.545", "52.200"),
    at("7.490", "52.235"),
    at("7.455", "52.262"),
    at("7.4425", "52.2805"),
    at("7.430", "52.300"),
    at("7.400", "52.330"),
)
LEFT_OF_THE_EMS = (*EMS, at("7.300", "52.330"), at("7.300", "52.200"), EMS[0])
RIGHT_OF_THE_EMS = (*EMS, at("7.600", "52.330"), at("7.600", "52.200"), EMS[0])


def rule(rule_id: str, area: Any, unit_id: str, priority: int = 1) -> RoutingRule:
    return RoutingRule(
        rule_id=rule_id,
        service_code="CASE_MANAGEMENT",
        area=area,
        unit_id=unit_id,
        priority=priority,
        reason=Text(f"Zuständig: {unit_id}", f"Responsible: {unit_id}"),
    )


STEINFURT_RULES = RuleSet(
    version=3,
    valid_from=date(2023, 1, 1),
    rules=(
        rule("left", Shape(RHEINE, LEFT_OF_THE_EMS), "rheine-caritas"),
        rule("right", Shape(RHEINE, RIGHT_OF_THE_EMS), "rheine-lernen-foerdern"),
        rule(
            "island",
            Streets(RHEINE, (StreetSection(street="Am Wehr", from_number=1, to_number=9),)),
            "rheine-caritas",
        ),
        rule("rest", Municipalities(frozenset({"05566"})), "st-cm"),
    ),
)
