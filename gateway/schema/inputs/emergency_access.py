"""What opening a case in an emergency takes, its end and its review."""

import strawberry

from gateway.schema.codes.standing_in import EmergencyReason, EmergencyVerdict
from gateway.schema.inputs.base import Change, Command, needed
from gateway.schema.published import both

ACCESS = ("UUID of the emergency access.", "UUID des Notfallzugriffs.")


@strawberry.input(description=both("Open a case in an emergency.", "Einen Fall im Notfall öffnen."))
class OpenEmergencyAccessInput(Command):
    case_id: strawberry.ID = needed("UUID of the case.", "UUID des Falls.")
    reason: EmergencyReason = needed("Reason.", "Grund.")
    justification: str = needed(
        "Why it cannot wait, 20 characters at least; no names are needed.",
        "Warum es nicht warten kann, mindestens 20 Zeichen; Namen sind nicht nötig.",
    )


@strawberry.input(description=both("End an emergency access.", "Einen Notfallzugriff beenden."))
class EndEmergencyAccessInput(Command):
    access_id: strawberry.ID = needed(*ACCESS)


@strawberry.input(description=both("Review an emergency access.", "Einen Notfallzugriff prüfen."))
class ReviewEmergencyAccessInput(Change):
    access_id: strawberry.ID = needed(*ACCESS)
    verdict: EmergencyVerdict = needed("What the review found.", "Ergebnis der Prüfung.")
