"""Services that answer every path with invented records of the type the schema reads from it.

What they say is spoilt at will, always alike for the same seed and request.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from random import Random
from typing import Any

import orjson
from graphql import (
    GraphQLEnumType,
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)

from gateway.clients.faults import ServiceDown
from gateway.clients.upstream import Answer, Call, Standing
from gateway.plans.fields import BEHIND, plain
from gateway.schema import schema
from gateway.schema.published import REQUEST

CORE = schema._schema
ID = "00000000-0000-7000-8000-{:012d}"
LEAVES: dict[str, Any] = {
    "Int": 3,
    "Boolean": True,
    "Float": 0.5,
    "Date": "2026-01-01",
    "DateTime": "2026-01-01T00:00:00.000Z",
    "Amount": "55000.00",
    "Fte": "7.62",
    "JSON": {"a": [1, None]},
}
SPOILT: tuple[Any, ...] = (None, 5, "?", True, [], {}, [None], -(2**40), 1.5)
DEPTH_MAX = 4
# What the clock says would differ from one execution to the next (`serviceStatus`).
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


@cache
def types_by_path() -> dict[tuple[str, str], GraphQLObjectType]:
    """What the rows of the schema read from which path."""
    found = {}
    for one in CORE.type_map.values():
        for member in one.fields.values() if isinstance(one, GraphQLObjectType) else ():
            row = member.extensions.get(BEHIND)
            request = (getattr(row, "metadata", None) or {}).get(REQUEST)
            if isinstance(request, str):
                _, service, path = request.split(" ")
                found[service, path.removesuffix("/{id}")] = record_type(member.type)
    return {where: of for where, of in found.items() if of is not None}


def record_type(of: GraphQLOutputType) -> GraphQLObjectType | None:
    named = get_named_type(of)
    if not isinstance(named, GraphQLObjectType):
        return None
    return record_type(named.fields["edges"].type) if "edges" in named.fields else _node(named)


def _node(named: GraphQLObjectType) -> GraphQLObjectType | None:
    is_edge = named.fields.keys() == {"cursor", "node"}
    return record_type(named.fields["node"].type) if is_edge else named


def _named_like(path: str) -> GraphQLObjectType | None:
    """`/v1/referrals` for what clients read without a row."""
    words = path.rpartition("/")[2].removesuffix("s").split("-")
    found = CORE.type_map.get("".join(word.title() for word in words))
    return found if isinstance(found, GraphQLObjectType) else None


def value_of(of: GraphQLOutputType, number: int, depth: int = 0) -> Any:
    if is_non_null_type(of):
        return value_of(of.of_type, number, depth)
    if is_list_type(of):
        return [value_of(of.of_type, number + more, depth) for more in range(2)]
    if isinstance(of, GraphQLEnumType):
        return next(iter(of.values.values())).value
    if is_leaf_type(of):
        return LEAVES.get(of.name, ID.format(number) if of.name == "ID" else f"Text {number} ä")
    return record_of(of, number, depth + 1) if is_object_type(of) else {}


def record_of(of: GraphQLObjectType, number: int, depth: int = 0) -> dict[str, Any]:
    if depth > DEPTH_MAX:
        return {}
    read = {name: plain(of, name) for name in of.fields}
    return {
        row.key: value_of(of.fields[name].type, number, depth)
        for name, row in read.items()
        if row is not None
    }


def spoilt(value: Any, chance: Random, share: float) -> Any:
    if chance.random() < share:
        return chance.choice(SPOILT)
    if isinstance(value, dict):
        kept = (name for name in value if chance.random() >= share / 2)
        return {name: spoilt(value[name], chance, share) for name in kept}
    return [spoilt(one, chance, share) for one in value] if isinstance(value, list) else value


@dataclass(slots=True)
class InventedService:
    """`share` of its values are spoilt; `fault` is a way in which it fails whole."""

    name: str
    seed: int = 0
    share: float = 0.0
    fault: str | None = None
    standing: Standing = field(default_factory=lambda: Standing(since=SINCE))

    async def call(self, call: Call) -> Answer:
        if self.fault == "gone":
            raise ServiceDown(self.name, "gone")
        if self.fault == "refuses":
            return Answer(403, b'{"code": "not-permitted", "title": "No", "detail": "No."}')
        if self.fault == "nonsense":
            return Answer(200, b'{"items": ["x"], "nextCursor": null}')
        told = self._said(call.path, dict(call.query))
        chance = Random(f"{self.seed} {call.path} {call.query}")  # noqa: S311 - invented data
        return Answer(200, orjson.dumps(spoilt(told, chance, self.share)))

    def _said(self, path: str, query: dict[str, str]) -> dict[str, Any]:
        number = 1
        for key, value in query.items():
            if key.endswith("[in]"):
                ids = value.split(",")
                items = [self._record(path, at) | {key[:-4]: id_} for at, id_ in enumerate(ids)]
                return {"items": items, "nextCursor": None}
        if (self.name, path) in types_by_path():
            rows = [self._record(path, at) for at in range(3)]
            return self._record(path, 9) | {"items": rows, "nextCursor": "x", "operations": []}
        return self._record(path.rpartition("/")[0], number) | {"items": [], "nextCursor": None}

    def _record(self, path: str, number: int) -> dict[str, Any]:
        of = types_by_path().get((self.name, path)) or _named_like(path)
        return {"id": ID.format(number)} if of is None else record_of(of, number)
