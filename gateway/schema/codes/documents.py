"""Codes of documents, related cases and case types, as the case service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("Kind of a document.", "Art eines Dokuments."))
class DocumentKind(Enum):
    CONSENT_FORM = code("CONSENT_FORM", "Consent form", "Einwilligungserklärung")
    CERTIFICATE = code("CERTIFICATE", "Certificate", "Bescheinigung")
    DECISION = code("DECISION", "Decision", "Bescheid")
    LETTER = code("LETTER", "Letter", "Schreiben")
    PLAN = code("PLAN", "Plan", "Hilfeplan")
    OTHER = code("OTHER", "Other", "Sonstiges")


@strawberry.enum(description=both("What the malware scanner said.", "Was der Virenscanner sagte."))
class ScanState(Enum):
    PENDING = code("PENDING", "No answer yet", "Noch keine Antwort")
    CLEAN = code("CLEAN", "Clean", "Sauber")
    INFECTED = code("INFECTED", "Infected", "Schadsoftware gefunden")
    NOT_SCANNED = code("NOT_SCANNED", "There is no scanner", "Kein Scanner eingerichtet")


@strawberry.enum(
    description=both("What another case is to this one.", "Was ein anderer Fall für diesen ist.")
)
class CaseRelation(Enum):
    FOLLOW_UP = code("FOLLOW_UP", "The one that follows", "Folgefall")
    SIBLING = code("SIBLING", "Sibling", "Geschwisterfall")
    PARENT = code("PARENT", "The one above", "Übergeordneter Fall")


@strawberry.enum(description=both("State of a case type.", "Stand eines Falltyps."))
class CaseTypeState(Enum):
    DRAFT = code("DRAFT", "Draft", "Entwurf")
    PUBLISHED = code("PUBLISHED", "Published", "Veröffentlicht")
    RETIRED = code("RETIRED", "Retired", "Zurückgezogen")


@strawberry.enum(
    description=both(
        "What can be done with a case type.", "Was mit einem Falltyp getan werden kann."
    )
)
class CaseTypeAction(Enum):
    PUBLISH = code("publish", "Publish", "Veröffentlichen")
    RETIRE = code("retire", "Retire", "Zurückziehen")
