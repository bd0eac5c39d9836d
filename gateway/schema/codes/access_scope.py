"""Codes of access scopes, as the case service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(
    description=both(
        "Whose cases are seen; a case that nobody holds yet is seen in every scope.",
        "Wessen Fälle zu sehen sind; noch nicht zugewiesene sind in jedem Umfang zu sehen.",
    )
)
class RowScope(Enum):
    ASSIGNED = code("ASSIGNED", "One's own and deputised cases", "Eigene und vertretene Fälle")
    TEAM = code("TEAM", "Those of the named colleagues as well", "Auch die der Genannten")
    AGENCY = code("AGENCY", "All of the unit", "Alle der Stelle")


@strawberry.enum(
    description=both("Roles that can be narrowed.", "Rollen, die eingeengt werden können.")
)
class ScopedRole(Enum):
    CASE_MANAGER = code("case_manager", "Case manager", "Case Management")
