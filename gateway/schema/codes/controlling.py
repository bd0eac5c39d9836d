"""How referrals ended, as the figures about them have it."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(
    description=both("How a referral stood in the end.", "Wie eine Überleitung ausging.")
)
class ReferralOutcome(Enum):
    OPEN = code("OPEN", "Not answered", "Nicht beantwortet")
    ACCEPTED = code("ACCEPTED", "Accepted", "Angenommen")
    COMPLETED = code("COMPLETED", "Completed", "Abgeschlossen")
    RETURNED = code("RETURNED", "Returned", "Zurückgegeben")
    REJECTED = code("REJECTED", "Rejected", "Abgelehnt")
    EXPIRED = code("EXPIRED", "Expired", "Verfallen")
    WITHDRAWN = code("WITHDRAWN", "Withdrawn", "Zurückgezogen")
