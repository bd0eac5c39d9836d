"""Codes of retention and destruction, as the case service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(
    description=both(
        "Kind of data with a rule of its own (DIN 66398).",
        "Datenart mit eigener Löschregel (DIN 66398).",
    )
)
class RetainedDataKind(Enum):
    CASE_FILE = code("CASE_FILE", "Case file", "Fallakte")
    ASSESSMENT = code("ASSESSMENT", "Assessment", "Bedarfserhebung")
    CONTACT = code("CONTACT", "Contacts", "Kontakte")
    NOTE = code("NOTE", "Notes", "Notizen")
    CONSENT = code("CONSENT", "Consents", "Einwilligungen")
    DOCUMENT = code("DOCUMENT", "Documents", "Dokumente")
    EXTRACT = code("EXTRACT", "Anonymised extracts", "Anonymisierte Auszüge")
    PERSON = code("PERSON", "Person", "Person")
    STAFF = code("STAFF", "Staff", "Beschäftigte")
    ACCESS_LOG = code("ACCESS_LOG", "Access log", "Zugriffsprotokoll")
    MESSAGE = code("MESSAGE", "Message", "Nachricht")
    ERASURE_EVIDENCE = code("ERASURE_EVIDENCE", "Evidence of erasure", "Löschnachweis")


@strawberry.enum(description=both("When a period begins.", "Wann eine Frist beginnt."))
class RetentionStart(Enum):
    PROCESS_ENDED = code("PROCESS_ENDED", "End of the case", "Ende des Falls")
    YEAR_OF_PROCESS_END = code(
        "YEAR_OF_PROCESS_END",
        "End of the year in which the case ended",
        "Ende des Jahres, in dem der Fall endete",
    )


@strawberry.enum(
    description=both(
        "Who set a rule; the first that has one decides.",
        "Wer eine Regel festgelegt hat; die erste geht vor.",
    )
)
class RetentionRuleSource(Enum):
    UNIT = code("UNIT", "The unit", "Die Stelle")
    CASE_TYPE = code("CASE_TYPE", "The case type", "Der Falltyp")
    DEFAULT = code("DEFAULT", "Default of the installation", "Vorgabewert der Installation")


@strawberry.enum(
    description=both("State of a recomputation.", "Stand einer Neuberechnung."),
)
class RecomputationState(Enum):
    WAITING = code("WAITING", "Waiting", "Wartet")
    RUNNING = code("RUNNING", "Running", "Läuft")
    DONE = code("DONE", "Done", "Abgeschlossen")


@strawberry.enum(description=both("State of a destruction list.", "Stand einer Vernichtungsliste."))
class DestructionState(Enum):
    DRAFT = code("DRAFT", "Draft", "Entwurf")
    IN_REVIEW = code("IN_REVIEW", "In review", "In Prüfung")
    CHANGES_REQUESTED = code("CHANGES_REQUESTED", "Changes requested", "Änderungen verlangt")
    REVIEWED = code("REVIEWED", "Reviewed", "Geprüft")
    APPROVED = code("APPROVED", "Approved", "Freigegeben")
    EXECUTING = code("EXECUTING", "Being executed", "In Ausführung")
    EXECUTED = code("EXECUTED", "Executed", "Ausgeführt")


@strawberry.enum(
    description=both(
        "What can be done with a destruction list.",
        "Was mit einer Vernichtungsliste getan werden kann.",
    )
)
class DestructionAction(Enum):
    SUBMIT = code("submit", "Submit for review", "Zur Prüfung geben")
    REQUEST_CHANGES = code("request-changes", "Request changes", "Änderungen verlangen")
    REVIEW = code("review", "Confirm the review", "Als geprüft bestätigen")
    APPROVE = code("approve", "Approve", "Freigeben")
    EXECUTE = code("execute", "Execute the erasure", "Löschung ausführen")
    FINISH = code("finish", "Finish the execution", "Ausführung abschließen")


@strawberry.enum(
    description=both("What became of a case on a list.", "Was aus einem Fall auf der Liste wurde.")
)
class DestructionOutcome(Enum):
    LISTED = code("LISTED", "Listed", "Gelistet")
    EXCLUDED = code("EXCLUDED", "Taken off by hand", "Von Hand herausgenommen")
    DROPPED = code("DROPPED", "Dropped", "Weggefallen")
    REQUESTED = code("REQUESTED", "Erasure requested", "Löschung angefordert")
    ERASED = code("ERASED", "Erased", "Gelöscht")


@strawberry.enum(
    description=both("Why a case was dropped from a list.", "Warum ein Fall von der Liste wegfiel.")
)
class DestructionDropReason(Enum):
    STILL_NEEDED = code("STILL_NEEDED", "Still needed", "Noch benötigt")
    LEGAL_HOLD = code("LEGAL_HOLD", "Legal hold", "Aufbewahrungssperre")
    NOT_DUE = code("NOT_DUE", "Not due any more", "Nicht mehr fällig")
    NOT_ENDED = code("NOT_ENDED", "Reopened", "Wieder aufgenommen")
    ALREADY_ERASED = code("ALREADY_ERASED", "Erased already", "Schon gelöscht")
