"""A case opened in an emergency, for some minutes."""

import strawberry

from gateway.schema.codes.standing_in import EmergencyReason, EmergencyState, EmergencyVerdict
from gateway.schema.filters import by
from gateway.schema.published import Published, both, field
from gateway.schema.scalars import DateTime


@strawberry.type(
    description=both(
        "Somebody opened a case in an emergency. Entrusted notes stay closed.",
        "Jemand öffnete einen Fall im Notfall. Anvertraute Vermerke bleiben geschlossen.",
    )
)
class EmergencyAccess(Published):
    id: strawberry.ID = field("UUID.", "UUID.")
    version: int = field(
        "Version, to be named with every change.", "Fassung, bei jeder Änderung zu nennen."
    )
    case_id: strawberry.ID = field("UUID of the case.", "UUID des Falls.")
    unit_id: str = field("Unit of the case.", "Stelle des Falls.")
    actor: str = field("Who opened it.", "Wer ihn öffnete.")
    reason: EmergencyReason = field("Reason.", "Grund.")
    justification: str = field("Why it could not wait.", "Warum es nicht warten konnte.")
    state: EmergencyState = field("State.", "Stand.")
    opened_at: DateTime = field("When it began.", "Wann er begann.")
    expires_at: DateTime = field("When it ends by itself.", "Wann er von selbst endet.")
    ended_at: DateTime | None = field("Ended early, when.", "Vorzeitig beendet, wann.")
    ended_by: str | None = field("Ended early, by whom.", "Vorzeitig beendet, von wem.")
    reviewed_at: DateTime | None = field("Reviewed, when.", "Geprüft, wann.")
    reviewed_by: str | None = field("Reviewed, by whom.", "Geprüft, von wem.")
    verdict: EmergencyVerdict | None = field("What the review found.", "Ergebnis der Prüfung.")


@strawberry.input(description=both("Which emergency accesses.", "Welche Notfallzugriffe."))
class EmergencyAccessFilter:
    state: list[EmergencyState] | None = by("In one of these states.", "In einem dieser Stände.")
    reason: list[EmergencyReason] | None = by("For these reasons.", "Aus diesen Gründen.")
    case_id: strawberry.ID | None = by("To this case.", "Auf diesen Fall.")
    actor: str | None = by("Of this person.", "Von dieser Person.")
    opened_at_gte: DateTime | None = by("At or after this instant.", "Ab diesem Zeitpunkt.")
    opened_at_lt: DateTime | None = by("Before this instant.", "Vor diesem Zeitpunkt.")
