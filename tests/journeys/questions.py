"""Every question that the published interfaces allow: GETs of the contracts, fields of GraphQL."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, Final

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
)

DEPTH: Final = 3
TOKENS_MAX: Final = 1900
FIELDS_MAX: Final = 950
# As many records as the cost limit of one operation lets through.
FIRST: Final = 4
FIRST_INSIDE: Final = 2
SOME_ID: Final = "01900000-0000-7000-8000-000000000000"
# Steps that lead to records and are none themselves.
WRAPPERS: Final = frozenset({"edges", "node"})
Ids = Mapping[str, list[str]]


def paths(contract: Mapping[str, Any], ids: Ids) -> Iterator[tuple[str, str]]:
    """(path of the contract, address) of each GET, for every record that is known."""
    for path, methods in contract["paths"].items():
        if "get" not in methods:
            continue
        names = re.findall(r"\{(\w+)\}", path)
        for values in product(*(ids.get(name, []) for name in names)):
            yield path, path.format(**dict(zip(names, values, strict=True)))


def one_of(contract: Mapping[str, Any], path: str) -> str | None:
    """The parameter by which one record of this list is read."""
    for other in contract["paths"]:
        found = re.fullmatch(rf"{re.escape(path)}/{{(\w+)}}", other)
        if found:
            return found[1]
    return None


def operations(schema: GraphQLSchema, ids: Ids) -> Iterator[str]:
    """Each field of Query to depth three, for every record that is known.

    A list is asked twice: many records to depth two, and one to depth three where that fits into
    one operation; its records are asked for one by one, too.
    """
    query = schema.query_type
    assert query is not None
    for name, field in query.fields.items():
        if is_leaf_type(get_named_type(field.type)):
            yield f"{{ {name}{_arguments(field, ids['any'][0], first=FIRST)} }}"
            continue
        for kind in _kinds(schema, field, ids):
            records = ids.get(kind.name, ids["any"])
            for record in records if _asks_for_one(field) else records[:1]:
                shapes = [(FIRST, DEPTH - 1), (1, DEPTH)] if "first" in field.args else [(1, DEPTH)]
                for first, depth in shapes:
                    asked = f"{name}{_arguments(field, record, first=first)}"
                    yield from _documents(asked, kind, _members(schema, kind, record, depth))


def subscriptions(schema: GraphQLSchema) -> Iterator[tuple[str, str]]:
    """(field, operation): every field of Subscription with all of its record, to depth three."""
    kind = schema.subscription_type
    assert kind is not None
    for name, field in kind.fields.items():
        told = get_named_type(field.type)
        assert isinstance(told, GraphQLObjectType)
        for member, one in told.fields.items():
            inside = get_named_type(one.type)
            assert isinstance(inside, GraphQLObjectType)
            members = _members(schema, inside, SOME_ID, DEPTH - 1)
            for asked in _halves(f"{{ {name} {{ event {{ type }} {member} ", inside, members):
                yield name, f"subscription {asked}"


def _halves(begun: str, kind: GraphQLObjectType, members: list[str]) -> Iterator[str]:
    whole = f"{begun} {{ {' '.join(members)} }} }} }}"
    if len(re.findall(r"\w+|[^\s\w]", whole)) <= TOKENS_MAX // 2:
        yield whole
        return
    half = len(members) // 2
    assert half, f"{kind.name} has a member too long to be asked for"
    yield from _halves(begun, kind, members[:half])
    yield from _halves(begun, kind, members[half:])


def _kinds(schema: GraphQLSchema, field: GraphQLField, ids: Ids) -> list[GraphQLObjectType]:
    """What the field answers; of an interface the kinds of which a record is known, if any."""
    kind = get_named_type(field.type)
    if isinstance(kind, GraphQLObjectType):
        return [kind]
    assert isinstance(kind, GraphQLUnionType | GraphQLInterfaceType)
    kinds = list(schema.get_possible_types(kind))
    return [one for one in kinds if one.name in ids] or kinds


def _documents(asked: str, kind: GraphQLObjectType, members: list[str]) -> Iterator[str]:
    """As many as it takes: no document is longer than what is read.

    One member that is too long by itself gives none.
    """
    inside = f"__typename ... on {kind.name} {{ {' '.join(members)} }}"
    document = f"{{ {asked} {{ {inside} }} }}"
    words = re.findall(r"\w+", document)
    if len(words) <= FIELDS_MAX and len(re.findall(r"\w+|[^\s\w]", document)) <= TOKENS_MAX:
        yield document
    elif len(members) > 1:
        half = len(members) // 2
        yield from _documents(asked, kind, members[:half])
        yield from _documents(asked, kind, members[half:])


def _asks_for_one(field: GraphQLField) -> bool:
    return any(
        get_named_type(argument.type).name == "ID" and is_required_argument(argument)
        for argument in field.args.values()
    )


def _selection(schema: GraphQLSchema, field: GraphQLField, record: str, depth: int) -> str:
    kind = get_named_type(field.type)
    if is_leaf_type(kind):
        return ""
    if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
        kinds = schema.get_possible_types(kind)
        same = _ambiguous(kinds)
        parts = [
            f"... on {one.name} {{ {' '.join(_members(schema, one, record, depth, same))} }}"
            for one in kinds
        ]
        return f"{{ __typename {' '.join(parts)} }}"
    assert isinstance(kind, GraphQLObjectType)
    return f"{{ __typename {' '.join(_members(schema, kind, record, depth))} }}"


def _ambiguous(kinds: Sequence[GraphQLObjectType]) -> frozenset[str]:
    """Names that mean fields of different types: in one answer each needs a name of its own."""
    types: dict[str, set[str]] = defaultdict(set)
    for kind in kinds:
        for name, field in kind.fields.items():
            types[name].add(str(field.type))
    return frozenset(name for name, found in types.items() if len(found) > 1)


def _members(
    schema: GraphQLSchema,
    kind: GraphQLObjectType,
    record: str,
    depth: int,
    ambiguous: frozenset[str] = frozenset(),
) -> list[str]:
    found = []
    for name, field in kind.fields.items():
        is_leaf = is_leaf_type(get_named_type(field.type))
        left = depth if name in WRAPPERS else depth - 1
        if not is_leaf and left == 0:
            continue
        alias = f"{kind.name}_{name}: " if name in ambiguous else ""
        arguments = _arguments(field, record, first=FIRST_INSIDE)
        found.append(f"{alias}{name}{arguments} {_selection(schema, field, record, left)}")
    return found


def _arguments(field: GraphQLField, record: str, *, first: int) -> str:
    given = {
        name: _value(argument.type, record)
        for name, argument in field.args.items()
        if is_required_argument(argument)
    }
    if "first" in field.args:
        given["first"] = str(first)
    return f"({', '.join(f'{name}: {value}' for name, value in given.items())})" if given else ""


def _value(kind: Any, record: str) -> str:
    """A value that an argument takes, as GraphQL writes it."""
    if isinstance(kind, GraphQLNonNull):
        return _value(kind.of_type, record)
    if isinstance(kind, GraphQLList):
        return f"[{_value(kind.of_type, record)}]"
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        members = [
            f"{name}: {_value(one.type, record)}"
            for name, one in kind.fields.items()
            if is_required_input_field(one)
        ]
        return f"{{{', '.join(members)}}}"
    assert isinstance(kind, GraphQLNamedType)
    return SCALARS.get(kind.name, f'"{record}"')


SCALARS: Final = {
    "Int": "2022",
    "Boolean": "true",
    "Date": '"2026-01-15"',
    "DateTime": '"2026-01-15T10:00:00Z"',
    "String": '"x"',
}
