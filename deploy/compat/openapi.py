"""Two OpenAPI documents of one service: what a client of the former one would miss."""

import re
from collections.abc import Iterator
from typing import Any, Final

from deploy.compat.changes import Change, Found
from deploy.compat.schemas import Direction, Json, SchemaComparison

SUCCESS: Final = "2"


def changes_of_openapi(service: str, old: Json, new: Json) -> list[Change]:
    found = Found(service)
    comparison = OperationComparison(old, new, found)
    now = {_same_path(path): path for path in new["paths"]}
    for path, operations in old["paths"].items():
        if _same_path(path) not in now:
            found.breaking(path, "removed", f"with {', '.join(operations).upper()}")
            continue
        present = new["paths"][now[_same_path(path)]]
        for method, operation in operations.items():
            place = f"{method.upper()} {path}"
            if method in present:
                comparison.compare(operation, present[method], place)
            else:
                found.breaking(place, "removed", "the operation is gone")
    return found.changes


def _same_path(path: str) -> str:
    """How a member of the path is called, no request says."""
    return re.sub(r"\{[^}]+\}", "{}", path)


class OperationComparison:
    def __init__(self, old: Json, new: Json, found: Found) -> None:
        self.old, self.new, self.found = old, new, found
        self.schemas = SchemaComparison(old, new, found)

    def compare(self, old: Json, new: Json, place: str) -> None:
        if old["operationId"] != new["operationId"]:
            renamed = f"{old['operationId']} → {new['operationId']}"
            self.found.breaking(place, "renamed", f"generated clients call it by name: {renamed}")
        if not old.get("security") and new.get("security"):
            self.found.breaking(place, "token-required", "answered everybody")
        self._parameters(old, new, place)
        self._body(old.get("requestBody"), new.get("requestBody"), place)
        for status, answer in old["responses"].items():
            if status not in new["responses"]:
                self.found.breaking(f"{place} {status}", "removed", "is not answered any more")
                continue
            before = _meant(answer, self.old)
            self._answer(before, _meant(new["responses"][status], self.new), f"{place} {status}")

    def _parameters(self, old: Json, new: Json, place: str) -> None:
        before, now = dict(_parameters(old)), dict(_parameters(new))
        for name, parameter in before.items():
            if name not in now:
                self.found.breaking(f"{place} {name}", "removed", "is refused or not heeded")
                continue
            schemas = parameter["schema"], now[name]["schema"]
            self.schemas.compare(*schemas, f"{place} {name}", Direction.SENT)
        for name, parameter in now.items():
            was_asked = before.get(name, {}).get("required", False)
            if parameter.get("required", False) and not was_asked:
                self.found.breaking(f"{place} {name}", "now-required", "could be left out")

    def _body(self, old: Json | None, new: Json | None, place: str) -> None:
        if old is None:
            if new is not None and new.get("required"):
                self.found.breaking(f"{place} body", "now-required", "there was none")
            return
        if new is None:
            self.found.breaking(f"{place} body", "removed", "is refused or not heeded")
            return
        if new.get("required") and not old.get("required"):
            self.found.breaking(f"{place} body", "now-required", "could be left out")
        self._content(old, new, place, Direction.SENT)

    def _answer(self, old: Json, new: Json, place: str) -> None:
        for name in old.get("headers", {}).keys() - new.get("headers", {}).keys():
            self.found.breaking(f"{place} header {name}", "removed", "is not answered any more")
        self._content(old, new, place, Direction.READ)

    def _content(self, old: Json, new: Json, place: str, direction: Direction) -> None:
        for kind, before in old.get("content", {}).items():
            now = new.get("content", {}).get(kind)
            if now is None:
                self.found.breaking(f"{place} {kind}", "removed", "another media type")
            else:
                schemas = before.get("schema", {}), now.get("schema", {})
                self.schemas.compare(*schemas, place, direction)


def _parameters(operation: Json) -> Iterator[tuple[str, Json]]:
    """By where they stand and what they are called; those of the path by their place in it."""
    in_path = 0
    for one in operation.get("parameters", ()):
        name = one["name"]
        if one["in"] == "path":
            in_path += 1
            name = str(in_path)
        yield f"{one['in']} {name}", one


def _meant(answer: Json, document: Json) -> Json:
    if "$ref" not in answer:
        return answer
    named: Json = document["components"]["responses"][answer["$ref"].rsplit("/", 1)[-1]]
    return named


def changes_of_events(old: Json, new: Json) -> list[Change]:
    """Two AsyncAPI documents: subjects and the members of what is published on them."""
    found = Found("events")
    messages: tuple[Any, Any] = old["components"]["messages"], new["components"]["messages"]
    for subject, message in messages[0].items():
        if subject not in messages[1]:
            found.breaking(subject, "removed", "the event is not published any more")
            continue
        before, now = message["payload"], messages[1][subject]["payload"]
        comparison = SchemaComparison(_own_schemas(before), _own_schemas(now), found)
        comparison.compare(before, now, subject, Direction.READ)
    return found.changes


def _own_schemas(payload: Json) -> Json:
    return {"components": {"schemas": payload.get("$defs", {})}}
