"""Small closed choices in case files, as the case service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("How a case came about.", "Wie ein Fall entstand."))
class CaseOrigin(Enum):
    REFERRAL = code("REFERRAL", "Referral", "Überleitung")
    SELF_CONTACT = code("SELF_CONTACT", "Came by themselves", "Selbstmeldung")
    OUTREACH = code("OUTREACH", "Outreach", "Aufsuchende Arbeit")
    IMPORT = code(
        "IMPORT", "Taken over from an older system", "Aus einem älteren System übernommen"
    )


@strawberry.enum(description=both("How far an opening goes.", "Wie weit ein Anlegen reicht."))
class OpenUntil(Enum):
    REQUESTED = code("REQUESTED", "Requested", "Angefragt")
    INTAKE = code("INTAKE", "Assigned, in intake", "Zugewiesen, in der Aufnahme")
    ASSESSMENT = code("ASSESSMENT", "Opened, in assessment", "Eröffnet, im Assessment")


@strawberry.enum(
    description=both("Legal basis beside consent.", "Rechtsgrundlage neben der Einwilligung.")
)
class OtherBasis(Enum):
    PUBLIC_TASK = code("PUBLIC_TASK", "Public task", "Öffentliche Aufgabe")
    LEGAL_DUTY = code("LEGAL_DUTY", "Legal duty", "Rechtliche Verpflichtung")
    VITAL_INTEREST = code("VITAL_INTEREST", "Vital interest", "Lebenswichtiges Interesse")


@strawberry.enum(
    description=both(
        "Whether the case hints at deficient structures.",
        "Ob der Fall auf strukturelle Mängel hinweist.",
    )
)
class StructuralFindingAnswer(Enum):
    NONE = code("NONE", "None", "Keine")
    FOUND = code("FOUND", "Found", "Gefunden")


@strawberry.enum(description=both("How contact was tried.", "Wie Kontakt versucht wurde."))
class ContactChannel(Enum):
    PHONE = code("PHONE", "Telephone", "Telefon")
    LETTER = code("LETTER", "Letter", "Brief")
    EMAIL = code("EMAIL", "E-mail", "E-Mail")
    MESSAGE = code("MESSAGE", "Message", "Nachricht")
    VISIT = code("VISIT", "Visit", "Besuch")


@strawberry.enum(description=both("How great the need is.", "Wie groß der Bedarf ist."))
class NeedLevel(Enum):
    NONE = code("NONE", "None", "Keiner")
    LOW = code("LOW", "Low", "Gering")
    MEDIUM = code("MEDIUM", "Medium", "Mittel")
    HIGH = code("HIGH", "High", "Hoch")


@strawberry.enum(
    description=both("What the municipal archive said.", "Was das Kommunalarchiv sagte.")
)
class ArchiveAnswer(Enum):
    TAKEN = code("TAKEN", "Taken", "Übernommen")
    DECLINED = code("DECLINED", "Declined", "Abgelehnt")


@strawberry.enum(
    description=both(
        "What became of a referral sent from a case.",
        "Was aus einer Überleitung aus dem Fall wurde.",
    )
)
class SentReferralState(Enum):
    OPEN = code("OPEN", "Open", "Offen")
    ACCEPTED = code("ACCEPTED", "Accepted", "Angenommen")
    ENDED = code("ENDED", "Ended", "Beendet")


@strawberry.enum(description=both("Role in the family.", "Rolle in der Familie."))
class FamilyRole(Enum):
    CLIENT = code("CLIENT", "Client", "Ratsuchende Person")
    PARTNER = code("PARTNER", "Partner", "Partnerin oder Partner")
    PARENT = code("PARENT", "Parent", "Elternteil")
    CHILD = code("CHILD", "Child", "Kind")
    SIBLING = code("SIBLING", "Sibling", "Geschwister")
    GRANDPARENT = code("GRANDPARENT", "Grandparent", "Großelternteil")
    OTHER = code("OTHER", "Other", "Andere")


@strawberry.enum(description=both("Gender as told.", "Geschlecht, wie angegeben."))
class Gender(Enum):
    FEMALE = code("FEMALE", "Female", "Weiblich")
    MALE = code("MALE", "Male", "Männlich")
    DIVERSE = code("DIVERSE", "Diverse", "Divers")
    NOT_RECORDED = code("NOT_RECORDED", "Not recorded", "Nicht erhoben")


@strawberry.enum(description=both("Result of a goal.", "Ergebnis eines Ziels."))
class GoalResult(Enum):
    REACHED = code("REACHED", "Reached", "Erreicht")
    PARTLY_REACHED = code("PARTLY_REACHED", "Partly reached", "Teilweise erreicht")
    NOT_REACHED = code("NOT_REACHED", "Not reached", "Nicht erreicht")
    DROPPED = code("DROPPED", "Dropped", "Aufgegeben")


@strawberry.enum(
    description=both("Who is responsible for a measure.", "Wer für eine Maßnahme zuständig ist.")
)
class ResponsibleKind(Enum):
    CLIENT = code("CLIENT", "The client", "Die ratsuchende Person")
    CASE_MANAGER = code("CASE_MANAGER", "The case manager", "Die Fachkraft")
    UNIT = code("UNIT", "A unit", "Eine Stelle")
    OTHER = code("OTHER", "Another body", "Eine andere Einrichtung")


@strawberry.enum(description=both("State of a measure.", "Stand einer Maßnahme."))
class MeasureState(Enum):
    PLANNED = code("PLANNED", "Planned", "Geplant")
    STARTED = code("STARTED", "Started", "Begonnen")
    DONE = code("DONE", "Done", "Beendet")
    CANCELLED = code("CANCELLED", "Cancelled", "Abgebrochen")


@strawberry.enum(
    description=both(
        "What can be done with a measure.", "Was mit einer Maßnahme getan werden kann."
    )
)
class MeasureAction(Enum):
    START = code("start", "Start", "Beginnen")
    FINISH = code("finish", "Finish", "Beenden")
    CANCEL = code("cancel", "Cancel", "Abbrechen")


@strawberry.enum(description=both("What is counted.", "Was gezählt wird."))
class CountingUnit(Enum):
    PERSON = code("PERSON", "Persons", "Personen")
    FAMILY = code("FAMILY", "Families", "Familien")
    CASE = code("CASE", "Cases", "Fälle")
    REFERRAL = code("REFERRAL", "Referrals", "Überleitungen")


@strawberry.enum(description=both("Kind of a note.", "Art eines Vermerks."))
class NoteKind(Enum):
    CONVERSATION = code("CONVERSATION", "Conversation", "Gespräch")
    FILE = code("FILE", "File note", "Aktenvermerk")
    MEETING = code("MEETING", "Meeting", "Besprechung")


@strawberry.enum(description=both("Who may read a note.", "Wer einen Vermerk lesen darf."))
class Confidentiality(Enum):
    NORMAL = code("NORMAL", "The team of the case", "Das Team des Falls")
    CONFIDENTIAL = code(
        "CONFIDENTIAL",
        "Who wrote it, who is in charge of the case, their deputies",
        "Wer ihn schrieb, wer den Fall führt, deren Vertretung",
    )
    ENTRUSTED = code(
        "ENTRUSTED",
        "Only who wrote it, and to whom they handed it on (§ 65 SGB VIII)",
        "Nur, wer ihn schrieb, und an wen er weitergegeben wurde (§ 65 SGB VIII)",
    )


@strawberry.enum(
    description=both("How much of a date of birth is known.", "Wie genau ein Geburtsdatum ist.")
)
class BirthDatePrecision(Enum):
    DAY = code("DAY", "Day", "Tag")
    MONTH = code("MONTH", "Month", "Monat")
    YEAR = code("YEAR", "Year", "Jahr")
    UNKNOWN = code("UNKNOWN", "Unknown", "Unbekannt")
