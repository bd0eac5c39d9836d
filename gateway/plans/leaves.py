"""Values without parts: what graphql-core makes of them, where that is known beforehand."""

from collections.abc import Callable
from functools import cache
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLString,
    Undefined,
)
from graphql.type.scalars import GRAPHQL_MAX_INT, GRAPHQL_MIN_INT

Completion = Callable[[Any], Any]
JSON = frozenset({str, int, float, bool, dict, list})


class Unfit(Exception):
    """The value is not one that passes through as it is."""


@cache
def completion_of_leaf(of: GraphQLLeafType) -> Completion:
    """What makes the JSON of a service's value; it raises Unfit, also for null."""
    if of in (GraphQLString, GraphQLID):
        return _text
    if of is GraphQLBoolean:
        return _truth
    if of is GraphQLInt:
        return _number
    return _code_of(of) if isinstance(of, GraphQLEnumType) else _coerced_by(of)


def _text(value: Any) -> Any:
    if type(value) is str:
        return value
    raise Unfit


def _truth(value: Any) -> Any:
    if value is True or value is False:
        return value
    raise Unfit


def _number(value: Any) -> Any:
    if type(value) is int and GRAPHQL_MIN_INT <= value <= GRAPHQL_MAX_INT:
        return value
    raise Unfit


def _coerced_by(of: GraphQLLeafType) -> Completion:
    def coerced(value: Any) -> Any:
        if type(value) not in JSON:
            raise Unfit
        try:
            made = of.coerce_output_value(value)
        except Exception as fault:
            raise Unfit from fault
        if made is None or made is Undefined:
            raise Unfit
        return made

    return coerced


def _code_of(of: GraphQLEnumType) -> Completion:
    """Texts that are codes are remembered: no more than the enum has."""
    known: dict[str, Any] = {}
    coerced = _coerced_by(of)

    def code(value: Any) -> Any:
        if type(value) is not str:
            raise Unfit
        found = known.get(value)
        if found is None:
            found = known[value] = coerced(value)
        return found

    return code
