"""Codes of the daily work on cases, as the case service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("How a contact was held.", "Wie ein Kontakt stattfand."))
class ContactKind(Enum):
    IN_PERSON = code("IN_PERSON", "In person", "Persönlich")
    HOME_VISIT = code("HOME_VISIT", "Home visit", "Hausbesuch")
    ACCOMPANIMENT = code("ACCOMPANIMENT", "Accompaniment", "Begleitung")
    PHONE = code("PHONE", "By telephone", "Telefonisch")
    VIDEO = code("VIDEO", "By video", "Per Video")
    WRITTEN = code("WRITTEN", "In writing", "Schriftlich")


@strawberry.enum(description=both("How it was interpreted.", "Wie gedolmetscht wurde."))
class InterpreterKind(Enum):
    PERSON = code("PERSON", "In person", "Persönlich")
    PHONE = code("PHONE", "By telephone", "Telefonisch")
    VIDEO = code("VIDEO", "By video", "Per Video")
    WRITTEN = code("WRITTEN", "In writing", "Schriftlich")


@strawberry.enum(description=both("What came of a contact.", "Was bei einem Kontakt herauskam."))
class ContactOutcome(Enum):
    ADVISED = code("ADVISED", "Advised", "Beraten")
    APPOINTMENT_MADE = code("APPOINTMENT_MADE", "Appointment made", "Termin vereinbart")
    DOCUMENTS_PREPARED = code("DOCUMENTS_PREPARED", "Documents prepared", "Unterlagen vorbereitet")
    REFERRED = code("REFERRED", "Referred", "Verwiesen")
    NO_SHOW = code("NO_SHOW", "Did not come", "Nicht erschienen")


@strawberry.enum(description=both("State of a task.", "Stand einer Aufgabe."))
class TaskState(Enum):
    OPEN = code("OPEN", "Open", "Offen")
    DONE = code("DONE", "Done", "Erledigt")
    CANCELLED = code("CANCELLED", "Cancelled", "Gestrichen")


@strawberry.enum(
    description=both("Why the system proposes a task.", "Warum das System eine Aufgabe vorschlägt.")
)
class TaskCause(Enum):
    OWNERSHIP_TRANSFERRED = code(
        "OWNERSHIP_TRANSFERRED",
        "Another unit leads since it accepted a warm handover",
        "Eine andere Stelle führt, seit sie eine Übergabe angenommen hat",
    )


@strawberry.enum(
    description=both("What can be done with a task.", "Was mit einer Aufgabe getan werden kann.")
)
class TaskAction(Enum):
    FINISH = code("finish", "Finish", "Erledigen")
    CANCEL = code("cancel", "Cancel", "Streichen")


@strawberry.enum(
    description=both(
        "What colleagues must know before they act.", "Was andere wissen müssen, bevor sie handeln."
    )
)
class FlagCode(Enum):
    DEADLINE = code("DEADLINE", "Deadline", "Frist")
    HOUSING_LOSS = code("HOUSING_LOSS", "Loss of housing", "Wohnungsverlust")
    CHILD_PROTECTION = code("CHILD_PROTECTION", "Child protection", "Kinderschutz")
    SAFETY = code("SAFETY", "Safety", "Sicherheit")
    CONTACT_ONLY_BY_LETTER = code(
        "CONTACT_ONLY_BY_LETTER", "Contact by letter only", "Kontakt nur per Brief"
    )
    OTHER = code("OTHER", "Other", "Sonstiges")


@strawberry.enum(description=both("How grave a flag is.", "Wie schwer ein Hinweis wiegt."))
class FlagSeverity(Enum):
    INFO = code("INFO", "For information", "Zur Kenntnis")
    WARNING = code("WARNING", "Warning", "Warnung")
    CRITICAL = code("CRITICAL", "Critical", "Kritisch")


@strawberry.enum(description=both("Which work list.", "Welche Arbeitsliste."))
class WorkListName(Enum):
    MINE = code("mine", "Held by the caller", "Eigene Fälle")
    TEAM = code("team", "Of the unit", "Fälle der Stelle")
    UNASSIGNED = code("unassigned", "Not assigned", "Nicht zugewiesen")
    OVERDUE = code("overdue", "With overdue tasks", "Mit überfälligen Aufgaben")
    CHANGED = code(
        "changed", "Changed since the caller looked", "Geändert seit dem letzten Ansehen"
    )


@strawberry.enum(
    description=both(
        "Ground on which an entrusted note is handed on, § 65 (1) SGB VIII.",
        "Grund, aus dem ein anvertrauter Vermerk weitergegeben wird, § 65 Abs. 1 SGB VIII.",
    )
)
class NoteReleaseReason(Enum):
    CONSENT_OF_ENTRUSTER = code(
        "CONSENT_OF_ENTRUSTER",
        "Consent of who entrusted it",
        "Einwilligung der anvertrauenden Person",
    )
    FAMILY_COURT_8A = code("FAMILY_COURT_8A", "Family court, § 8a", "Familiengericht, § 8a")
    SUCCESSOR_ON_DANGER = code(
        "SUCCESSOR_ON_DANGER", "Successor, on danger", "Nachfolge bei Gefährdung"
    )
    RISK_ASSESSMENT = code(
        "RISK_ASSESSMENT", "Experts, to assess the danger", "Fachkräfte zur Gefährdungseinschätzung"
    )
    AS_203_PERSON = code("AS_203_PERSON", "As § 203 StGB permits", "Nach § 203 StGB befugt")


@strawberry.enum(description=both("Ground under § 203 StGB.", "Befugnis nach § 203 StGB."))
class SecrecyGround(Enum):
    RELEASE = code("RELEASE", "Release from secrecy", "Schweigepflichtentbindung")
    JUSTIFYING_EMERGENCY = code(
        "JUSTIFYING_EMERGENCY",
        "Justifying emergency, § 34 StGB",
        "Rechtfertigender Notstand, § 34 StGB",
    )
    STATUTORY_DUTY = code("STATUTORY_DUTY", "Statutory duty", "Gesetzliche Pflicht")


@strawberry.enum(description=both("What can be done with a note.", "Was mit einem Vermerk geht."))
class NoteAction(Enum):
    CORRECT = code("correct", "Correct", "Berichtigen")
    HAND_ON = code("hand-on", "Hand on", "Weitergeben")


@strawberry.enum(description=both("As what somebody reads a note.", "Als was jemand ihn liest."))
class NoteReader(Enum):
    OWNER = code("OWNER", "Who wrote it", "Wer ihn schrieb")
    RECEIVER = code("RECEIVER", "To whom it was handed on", "An wen er weitergegeben wurde")
    IN_CHARGE = code(
        "IN_CHARGE", "In charge of the case, or deputy", "Fallführung oder deren Vertretung"
    )
    UNIT = code("UNIT", "Case manager of the unit", "Fachkraft der Stelle")
