"""Codes of status over time and of proposed referrals, as the case service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(
    description=both("What an entry of the timeline says.", "Was ein Eintrag im Verlauf sagt.")
)
class TimelineKind(Enum):
    RESIDENCE = code("RESIDENCE", "Residence group", "Aufenthaltsgruppe")
    LEGAL_CIRCLE = code("LEGAL_CIRCLE", "Body of law", "Rechtskreis")


@strawberry.enum(
    description=both("Who said it (§ 67a SGB X).", "Von wem eine Angabe stammt (§ 67a SGB X).")
)
class DataSource(Enum):
    DATA_SUBJECT = code("DATA_SUBJECT", "The person", "Die Person selbst")
    OTHER_BODY = code("OTHER_BODY", "Another public body", "Eine andere Stelle")
    THIRD_PERSON = code("THIRD_PERSON", "A third person", "Eine dritte Person")


@strawberry.enum(
    description=both(
        "Legal basis of data not told by the person.",
        "Rechtsgrundlage von Angaben, die nicht von der Person stammen.",
    )
)
class SourceBasis(Enum):
    CONSENT = code("CONSENT", "Consent", "Einwilligung")
    SGB_X_67A_2_NR_1 = code(
        "SGB_X_67A_2_NR_1", "§ 67a (2) no. 1 SGB X", "§ 67a Abs. 2 Satz 2 Nr. 1 SGB X"
    )
    SGB_X_67A_2_NR_2 = code(
        "SGB_X_67A_2_NR_2", "§ 67a (2) no. 2 SGB X", "§ 67a Abs. 2 Satz 2 Nr. 2 SGB X"
    )
    PUBLIC_TASK = code("PUBLIC_TASK", "Public task", "Öffentliche Aufgabe")


@strawberry.enum(
    description=both("Why an entry is corrected.", "Warum ein Eintrag berichtigt wird.")
)
class CorrectionReason(Enum):
    WRONG_AT_ENTRY = code("WRONG_AT_ENTRY", "Wrong from the beginning", "Von Anfang an falsch")
    NEW_EVIDENCE = code("NEW_EVIDENCE", "New evidence", "Neuer Nachweis")
    ENDED = code("ENDED", "It has ended", "Beendet")


@strawberry.enum(
    description=both("What a paragraph is needed for.", "Wozu ein Paragraf gebraucht wird.")
)
class ParagraphNeed(Enum):
    RIGHT_TO_STAY = code("RIGHT_TO_STAY", "Right to stay", "Bleiberecht")
    NATURALISATION = code("NATURALISATION", "Naturalisation", "Einbürgerung")
    COURSE_ACCESS = code("COURSE_ACCESS", "Access to courses", "Zugang zu Kursen")
    WORK_ACCESS = code("WORK_ACCESS", "Access to work", "Zugang zum Arbeitsmarkt")
    BENEFIT_ACCESS = code("BENEFIT_ACCESS", "Access to benefits", "Zugang zu Leistungen")


@strawberry.enum(
    description=both(
        "Why another body of law became responsible.",
        "Warum ein anderer Rechtskreis zuständig wurde.",
    )
)
class LegalCircleChangeReason(Enum):
    RESIDENCE_STATUS = code("RESIDENCE_STATUS", "Residence status", "Aufenthaltsstatus")
    WORK_OR_TRAINING = code("WORK_OR_TRAINING", "Work or training", "Arbeit oder Ausbildung")
    AGE = code("AGE", "Age", "Alter")
    NEED = code("NEED", "Need", "Bedarf")
    CHANGE_OF_LAW = code("CHANGE_OF_LAW", "Change of law", "Rechtsänderung")
    OTHER = code("OTHER", "Other", "Sonstiges")


@strawberry.enum(
    description=both("State of a proposed referral.", "Stand einer vorgeschlagenen Überleitung.")
)
class ProposalState(Enum):
    OPEN = code("OPEN", "Open", "Offen")
    TAKEN = code("TAKEN", "Taken up", "Aufgegriffen")
    DISMISSED = code("DISMISSED", "Dismissed", "Verworfen")


@strawberry.enum(
    description=both("Why a proposal was dismissed.", "Warum ein Vorschlag verworfen wurde.")
)
class ProposalDismissReason(Enum):
    ALREADY_IN_CARE = code(
        "ALREADY_IN_CARE", "Already in the care of the service", "Dort schon in Betreuung"
    )
    NOT_WANTED = code("NOT_WANTED", "Not wanted by the person", "Von der Person nicht gewünscht")
    NOT_NEEDED = code("NOT_NEEDED", "Not needed", "Nicht nötig")
    NOT_ELIGIBLE = code("NOT_ELIGIBLE", "Not eligible", "Nicht anspruchsberechtigt")
