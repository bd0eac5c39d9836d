"""Codes of referrals, as the referral service has them."""

from enum import Enum

import strawberry

from gateway.schema.published import both, code


@strawberry.enum(description=both("State of a referral.", "Stand einer Überleitung."))
class ReferralState(Enum):
    DRAFT = code("DRAFT", "Draft", "Entwurf")
    READY = code("READY", "Ready to send", "Bereit zum Senden")
    SUBMITTED = code("SUBMITTED", "Submitted", "Abgesendet")
    DELIVERED = code("DELIVERED", "Delivered", "Abgeholt")
    IN_REVIEW = code("IN_REVIEW", "In review", "In Prüfung")
    FORWARDED = code("FORWARDED", "Forwarded inside the agency", "Intern weitergeleitet")
    ACCEPTED = code("ACCEPTED", "Accepted", "Angenommen")
    REJECTED = code("REJECTED", "Rejected", "Abgelehnt")
    EXPIRED = code("EXPIRED", "Expired", "Verfallen")
    WITHDRAWN = code("WITHDRAWN", "Withdrawn", "Zurückgezogen")
    IN_SERVICE = code("IN_SERVICE", "In service", "In Betreuung")
    COMPLETED = code("COMPLETED", "Completed", "Abgeschlossen")
    RETURNED = code("RETURNED", "Returned", "Zurückgegeben")


@strawberry.enum(
    description=both(
        "How the person reaches the other side.", "Wie die Person zur anderen Stelle kommt."
    )
)
class ReferralMode(Enum):
    ZUSTEUERUNG_IN = code("ZUSTEUERUNG_IN", "Referral into KIM", "Zusteuerung ins KIM")
    ZUSTEUERUNG_OUT = code("ZUSTEUERUNG_OUT", "Referral out of KIM", "Zusteuerung aus dem KIM")
    WARM_HANDOVER = code("WARM_HANDOVER", "Warm handover", "Begleitete Übergabe")
    CHILD_PROTECTION = code(
        "CHILD_PROTECTION", "Child protection notice", "Mitteilung zum Kinderschutz"
    )
    ANONYMOUS_CONSULT = code("ANONYMOUS_CONSULT", "Anonymous consultation", "Anonyme Beratung")


@strawberry.enum(
    description=both("How soon the person needs help.", "Wie bald die Person Hilfe braucht.")
)
class Urgency(Enum):
    ROUTINE = code("ROUTINE", "Routine", "Normal")
    SOON = code("SOON", "Soon", "Bald")
    URGENT = code("URGENT", "Urgent", "Dringend")


@strawberry.enum(
    description=both(
        "Age of the person, coarse enough to name nobody.",
        "Alter der Person, so grob, dass es niemanden benennt.",
    )
)
class AgeBand(Enum):
    CHILD_0_13 = code("CHILD_0_13", "Child (0–13)", "Kind (0–13)")
    YOUTH_14_17 = code("YOUTH_14_17", "Youth (14–17)", "Jugendliche (14–17)")
    YOUNG_ADULT_18_26 = code(
        "YOUNG_ADULT_18_26", "Young adult (18–26)", "Junge Volljährige (18–26)"
    )
    ADULT_27_64 = code("ADULT_27_64", "Adult (27–64)", "Erwachsene (27–64)")
    SENIOR_65_PLUS = code("SENIOR_65_PLUS", "Senior (65 and over)", "Ältere (ab 65)")
    UNKNOWN = code("UNKNOWN", "Unknown", "Unbekannt")


@strawberry.enum(description=both("Field of action.", "Handlungsfeld."))
class Topic(Enum):
    LANGUAGE = code("LANGUAGE", "Language", "Sprache")
    SCHOOL_CHILDCARE = code(
        "SCHOOL_CHILDCARE", "School and childcare", "Schule und Kinderbetreuung"
    )
    TRANSITION_SCHOOL_WORK = code(
        "TRANSITION_SCHOOL_WORK", "From school to work", "Übergang Schule–Beruf"
    )
    TRAINING = code("TRAINING", "Training", "Ausbildung")
    WORK = code("WORK", "Work", "Arbeit")
    HOUSING = code("HOUSING", "Housing", "Wohnen")
    HEALTH = code("HEALTH", "Health", "Gesundheit")
    LIVELIHOOD_BENEFITS = code("LIVELIHOOD_BENEFITS", "Livelihood", "Lebensunterhalt")
    RESIDENCE_LAW = code("RESIDENCE_LAW", "Residence law", "Aufenthaltsrecht")
    NATURALISATION = code("NATURALISATION", "Naturalisation", "Einbürgerung")
    FAMILY = code("FAMILY", "Family", "Familie")
    WOMEN_GIRLS = code("WOMEN_GIRLS", "Women and girls", "Frauen und Mädchen")
    YOUNG_REFUGEES = code("YOUNG_REFUGEES", "Young refugees", "Junge Geflüchtete")
    DEBT = code("DEBT", "Debt", "Schulden")
    ANTIDISCRIMINATION = code("ANTIDISCRIMINATION", "Antidiscrimination", "Antidiskriminierung")
    SPORT_LEISURE = code("SPORT_LEISURE", "Sport and leisure", "Sport und Freizeit")
    RECOGNITION_OF_QUALIFICATIONS = code(
        "RECOGNITION_OF_QUALIFICATIONS",
        "Recognition of qualifications",
        "Anerkennung von Abschlüssen",
    )
    SOCIAL_PARTICIPATION = code("SOCIAL_PARTICIPATION", "Social participation", "Soziale Teilhabe")


@strawberry.enum(description=both("What the data are sent for.", "Wozu die Daten gesendet werden."))
class Purpose(Enum):
    CASE_MANAGEMENT = code("CASE_MANAGEMENT", "Case management", "Case Management")
    COUNSELLING = code("COUNSELLING", "Counselling", "Beratung")
    BENEFIT_CLARIFICATION = code(
        "BENEFIT_CLARIFICATION", "Clarifying benefits", "Klärung von Leistungen"
    )
    LANGUAGE_LEARNING = code("LANGUAGE_LEARNING", "Language learning", "Spracherwerb")
    WORK_AND_TRAINING = code("WORK_AND_TRAINING", "Work and training", "Arbeit und Ausbildung")
    HOUSING = code("HOUSING", "Housing", "Wohnen")
    HEALTH = code("HEALTH", "Health", "Gesundheit")
    YOUTH_WELFARE = code("YOUTH_WELFARE", "Youth welfare", "Jugendhilfe")
    CHILD_PROTECTION = code("CHILD_PROTECTION", "Child protection", "Kinderschutz")
    OWN_APPLICATION = code(
        "OWN_APPLICATION", "The person's own application", "Eigener Antrag der Person"
    )


@strawberry.enum(
    description=both("Why a referral was refused.", "Warum eine Überleitung abgelehnt wurde.")
)
class RejectReason(Enum):
    NOT_RESPONSIBLE_AREA = code(
        "not-responsible-area", "Not responsible here", "Örtlich nicht zuständig"
    )
    NOT_RESPONSIBLE_SUBJECT = code(
        "not-responsible-subject", "Not responsible for this matter", "Sachlich nicht zuständig"
    )
    NOT_TARGET_GROUP = code("not-target-group", "Not the target group", "Nicht Zielgruppe")
    CAPACITY = code("capacity", "No capacity", "Keine Kapazität")
    DUPLICATE = code("duplicate", "Duplicate referral", "Doppelte Zusteuerung")
    ALREADY_IN_CARE = code("already-in-care", "Already in care", "Bereits in Betreuung")
    CONSENT_MISSING = code("consent-missing", "Consent is missing", "Einwilligung fehlt")
    CONSENT_INSUFFICIENT = code(
        "consent-insufficient", "Consent insufficient", "Einwilligung reicht nicht"
    )
    INCOMPLETE = code("incomplete", "Incomplete", "Unvollständig")
    UNREADABLE_ATTACHMENT = code(
        "unreadable-attachment", "Attachment unreadable", "Anlage nicht lesbar"
    )
    SCHEMA_VIOLATION = code("schema-violation", "Schema violated", "Aufbau fehlerhaft")
    UNSUPPORTED_SERVICE = code(
        "unsupported-service", "Service unsupported", "Leistung wird nicht angeboten"
    )
    PERSON_UNKNOWN = code("person-unknown", "Person unknown", "Person nicht bekannt")
    CLIENT_DECLINED = code("client-declined", "The person declined", "Person möchte nicht")
    LEGAL_GROUND_MISSING = code(
        "legal-ground-missing", "Legal ground is missing", "Rechtsgrundlage fehlt"
    )
    ENDPOINT_SUSPENDED = code("endpoint-suspended", "Endpoint suspended", "Annahme ausgesetzt")
    EXPIRED = code("expired", "Not collected in time", "Nicht abgeholt")
    DECRYPTION_FAILED = code(
        "decryption-failed", "Decryption failed", "Entschlüsselung gescheitert"
    )
    TAG_MISMATCH = code("tag-mismatch", "Digest does not match", "Prüfsumme stimmt nicht")


@strawberry.enum(description=both("What became of a referral.", "Was aus einer Überleitung wurde."))
class Outcome(Enum):
    FIRST_CONTACT_MADE = code("FIRST_CONTACT_MADE", "First contact made", "Erster Kontakt erfolgt")
    SERVICE_STARTED = code("SERVICE_STARTED", "Service started", "Hilfe begonnen")
    NO_SHOW = code("NO_SHOW", "Did not come", "Nicht erschienen")
    CLIENT_DECLINED = code("CLIENT_DECLINED", "Declined by the person", "Von der Person abgelehnt")
    NOT_ELIGIBLE = code("NOT_ELIGIBLE", "Not eligible", "Kein Anspruch")
    REDIRECTED = code("REDIRECTED", "Redirected", "Weiterverwiesen")
    UNKNOWN = code("UNKNOWN", "Unknown", "Unbekannt")


@strawberry.enum(
    description=both(
        "Why the sender took a referral back.", "Warum die absendende Stelle zurückzog."
    )
)
class WithdrawReason(Enum):
    CLIENT_CHANGED_MIND = code(
        "CLIENT_CHANGED_MIND",
        "The person changed their mind",
        "Die Person hat es sich anders überlegt",
    )
    CONSENT_REVOKED = code("CONSENT_REVOKED", "Consent revoked", "Einwilligung widerrufen")
    SENT_BY_MISTAKE = code("SENT_BY_MISTAKE", "Sent by mistake", "Irrtümlich gesendet")
    NO_LONGER_NEEDED = code("NO_LONGER_NEEDED", "No longer needed", "Nicht mehr nötig")
    CASE_DELETED = code("CASE_DELETED", "Case deleted", "Fall gelöscht")


@strawberry.enum(
    description=both("Why no rule found a unit.", "Warum keine Regel eine Stelle fand.")
)
class ManualReason(Enum):
    NO_RULE = code("NO_RULE", "No rule", "Keine Regel")
    ADDRESS_NEEDED = code("ADDRESS_NEEDED", "Address needed", "Anschrift nötig")
    NOT_LOCATABLE = code("NOT_LOCATABLE", "Address cannot be located", "Anschrift nicht zuzuordnen")
    AMBIGUOUS = code("AMBIGUOUS", "Several units possible", "Mehrere Stellen möglich")


@strawberry.enum(
    description=both(
        "What can be done with a referral.", "Was mit einer Überleitung getan werden kann."
    )
)
class ReferralAction(Enum):
    PREPARE = code("prepare", "Make ready to send", "Sendebereit machen")
    SUBMIT = code("submit", "Send", "Absenden")
    PULL = code("pull", "Collect", "Abholen")
    START_REVIEW = code("start-review", "Start review", "Prüfung beginnen")
    ACCEPT = code("accept", "Accept", "Annehmen")
    REJECT = code("reject", "Reject", "Ablehnen")
    FORWARD = code("forward", "Forward inside the controller", "Intern weiterleiten")
    EXPIRE = code("expire", "Expire (system)", "Verfallen (System)")
    WITHDRAW = code("withdraw", "Withdraw", "Zurückziehen")
    START_SERVICE = code("start-service", "Start the service", "Hilfe beginnen")
    RETURN = code("return", "Return", "Zurückgeben")
    COMPLETE = code("complete", "Complete", "Abschließen")


@strawberry.enum(
    description=both(
        "On which side of a referral the caller stands.",
        "Auf welcher Seite einer Überleitung die anfragende Stelle steht.",
    )
)
class ReferralSide(Enum):
    SENDER = code("SENDER", "The sending unit", "Absendende Stelle")
    RECIPIENT = code("RECIPIENT", "The receiving unit", "Empfangende Stelle")
