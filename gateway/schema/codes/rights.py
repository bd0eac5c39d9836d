"""Codes of requests of data subjects, as the case service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("Right of a data subject.", "Recht einer betroffenen Person."))
class DataRight(Enum):
    ACCESS = code("ACCESS", "Access (Art. 15 GDPR)", "Auskunft (Art. 15 DSGVO, § 83 SGB X)")
    RECTIFICATION = code(
        "RECTIFICATION", "Rectification (Art. 16 GDPR)", "Berichtigung (Art. 16 DSGVO, § 84 SGB X)"
    )
    ERASURE = code("ERASURE", "Erasure (Art. 17 GDPR)", "Löschung (Art. 17 DSGVO, § 84 SGB X)")
    RESTRICTION = code(
        "RESTRICTION",
        "Restriction of processing (Art. 18 GDPR)",
        "Einschränkung der Verarbeitung (Art. 18 DSGVO)",
    )
    OBJECTION = code(
        "OBJECTION", "Objection (Art. 21 GDPR)", "Widerspruch (Art. 21 DSGVO, § 84 Abs. 5 SGB X)"
    )


@strawberry.enum(description=both("State of a request.", "Stand eines Antrags."))
class RightsRequestState(Enum):
    RECEIVED = code("RECEIVED", "Received", "Eingegangen")
    EXAMINATION = code("EXAMINATION", "Being examined", "In Prüfung")
    GRANTED = code("GRANTED", "Granted", "Stattgegeben")
    COMPLETED = code("COMPLETED", "Completed", "Abgeschlossen")
    REFUSED = code("REFUSED", "Refused", "Abgelehnt")
    WITHDRAWN = code("WITHDRAWN", "Withdrawn", "Zurückgenommen")


@strawberry.enum(description=both("Step of a request.", "Schritt eines Antrags."))
class RightsRequestAction(Enum):
    CONFIRM_IDENTITY = code("confirm-identity", "Confirm the identity", "Identität bestätigen")
    EXTEND = code("extend", "Extend the time limit", "Frist verlängern")
    GRANT = code("grant", "Grant", "Stattgeben")
    REFUSE = code("refuse", "Refuse", "Ablehnen")
    WITHDRAW = code("withdraw", "Withdrawn", "Zurückgenommen")
    COMPLETE = code("complete", "Complete", "Abschließen")


@strawberry.enum(description=both("Who asks.", "Wer fragt."))
class RightsAskedBy(Enum):
    SELF = code("SELF", "The person", "Die Person selbst")
    LEGAL_REPRESENTATIVE = code(
        "LEGAL_REPRESENTATIVE", "Legal representative", "Gesetzliche Vertretung"
    )
    AUTHORISED_PERSON = code("AUTHORISED_PERSON", "Authorised person", "Bevollmächtigte Person")
    LAWYER = code("LAWYER", "Lawyer", "Anwältin oder Anwalt")


@strawberry.enum(description=both("How the request came in.", "Wie der Antrag einging."))
class RightsReceivedVia(Enum):
    IN_PERSON = code("IN_PERSON", "In person", "Persönlich")
    LETTER = code("LETTER", "Letter", "Brief")
    EMAIL = code("EMAIL", "E-mail", "E-Mail")
    PHONE = code("PHONE", "Phone", "Telefon")
    ONLINE = code("ONLINE", "Online", "Online")


@strawberry.enum(description=both("How identity was checked.", "Wie die Identität geprüft wurde."))
class IdentityCheck(Enum):
    KNOWN_IN_PERSON = code("KNOWN_IN_PERSON", "Known in person", "Persönlich bekannt")
    IDENTITY_PAPER_SEEN = code("IDENTITY_PAPER_SEEN", "Identity paper seen", "Ausweis gesehen")
    ELECTRONIC_IDENTITY = code(
        "ELECTRONIC_IDENTITY", "Electronic identity", "Elektronische Identität"
    )
    POWER_OF_ATTORNEY_SEEN = code(
        "POWER_OF_ATTORNEY_SEEN", "Power of attorney seen", "Vollmacht gesehen"
    )
    QUESTION_ANSWERED = code(
        "QUESTION_ANSWERED", "Control question answered", "Kontrollfrage beantwortet"
    )


@strawberry.enum(description=both("Reason of an extension.", "Grund einer Verlängerung."))
class RightsExtensionReason(Enum):
    COMPLEXITY = code("COMPLEXITY", "Complexity", "Komplexität")
    NUMBER_OF_REQUESTS = code("NUMBER_OF_REQUESTS", "Number of requests", "Anzahl der Anträge")


@strawberry.enum(
    description=both("Ground that the person names.", "Grund, auf den sich die Person beruft.")
)
class RightsAskedOn(Enum):
    GDPR_17_1_A = code("GDPR_17_1_A", "Not necessary any more", "Nicht mehr erforderlich")
    GDPR_17_1_B = code("GDPR_17_1_B", "Consent withdrawn", "Einwilligung widerrufen")
    GDPR_17_1_C = code("GDPR_17_1_C", "Objection", "Widerspruch")
    GDPR_17_1_D = code("GDPR_17_1_D", "Processed unlawfully", "Unrechtmäßig verarbeitet")
    GDPR_17_1_E = code("GDPR_17_1_E", "Legal duty to erase", "Rechtliche Löschpflicht")
    GDPR_18_1_A = code("GDPR_18_1_A", "Accuracy contested", "Richtigkeit bestritten")
    GDPR_18_1_B = code(
        "GDPR_18_1_B",
        "Unlawful, erasure refused by the person",
        "Unrechtmäßig, Löschung nicht gewünscht",
    )
    GDPR_18_1_C = code("GDPR_18_1_C", "Needed for legal claims", "Für Rechtsansprüche benötigt")
    GDPR_18_1_D = code("GDPR_18_1_D", "Objection pending", "Widerspruch eingelegt")
    GDPR_21_1 = code("GDPR_21_1", "Particular situation", "Besondere Situation")


@strawberry.enum(
    description=both(
        "How a contested value was settled.", "Wie eine strittige Angabe geklärt wurde."
    )
)
class RightsSettlement(Enum):
    CORRECTED = code("CORRECTED", "Corrected", "Berichtigt")
    ACCURACY_DISPUTED = code("ACCURACY_DISPUTED", "Noted as disputed", "Als bestritten vermerkt")


@strawberry.enum(
    description=both("How the answer was handed over.", "Wie die Antwort übergeben wurde.")
)
class RightsHandedOver(Enum):
    IN_PERSON = code("IN_PERSON", "In person", "Persönlich")
    LETTER = code("LETTER", "Letter", "Brief")
    ENCRYPTED = code("ENCRYPTED", "Encrypted", "Verschlüsselt")
    PORTAL = code("PORTAL", "Portal", "Portal")


@strawberry.enum(description=both("What recipients are told.", "Was Empfängern mitgeteilt wird."))
class RightsChange(Enum):
    DATA_CORRECTED = code("DATA_CORRECTED", "Corrected", "Berichtigt")
    ACCURACY_DISPUTED = code("ACCURACY_DISPUTED", "Accuracy disputed", "Richtigkeit bestritten")
    DATA_ERASED = code("DATA_ERASED", "Erased", "Gelöscht")
    RESTRICTED = code("RESTRICTED", "Restricted", "Eingeschränkt")
    OBJECTED = code("OBJECTED", "Objected", "Widersprochen")


@strawberry.enum(
    description=both("Legal ground against a right.", "Gesetzlicher Grund gegen ein Recht.")
)
class RefusalGround(Enum):
    IDENTITY_NOT_PROVEN = code(
        "IDENTITY_NOT_PROVEN", "Identity not proven", "Identität nicht nachgewiesen"
    )
    MANIFESTLY_UNFOUNDED = code(
        "MANIFESTLY_UNFOUNDED",
        "Manifestly unfounded or excessive",
        "Offenkundig unbegründet oder exzessiv",
    )
    RIGHTS_OF_OTHERS = code(
        "RIGHTS_OF_OTHERS",
        "Rights and freedoms of others",
        "Rechte und Freiheiten anderer Personen",
    )
    ENTRUSTED_TO_OTHERS = code(
        "ENTRUSTED_TO_OTHERS",
        "Entrusted to a member of staff by others",
        "Von Dritten einer Fachkraft anvertraut",
    )
    TASK_ENDANGERED = code(
        "TASK_ENDANGERED", "The task would be endangered", "Gefährdung der Aufgabenerfüllung"
    )
    PUBLIC_SECURITY = code(
        "PUBLIC_SECURITY", "Danger to public security", "Gefährdung der öffentlichen Sicherheit"
    )
    CONFIDENTIAL_BY_LAW = code(
        "CONFIDENTIAL_BY_LAW",
        "Secret by law or by nature",
        "Nach Gesetz oder ihrem Wesen nach geheim",
    )
    RETAINED_ONLY = code(
        "RETAINED_ONLY",
        "Stored only because of a duty to retain",
        "Nur noch wegen einer Aufbewahrungspflicht gespeichert",
    )
    BACKUP_OR_LOG_ONLY = code(
        "BACKUP_OR_LOG_ONLY",
        "Stored only for backup or control of data protection",
        "Nur zur Datensicherung oder Datenschutzkontrolle gespeichert",
    )
    HEALTH_TOLD_BY_DOCTOR = code(
        "HEALTH_TOLD_BY_DOCTOR",
        "Health data to be told by a doctor",
        "Gesundheitsangaben durch eine Ärztin oder einen Arzt vermitteln",
    )
    DATA_ARE_CORRECT = code(
        "DATA_ARE_CORRECT",
        "The value is established to be correct",
        "Richtigkeit der Angabe steht fest",
    )
    CASE_IS_OPEN = code(
        "CASE_IS_OPEN",
        "Still necessary for the running task",
        "Zur laufenden Aufgabe noch erforderlich",
    )
    RETENTION_NOT_ENDED = code(
        "RETENTION_NOT_ENDED", "The retention period has not ended", "Aufbewahrungsfrist läuft noch"
    )
    LEGAL_HOLD = code("LEGAL_HOLD", "Legal hold", "Aufbewahrungssperre")
    LEGAL_CLAIMS = code(
        "LEGAL_CLAIMS",
        "Establishment or defence of legal claims",
        "Geltendmachung oder Abwehr von Rechtsansprüchen",
    )
    ARCHIVE_PENDING = code(
        "ARCHIVE_PENDING",
        "Offered to the archive, no answer yet",
        "Dem Archiv angeboten, noch ohne Antwort",
    )
    INTERESTS_OF_PERSON = code(
        "INTERESTS_OF_PERSON",
        "Erasure would harm legitimate interests of the person",
        "Schutzwürdige Interessen der Person stehen der Löschung entgegen",
    )
    NO_GROUND_FOR_RESTRICTION = code(
        "NO_GROUND_FOR_RESTRICTION", "No ground for a restriction", "Kein Grund zur Einschränkung"
    )
    COMPELLING_PUBLIC_INTEREST = code(
        "COMPELLING_PUBLIC_INTEREST",
        "Compelling public interest prevails",
        "Zwingendes öffentliches Interesse überwiegt",
    )
    DUTY_TO_PROCESS = code(
        "DUTY_TO_PROCESS",
        "The law requires the processing",
        "Rechtsvorschrift verpflichtet zur Verarbeitung",
    )
    FREEDOM_OF_EXPRESSION = code(
        "FREEDOM_OF_EXPRESSION",
        "Freedom of expression and information",
        "Freie Meinungsäußerung und Information",
    )
    PUBLIC_HEALTH = code(
        "PUBLIC_HEALTH",
        "Public interest in public health",
        "Öffentliches Interesse an der öffentlichen Gesundheit",
    )
    RESEARCH_OR_STATISTICS = code(
        "RESEARCH_OR_STATISTICS",
        "Erasure would seriously impair research or statistics",
        "Forschung oder Statistik würde durch die Löschung ernsthaft beeinträchtigt",
    )
    DISPROPORTIONATE_EFFORT = code(
        "DISPROPORTIONATE_EFFORT",
        "Erasure takes disproportionate effort; the data are restricted",
        "Löschung nur mit unverhältnismäßigem Aufwand möglich; die Daten sind eingeschränkt",
    )
