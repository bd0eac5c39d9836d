"""Field types of this service's requests, each named once."""

import re
from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema

from services.referrals.domain.answers import INSTANCE_PATTERN
from services.referrals.domain.areas import AREA_KEY_PATTERN
from services.referrals.domain.receipt import DIGEST_PATTERN
from services.referrals.domain.subject import SUBJECT_REFERENCE_PATTERN
from shared.auth.encryption import JWE_CHARACTERS_MAX, KEY_ID_PATTERN
from shared.web.fields import coded, line, paragraph

INSTANT_PATTERN = (
    r"^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?"
    r"(Z|[+-][01][0-9]:[0-5][0-9])$"
)

Name = line(120)
ShortText = line(200)
LongText = paragraph(2000)
Reason = paragraph(1000)
Detail = paragraph(500)
Actor = line(200)
Person = line(520)
UnitName = line(200)
Street = line(120)
HouseNumber = coded(r"^[0-9A-Za-z /\-]{1,20}$", 20)
PostalCode = coded(r"^[0-9]{5}$", 5)
Phone = coded(r"^\+?[0-9][0-9 ()/\-]{2,38}[0-9]$", 40)
Email = coded(r"^[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]{1,180}$", 254)
WebAddress = coded(r"^https?://[A-Za-z0-9.\-]{1,200}(:[0-9]{1,5})?(/[!-~]{0,250})?$", 500)
DvdvKey = coded(r"^[A-Za-z0-9][A-Za-z0-9._:\-]{0,99}$", 100)
ClockTime = coded(r"^([01][0-9]|2[0-3]):[0-5][0-9]$", 5)
Language = coded(r"^[a-z]{3}$", 3)
Nationality = coded(r"^[0-9]{3}$", 3)
LegalCircle = coded(r"^[A-Z][A-Z_]{1,30}$", 31)
SubjectReference = coded(SUBJECT_REFERENCE_PATTERN, 64)
Reference = coded(r"^[A-Za-z0-9][A-Za-z0-9._:/\-]{0,63}$", 64)
FieldPath = coded(r"^[a-z][A-Za-z]{0,40}\.[a-z][A-Za-z]{0,40}$", 82)
# In a decision; `messages` is the thread.
ReleasedPath = coded(r"^([a-z][A-Za-z]{0,40}\.[a-z][A-Za-z]{0,40}|messages)$", 82)
Digest = coded(DIGEST_PATTERN, 71)
KeyId = coded(KEY_ID_PATTERN, 43)
Jwe = coded(r"^[A-Za-z0-9_.-]+$", JWE_CHARACTERS_MAX)
Pointer = coded(INSTANCE_PATTERN, 500)
AreaKey = coded(AREA_KEY_PATTERN, 8)
RuleName = coded(r"^[a-z0-9][a-z0-9-]{0,62}$", 63)
Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]
StreetNumber = Annotated[int, Field(ge=1, le=99999, strict=True)]
Number = Annotated[int, Field(ge=1, le=1_000_000, strict=True)]
Days = Annotated[int, Field(ge=1, le=365, strict=True)]
Seats = Annotated[int, Field(ge=0, le=100_000, strict=True)]
WaitingDays = Annotated[int, Field(ge=0, le=3650, strict=True)]
Heads = Annotated[int, Field(ge=0, le=99, strict=True)]


def _instant(value: object) -> object:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not re.fullmatch(INSTANT_PATTERN, value, re.ASCII):
        raise ValueError("An instant is ISO 8601 text with its offset.")
    return datetime.fromisoformat(value)


Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": INSTANT_PATTERN}),
]
