"""Requests made from an OpenAPI document: a body that is let in, and ids in every place for one."""

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from tests.isolation.worlds import World

Schema = dict[str, Any]
# Of each form of text one that fits; the first that a pattern takes is sent.
TEXTS: Final = (
    *("Text", "text", "TEXT", "2022-06-01", "2022-06-01T10:00:00Z", "1.00", "05570044", "05570"),
    *("deu", "DEU", "2022", "2022-Q2", "12:00", "identity.familyName", "12345678", "000"),
    *("https://example.org/", "kim.cases.case-opened.v1", "QUJDRA==", "a@example.org", "B2"),
    *("+49 2581 1234", "sha256:" + 64 * "0", 64 * "0", "cases", "waf-cm", "B2_CASE_MANAGEMENT"),
    *("01890a5d-ac96-774b-bcce-b302099a8057", "/state", "messages", "1", "a"),
)
# Places in a path that hold no id but say which part, year or list is meant.
NO_ID: Final = frozenset({"name", "number", "year", "month", "key", "mode", "version", "use"})


ACTIONS_TRIED: Final = 2


def resolved(schema: Schema, schemas: dict[str, Schema]) -> Schema:
    """The schema itself, where it is only named."""
    return schemas[schema["$ref"].rsplit("/", 1)[-1]] if "$ref" in schema else schema


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path."""

    method: str
    path: str
    described: Schema

    @property
    def places(self) -> list[str]:
        return re.findall(r"\{(\w+)\}", self.path)

    @property
    def ids(self) -> list[str]:
        """The places for an id of a record; an action is a word of the contract."""
        return [one for one in self.places if one not in NO_ID | {"action"}]

    def paths(self, world: World, schemas: dict[str, Schema]) -> Iterator[str]:
        """With the ids of the world and what the query must say, for the first actions that the
        contract knows.
        """
        said = self.described.get("parameters", [])
        known = {one["name"]: resolved(one["schema"], schemas) for one in said}
        asked = [one for one in said if one["in"] == "query" and one.get("required")]
        query = "&".join(
            f"{one['name']}={Sampler(schemas, world.key, whole=False).sample(one['schema'])}"
            for one in asked
        )
        ways = [self._values(one, known.get(one, {}), world) for one in self.places]
        for values in itertools.product(*ways):
            path = self.path
            for name, value in zip(self.places, values, strict=True):
                path = path.replace("{" + name + "}", value)
            yield f"{path}?{query}" if query else path

    def _values(self, name: str, schema: Schema, world: World) -> list[str]:
        if "enum" in schema:
            return list(schema["enum"][: ACTIONS_TRIED if name == "action" else 1])
        if schema.get("type") == "integer":
            return [str({"year": 2022, "month": 6}.get(name, world.number % 4))]
        if name in {"unit_id", "organization_id"}:
            return [world.unit]
        if name in {
            "system",
            "value",
            "name",
            "key",
            "kid",
            "service_code",
            "service_id",
            "action",
        }:
            return [world.mark]
        return [str(world.key)]

    def body(self, schemas: dict[str, Schema], ids: UUID, *, whole: bool) -> Any:
        """What the contract asks for (`whole`: what it takes), with this id in every place."""
        content = self.described.get("requestBody", {}).get("content", {})
        if "application/json" not in content:
            return None
        return Sampler(schemas, ids, whole=whole).sample(content["application/json"]["schema"])


class Sampler:
    """One value for a schema."""

    def __init__(self, schemas: dict[str, Schema], ids: UUID, *, whole: bool) -> None:
        self._schemas = schemas
        self._ids = ids
        self._whole = whole
        self._depth = 0
        self.placed = 0

    def sample(self, schema: Schema) -> Any:
        schema = resolved(schema, self._schemas)
        for word in ("anyOf", "oneOf", "allOf"):
            if word in schema:
                return self.sample(next(one for one in schema[word] if one.get("type") != "null"))
        if "const" in schema or "enum" in schema:
            return schema.get("const", schema.get("enum", [None])[0])
        made: dict[str, Callable[[Schema], Any]] = {
            "object": self._object,
            "array": self._array,
            "string": self._text,
            "boolean": _yes,
        }
        return made.get(schema.get("type", "object"), _number)(schema)

    def _array(self, schema: Schema) -> list[Any]:
        return [self.sample(schema["items"])] * max(1, schema.get("minItems", 1))

    def _object(self, schema: Schema) -> dict[str, Any]:
        self._depth += 1
        required = schema.get("required", [])
        members = schema.get("properties", {})
        asked = [one for one in members if one in required or (self._whole and self._depth < 4)]
        found = {one: self.sample(members[one]) for one in asked}
        self._depth -= 1
        return found

    def _text(self, schema: Schema) -> str:
        if schema.get("format") == "uuid":
            self.placed += 1
            return str(self._ids)
        if schema.get("default"):
            return str(schema["default"])
        fits = re.compile(schema.get("pattern", ""))
        least, most = schema.get("minLength", 0), schema.get("maxLength", 10_000)
        by_format = {"date": "2022-06-01", "date-time": "2022-06-01T10:00:00Z"}
        first: str | None = by_format.get(schema.get("format", ""))
        texts: list[str] = [*([first] if first else []), *TEXTS]
        for text in texts:
            if fits.search(text) and least <= len(text) <= most:
                return text
        return "x" * max(int(least), 1)


def _yes(_: Schema) -> bool:
    return True


def _number(schema: Schema) -> Any:
    return schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)


def operations(contract: Schema) -> list[Operation]:
    return [
        Operation(method.upper(), path, described)
        for path, methods in contract["paths"].items()
        for method, described in methods.items()
        if method in {"get", "post", "put", "patch", "delete"}
    ]
