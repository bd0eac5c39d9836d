"""Codes of consents, as the case service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(
    description=both(
        "Consent to processing, or release from secrecy.",
        "Einwilligung oder Schweigepflichtentbindung.",
    )
)
class ConsentType(Enum):
    EINWILLIGUNG = code("EINWILLIGUNG", "Consent", "Einwilligung")
    SCHWEIGEPFLICHTENTBINDUNG = code(
        "SCHWEIGEPFLICHTENTBINDUNG", "Release from secrecy", "Schweigepflichtentbindung"
    )


@strawberry.enum(description=both("What a consent is for.", "Wofür eine Einwilligung gilt."))
class ConsentPurpose(Enum):
    CASE_MANAGEMENT = code("CASE_MANAGEMENT", "Case management", "Case Management")
    REFERRAL = code("REFERRAL", "Referral", "Überleitung")
    CASE_CONFERENCE = code("CASE_CONFERENCE", "Case conference", "Fallkonferenz")
    INQUIRY = code("INQUIRY", "Inquiry", "Anfrage")
    INTERPRETING = code("INTERPRETING", "Interpreting", "Sprachmittlung")
    HAND_ON_ENTRUSTED = code(
        "HAND_ON_ENTRUSTED", "Handing on of entrusted data", "Weitergabe anvertrauter Daten"
    )


@strawberry.enum(
    description=both(
        "Data that a consent is about.", "Daten, um die es in einer Einwilligung geht."
    )
)
class ConsentDataCategory(Enum):
    IDENTITY = code("IDENTITY", "Identity", "Angaben zur Person")
    CONTACT = code("CONTACT", "Contact", "Erreichbarkeit")
    LANGUAGE = code("LANGUAGE", "Language", "Sprache")
    FAMILY = code("FAMILY", "Family", "Familie")
    RESIDENCE_GROUP = code("RESIDENCE_GROUP", "Residence group", "Aufenthaltsgruppe")
    EDUCATION_WORK = code("EDUCATION_WORK", "Education and work", "Bildung und Arbeit")
    HOUSING = code("HOUSING", "Housing", "Wohnen")
    BENEFITS = code("BENEFITS", "Benefits", "Leistungen")
    HEALTH = code("HEALTH", "Health", "Gesundheit")
    ASSESSMENT = code("ASSESSMENT", "Assessment", "Einschätzung")
    PLAN = code("PLAN", "Plan", "Hilfeplan")


@strawberry.enum(
    description=both(
        "In which direction data may flow.", "In welche Richtung Daten fließen dürfen."
    )
)
class ConsentDirection(Enum):
    OUT = code("OUT", "To the recipient", "An die empfangende Stelle")
    IN = code("IN", "From the recipient", "Von der empfangenden Stelle")
    BOTH = code("BOTH", "Both ways", "In beide Richtungen")


@strawberry.enum(description=both("Form of a consent.", "Form einer Einwilligung."))
class ConsentForm(Enum):
    SCHRIFTLICH = code("SCHRIFTLICH", "In writing", "Schriftlich")
    ELEKTRONISCH = code("ELEKTRONISCH", "Electronically", "Elektronisch")
    MUENDLICH = code("MUENDLICH", "Orally", "Mündlich")


@strawberry.enum(description=both("Who gives a consent.", "Wer eine Einwilligung gibt."))
class ConsentGiver(Enum):
    SELF = code("SELF", "The person", "Die Person selbst")
    REPRESENTATIVE = code("REPRESENTATIVE", "A representative", "Eine Vertretung")


@strawberry.enum(description=both("Why somebody may represent.", "Warum jemand vertreten darf."))
class RepresentationBasis(Enum):
    PARENT = code("PARENT", "Parent", "Elternteil")
    GUARDIAN = code("GUARDIAN", "Guardian", "Vormund")
    OFFICIAL_GUARDIAN = code("OFFICIAL_GUARDIAN", "Official guardian", "Amtsvormund")
    CUSTODIAN = code("CUSTODIAN", "Custodian", "Betreuerin oder Betreuer")


@strawberry.enum(description=both("State of a consent.", "Stand einer Einwilligung."))
class ConsentState(Enum):
    DRAFT = code("DRAFT", "Draft", "Entwurf")
    ACTIVE = code("ACTIVE", "Active", "Wirksam")
    SCHEDULED = code("SCHEDULED", "Scheduled", "Vorgemerkt")
    EXPIRED = code("EXPIRED", "Expired", "Abgelaufen")
    REVOKED = code("REVOKED", "Revoked", "Widerrufen")
    REFUSED = code("REFUSED", "Refused", "Verweigert")
    SUPERSEDED = code("SUPERSEDED", "Superseded", "Ersetzt")
    INVALID = code("INVALID", "Invalid", "Unwirksam")


@strawberry.enum(
    description=both(
        "What can be done with a consent.", "Was mit einer Einwilligung getan werden kann."
    )
)
class ConsentAction(Enum):
    GIVE = code("give", "Give", "Erteilen")
    SCHEDULE = code("schedule", "Give for later", "Für später erteilen")
    REFUSE = code("refuse", "Refuse", "Verweigern")
    ACTIVATE = code("activate", "Activate (clock)", "Wirksam werden (Uhr)")
    REVOKE = code("revoke", "Revoke", "Widerrufen")
    EXPIRE = code("expire", "Expire (clock)", "Ablaufen (Uhr)")
    SUPERSEDE = code("supersede", "Supersede", "Ersetzen")
    INVALIDATE = code("invalidate", "Declare invalid", "Für unwirksam erklären")
