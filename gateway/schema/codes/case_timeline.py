"""What the timeline of a case tells of."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(
    description=both("What an entry of a timeline is.", "Was ein Eintrag eines Verlaufs ist.")
)
class CaseTimelineKind(Enum):
    PHASE = code("PHASE", "A step from phase to phase", "Schritt von Phase zu Phase")
    CONTACT = code("CONTACT", "Counselling contact", "Beratungskontakt")
    TASK = code("TASK", "Task set", "Aufgabe gestellt")
    TASK_ENDED = code("TASK_ENDED", "Task ended", "Aufgabe beendet")
    NOTE = code("NOTE", "Note", "Vermerk")
    PLAN_VERSION = code("PLAN_VERSION", "Version of the help plan", "Fassung des Hilfeplans")
    DOCUMENT = code("DOCUMENT", "Document", "Dokument")
    STATUS = code("STATUS", "Status of the person", "Status der Person")
    REFERRAL_STEP = code("REFERRAL_STEP", "Step of a referral", "Schritt einer Überleitung")
    COST = code("COST", "Cost", "Ausgabe")
