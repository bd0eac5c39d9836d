"""What the codes are called, for people: German and English."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from services.referrals.domain.codes import (
    AgeBand,
    DataCategory,
    Mode,
    Outcome,
    Purpose,
    ReferralState,
    RejectReason,
    Topic,
    Urgency,
    WithdrawReason,
)
from services.referrals.domain.routing import ManualReason
from shared.kernel.text import Text

C = TypeVar("C", bound=StrEnum)

REJECT_REASONS: Final[Mapping[RejectReason, Text]] = {
    RejectReason.NOT_RESPONSIBLE_AREA: Text("Örtlich nicht zuständig", "Not responsible here"),
    RejectReason.NOT_RESPONSIBLE_SUBJECT: Text(
        "Sachlich nicht zuständig", "Not responsible for this matter"
    ),
    RejectReason.NOT_TARGET_GROUP: Text("Nicht Zielgruppe", "Not the target group"),
    RejectReason.CAPACITY: Text("Keine Kapazität", "No capacity"),
    RejectReason.DUPLICATE: Text("Doppelte Zusteuerung", "Duplicate referral"),
    RejectReason.ALREADY_IN_CARE: Text("Bereits in Betreuung", "Already in care"),
    RejectReason.CONSENT_MISSING: Text("Einwilligung fehlt", "Consent is missing"),
    RejectReason.CONSENT_INSUFFICIENT: Text("Einwilligung reicht nicht", "Consent insufficient"),
    RejectReason.INCOMPLETE: Text("Unvollständig", "Incomplete"),
    RejectReason.UNREADABLE_ATTACHMENT: Text("Anlage nicht lesbar", "Attachment unreadable"),
    RejectReason.SCHEMA_VIOLATION: Text("Aufbau fehlerhaft", "Schema violated"),
    RejectReason.UNSUPPORTED_SERVICE: Text("Leistung wird nicht angeboten", "Service unsupported"),
    RejectReason.PERSON_UNKNOWN: Text("Person nicht bekannt", "Person unknown"),
    RejectReason.CLIENT_DECLINED: Text("Person möchte nicht", "The person declined"),
    RejectReason.LEGAL_GROUND_MISSING: Text("Rechtsgrundlage fehlt", "Legal ground is missing"),
    RejectReason.ENDPOINT_SUSPENDED: Text("Annahme ausgesetzt", "Endpoint suspended"),
    RejectReason.EXPIRED: Text("Nicht abgeholt", "Not collected in time"),
    RejectReason.DECRYPTION_FAILED: Text("Entschlüsselung gescheitert", "Decryption failed"),
    RejectReason.TAG_MISMATCH: Text("Prüfsumme stimmt nicht", "Digest does not match"),
}

OUTCOMES: Final[Mapping[Outcome, Text]] = {
    Outcome.FIRST_CONTACT_MADE: Text("Erster Kontakt erfolgt", "First contact made"),
    Outcome.SERVICE_STARTED: Text("Hilfe begonnen", "Service started"),
    Outcome.NO_SHOW: Text("Nicht erschienen", "Did not come"),
    Outcome.CLIENT_DECLINED: Text("Von der Person abgelehnt", "Declined by the person"),
    Outcome.NOT_ELIGIBLE: Text("Kein Anspruch", "Not eligible"),
    Outcome.REDIRECTED: Text("Weiterverwiesen", "Redirected"),
    Outcome.UNKNOWN: Text("Unbekannt", "Unknown"),
}

STATES: Final[Mapping[ReferralState, Text]] = {
    ReferralState.DRAFT: Text("Entwurf", "Draft"),
    ReferralState.READY: Text("Bereit zum Senden", "Ready to send"),
    ReferralState.SUBMITTED: Text("Abgesendet", "Submitted"),
    ReferralState.DELIVERED: Text("Abgeholt", "Delivered"),
    ReferralState.IN_REVIEW: Text("In Prüfung", "In review"),
    ReferralState.FORWARDED: Text("Intern weitergeleitet", "Forwarded inside the agency"),
    ReferralState.ACCEPTED: Text("Angenommen", "Accepted"),
    ReferralState.REJECTED: Text("Abgelehnt", "Rejected"),
    ReferralState.EXPIRED: Text("Verfallen", "Expired"),
    ReferralState.WITHDRAWN: Text("Zurückgezogen", "Withdrawn"),
    ReferralState.IN_SERVICE: Text("In Betreuung", "In service"),
    ReferralState.COMPLETED: Text("Abgeschlossen", "Completed"),
    ReferralState.RETURNED: Text("Zurückgegeben", "Returned"),
}

MODES: Final[Mapping[Mode, Text]] = {
    Mode.ZUSTEUERUNG_IN: Text("Zusteuerung ins KIM", "Referral into KIM"),
    Mode.ZUSTEUERUNG_OUT: Text("Zusteuerung aus dem KIM", "Referral out of KIM"),
    Mode.WARM_HANDOVER: Text("Begleitete Übergabe", "Warm handover"),
    Mode.CHILD_PROTECTION: Text("Mitteilung zum Kinderschutz", "Child protection notice"),
    Mode.ANONYMOUS_CONSULT: Text("Anonyme Beratung", "Anonymous consultation"),
}

URGENCIES: Final[Mapping[Urgency, Text]] = {
    Urgency.ROUTINE: Text("Normal", "Routine"),
    Urgency.SOON: Text("Bald", "Soon"),
    Urgency.URGENT: Text("Dringend", "Urgent"),
}

AGE_BANDS: Final[Mapping[AgeBand, Text]] = {
    AgeBand.CHILD_0_13: Text("Kind (0–13)", "Child (0–13)"),
    AgeBand.YOUTH_14_17: Text("Jugendliche (14–17)", "Youth (14–17)"),
    AgeBand.YOUNG_ADULT_18_26: Text("Junge Volljährige (18–26)", "Young adult (18–26)"),
    AgeBand.ADULT_27_64: Text("Erwachsene (27–64)", "Adult (27–64)"),
    AgeBand.SENIOR_65_PLUS: Text("Ältere (ab 65)", "Senior (65 and over)"),
    AgeBand.UNKNOWN: Text("Unbekannt", "Unknown"),
}

TOPICS: Final[Mapping[Topic, Text]] = {
    Topic.LANGUAGE: Text("Sprache", "Language"),
    Topic.SCHOOL_CHILDCARE: Text("Schule und Kinderbetreuung", "School and childcare"),
    Topic.TRANSITION_SCHOOL_WORK: Text("Übergang Schule–Beruf", "From school to work"),
    Topic.TRAINING: Text("Ausbildung", "Training"),
    Topic.WORK: Text("Arbeit", "Work"),
    Topic.HOUSING: Text("Wohnen", "Housing"),
    Topic.HEALTH: Text("Gesundheit", "Health"),
    Topic.LIVELIHOOD_BENEFITS: Text("Lebensunterhalt", "Livelihood"),
    Topic.RESIDENCE_LAW: Text("Aufenthaltsrecht", "Residence law"),
    Topic.NATURALISATION: Text("Einbürgerung", "Naturalisation"),
    Topic.FAMILY: Text("Familie", "Family"),
    Topic.WOMEN_GIRLS: Text("Frauen und Mädchen", "Women and girls"),
    Topic.YOUNG_REFUGEES: Text("Junge Geflüchtete", "Young refugees"),
    Topic.DEBT: Text("Schulden", "Debt"),
    Topic.ANTIDISCRIMINATION: Text("Antidiskriminierung", "Antidiscrimination"),
    Topic.SPORT_LEISURE: Text("Sport und Freizeit", "Sport and leisure"),
    Topic.RECOGNITION_OF_QUALIFICATIONS: Text(
        "Anerkennung von Abschlüssen", "Recognition of qualifications"
    ),
    Topic.SOCIAL_PARTICIPATION: Text("Soziale Teilhabe", "Social participation"),
}

PURPOSES: Final[Mapping[Purpose, Text]] = {
    Purpose.CASE_MANAGEMENT: Text("Case Management", "Case management"),
    Purpose.COUNSELLING: Text("Beratung", "Counselling"),
    Purpose.BENEFIT_CLARIFICATION: Text("Klärung von Leistungen", "Clarifying benefits"),
    Purpose.LANGUAGE_LEARNING: Text("Spracherwerb", "Language learning"),
    Purpose.WORK_AND_TRAINING: Text("Arbeit und Ausbildung", "Work and training"),
    Purpose.HOUSING: Text("Wohnen", "Housing"),
    Purpose.HEALTH: Text("Gesundheit", "Health"),
    Purpose.YOUTH_WELFARE: Text("Jugendhilfe", "Youth welfare"),
    Purpose.CHILD_PROTECTION: Text("Kinderschutz", "Child protection"),
    Purpose.OWN_APPLICATION: Text("Eigener Antrag der Person", "The person's own application"),
}

DATA_CATEGORIES: Final[Mapping[DataCategory, Text]] = {
    DataCategory.IDENTITY: Text("Angaben zur Person", "Identity"),
    DataCategory.CONTACT: Text("Erreichbarkeit", "Contact"),
    DataCategory.ADDRESS: Text("Anschrift", "Address"),
    DataCategory.LANGUAGES: Text("Sprachen", "Languages"),
    DataCategory.FAMILY: Text("Familie", "Family"),
    DataCategory.NEED: Text("Anliegen", "Need"),
    DataCategory.RESIDENCE: Text("Aufenthalt", "Residence"),
    DataCategory.EDUCATION_WORK: Text("Bildung und Arbeit", "Education and work"),
    DataCategory.BENEFITS: Text("Leistungen", "Benefits"),
    DataCategory.HEALTH: Text("Gesundheit", "Health"),
}

MANUAL_REASONS: Final[Mapping[ManualReason, Text]] = {
    ManualReason.NO_RULE: Text("Keine Regel", "No rule"),
    ManualReason.ADDRESS_NEEDED: Text("Anschrift nötig", "Address needed"),
    ManualReason.NOT_LOCATABLE: Text("Anschrift nicht zuzuordnen", "Address cannot be located"),
    ManualReason.AMBIGUOUS: Text("Mehrere Stellen möglich", "Several units possible"),
}

WITHDRAW_REASONS: Final[Mapping[WithdrawReason, Text]] = {
    WithdrawReason.CLIENT_CHANGED_MIND: Text(
        "Die Person hat es sich anders überlegt", "The person changed their mind"
    ),
    WithdrawReason.CONSENT_REVOKED: Text("Einwilligung widerrufen", "Consent revoked"),
    WithdrawReason.SENT_BY_MISTAKE: Text("Irrtümlich gesendet", "Sent by mistake"),
    WithdrawReason.NO_LONGER_NEEDED: Text("Nicht mehr nötig", "No longer needed"),
    WithdrawReason.CASE_DELETED: Text("Fall gelöscht", "Case deleted"),
}


def _by_value(labels: Mapping[C, Text]) -> Mapping[str, Text]:
    return {code.value: label for code, label in labels.items()}


CODE_LISTS: Final[Mapping[str, Mapping[str, Text]]] = {
    "reject-reasons": _by_value(REJECT_REASONS),
    "outcomes": _by_value(OUTCOMES),
    "referral-states": _by_value(STATES),
    "modes": _by_value(MODES),
    "urgencies": _by_value(URGENCIES),
    "age-bands": _by_value(AGE_BANDS),
    "topics": _by_value(TOPICS),
    "purposes": _by_value(PURPOSES),
    "data-categories": _by_value(DATA_CATEGORIES),
    "manual-reasons": _by_value(MANUAL_REASONS),
    "withdraw-reasons": _by_value(WITHDRAW_REASONS),
}
