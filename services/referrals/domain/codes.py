"""The words of the referral service: states, actions, sides and the closed lists of codes."""

from enum import StrEnum


class Mode(StrEnum):
    """How a person reaches the other side. Signposting is no referral: see `signposting`."""

    ZUSTEUERUNG_IN = "ZUSTEUERUNG_IN"
    ZUSTEUERUNG_OUT = "ZUSTEUERUNG_OUT"
    WARM_HANDOVER = "WARM_HANDOVER"
    CHILD_PROTECTION = "CHILD_PROTECTION"
    ANONYMOUS_CONSULT = "ANONYMOUS_CONSULT"
    """Advice on a person whom nothing names, § 64 (2a) SGB VIII, § 4 (2) KKG."""


class ReferralState(StrEnum):
    DRAFT = "DRAFT"
    READY = "READY"
    SUBMITTED = "SUBMITTED"
    DELIVERED = "DELIVERED"
    IN_REVIEW = "IN_REVIEW"
    FORWARDED = "FORWARDED"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    EXPIRED = "EXPIRED"
    WITHDRAWN = "WITHDRAWN"
    IN_SERVICE = "IN_SERVICE"
    COMPLETED = "COMPLETED"
    RETURNED = "RETURNED"


PENDING = frozenset(
    {
        ReferralState.SUBMITTED,
        ReferralState.DELIVERED,
        ReferralState.IN_REVIEW,
        ReferralState.FORWARDED,
    }
)
"""Sent and not yet answered."""

ACCEPTED_OR_LATER = frozenset(
    {
        ReferralState.ACCEPTED,
        ReferralState.IN_SERVICE,
        ReferralState.COMPLETED,
        ReferralState.RETURNED,
    }
)
"""The recipient has taken the person on: only now does it see the content."""


class ReferralAction(StrEnum):
    """What can be done with a referral; the value is the verb in the path of the command."""

    PREPARE = "prepare"
    SUBMIT = "submit"
    PULL = "pull"
    START_REVIEW = "start-review"
    ACCEPT = "accept"
    REJECT = "reject"
    FORWARD = "forward"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    START_SERVICE = "start-service"
    RETURN = "return"
    COMPLETE = "complete"


class Side(StrEnum):
    """Who acts: the unit that sends, the one that receives, the coordination that finds the
    recipient where no rule could, or the clock and the law.
    """

    SENDER = "SENDER"
    RECIPIENT = "RECIPIENT"
    COORDINATION = "COORDINATION"
    SYSTEM = "SYSTEM"


class Urgency(StrEnum):
    ROUTINE = "ROUTINE"
    SOON = "SOON"
    URGENT = "URGENT"


class AgeBand(StrEnum):
    """Bands that follow § 7 (1) SGB VIII up to 26; coarse enough to name nobody."""

    CHILD_0_13 = "CHILD_0_13"
    YOUTH_14_17 = "YOUTH_14_17"
    YOUNG_ADULT_18_26 = "YOUNG_ADULT_18_26"
    ADULT_27_64 = "ADULT_27_64"
    SENIOR_65_PLUS = "SENIOR_65_PLUS"
    UNKNOWN = "UNKNOWN"


class Topic(StrEnum):
    """Fields of action (Handlungsfelder)."""

    LANGUAGE = "LANGUAGE"
    SCHOOL_CHILDCARE = "SCHOOL_CHILDCARE"
    TRANSITION_SCHOOL_WORK = "TRANSITION_SCHOOL_WORK"
    TRAINING = "TRAINING"
    WORK = "WORK"
    HOUSING = "HOUSING"
    HEALTH = "HEALTH"
    LIVELIHOOD_BENEFITS = "LIVELIHOOD_BENEFITS"
    RESIDENCE_LAW = "RESIDENCE_LAW"
    NATURALISATION = "NATURALISATION"
    FAMILY = "FAMILY"
    WOMEN_GIRLS = "WOMEN_GIRLS"
    YOUNG_REFUGEES = "YOUNG_REFUGEES"
    DEBT = "DEBT"
    ANTIDISCRIMINATION = "ANTIDISCRIMINATION"
    SPORT_LEISURE = "SPORT_LEISURE"
    RECOGNITION_OF_QUALIFICATIONS = "RECOGNITION_OF_QUALIFICATIONS"
    SOCIAL_PARTICIPATION = "SOCIAL_PARTICIPATION"


class Purpose(StrEnum):
    """What the data are sent for. A consent names one of these, never "everything"."""

    CASE_MANAGEMENT = "CASE_MANAGEMENT"
    COUNSELLING = "COUNSELLING"
    BENEFIT_CLARIFICATION = "BENEFIT_CLARIFICATION"
    LANGUAGE_LEARNING = "LANGUAGE_LEARNING"
    WORK_AND_TRAINING = "WORK_AND_TRAINING"
    HOUSING = "HOUSING"
    HEALTH = "HEALTH"
    YOUTH_WELFARE = "YOUTH_WELFARE"
    CHILD_PROTECTION = "CHILD_PROTECTION"
    OWN_APPLICATION = "OWN_APPLICATION"


class DataCategory(StrEnum):
    """The parts that the content of a referral may have; the unit of minimisation and consent."""

    IDENTITY = "identity"
    CONTACT = "contact"
    ADDRESS = "address"
    LANGUAGES = "languages"
    FAMILY = "family"
    NEED = "need"
    RESIDENCE = "residence"
    EDUCATION_WORK = "educationWork"
    BENEFITS = "benefits"
    HEALTH = "health"


class RejectReason(StrEnum):
    """Suffix of the problem type with which a referral is refused."""

    NOT_RESPONSIBLE_AREA = "not-responsible-area"
    NOT_RESPONSIBLE_SUBJECT = "not-responsible-subject"
    NOT_TARGET_GROUP = "not-target-group"
    CAPACITY = "capacity"
    DUPLICATE = "duplicate"
    ALREADY_IN_CARE = "already-in-care"
    CONSENT_MISSING = "consent-missing"
    CONSENT_INSUFFICIENT = "consent-insufficient"
    INCOMPLETE = "incomplete"
    UNREADABLE_ATTACHMENT = "unreadable-attachment"
    SCHEMA_VIOLATION = "schema-violation"
    UNSUPPORTED_SERVICE = "unsupported-service"
    PERSON_UNKNOWN = "person-unknown"
    CLIENT_DECLINED = "client-declined"
    LEGAL_GROUND_MISSING = "legal-ground-missing"
    ENDPOINT_SUSPENDED = "endpoint-suspended"
    EXPIRED = "expired"
    DECRYPTION_FAILED = "decryption-failed"
    TAG_MISMATCH = "tag-mismatch"


class Outcome(StrEnum):
    FIRST_CONTACT_MADE = "FIRST_CONTACT_MADE"
    SERVICE_STARTED = "SERVICE_STARTED"
    NO_SHOW = "NO_SHOW"
    CLIENT_DECLINED = "CLIENT_DECLINED"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    REDIRECTED = "REDIRECTED"
    UNKNOWN = "UNKNOWN"


class WithdrawReason(StrEnum):
    """Why the sender takes a referral back; the recipient learns this code and nothing else."""

    CLIENT_CHANGED_MIND = "CLIENT_CHANGED_MIND"
    CONSENT_REVOKED = "CONSENT_REVOKED"
    SENT_BY_MISTAKE = "SENT_BY_MISTAKE"
    NO_LONGER_NEEDED = "NO_LONGER_NEEDED"
    CASE_DELETED = "CASE_DELETED"
    """Set by the system alone, when the sender's case is erased."""


class ExternalKind(StrEnum):
    """What a sender's software puts here under its own numbers."""

    REFERRAL = "REFERRAL"
