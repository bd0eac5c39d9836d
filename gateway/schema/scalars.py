"""Scalars: text of a checked form in both directions, so that nothing is rounded or shifted."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import NewType

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from gateway.schema.published import both
from shared.kernel.money import FTE_PATTERN, SIGNED_AMOUNT_PATTERN

Date = NewType("Date", str)
DateTime = NewType("DateTime", str)
Amount = NewType("Amount", str)
Fte = NewType("Fte", str)
Json = NewType("Json", dict[str, object])

DATE_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
INSTANT_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,15}(Z|[+-][0-9]{2}:[0-9]{2})")


def _checked(name: str, is_right: Callable[[str], bool]) -> Callable[[object], str]:
    def parse(value: object) -> str:
        if not isinstance(value, str) or not is_right(value):
            raise GraphQLError(f"This is no {name}.")
        return value

    return parse


def _is_date(text: str) -> bool:
    return bool(DATE_FORM.fullmatch(text)) and _parses(date.fromisoformat, text)


def _is_instant(text: str) -> bool:
    return bool(INSTANT_FORM.fullmatch(text)) and _parses(datetime.fromisoformat, text)


def _parses(parse: Callable[[str], object], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.ASCII)
    return lambda text: bool(compiled.fullmatch(text))


def _object(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise GraphQLError("This is no JSON object.")
    return value


def _scalar(
    name: str, is_right: Callable[[str], bool], en: str, de: str, url: str | None = None
) -> ScalarDefinition:
    return strawberry.scalar(
        name=name,
        description=both(en, de),
        specified_by_url=url,
        serialize=str,
        parse_value=_checked(name, is_right),
    )


SCALARS: dict[object, ScalarDefinition] = {
    Date: _scalar(
        "Date",
        _is_date,
        "A day of the calendar in Germany, for example 2022-11-30.",
        "Ein Kalendertag in Deutschland, zum Beispiel 2022-11-30.",
        "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
    ),
    DateTime: _scalar(
        "DateTime",
        _is_instant,
        "An instant in UTC, for example 2022-11-30T09:00:00.000Z.",
        "Ein Zeitpunkt in UTC, zum Beispiel 2022-11-30T09:00:00.000Z.",
        "https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
    ),
    Amount: _scalar(
        "Amount",
        _matches(SIGNED_AMOUNT_PATTERN),
        "Euros with two decimals as text, for example 55000.00; never a floating point number.",
        "Euro mit zwei Nachkommastellen als Text, zum Beispiel 55000.00; nie eine Gleitkommazahl.",
    ),
    Fte: _scalar(
        "Fte",
        _matches(FTE_PATTERN.replace("^", "^-?")),
        "Full-time equivalents with two decimals as text, for example 7.62.",
        "Stellenanteile (Vollzeitäquivalente) mit zwei Nachkommastellen als Text, zum Beispiel"
        " 7.62.",
    ),
    Json: strawberry.scalar(
        name="JSON",
        description=both(
            "A JSON object whose members a case type or a list describes.",
            "Ein JSON-Objekt, dessen Inhalt ein Falltyp oder eine Liste beschreibt.",
        ),
        serialize=lambda value: value,
        parse_value=_object,
    ),
}
