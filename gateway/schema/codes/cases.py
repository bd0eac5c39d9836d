"""Codes of case records, as the case service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("Phase of a case.", "Phase eines Falls."))
class CaseState(Enum):
    REQUESTED = code("REQUESTED", "Requested", "Angefragt")
    INTAKE = code("INTAKE", "Intake", "Zugang")
    ASSESSMENT = code("ASSESSMENT", "Assessment", "Assessment")
    PLANNING = code("PLANNING", "Planning", "Hilfeplanung")
    LINKING = code("LINKING", "Linking", "Durchführung")
    MONITORING = code("MONITORING", "Monitoring", "Monitoring")
    EVALUATION = code("EVALUATION", "Evaluation", "Evaluation")
    CLOSED = code("CLOSED", "Closed", "Abgeschlossen")
    DECLINED = code("DECLINED", "Declined", "Nicht aufgenommen")
    ERASED = code("ERASED", "Erased", "Gelöscht")


@strawberry.enum(
    description=both("What can be done with a case.", "Was mit einem Fall getan werden kann.")
)
class CaseAction(Enum):
    ASSIGN = code("assign", "Assign case manager", "Fachkraft zuweisen")
    DECLINE = code("decline", "Decline", "Nicht aufnehmen")
    OPEN = code("open", "Open case", "Fall eröffnen")
    CLOSE_AFTER_ADVICE = code(
        "close-after-advice", "Close after advice", "Nach Beratung abschließen"
    )
    FINISH_ASSESSMENT = code("finish-assessment", "Finish assessment", "Assessment abschließen")
    AGREE_PLAN = code("agree-plan", "Put agreed plan into effect", "Hilfeplan in Kraft setzen")
    START_MEASURES = code("start-measures", "Start monitoring", "Ins Monitoring gehen")
    REPLAN = code("replan", "Plan again", "Neu planen")
    REASSESS = code("reassess", "Assess again", "Neu einschätzen")
    ADD_MEASURE = code("add-measure", "Link a further measure", "Weitere Maßnahme vermitteln")
    EVALUATE = code("evaluate", "Evaluate", "Evaluieren")
    CLOSE = code("close", "Close case", "Fall abschließen")
    END_EARLY = code("end-early", "End early", "Vorzeitig beenden")
    STOP_AFTER_REVOCATION = code(
        "stop-after-revocation", "Stop after revocation", "Nach Widerruf beenden"
    )
    RECORD_DEATH = code("record-death", "Record death", "Tod vermerken")
    REOPEN = code("reopen", "Reopen", "Wieder aufnehmen")
    HAND_OVER = code("hand-over", "Hand over", "Fall übergeben")
    RESTRICT_PROCESSING = code(
        "restrict-processing", "Restrict processing", "Verarbeitung einschränken"
    )
    LIFT_RESTRICTION = code("lift-restriction", "Lift restriction", "Einschränkung aufheben")
    PLACE_LEGAL_HOLD = code("place-legal-hold", "Place legal hold", "Aufbewahrungssperre setzen")
    LIFT_LEGAL_HOLD = code("lift-legal-hold", "Lift legal hold", "Aufbewahrungssperre aufheben")
    ERASE = code("erase", "Erase", "Löschen")


@strawberry.enum(description=both("Why a case ended.", "Warum ein Fall endete."))
class ClosingReason(Enum):
    GOALS_REACHED = code("GOALS_REACHED", "Goals reached", "Ziele erreicht")
    PARTLY_REACHED = code("PARTLY_REACHED", "Goals partly reached", "Ziele teilweise erreicht")
    HANDED_OVER = code(
        "HANDED_OVER", "Handed over to regular services", "An das Regelsystem übergeben"
    )
    REFERRED_ONLY = code("REFERRED_ONLY", "One-off advice was enough", "Einmalige Beratung genügte")
    MOVED_AWAY = code("MOVED_AWAY", "Moved away", "Verzogen")
    CLIENT_ENDED = code(
        "CLIENT_ENDED", "Ended by the client", "Von der ratsuchenden Person beendet"
    )
    CONTACT_LOST = code("CONTACT_LOST", "Contact lost", "Kontakt abgebrochen")
    NOT_TARGET_GROUP = code("NOT_TARGET_GROUP", "Not in the target group", "Nicht Zielgruppe")
    DOUBLE_CARE_AVOIDED = code(
        "DOUBLE_CARE_AVOIDED", "Double care avoided", "Doppelbetreuung vermieden"
    )
    DEPARTED = code("DEPARTED", "Departed", "Ausgereist")
    DECEASED = code("DECEASED", "Deceased", "Verstorben")
    CAPACITY = code("CAPACITY", "No capacity", "Keine Kapazität")
    OTHER = code("OTHER", "Other", "Sonstiges")


@strawberry.enum(
    description=both("Why a case was not taken on.", "Warum ein Fall nicht aufgenommen wurde.")
)
class DeclineReason(Enum):
    NO_CONSENT = code("NO_CONSENT", "No consent", "Keine Einwilligung")
    OTHER_CASE_MANAGEMENT_ACTIVE = code(
        "OTHER_CASE_MANAGEMENT_ACTIVE",
        "Another case management is active",
        "Anderes Case Management ist zuständig",
    )
    NO_COMPLEX_NEED = code("NO_COMPLEX_NEED", "No complex need", "Kein komplexer Bedarf")
    OUT_OF_AREA = code("OUT_OF_AREA", "Out of area", "Außerhalb des Zuständigkeitsgebiets")
    CAPACITY = code("CAPACITY", "No capacity", "Keine Kapazität")
    WITHDRAWN = code("WITHDRAWN", "Withdrawn", "Anfrage zurückgezogen")
