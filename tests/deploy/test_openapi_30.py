"""The OpenAPI 3.0 document says the same contract in older words."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from deploy.clients import SERVICES
from deploy.contracts import ROOT
from deploy.openapi_30 import openapi_30

Json = dict[str, Any]
OF_SCHEMAS = {"schema", "items", "additionalProperties", "anyOf", "oneOf", "allOf"}
DRY_RUN = {"$ref": "#/components/schemas/DryRunView"}
EMPTY = {"$ref": "#/components/schemas/Step"}
SMALL: Json = {
    "openapi": "3.1.0",
    "info": {"title": "Small", "version": "1", "license": {"identifier": "EUPL-1.2"}},
    "paths": {},
    "components": {"schemas": {}, "responses": {}, "headers": {}},
}


def document(service: str, name: str) -> Json:
    path = ROOT / "services" / service / "contracts" / name
    read: Json = json.loads(path.read_text(encoding="utf-8"))
    return read


def schemas_within(value: Any, *, is_schema: bool = False) -> Iterator[Json]:
    """Every schema of a document; the examples beside them are none."""
    if isinstance(value, list):
        for one in value:
            yield from schemas_within(one, is_schema=is_schema)
    elif isinstance(value, dict):
        if is_schema:
            yield value
        for key, one in value.items():
            if key in ("example", "default"):
                continue
            if key in ("properties", "schemas"):
                for member in one.values():
                    yield from schemas_within(member, is_schema=True)
            else:
                inner = key in (
                    "schema",
                    "items",
                    "additionalProperties",
                    "anyOf",
                    "oneOf",
                    "allOf",
                )
                yield from schemas_within(one, is_schema=inner)


@pytest.mark.parametrize("service", SERVICES)
def test_nothing_of_openapi_31_is_left(service: str) -> None:
    turned = document(service, "openapi-3.0.json")
    found = list(schemas_within(turned))
    assert len(found) > 1000
    newer = {"const", "examples", "prefixItems", "patternProperties", "propertyNames", "$defs"}
    assert [one for one in found if newer & one.keys()] == []
    assert [one for one in found if one.get("type") == "null"] == []
    assert [one for one in found if isinstance(one.get("exclusiveMinimum"), float | int)
            and not isinstance(one["exclusiveMinimum"], bool)] == []  # fmt: skip
    assert [one for one in found if "$ref" in one and len(one) > 1] == []
    assert turned["openapi"] == "3.0.3"


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_is_there_with_one_type_of_answer(service: str) -> None:
    newer, older = document(service, "openapi.json"), document(service, "openapi-3.0.json")
    assert newer["paths"].keys() == older["paths"].keys()
    for path, operations in older["paths"].items():
        assert newer["paths"][path].keys() == operations.keys()
        for method, operation in operations.items():
            answers = {s: one for s, one in operation["responses"].items() if s.startswith("2")}
            kinds = {
                (media_type, json.dumps(content.get("schema")))
                for answer in answers.values()
                for media_type, content in answer.get("content", {}).items()
            }
            assert answers, f"{method} {path}"
            assert len(kinds) == len(dict(kinds)), f"{method} {path}"


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (
            {"anyOf": [{"type": "string", "maxLength": 9}, {"type": "null"}], "title": "A"},
            {"type": "string", "maxLength": 9, "title": "A", "nullable": True},
        ),
        (
            {"anyOf": [EMPTY, {"type": "null"}]},
            {"allOf": [EMPTY], "nullable": True},
        ),
        (
            {"anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]},
            {"anyOf": [{"type": "string"}, {"type": "integer"}], "nullable": True},
        ),
        ({"const": "SHAPE", "type": "string"}, {"enum": ["SHAPE"], "type": "string"}),
        ({"type": "integer", "exclusiveMinimum": 0},
         {"type": "integer", "minimum": 0, "exclusiveMinimum": True}),
        ({"type": "string", "examples": ["a", "b"]}, {"type": "string", "example": "a"}),
        (
            {"type": "string", "enum": [";", "\t"]},
            {"type": "string", "enum": [";", "\t"], "x-enum-varnames": ["SEMICOLON", "TAB"]},
        ),
        ({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}, {}),
        (EMPTY | {"description": "A step."}, {"allOf": [EMPTY], "description": "A step."}),
        (
            {"type": "array", "prefixItems": [{"type": "number", "maximum": 180}], "maxItems": 2},
            {"type": "array", "items": {"type": "number"}, "maxItems": 2},
        ),
        (
            {"type": "object", "patternProperties": {"^a$": {"const": 1}}, "propertyNames": {}},
            {"type": "object", "additionalProperties": {"enum": [1]}},
        ),
    ],
)  # fmt: skip
def test_a_schema_is_said_in_older_words(schema: Json, expected: Json) -> None:
    small = deepcopy(SMALL)
    small["components"]["schemas"] = {
        "Step": {"type": "object"},
        "Case": {"type": "object", "properties": {"one": schema}},
    }
    case = {"$ref": "#/components/schemas/Case"}
    content = {"application/json": {"schema": {"type": "array", "items": {"anyOf": [case, EMPTY]}}}}
    small["paths"]["/a"] = {"get": {"responses": {"200": {"content": content}}}}
    before = deepcopy(small)
    turned = openapi_30(small)
    assert turned["components"]["schemas"]["Case"]["properties"]["one"] == expected
    assert small == before


def test_dry_runs_and_bodies_without_members_are_left_out() -> None:
    small = deepcopy(SMALL)
    small["components"]["schemas"] = {
        "Step": {"type": "object", "properties": {}, "additionalProperties": False},
        "DryRunView": {"type": "object", "properties": {"isDryRun": {"const": True}}},
        "Case": {"type": "object", "properties": {"id": {"type": "string"}}},
    }
    case = {"$ref": "#/components/schemas/Case"}

    def answer(schema: Json) -> Json:
        headers = {"KIM-Dry-Run": {"schema": {"type": "string"}}}
        return {"content": {"application/json": {"schema": schema}}, "headers": headers}

    def operation(responses: Json) -> Json:
        return {
            "parameters": [{"name": "dryRun", "in": "query", "schema": {"type": "boolean"}}],
            "requestBody": {"content": {"application/json": {"schema": EMPTY}}},
            "responses": responses,
        }

    small["paths"] = {
        "/changed": {"post": operation({"200": answer({"anyOf": [case, DRY_RUN]})})},
        "/made": {"post": operation({"200": answer(DRY_RUN), "201": answer(case)})},
    }
    turned = openapi_30(small)
    assert turned["components"]["schemas"].keys() == {"Case"}
    said = {path: one["post"] for path, one in turned["paths"].items()}
    told = {"content": {"application/json": {"schema": case}}}
    assert said["/changed"] == {"parameters": [], "responses": {"200": told | {"headers": {}}}}
    assert said["/made"]["responses"].keys() == {"201"}
    assert "requestBody" not in said["/made"]


@pytest.mark.parametrize("name", ["openapi.json", "openapi-3.0.json"])
@pytest.mark.parametrize("service", SERVICES)
def test_every_reference_leads_to_something(service: str, name: str) -> None:
    read = document(service, name)
    named = set(re.findall(r'"#/components/([^"]+)/([^"]+)"', json.dumps(read)))
    assert len(named) > 100
    assert [(kind, one) for kind, one in named if one not in read["components"][kind]] == []
