"""The services behind the gateway."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(
    description=both("A service behind the gateway.", "Ein Dienst hinter dem Gateway.")
)
class ServiceName(Enum):
    CASES = code("cases", "Case records", "Fallakten")
    FUNDING = code("funding", "Funding", "Förderung")
    REFERRALS = code("referrals", "Referrals", "Überleitungen")
