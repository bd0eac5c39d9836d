"""Field types of this service's bodies."""

from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from services.funding.domain.currency import EUR, require_euro
from services.funding.domain.figures import FigureLocale
from services.funding.domain.findings import Finding
from services.funding.domain.legal_dates import Period, Quarter
from services.funding.domain.programme import FundingLine, FundingLineUnknown, read_funding_line
from services.funding.domain.territory import AREA_KEY_PATTERN, Area, Territory
from shared.kernel.errors import Refusal
from shared.web.fields import LegalDate, RequestModel, ResponseModel, coded, line, paragraph

Name = line(200)
Source = line(300)
Reason = paragraph(1000)
Heading = line(120)
QueryText = paragraph(2000)
LongText = paragraph(10_000)
Criteria = paragraph(2000)
OptionalText = line(300, minimum=0)
LineKey = coded(r"^[a-z0-9][a-z0-9-]{0,59}$", 60)
Reference = line(100)
ProductCode = coded(r"^[0-9A-Z.-]{1,20}$", 20)
Year = Annotated[int, Field(strict=True, ge=2015, le=2199)]
# Optional in every body with amounts. Raises CurrencyNotSupported, a refusal of its own.
Currency = Annotated[
    str,
    Field(strict=True, min_length=3, max_length=3),
    AfterValidator(require_euro),
    WithJsonSchema({"type": "string", "enum": [EUR]}),
]
Flag = Annotated[bool, Field(strict=True)]
FigureName = coded(r"^[a-z][A-Za-z0-9_/-]{0,119}$", 120)


def _time_ordered(value: UUID) -> UUID:
    if value.version != CLIENT_ID_VERSION:
        raise ValueError("An id that the client chooses is a UUID of version 7 (RFC 9562).")
    return value


# An id that the client may choose: a repeat of the request is refused with 409 `already-exists`.
CLIENT_ID_VERSION = 7
ClientId = Annotated[
    UUID,
    AfterValidator(_time_ordered),
    WithJsonSchema(
        {
            "type": "string",
            "format": "uuid",
            "pattern": "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB]",
            "description": "UUIDv7 chosen by the client, used once; made by the service if left"
            " out. / UUIDv7 des Clients, einmal verwendbar.",
        }
    ),
]
FigureText = coded(r"^[0-9.,]{1,12}$", 12)


def _funding_line(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return read_funding_line(value)
    except FundingLineUnknown as unknown:
        raise ValueError(unknown.title.en) from unknown


FundingLineName = Annotated[
    FundingLine,
    BeforeValidator(_funding_line),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^(?:{'|'.join(FundingLine)}|(?:Baustein|Modul|Ziffer) [1-3])$",
            "description": "Code, or Baustein/Modul/Ziffer 1 to 3 (spellings of papers are read,"
            " too); answers carry the code.",
            "examples": ["B2_CASE_MANAGEMENT", "Baustein 2"],
        }
    ),
]


def _quarter(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return Quarter.parse(value)
    except Refusal as unreadable:
        raise ValueError(unreadable.title.en) from unreadable


QuarterText = Annotated[
    Quarter,
    BeforeValidator(_quarter),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{4}-Q[1-4]$", "examples": ["2021-Q1"]}),
]
Locale = FigureLocale


def given(body: BaseModel, *left_out: str) -> dict[str, Any]:
    """The fields of a body as they are, domain values included, by their inside names."""
    names = type(body).model_fields.keys() - set(left_out)
    return {name: getattr(body, name) for name in names}


class PeriodBody(RequestModel):
    """Base of bodies with a period, both days included."""

    valid_from: LegalDate
    valid_to: LegalDate

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_to < self.valid_from:
            raise PydanticCustomError("period_reversed", "validTo lies before validFrom.")
        return self

    @property
    def period(self) -> Period:
        return Period(self.valid_from, self.valid_to)


class AreaBody(RequestModel):
    """A Kreis (5 digits), a municipality (8 digits), or a named part of one."""

    key: coded(AREA_KEY_PATTERN, 8)  # type: ignore[valid-type] # built by a function
    part: line(100, minimum=0) = ""  # type: ignore[valid-type] # built by a function

    def area(self) -> Area:
        return Area(self.key, self.part)


class TerritoryBody(RequestModel):
    included: list[AreaBody] = Field(min_length=1, max_length=500)
    excluded: list[AreaBody] = Field(default_factory=list, max_length=500)

    def territory(self) -> Territory:
        return Territory(
            tuple(one.area() for one in self.included), tuple(one.area() for one in self.excluded)
        )


class AreaView(ResponseModel):
    key: str
    part: str


class TerritoryView(ResponseModel):
    included: list[AreaView]
    excluded: list[AreaView]


class FindingView(ResponseModel):
    """What the figures themselves say is odd. It blocks nothing."""

    code: str
    subject: str
    message_de: str
    message_en: str
    facts: dict[str, str]

    @classmethod
    def of(cls, finding: Finding) -> Self:
        return cls(
            code=finding.code.value,
            subject=finding.subject,
            message_de=finding.message.de,
            message_en=finding.message.en,
            facts=dict(finding.facts),
        )


class ObstacleView(ResponseModel):
    guard: str
    message_de: str
    message_en: str
    source: str


class PossibleActionView(ResponseModel):
    """An action of the present state. `obstacles` may vanish with what the action's body brings."""

    action: str
    to_state: str
    is_permitted: bool
    obstacles: list[ObstacleView]


class PossibleActions(ResponseModel):
    items: list[PossibleActionView]
