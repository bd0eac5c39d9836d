"""How far somebody sees within what the law and the policies leave: a setting only narrows.

A unit is the controller (§ 67 (4) SGB X), so AGENCY ends at the unit and never reaches another.
"""

from enum import StrEnum
from typing import Final

from services.cases.domain.access import Role
from shared.kernel.errors import Conflict, NotPermitted, RuleViolated
from shared.kernel.text import Text


class RowScope(StrEnum):
    """Whose cases: one's own and deputised ones, the named colleagues' as well, or the agency's.

    Cases that nobody holds yet are seen in every scope, so that somebody takes them.
    """

    ASSIGNED = "ASSIGNED"
    TEAM = "TEAM"
    AGENCY = "AGENCY"


class ScopedRole(StrEnum):
    """The roles that read case content at all; to the others there is nothing to narrow."""

    CASE_MANAGER = Role.CASE_MANAGER.value


TEAM_SIZE_MAX: Final = 50
CASE_TYPES_MAX: Final = 50


class TeamUnclear(RuleViolated):
    code = "access-scope-team-unclear"
    title = Text(
        de="Zum Umfang TEAM gehören Kolleginnen und Kollegen, zu jedem anderen keine.",
        en="The scope TEAM names colleagues, every other one names none.",
    )


class OwnScope(NotPermitted):
    code = "access-scope-is-your-own"
    title = Text(
        de="Den eigenen Umfang legt eine andere Person fest.",
        en="Somebody else sets the scope that applies to you.",
    )


class ScopeEnded(Conflict):
    code = "access-scope-ended"
    title = Text(de="Dieser Umfang gilt nicht mehr.", en="This scope is not in force any more.")


def check_team(row_scope: RowScope, colleagues: tuple[str, ...]) -> None:
    """Raises TeamUnclear."""
    if (row_scope is RowScope.TEAM) is not bool(colleagues):
        raise TeamUnclear
