"""Operations made from the schema of the gateway: every place for an id holds the same one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, cast
from uuid import UUID

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_list_type,
    is_required_argument,
    is_required_input_field,
    is_scalar_type,
)
from strawberry.types.base import StrawberryObjectDefinition

from gateway.schema import schema
from gateway.schema.published import REQUEST
from tests.apis import contract
from tests.isolation.requests import Sampler
from tests.isolation.said import SAID, corrected

PLACE: Final = re.compile(r"\{\w+\}")
SCHEMA: Final[GraphQLSchema] = schema._schema
PLAIN: Final[Mapping[str, Any]] = {
    "Int": 1, "Float": 1.0, "Boolean": True, "Date": "2022-06-01", "Fte": "1.00",
    "DateTime": "2022-06-01T10:00:00Z", "Amount": "1.00", "JSON": {}, "String": "Text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RootField:
    """A query or a mutation that takes an id."""

    name: str
    field: GraphQLField
    line: str = ""

    def arguments(self, id_: UUID) -> dict[str, Any]:
        """Those that it must have, and all for ids; the body as the service's contract says."""
        rest = _body(self.line, id_)
        given = {
            name: _sampled(one.type, id_, rest, is_whole=not self.line or self.name in SAID)
            for name, one in self.field.args.items()
            if is_required_argument(one) or _takes_id(one.type)
        }
        changes = SAID.get(self.name, {})
        return corrected(given, {"input": changes} if "input" in given else changes)  # type: ignore[no-any-return]  # an object stays one

    def asked(self, number: int) -> tuple[str, str]:
        """The variables that it declares and the field itself, under the alias `f<number>`."""
        given = self.arguments(UUID(int=0))
        declared = " ".join(f"$f{number}_{name}: {self.field.args[name].type}" for name in given)
        said = ", ".join(f"{name}: $f{number}_{name}" for name in given)
        return declared, f"f{number}: {self.name}({said}) {_selection(self.field)}"


def root_fields(kind: GraphQLObjectType | None) -> list[RootField]:
    assert kind is not None
    definition = cast("StrawberryObjectDefinition", schema.get_type_by_name(kind.name))
    lines = {
        schema.config.name_converter.from_field(one): str(one.metadata.get(REQUEST, ""))
        for one in definition.fields
    }
    return [
        RootField(name, field, lines.get(name, ""))
        for name, field in kind.fields.items()
        if any(_takes_id(one.type) for one in field.args.values())
    ]


def operation(kind: str, fields: list[RootField], id_: UUID) -> dict[str, Any]:
    """One request for all of them."""
    asked = [one.asked(number) for number, one in enumerate(fields)]
    variables = {
        f"f{number}_{name}": value
        for number, one in enumerate(fields)
        for name, value in one.arguments(id_).items()
    }
    declared = " ".join(one for one, _ in asked)
    chosen = "\n".join(one for _, one in asked)
    return {"query": f"{kind} ({declared}) {{\n{chosen}\n}}", "variables": variables}


def _takes_id(kind: GraphQLInputType, seen: tuple[str, ...] = ()) -> bool:
    named = get_named_type(kind)
    if isinstance(named, GraphQLInputObjectType) and named.name not in seen:
        return any(_takes_id(one.type, (*seen, named.name)) for one in named.fields.values())
    return named is SCHEMA.type_map["ID"]


def _selection(field: GraphQLField) -> str:
    kind = get_named_type(field.type)
    if is_scalar_type(kind) or isinstance(kind, GraphQLEnumType):
        return ""
    if isinstance(kind, GraphQLObjectType) and "edges" in kind.fields:
        return "{ edges { cursor } }"
    refused = "... on UserError { code message }" if str(kind).endswith("Result") else ""
    return f"{{ __typename {refused} }}"


def _body(line: str, id_: UUID) -> dict[str, Any]:
    if not line:
        return {}
    method, service, path = line.split(" ")
    document = contract(service)
    described = _paths(service).get((method.lower(), PLACE.sub("{}", path)), {})
    content = described.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return {}
    sampler = Sampler(document["components"]["schemas"], id_, whole=False)
    found = sampler.sample(content["application/json"]["schema"])
    return found if isinstance(found, dict) else {}


@cache
def _paths(service: str) -> dict[tuple[str, str], Any]:
    """Each operation by its path; what the places in it are called, every contract says itself."""
    return {
        (method, PLACE.sub("{}", path)): described
        for path, methods in contract(service)["paths"].items()
        for method, described in methods.items()
    }


def _sampled(kind: GraphQLInputType, id_: UUID, rest: Any, *, is_whole: bool) -> Any:
    """What the service's contract suggests where it fits, or anything of the type.

    Of a filter, and of what is corrected by hand, all that takes an id.
    """
    named = get_named_type(kind)
    if "[" in str(kind):
        assert is_list_type(kind) or is_list_type(kind.of_type)  # type: ignore[union-attr]
        rest = rest[0] if isinstance(rest, list) and rest else None
        return [_one(named, id_, rest, is_whole=is_whole)]
    return _one(named, id_, rest, is_whole=is_whole)


def _one(named: Any, id_: UUID, rest: Any, *, is_whole: bool) -> Any:
    if isinstance(named, GraphQLInputObjectType):
        given = rest if isinstance(rest, dict) else {}
        return {
            name: _sampled(one.type, id_, given.get(name), is_whole=is_whole)
            for name, one in named.fields.items()
            if is_required_input_field(one)
            or name in given
            or (is_whole and _takes_id(one.type, (named.name,)))
        }
    if isinstance(named, GraphQLEnumType):
        return rest if isinstance(rest, str) and rest in named.values else next(iter(named.values))
    if named.name == "ID":
        return str(id_)
    return PLAIN[named.name] if rest is None or isinstance(rest, dict | list) else rest
