"""The content of a referral: a closed set of parts, each a data category of its own."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from services.referrals.api.fields import (
    Email,
    Heads,
    HouseNumber,
    Language,
    LegalCircle,
    LongText,
    Name,
    Nationality,
    Phone,
    PostalCode,
    ShortText,
)
from services.referrals.domain.codes import Topic
from shared.web.fields import LegalDate, RequestModel


class DatePrecision(StrEnum):
    """How much of a date is known; the first of January may mean "some day"."""

    DAY = "DAY"
    MONTH = "MONTH"
    YEAR = "YEAR"


class CefrLevel(StrEnum):
    NONE = "NONE"
    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"


class ResidenceGroup(StrEnum):
    """Groups only, never a paragraph; "no title" is not offered."""

    EU_FREEDOM = "EU_FREEDOM"
    ASYLUM_PENDING = "ASYLUM_PENDING"
    TOLERATED = "TOLERATED"
    TEMP_PROTECTION = "TEMP_PROTECTION"
    PROTECTION = "PROTECTION"
    HUMANITARIAN_OTHER = "HUMANITARIAN_OTHER"
    INTEGRATION_BASED = "INTEGRATION_BASED"
    EDUCATION = "EDUCATION"
    WORK = "WORK"
    FAMILY = "FAMILY"
    PERMANENT = "PERMANENT"
    NATURALISED = "NATURALISED"
    LATE_RESETTLER = "LATE_RESETTLER"
    OTHER_UNKNOWN = "OTHER_UNKNOWN"


class Identity(RequestModel):
    """A name, or a pseudonym where a name is not needed yet."""

    family_name: Name | None = None
    given_names: Name | None = None
    pseudonym: Name | None = None
    birth_date: LegalDate | None = None
    birth_date_precision: DatePrecision | None = None
    nationalities: Annotated[list[Nationality], Field(max_length=10)] | None = None

    @model_validator(mode="after")
    def _says_who(self) -> Self:
        if not (self.family_name or self.pseudonym):
            raise ValueError("A family name or a pseudonym is needed.")
        return self


class Contact(RequestModel):
    phone: Phone | None = None
    email: Email | None = None
    preferred_way: ShortText | None = None


class PostalAddress(RequestModel):
    street: Name | None = None
    house_number: HouseNumber | None = None
    postal_code: PostalCode | None = None
    town: Name | None = None


class Languages(RequestModel):
    spoken: Annotated[list[Language], Field(min_length=1, max_length=10)]
    german_level: CefrLevel | None = None


class Family(RequestModel):
    adults: Heads | None = None
    children: Heads | None = None
    note: LongText | None = None


class Need(RequestModel):
    summary: LongText
    topics: Annotated[list[Topic], Field(max_length=18)] | None = None


class Residence(RequestModel):
    group: ResidenceGroup
    matter: ShortText | None = None


class EducationWork(RequestModel):
    summary: LongText


class Benefits(RequestModel):
    legal_circles: Annotated[list[LegalCircle], Field(max_length=15)]
    note: LongText | None = None


class Health(RequestModel):
    summary: LongText


class ReferralContent(RequestModel):
    """Name or pseudonym and language always; the rest only as far as the service needs it."""

    identity: Identity | None = None
    contact: Contact | None = None
    address: PostalAddress | None = None
    languages: Languages | None = None
    family: Family | None = None
    need: Need | None = None
    residence: Residence | None = None
    education_work: EducationWork | None = None
    benefits: Benefits | None = None
    health: Health | None = None

    def as_stored(self) -> dict[str, Any]:
        """Exactly what was said, without what was not."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)

    @property
    def exact_birth_date(self) -> date | None:
        """The date of birth where the day is known; only then an age follows from it."""
        identity = self.identity
        if identity is None or identity.birth_date_precision not in {None, DatePrecision.DAY}:
            return None
        return identity.birth_date
