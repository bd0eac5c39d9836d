"""What setting and ending an access scope takes."""

import strawberry

from gateway.schema.codes.access_scope import RowScope, ScopedRole
from gateway.schema.codes.case_files import Confidentiality
from gateway.schema.inputs.base import Command, given, needed
from gateway.schema.published import both


@strawberry.input(description=both("Set an access scope.", "Einen Zugriffsumfang festlegen."))
class SetAccessScopeInput(Command):
    unit_id: str = needed("Unit.", "Stelle.")
    role: ScopedRole = needed("Role.", "Rolle.")
    row_scope: RowScope = needed("Whose cases are seen.", "Wessen Fälle zu sehen sind.")
    actor: str | None = given(
        "Whose: issuer and subject; everybody of the role if left out.",
        "Wessen: Aussteller und Kennung; ohne Angabe alle der Rolle.",
    )
    colleagues: list[str] | None = given(
        "Of TEAM: whose cases besides.", "Bei TEAM: wessen Fälle außerdem."
    )
    case_types: list[str] | None = given(
        "Codes of the types that are seen; every type if left out.",
        "Codes der Falltypen, die zu sehen sind; ohne Angabe alle.",
    )
    confidentiality_max: Confidentiality | None = given(
        "Highest class of notes of others; ENTRUSTED if left out.",
        "Höchste Klasse der Vermerke anderer; ohne Angabe ENTRUSTED.",
    )


@strawberry.input(description=both("End an access scope.", "Einen Zugriffsumfang beenden."))
class EndAccessScopeInput(Command):
    scope_id: strawberry.ID = needed("UUID of the access scope.", "UUID des Zugriffsumfangs.")
