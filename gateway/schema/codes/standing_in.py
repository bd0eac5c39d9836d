"""Codes of deputies and emergency accesses, as the case service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("State of a deputyship.", "Stand einer Vertretung."))
class DeputyshipState(Enum):
    PLANNED = code("PLANNED", "Its first day is to come", "Beginnt noch")
    IN_FORCE = code("IN_FORCE", "In force today", "Gilt heute")
    ENDED = code("ENDED", "Over, or ended early", "Abgelaufen oder vorzeitig beendet")


@strawberry.enum(
    description=both("Why a case must be opened now.", "Warum ein Fall jetzt zu öffnen ist.")
)
class EmergencyReason(Enum):
    DANGER_TO_LIFE_OR_HEALTH = code(
        "DANGER_TO_LIFE_OR_HEALTH", "Danger to life or health", "Gefahr für Leib oder Leben"
    )
    CHILD_AT_RISK = code("CHILD_AT_RISK", "A child is at risk", "Kindeswohl gefährdet")
    DEADLINE_TODAY = code("DEADLINE_TODAY", "A deadline ends today", "Frist läuft heute ab")
    PERSON_IN_CHARGE_UNREACHABLE = code(
        "PERSON_IN_CHARGE_UNREACHABLE",
        "The person in charge cannot be reached",
        "Fallführung nicht erreichbar",
    )


@strawberry.enum(description=both("State of an emergency access.", "Stand eines Notfallzugriffs."))
class EmergencyState(Enum):
    OPEN = code("OPEN", "In force", "Läuft")
    ENDED = code("ENDED", "Ended early", "Vorzeitig beendet")
    EXPIRED = code("EXPIRED", "Its time is over", "Zeit abgelaufen")
    REVIEWED = code("REVIEWED", "Reviewed", "Geprüft")


@strawberry.enum(
    description=both(
        "What the data protection officer found.", "Was die Datenschutzbeauftragte befand."
    )
)
class EmergencyVerdict(Enum):
    JUSTIFIED = code("JUSTIFIED", "Justified", "Begründet")
    NOT_JUSTIFIED = code("NOT_JUSTIFIED", "Not justified", "Nicht begründet")
