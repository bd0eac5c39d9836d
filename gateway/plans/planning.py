"""Plans of the selections of one operation: what is copied, read with its level, or resolved."""

from collections.abc import Callable
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLObjectType,
    GraphQLOutputType,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)
from graphql.execution.collect_fields import CollectedFields, FieldDetails

from gateway.plans.fields import computed_by, is_open, plain, read_ahead
from gateway.plans.leaves import Completion, Unfit, completion_of_leaf
from gateway.plans.levels import Begun, Computed, Filling, Level, Part, Read
from gateway.plans.rows import Row, Selected, Step

KEPT_MAX = 32
"""Levels kept with one document: of its selections, for each shape that variables give it."""

Collected = Callable[[GraphQLObjectType, list[FieldDetails]], CollectedFields]
Kept = dict[tuple[Any, ...], Level | None]


class Planner:
    """Plans for one execution; `kept` are the levels that executions of the same document share.

    `shape` is what decides beside the document: the variables that leave fields out.
    """

    def __init__(self, collected: Collected, kept: Kept, shape: tuple[Any, ...]) -> None:
        self._collected = collected
        self._kept = kept
        self._shape = shape
        self._rows: dict[tuple[GraphQLObjectType, int], Row] = {}
        self._levels: dict[tuple[GraphQLObjectType, int], Level | None] = {}

    def row(self, parent: GraphQLObjectType, selected: Selected) -> Row:
        """Made once for all rows of a list; the row keeps `selected`, and with it its id."""
        known = self._rows.get((parent, id(selected)))
        if known is None:
            known = self._rows[parent, id(selected)] = self._planned(parent, selected)
        return known

    def _planned(self, parent: GraphQLObjectType, selected: Selected) -> Row:
        constants: dict[str, str] = {}
        steps: list[Step] = []
        rest: Selected = {}
        for name, details in selected.items():
            asked = details[0].node.name.value
            if asked == "__typename":
                constants[name] = parent.name
                continue
            read = plain(parent, asked)
            of = None if read is None else parent.fields[asked].type
            complete = None if of is None else self._completion(of, details)
            if read is None or complete is None:
                rest[name] = details
            else:
                steps.append((name, read.key, read.attribute, complete))
        return Row(selected, constants, tuple(steps), rest)

    def level(self, parent: GraphQLObjectType, selected: Selected) -> Level | None:
        """None where a field has code of its own."""
        key = (parent, id(selected))
        if key not in self._levels:
            self._levels[key] = self._kept_or_levelled(parent, selected)
        return self._levels[key]

    def _kept_or_levelled(self, parent: GraphQLObjectType, selected: Selected) -> Level | None:
        """The nodes are those of the document, which keeps them, and with them their ids."""
        nodes = tuple(id(one.node) for details in selected.values() for one in details)
        key = (parent.name, nodes, self._shape)
        if key in self._kept:
            return self._kept[key]
        level = self._levelled(parent, self.row(parent, selected))
        if len(self._kept) < KEPT_MAX:
            self._kept[key] = level
        return level

    def _levelled(self, parent: GraphQLObjectType, row: Row) -> Level | None:
        parts, computed, reads = [], [], []
        for name, details in row.rest.items():
            asked = details[0].node.name.value
            found = parent.fields.get(asked)
            filling = None if found is None else self._filling(found.type, details)
            if filling is None:
                return None
            if member := plain(parent, asked):
                parts.append(Part(name, member.key, member.attribute, filling))
            elif ahead := read_ahead(parent, asked):
                reads.append(Read(name, ahead, filling))
            elif code := computed_by(parent, asked):
                computed.append(Computed(name, code, filling))
            else:
                return None
        template = dict.fromkeys(row.selected) | row.constants
        return Level(template, row.steps, tuple(parts), tuple(computed), tuple(reads))

    def _filling(self, of: GraphQLOutputType, details: list[FieldDetails]) -> Filling | None:
        if is_non_null_type(of):
            return self._filling_of_value(of.of_type, details)
        filling = self._filling_of_value(of, details)
        if filling is None:
            return None
        return lambda value, begun: None if value is None else filling(value, begun)

    def _filling_of_value(
        self, of: GraphQLOutputType, details: list[FieldDetails]
    ) -> Filling | None:
        if is_leaf_type(of):
            complete = completion_of_leaf(of)
            return lambda value, _: complete(value)
        if is_list_type(of):
            each = self._filling(of.of_type, details)
            return None if each is None else _filled_list(each)
        if not is_object_type(of) or not is_open(of):
            return None
        fields = self._fields(of, details)
        level = None if fields is None else self.level(of, fields)
        return None if level is None else _filled_object(of, level)

    def _completion(self, of: GraphQLOutputType, details: list[FieldDetails]) -> Completion | None:
        """None where something in it is more than read."""
        if is_non_null_type(of):
            return self._of_value(of.of_type, details)
        complete = self._of_value(of, details)
        if complete is None:
            return None
        return lambda value: None if value is None else complete(value)

    def _of_value(self, of: GraphQLOutputType, details: list[FieldDetails]) -> Completion | None:
        """It raises Unfit for null."""
        if is_leaf_type(of):
            return completion_of_leaf(of)
        if is_list_type(of):
            each = self._completion(of.of_type, details)
            return None if each is None else _list_of(each)
        if not is_object_type(of) or not is_open(of):
            return None
        fields = self._fields(of, details)
        row = None if fields is None else self.row(of, fields)
        return None if row is None or row.rest else _object_of(of, row)

    def _fields(self, of: GraphQLObjectType, details: list[FieldDetails]) -> Selected | None:
        """None where graphql-core has something to say: a directive without a value, deferred."""
        try:
            fields, deferred, _ = self._collected(of, details)
        except GraphQLError:
            return None
        return None if deferred else fields


def _list_of(each: Completion) -> Completion:
    def completed(value: Any) -> Any:
        if type(value) is not list:
            raise Unfit
        return [each(one) for one in value]

    return completed


def _object_of(of: GraphQLObjectType, row: Row) -> Completion:
    is_one: Any = of.is_type_of
    if is_one is None:
        return row.copied

    def completed(value: Any) -> Any:
        if value is None or not is_one(value, None):
            raise Unfit
        return row.copied(value)

    return completed


def _filled_list(each: Filling) -> Filling:
    def filled(value: Any, begun: Begun) -> Any:
        if type(value) is not list:
            raise Unfit
        return [each(one, begun) for one in value]

    return filled


def _filled_object(of: GraphQLObjectType, level: Level) -> Filling:
    is_one: Any = of.is_type_of
    if is_one is None:
        return level.begun

    def filled(value: Any, begun: Begun) -> Any:
        if value is None or not is_one(value, None):
            raise Unfit
        return level.begun(value, begun)

    return filled
