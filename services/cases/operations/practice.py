"""From the settings of an installation to what the rule book may know of them."""

from services.cases.domain.practice import Practice
from services.cases.settings import Settings


def practice_of(settings: Settings) -> Practice:
    """What the rule book may know of the settings."""
    return Practice(
        contact_attempts_min=settings.contact_attempts_min,
        reopening_days=settings.reopening_days,
        emergency_access_minutes=settings.emergency_access_minutes,
        deletion_years=settings.deletion_years,
        declined_deletion_days=settings.declined_deletion_days,
        small_cell_min=settings.small_cell_min,
        information_languages=frozenset(settings.information_languages),
        erasure_services=frozenset(settings.erasure_services),
        rights_services=frozenset(settings.rights_services),
        rights_warn_days=settings.rights_warn_days,
        access_export_days=settings.access_export_days,
        rights_evidence_years=settings.rights_evidence_years,
    )
