"""The services a person can be referred to, and which data each of them needs at most.

The whitelist is data minimisation as a table (Art. 5 (1) c GDPR): a category outside it is
refused before anything is sent, whatever a consent says. Residence data go to nobody except the
client's own matter at the foreigners or naturalisation authority.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from services.referrals.domain.codes import DataCategory as D
from shared.kernel.errors import RuleViolated
from shared.kernel.text import Text

CATALOGUE_VERSION: Final = "2026-01"


class ServiceUnknown(RuleViolated):
    code = "service-unknown"
    title = Text(
        de="Diese Leistung steht nicht im Leistungsverzeichnis.",
        en="This service is not in the catalogue.",
    )


@dataclass(frozen=True, slots=True)
class Service:
    """One service; `is_authority_matter` marks the only ones an ABH or EBH may receive."""

    code: str
    title: Text
    categories: frozenset[D]
    is_authority_matter: bool = False


_PERSON = frozenset({D.IDENTITY, D.CONTACT, D.LANGUAGES})
_ADVICE = _PERSON | {D.NEED}
_HOUSEHOLD = _ADVICE | {D.ADDRESS, D.FAMILY}

_SERVICES = (
    Service("CASE_MANAGEMENT", Text("Case Management", "Case management"), _HOUSEHOLD),
    Service(
        "MIGRATION_COUNSELLING",
        Text("Migrationsberatung", "Migration counselling"),
        _ADVICE,
    ),
    Service(
        "YOUTH_MIGRATION_SERVICE",
        Text("Jugendmigrationsdienst", "Youth migration service"),
        _ADVICE | {D.EDUCATION_WORK},
    ),
    Service(
        "REFUGEE_COUNSELLING",
        Text("Soziale Beratung von Geflüchteten", "Social counselling of refugees"),
        _ADVICE,
    ),
    Service(
        "JOB_PLACEMENT",
        Text("Arbeitsvermittlung", "Job placement"),
        _ADVICE | {D.EDUCATION_WORK},
    ),
    Service(
        "LIVELIHOOD_BENEFITS",
        Text("Leistungen zum Lebensunterhalt", "Livelihood benefits"),
        _HOUSEHOLD | {D.BENEFITS},
    ),
    Service(
        "LANGUAGE_COURSE",
        Text("Sprachkurs", "Language course"),
        _PERSON | {D.EDUCATION_WORK},
    ),
    Service(
        "SCHOOL_COUNSELLING",
        Text("Schulberatung für Zugewanderte", "School counselling for newcomers"),
        _ADVICE | {D.FAMILY, D.EDUCATION_WORK},
    ),
    Service(
        "RECOGNITION_COUNSELLING",
        Text("Anerkennungsberatung", "Counselling on recognition of qualifications"),
        _PERSON | {D.EDUCATION_WORK},
    ),
    Service("HOUSING_SUPPORT", Text("Hilfe bei der Wohnungssuche", "Housing support"), _HOUSEHOLD),
    Service(
        "HEALTH_COUNSELLING",
        Text("Gesundheitsberatung", "Health counselling"),
        _ADVICE | {D.HEALTH},
    ),
    Service(
        "DEBT_COUNSELLING",
        Text("Schuldnerberatung", "Debt counselling"),
        _ADVICE | {D.BENEFITS},
    ),
    Service("YOUTH_WELFARE", Text("Hilfen zur Erziehung", "Youth welfare"), _HOUSEHOLD),
    Service(
        "CHILD_PROTECTION",
        Text("Kinderschutz", "Child protection"),
        _HOUSEHOLD | {D.HEALTH},
    ),
    Service(
        "PARTICIPATION_MANAGEMENT",
        Text("Teilhabemanagement", "Participation management"),
        _ADVICE | {D.EDUCATION_WORK},
    ),
    Service(
        "RESIDENCE_APPLICATION",
        Text("Eigener Antrag bei der Ausländerbehörde", "Own application on residence"),
        _PERSON | {D.ADDRESS, D.RESIDENCE, D.EDUCATION_WORK},
        is_authority_matter=True,
    ),
    Service(
        "NATURALISATION",
        Text("Einbürgerung", "Naturalisation"),
        _PERSON | {D.ADDRESS, D.RESIDENCE, D.EDUCATION_WORK},
        is_authority_matter=True,
    ),
)

SERVICES: Final[Mapping[str, Service]] = {service.code: service for service in _SERVICES}


def service(code: str) -> Service:
    """The service of the catalogue. Raises ServiceUnknown."""
    found = SERVICES.get(code)
    if found is None:
        raise ServiceUnknown(service=code)
    return found
