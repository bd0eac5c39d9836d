"""How far a role or a person of a unit sees."""

import strawberry

from gateway.schema.codes.access_scope import RowScope, ScopedRole
from gateway.schema.codes.case_files import Confidentiality
from gateway.schema.filters import by
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import DateTime


@strawberry.type(
    description=both(
        "What a setting leaves of what the law lets somebody see.",
        "Was eine Einstellung von dem lässt, was jemand nach dem Gesetz sieht.",
    )
)
class AccessScope(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    unit_id: str = field("Unit.", "Stelle.")
    role: ScopedRole = field("Role.", "Rolle.")
    actor: str | None = field(
        "Whose: issuer and subject; null: everybody of the role.",
        "Wessen: Aussteller und Kennung; null: alle der Rolle.",
    )
    row_scope: RowScope = field("Whose cases are seen.", "Wessen Fälle zu sehen sind.")
    colleagues: list[str] = field(
        "Of TEAM: whose cases besides.", "Bei TEAM: wessen Fälle außerdem."
    )
    case_types: list[str] | None = field(
        "Codes of the types that are seen; null: every type.",
        "Codes der Falltypen, die zu sehen sind; null: alle.",
    )
    confidentiality_max: Confidentiality = field(
        "Highest class of notes of others.", "Höchste Klasse der Vermerke anderer."
    )
    recorded_by: str = field("Who set it.", "Wer es festlegte.")
    recorded_at: DateTime = field("From when it holds.", "Ab wann es gilt.")
    ended_at: DateTime | None = field("Until when it held.", "Bis wann es galt.")
    ended_by: str | None = field("Who ended it.", "Wer es beendete.")
    is_in_force: bool = field("It holds.", "Es gilt.")


@strawberry.input(description=both("Which access scopes.", "Welche Zugriffsumfänge."))
class AccessScopeFilter:
    unit_id: str | None = by("Of this unit.", "Dieser Stelle.")
    actor: str | None = by("Of this person.", "Dieser Person.")
    is_in_force: bool | None = by("Those that hold.", "Die geltenden.")
