"""Small closed choices of single fields. Longer lists with labels stand in `codes`."""

from enum import StrEnum


class Origin(StrEnum):
    """How a case came about (C1); IMPORT takes over running cases of an older system."""

    REFERRAL = "REFERRAL"
    SELF_CONTACT = "SELF_CONTACT"
    OUTREACH = "OUTREACH"
    IMPORT = "IMPORT"


class Gender(StrEnum):
    FEMALE = "FEMALE"
    MALE = "MALE"
    DIVERSE = "DIVERSE"
    NOT_RECORDED = "NOT_RECORDED"


class FamilyRole(StrEnum):
    """A family is freely composed: neither household nor Bedarfsgemeinschaft."""

    CLIENT = "CLIENT"
    PARTNER = "PARTNER"
    PARENT = "PARENT"
    CHILD = "CHILD"
    SIBLING = "SIBLING"
    GRANDPARENT = "GRANDPARENT"
    OTHER = "OTHER"


class OtherBasis(StrEnum):
    """Legal bases of processing beside consent (Art. 6 (1) DSGVO)."""

    PUBLIC_TASK = "PUBLIC_TASK"
    LEGAL_DUTY = "LEGAL_DUTY"
    VITAL_INTEREST = "VITAL_INTEREST"


class StructuralFinding(StrEnum):
    """Whether the case hints at deficient structures (R-S4-7)."""

    NONE = "NONE"
    FOUND = "FOUND"


class ContactChannel(StrEnum):
    PHONE = "PHONE"
    LETTER = "LETTER"
    EMAIL = "EMAIL"
    MESSAGE = "MESSAGE"
    VISIT = "VISIT"


class NeedLevel(StrEnum):
    NONE = "NONE"
    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"


class ArchiveAnswer(StrEnum):
    """What the municipal archive said to the offer before erasure (R-D3)."""

    TAKEN = "TAKEN"
    DECLINED = "DECLINED"


class SentReferralState(StrEnum):
    """A referral of this case to another service, as far as its events told."""

    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    ENDED = "ENDED"
