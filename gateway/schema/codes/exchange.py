"""Codes of what both sides of a referral do after sending, as the referral service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(
    description=both(
        "What can be done with a referral beside its steps.",
        "Was mit einer Überleitung neben ihren Schritten getan werden kann.",
    )
)
class OverlayAction(Enum):
    AMEND = code("amend", "Change what was sent", "Gesendetes ändern")
    POST_MESSAGE = code("post-message", "Write to the other side", "Nachricht schreiben")
    PROPOSE = code("propose", "Propose something else", "Gegenvorschlag machen")
    ANSWER_PROPOSAL = code(
        "answer-proposal", "Answer the counter-proposal", "Gegenvorschlag beantworten"
    )
    ANSWER_REJECTION = code(
        "answer-rejection", "Send a corrected copy", "Abgelehntes berichtigt neu anlegen"
    )
    HOLD = code("hold", "Put on hold", "Ruhen lassen")
    RESUME = code("resume", "Go on", "Fortsetzen")
    ASSIGN = code("assign", "Assign inside the unit", "Intern zuweisen")


@strawberry.enum(description=both("Why a referral is on hold.", "Warum eine Überleitung ruht."))
class HoldReason(Enum):
    WAITING_FOR_PERSON = code(
        "WAITING_FOR_PERSON", "Waiting for the person", "Wartet auf die Person"
    )
    WAITING_FOR_SENDER = code(
        "WAITING_FOR_SENDER", "Waiting for the sender", "Wartet auf die absendende Stelle"
    )
    WAITING_FOR_THIRD_PARTY = code(
        "WAITING_FOR_THIRD_PARTY", "Waiting for somebody else", "Wartet auf Dritte"
    )
    PERSON_ABSENT = code("PERSON_ABSENT", "The person is away", "Person ist abwesend")
    NO_CAPACITY_AT_PRESENT = code(
        "NO_CAPACITY_AT_PRESENT", "No capacity at present", "Zurzeit keine Kapazität"
    )


@strawberry.enum(
    description=both(
        "Why something was changed after sending.", "Warum nach dem Senden geändert wurde."
    )
)
class AmendReason(Enum):
    CORRECTION = code("CORRECTION", "Correction", "Berichtigung")
    ADDITION = code("ADDITION", "Addition", "Ergänzung")
    CIRCUMSTANCES_CHANGED = code(
        "CIRCUMSTANCES_CHANGED", "Circumstances have changed", "Umstände haben sich geändert"
    )
    NEW_GROUND = code("NEW_GROUND", "New legal ground", "Neue Rechtsgrundlage")
    COUNTER_PROPOSAL = code(
        "COUNTER_PROPOSAL",
        "A counter-proposal was accepted (system)",
        "Gegenvorschlag angenommen (System)",
    )


@strawberry.enum(description=both("State of a counter-proposal.", "Stand eines Gegenvorschlags."))
class CounterProposalState(Enum):
    OPEN = code("OPEN", "Waiting for an answer", "Wartet auf Antwort")
    ACCEPTED = code("ACCEPTED", "Accepted", "Angenommen")
    DECLINED = code("DECLINED", "Declined", "Abgelehnt")
    LAPSED = code("LAPSED", "Lapsed", "Überholt")


@strawberry.enum(
    description=both("Why something else is proposed.", "Warum etwas anderes vorgeschlagen wird.")
)
class ProposalNote(Enum):
    MORE_SUITABLE = code("MORE_SUITABLE", "More suitable", "Passender")
    CAPACITY_FROM_DATE = code(
        "CAPACITY_FROM_DATE", "Capacity from that day on", "Ab dann Kapazität"
    )
    PRECONDITION_MISSING = code(
        "PRECONDITION_MISSING", "A precondition is missing", "Eine Voraussetzung fehlt"
    )


@strawberry.enum(
    description=both(
        "What a recipient is told of data it holds (Art. 19 GDPR).",
        "Was eine empfangende Stelle zu Daten erfährt, die sie hat (Art. 19 DSGVO).",
    )
)
class NoticeKind(Enum):
    CONSENT_REVOKED = code("CONSENT_REVOKED", "Consent revoked", "Einwilligung widerrufen")
    DATA_CORRECTED = code("DATA_CORRECTED", "Data corrected", "Daten berichtigt")
    ACCURACY_DISPUTED = code(
        "ACCURACY_DISPUTED",
        "Accuracy disputed (§ 84 (2) SGB X)",
        "Richtigkeit bestritten (§ 84 Abs. 2 SGB X)",
    )
    DATA_ERASED = code("DATA_ERASED", "Data erased", "Daten gelöscht")
    RESTRICTED = code("RESTRICTED", "Processing restricted", "Verarbeitung eingeschränkt")
    OBJECTED = code("OBJECTED", "The person objected", "Person hat widersprochen")


@strawberry.enum(
    description=both("What a recipient did then.", "Was die empfangende Stelle daraufhin tat.")
)
class NoticeAnswer(Enum):
    DELETED = code("DELETED", "Deleted", "Gelöscht")
    KEPT_OWN_BASIS = code(
        "KEPT_OWN_BASIS", "Kept on a basis of its own", "Aus eigener Rechtsgrundlage behalten"
    )
    CORRECTED = code("CORRECTED", "Corrected", "Berichtigt")
    NOTED = code("NOTED", "Noted", "Zur Kenntnis genommen")


@strawberry.enum(description=both("Which days a term counts.", "Welche Tage eine Frist zählt."))
class DayKind(Enum):
    CALENDAR = code("CALENDAR", "Calendar days", "Kalendertage")
    WORKING = code("WORKING", "Working days", "Arbeitstage")


@strawberry.enum(
    description=both(
        "What was decided on a disclosure.", "Was über eine Weitergabe entschieden wurde."
    )
)
class DecisionOutcome(Enum):
    RELEASE = code("RELEASE", "Released", "Freigegeben")
    REFUSE = code("REFUSE", "Refused", "Abgelehnt")
