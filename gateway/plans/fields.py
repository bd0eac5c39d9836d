"""Which fields of the schema only read a member: known from the types, once for the process."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from inspect import isfunction
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLField,
    GraphQLID,
    GraphQLInt,
    GraphQLObjectType,
    GraphQLString,
    get_named_type,
    is_leaf_type,
)
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField

from gateway.plans.leaves import Unfit
from gateway.schema.ahead import AHEAD, Ahead
from gateway.schema.published import Published, member
from shared.kernel.text import camel

BEHIND = GraphQLCoreConverter.DEFINITION_BACKREF


PASSED = (GraphQLString, GraphQLID, GraphQLBoolean, GraphQLInt)


@dataclass(frozen=True, slots=True)
class Plain:
    """A field without arguments or code of its own: `key` in a document, or `attribute`."""

    key: str
    attribute: str


@cache
def plain(parent: GraphQLObjectType, name: str) -> Plain | None:
    """None when graphql-core has to resolve it. Bounded by the fields of the schema."""
    found = parent.fields.get(name)
    row = _behind(found)
    if found is None or row is None or found.args or not row.is_basic_field:
        return None
    if row.default_resolver is not member or not getattr(found.resolve, "_is_default", False):
        return None
    return Plain(camel(row.python_name), row.python_name)


@cache
def read_ahead(parent: GraphQLObjectType, name: str) -> Ahead | None:
    """What it reads, for a field that is nothing but a row of `gateway/schema/reads.py`."""
    found = parent.fields.get(name)
    row = _behind(found)
    if found is None or row is None or found.args or row.permission_classes or row.extensions:
        return None
    told: Mapping[Any, Any] = row.metadata or {}
    ahead = told.get(AHEAD)
    return ahead if isinstance(ahead, Ahead) else None


@cache
def computed_by(parent: GraphQLObjectType, name: str) -> Callable[[Any], Any] | None:
    """The code of a field that takes nothing but the record, and answers at once.

    Codes and other scalars it would hand out as objects of Python are left to graphql-core.
    """
    found = parent.fields.get(name)
    row = _behind(found)
    if found is None or row is None or found.args or row.permission_classes or row.extensions:
        return None
    code = row.base_resolver
    of = get_named_type(found.type)
    if code is None or code.is_async or code.info_parameter or code.parent_parameter:
        return None
    if not code.self_parameter or (is_leaf_type(of) and of not in PASSED):
        return None
    return code.wrapped_func if isfunction(code.wrapped_func) else None


def _behind(found: GraphQLField | None) -> StrawberryField | None:
    row = None if found is None else found.extensions.get(BEHIND)
    return row if isinstance(row, StrawberryField) else None


@cache
def is_open(of: GraphQLObjectType) -> bool:
    """Whether its rule for "is this one of mine?" is Strawberry's own, which needs no request."""
    behind = of.extensions.get(BEHIND)
    return of.is_type_of is None or (behind is not None and behind.is_type_of is None)


def document_behind(source: Any) -> dict[str, Any] | None:
    """What `member` reads of: the service's document, None for an object with attributes.

    Raises Unfit where there is neither.
    """
    found = source.record if isinstance(source, Published) else source
    if type(found) is dict:
        return found
    if found is source and hasattr(type(source), "__strawberry_definition__"):
        return None
    raise Unfit
