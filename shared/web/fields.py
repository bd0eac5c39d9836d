"""Field types of request models: what they accept is what the published schema says.

Text is trimmed and brought to NFC; NUL, control characters, lone surrogates and text that shows
nothing are refused. Dates are ISO text, never numbers; amounts and posts are text.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.alias_generators import to_camel
from pydantic_core import PydanticCustomError

from shared.kernel.money import AMOUNT_PATTERN, FTE_PATTERN, ZERO, Money, parse_fte

DATE_TEXT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Zero-width joiners belong to Farsi and to emoji; alone they show nothing.
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u061c\u115f\u180e\u3164"
SPACES = " \t\n\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Controls, and code points that are no characters in any version of Unicode. A lone surrogate
# is none, either; no pattern can say so that every language reads.
NO_CHARACTERS = "\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff"
NOT_IN_LINES = f"\u0000-\u001f{NO_CHARACTERS}"
NOT_IN_TEXTS = f"\u0000-\u0008\u000b\u000c\u000e-\u001f{NO_CHARACTERS}"


def _escaped(characters: str) -> str:
    return "".join(c if c == "-" else f"\\u{ord(c):04x}" for c in characters)


def _pattern(refused: str, minimum: int) -> str:
    """Any text of other characters of which one at least shows, or none is more than a space."""
    any_of, shown = _escaped(refused), _escaped(refused + SPACES + INVISIBLE)
    text = f"[^{any_of}]*[^{shown}][^{any_of}]*"
    return f"^{text}$" if minimum else f"^(?: *|{text})$"


class RequestModel(BaseModel):
    """Base of every request body: camelCase outside, unknown fields refused, nothing coerced."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid",
        alias_generator=to_camel,
        validate_by_alias=True,
        validate_by_name=False,
        frozen=True,
        str_strip_whitespace=True,
        hide_input_in_errors=True,
    )


class ResponseModel(BaseModel):
    """Base of every published answer; tests hold what SQL builds against it."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", alias_generator=to_camel, populate_by_name=True
    )


def _clean(refused: str) -> Any:
    unacceptable = re.compile(f"[{refused}\ud800-\udfff]")
    unseen = re.compile(f"[{SPACES}{INVISIBLE}]*")

    def clean(value: object) -> object:
        if not isinstance(value, str):
            return value
        text = unicodedata.normalize("NFC", re.sub("\r\n?", "\n", value)).strip()
        if unacceptable.search(text):
            raise ValueError("A control character is not accepted.")
        if text and unseen.fullmatch(text):
            raise ValueError("The text shows nothing.")
        return text

    return BeforeValidator(clean)


def line(maximum: int, *, minimum: int = 1) -> Any:
    """One line of text for people, `minimum` to `maximum` characters."""
    return Annotated[
        str,
        _clean(NOT_IN_LINES),
        StringConstraints(min_length=minimum, max_length=maximum, strict=True),
        WithJsonSchema(
            {
                "type": "string",
                "minLength": minimum,
                "maxLength": maximum,
                "pattern": _pattern(NOT_IN_LINES, minimum),
            }
        ),
    ]


def paragraph(maximum: int, *, minimum: int = 1) -> Any:
    """Text of several lines, `minimum` to `maximum` characters."""
    return Annotated[
        str,
        _clean(NOT_IN_TEXTS),
        StringConstraints(min_length=minimum, max_length=maximum, strict=True),
        WithJsonSchema(
            {
                "type": "string",
                "minLength": minimum,
                "maxLength": maximum,
                "pattern": _pattern(NOT_IN_TEXTS, minimum),
            }
        ),
    ]


def coded(pattern: str, maximum: int) -> Any:
    """A code or key of plain ASCII that must match `pattern` whole."""
    return Annotated[str, StringConstraints(pattern=pattern, max_length=maximum, strict=True)]


def _date_text(value: object) -> object:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not DATE_TEXT.fullmatch(value):
        raise PydanticCustomError("date_form", "A date is text of the form YYYY-MM-DD.")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date_form", "There is no such day.") from None


def _year_in_range(value: date) -> date:
    if not 1900 <= value.year <= 2199:  # noqa: PLR2004 - the range the schema publishes
        raise PydanticCustomError("date_form", "The year lies outside 1900 to 2199.")
    return value


def _amount(value: object) -> object:
    if isinstance(value, Money):
        return value
    if not isinstance(value, str) or not re.fullmatch(AMOUNT_PATTERN, value):
        raise PydanticCustomError("amount_form", "An amount is text with two decimals.")
    return Money.parse(value)


def _fte(value: object) -> object:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not re.fullmatch(FTE_PATTERN, value):
        raise PydanticCustomError("fte_form", "A post is text with two decimals.")
    return parse_fte(value)


LegalDate = Annotated[
    date,
    BeforeValidator(_date_text),
    AfterValidator(_year_in_range),
    WithJsonSchema(
        {"type": "string", "format": "date", "pattern": r"^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"}
    ),
]
Amount = Annotated[
    Money,
    BeforeValidator(_amount),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": AMOUNT_PATTERN, "examples": ["55000.00"]}),
]
# The default of an amount that may be left out, in the form of the wire in the published schema.
ZERO_AMOUNT: Any = Field(default=ZERO, json_schema_extra={"default": str(ZERO)})
Fte = Annotated[
    Decimal,
    BeforeValidator(_fte),
    WithJsonSchema({"type": "string", "pattern": FTE_PATTERN, "examples": ["7.62"]}),
]
# The same, more than none.
PositiveFte = Annotated[
    Decimal,
    BeforeValidator(_fte),
    Field(gt=0),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^(?:[1-9][0-9]{0,2}\.[0-9]{2}|0\.(?:0[1-9]|[1-9][0-9]))$",
            "examples": ["7.62"],
        }
    ),
]
Ags = coded(r"^[0-9]{8}$", 8)
TenantKey = coded(r"^[0-9]{5}$", 5)
UnitKey = coded(r"^[a-z0-9][a-z0-9-]{1,62}$", 63)
Code = coded(r"^[A-Z][A-Z0-9_]{0,59}$", 60)
Count = Annotated[int, Field(ge=0, le=1_000_000, strict=True)]
