"""The gateway's types and the services' published contracts say the same."""

import importlib
import re
from pathlib import Path
from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_introspection_type,
    is_list_type,
    is_non_null_type,
    is_specified_scalar_type,
)

from gateway.schema import export_sdl, schema
from tests.apis import contract
from tests.gateway.published import ANSWERS, ENUMS, REQUESTS

CORE = schema._schema
SDL = Path(__file__).parents[2] / "gateway" / "schema.graphql"

# What the gateway says elsewhere than in the body: `submit` is the choice between two mutations.
SAID_BY_THE_MUTATION = {
    "NewReferralInput": {"submit"},
    "PersonSearchInput": {"first", "after", "cursors"},
}


def component(service: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = contract(service)["components"]["schemas"][name]
    return found


def is_plain(field: GraphQLField) -> bool:
    """Whether the field reads a member of the document, rather than being resolved."""
    definition = field.extensions["strawberry-definition"]
    return bool(definition.is_basic_field)


def may_be_null(member: dict[str, Any]) -> bool:
    return any(option.get("type") == "null" for option in member.get("anyOf", ()))


def is_array(member: dict[str, Any]) -> bool:
    return "array" in {option.get("type") for option in (member, *member.get("anyOf", ()))}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_plain_field_is_a_member_of_the_services_answer(name: str) -> None:
    members = component(*ANSWERS[name])["properties"]
    kind = CORE.type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    for field_name, field in kind.fields.items():
        if not is_plain(field):
            continue
        assert field_name in members, f"{name}.{field_name} is published by nobody"
        member = members[field_name]
        assert is_non_null_type(field.type) is not may_be_null(member), f"{name}.{field_name}"
        bare = field.type.of_type if is_non_null_type(field.type) else field.type
        assert is_list_type(bare) is is_array(member), f"{name}.{field_name}"


@pytest.mark.parametrize("name", REQUESTS)
def test_every_input_has_the_members_of_the_services_request(name: str) -> None:
    service, path, method = REQUESTS[name]
    operation = contract(service)["paths"][path][method]
    body = operation["requestBody"]["content"]["application/json"]["schema"]
    reference = body.get("$ref") or next(o["$ref"] for o in body["anyOf"] if "$ref" in o)
    wanted = component(service, reference.rsplit("/", 1)[1])
    kind = CORE.type_map[name]
    assert isinstance(kind, GraphQLInputObjectType)
    in_path = re.findall(r"{(\w+)}", path)
    elsewhere = {"idempotencyKey", "confirmWarnings", "expectedVersion", *map(camel, in_path)}
    members = {key: field for key, field in kind.fields.items() if key not in elsewhere}
    said = SAID_BY_THE_MUTATION.get(name, set())
    assert members.keys() == wanted["properties"].keys() - said
    required = {key for key, field in members.items() if is_non_null_type(field.type)}
    assert required <= set(wanted.get("required", ()))


@pytest.mark.parametrize("name", ENUMS)
def test_every_enum_has_exactly_the_services_codes(name: str) -> None:
    module, _, attribute = ENUMS[name].partition(":")
    codes = {member.value for member in getattr(importlib.import_module(module), attribute)}
    kind = CORE.type_map[name]
    assert isinstance(kind, GraphQLEnumType)
    assert {value.value for value in kind.values.values()} == codes


def test_no_enum_is_left_out_of_the_comparison() -> None:
    own = {
        "Severity",
        "ServiceName",
        "ReferralSide",
        "NumberLocale",
        "DatePrecision",
        "ResidenceGroup",
    } | {"AreaKind"}
    enums = {
        name
        for name, kind in CORE.type_map.items()
        if isinstance(kind, GraphQLEnumType) and not is_introspection_type(kind)
    }
    assert enums == ENUMS.keys() | own


def test_the_committed_schema_is_the_one_in_code() -> None:
    assert SDL.read_text(encoding="utf-8") == export_sdl()


def test_everything_in_the_schema_is_described_in_both_languages() -> None:
    silent = []
    for name, kind in CORE.type_map.items():
        if is_introspection_type(kind) or is_specified_scalar_type(kind):
            continue
        parts = {name: kind.description}
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field_name, field in kind.fields.items():
                parts[f"{name}.{field_name}"] = field.description
                for argument, definition in getattr(field, "args", {}).items():
                    parts[f"{name}.{field_name}({argument})"] = definition.description
        if isinstance(kind, GraphQLEnumType):
            parts |= {f"{name}.{key}": value.description for key, value in kind.values.items()}
        silent += [place for place, text in parts.items() if not text or " / " not in text]
    assert silent == []


def test_every_mutation_takes_one_input_and_answers_with_a_union() -> None:
    assert CORE.mutation_type is not None
    for name, field in CORE.mutation_type.fields.items():
        assert list(field.args) == ["input"], name
        members = {one.name for one in get_named_type(field.type).types}  # type: ignore[attr-defined]
        assert {"ValidationError", "ForbiddenError", "ServiceUnavailableError"} <= members, name


def camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)


def test_a_success_and_its_refusals_can_be_read_in_one_selection() -> None:
    """Members of one name have one type in a union, or GraphQL refuses to ask for both."""
    for name, kind in CORE.type_map.items():
        if isinstance(kind, GraphQLUnionType):
            types: dict[str, set[str]] = {}
            for member in kind.types:
                for field_name, field in member.fields.items():
                    types.setdefault(field_name, set()).add(str(field.type))
            mixed = {one: found for one, found in types.items() if len(found) > 1}
            assert mixed == {}, name
