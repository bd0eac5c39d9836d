"""Which operations of the services the gateway calls: what its rows say, and what its code asks.

A request is (service, method, path), where every part in braces is `{}`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from graphql import GraphQLEnumType, GraphQLField, GraphQLInputObjectType, GraphQLObjectType
from graphql import get_named_type as named

from gateway.schema import schema
from gateway.schema.published import REQUEST
from shared.kernel.text import camel

Request = tuple[str, str, str]

GATEWAY = Path(__file__).parents[2] / "gateway"
SERVICES = frozenset({"cases", "funding", "referrals"})
PLACE = re.compile(r"{(\w*)}")
ASKING = frozenset(
    {"get", "find", "text", "search", "page_of", "by_id", "by_ids", "of_parent", "of_parents"}
    | {"document"}
)


def made_requests() -> frozenset[Request]:
    return frozenset(_of_rows()) | frozenset(_of_code())


def changes() -> frozenset[Request]:
    """What the mutations make, with every action that their inputs know."""
    kind = schema._schema.mutation_type
    assert kind is not None
    return frozenset(request for field in kind.fields.values() for request in _of_field(field))


def bare(path: str) -> str:
    """The path without the names of its places."""
    return PLACE.sub("{}", path)


def _of_rows() -> Iterator[Request]:
    for kind in schema._schema.type_map.values():
        if not isinstance(kind, GraphQLObjectType):
            continue
        for field in kind.fields.values():
            yield from _of_field(field)


def _of_field(field: GraphQLField) -> Iterator[Request]:
    definition = field.extensions.get("strawberry-definition")
    line = definition.metadata.get(REQUEST) if definition is not None else None
    if line is not None:
        method, service, path = line.split(" ")
        for filled in _filled(path, field):
            yield service, method, bare(filled)


def _filled(path: str, field: GraphQLField) -> Iterator[str]:
    """The path as it is, and with every code of an enum in the place that its input fills."""
    yield path
    given = field.args.get("input")
    kind = named(given.type) if given is not None else None
    if not isinstance(kind, GraphQLInputObjectType):
        return
    for place in PLACE.findall(path):
        member = kind.fields.get(camel(place))
        codes = named(member.type) if member is not None else None
        if isinstance(codes, GraphQLEnumType):
            for one in codes.values.values():
                yield path.replace(f"{{{place}}}", str(one.value))


def _of_code() -> Iterator[Request]:
    for module in sorted(GATEWAY.rglob("*.py")):
        for one in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                yield from _of_function(one, module)


def _of_function(function: ast.AST, module: Path) -> Iterator[Request]:
    """Paths in a function that asks; a function that only publishes a path asks nobody."""
    calls = [one for one in ast.walk(function) if isinstance(one, ast.Call)]
    called = {_name(one.func) for one in calls}
    if not called & ASKING:
        return
    method = "POST" if "search" in called else "GET"
    asked_of = {id(given): one.func for one in calls for given in one.args}
    within = {id(part) for one in ast.walk(function) for part in getattr(one, "values", ())}
    for one in ast.walk(function):
        path = None if id(one) in within else _text(one)
        if path is not None and path.startswith("/v1/"):
            named = _services(asked_of[id(one)]) if id(one) in asked_of else frozenset()
            for service in named or _services(function, module) or SERVICES:
                yield service, method, bare(path)


def _services(code: ast.AST, module: Path | None = None) -> frozenset[str]:
    """Those named in the code, or by a client's module; none where the caller chooses."""
    if module is not None and module.parent.name == "clients" and module.stem in SERVICES:
        return frozenset({module.stem})
    words = {one.value for one in ast.walk(code) if isinstance(one, ast.Constant)}
    words |= {one.id for one in ast.walk(code) if isinstance(one, ast.Name)}
    words |= {one.attr for one in ast.walk(code) if isinstance(one, ast.Attribute)}
    return frozenset(words & SERVICES)


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _text(one: ast.AST) -> str | None:
    if isinstance(one, ast.Constant) and isinstance(one.value, str):
        return one.value
    if isinstance(one, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in one.values
        )
    return None
