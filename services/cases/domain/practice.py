"""What an installation may set: numbers that no law fixes, each with its careful default."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """`deletion_years` count after the year of closing; no period for KIM files was found in law
    or guideline, so the municipality decides with its data protection officer (R-D4).
    """

    contact_attempts_min: int = 3
    reopening_days: int = 180
    emergency_access_minutes: int = 60
    deletion_years: int = 3
    declined_deletion_days: int = 180
    small_cell_min: int = 3
    information_languages: frozenset[str] = frozenset({"de", "deu"})
    # Services that may hold something of a case and have to confirm its erasure (R-D5).
    erasure_services: frozenset[str] = frozenset({"referrals"})

    # Services that may hold something of a person and answer before access is granted.
    rights_services: frozenset[str] = frozenset({"funding", "referrals"})
    rights_warn_days: int = 7
    access_export_days: int = 30
    rights_evidence_years: int = 3

    def may_be_reopened(self, closed_on: date | None, today: date) -> bool:
        """Both ends inclusive; a case that never closed cannot be reopened."""
        return closed_on is not None and today <= closed_on + timedelta(days=self.reopening_days)
