"""Whatever is deprecated says since when, and what to use instead, and that this exists."""

import re
from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
)

from gateway.schema import schema

# `Since 2027-03-01. Use `Case.referrals`. / Seit 2027-03-01. Stattdessen: `Case.referrals`.`
FORM = re.compile(
    r"Since (?P<since>\d{4}-\d{2}-\d{2})\. Use `(?P<instead>[A-Za-z]+\.[A-Za-z_]+)`\."
    r" / Seit (?P=since)\. Stattdessen: `(?P=instead)`\."
)


def deprecated(of: GraphQLSchema) -> Iterator[tuple[str, str]]:
    """`Type.member` or `Type.member(argument)`, and the reason."""
    for name, kind in of.type_map.items():
        if name.startswith("__"):
            continue
        members: dict[str, str | None] = {}
        if isinstance(kind, GraphQLEnumType):
            members = {key: value.deprecation_reason for key, value in kind.values.items()}
        if isinstance(kind, GraphQLInputObjectType | GraphQLObjectType | GraphQLInterfaceType):
            members = {key: value.deprecation_reason for key, value in kind.fields.items()}
            for key, value in kind.fields.items():
                for argument, definition in getattr(value, "args", {}).items():
                    members[f"{key}({argument})"] = definition.deprecation_reason
        for key, reason in members.items():
            if reason is not None:
                yield f"{name}.{key}", reason


def exists(of: GraphQLSchema, place: str) -> bool:
    name, _, member = place.partition(".")
    kind = of.type_map.get(name)
    return member in (getattr(kind, "fields", None) or getattr(kind, "values", None) or {})


def faults(of: GraphQLSchema) -> list[str]:
    found = []
    for place, reason in deprecated(of):
        said = FORM.fullmatch(reason)
        if said is None or not exists(of, said["instead"]):
            found.append(place)
    return found


def test_every_deprecated_member_names_its_replacement_and_since_when() -> None:
    assert faults(schema._schema) == []


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("Since 2027-03-01. Use `Q.new`. / Seit 2027-03-01. Stattdessen: `Q.new`.", []),
        ("Use `Q.new`.", ["Q.old", "Q.new(a)", "E.B"]),
        (
            "Since 2027-03-01. Use `Q.gone`. / Seit 2027-03-01. Stattdessen: `Q.gone`.",
            ["Q.old", "Q.new(a)", "E.B"],
        ),
        (
            "Since 2027-03-01. Use `Q.new`. / Seit 2028-03-01. Stattdessen: `Q.new`.",
            ["Q.old", "Q.new(a)", "E.B"],
        ),
    ],
)
def test_a_reason_without_day_or_replacement_is_found(reason: str, expected: list[str]) -> None:
    said = f'@deprecated(reason: "{reason}")'
    text = f"type Query {{ q: Q }} type Q {{ old: E {said} new(a: Int {said}): E }}"
    assert faults(build_schema(f"{text} enum E {{ A B {said} }}")) == expected
