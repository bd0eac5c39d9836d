"""A small contract, and every kind of edit that breaks it or does not."""

from collections.abc import Callable
from functools import reduce
from typing import Any

Json = dict[str, Any]
Edit = Callable[[Json], object]

TEXT = {"type": "string"}
CASE = {"$ref": "#/components/schemas/Case"}
BODY = {"$ref": "#/components/schemas/CaseBody"}
CONTRACT: Json = {
    "paths": {
        "/v1/cases": {
            "get": {
                "operationId": "listCases",
                "parameters": [
                    {"name": "state", "in": "query", "schema": {"$ref": "#/components/schemas/S"}},
                    {"name": "first", "in": "query", "schema": {"type": "integer", "maximum": 100}},
                ],
                "responses": {
                    "200": {
                        "headers": {"ETag": {"schema": {"type": "string"}}},
                        "content": {
                            "application/json": {"schema": {"type": "array", "items": CASE}}
                        },
                    },
                    "404": {"$ref": "#/components/responses/Problem404"},
                },
            },
            "post": {
                "operationId": "postCase",
                "requestBody": {"content": {"application/json": {"schema": BODY}}},
                "responses": {"201": {"content": {"application/json": {"schema": CASE}}}},
            },
        },
        "/v1/cases/{case_id}": {
            "get": {
                "operationId": "readCase",
                "parameters": [{"name": "case_id", "in": "path", "required": True, "schema": TEXT}],
                "responses": {"200": {"content": {"application/json": {"schema": CASE}}}},
            }
        },
    },
    "components": {
        "responses": {"Problem404": {"content": {}}},
        "schemas": {
            "S": {"type": "string", "enum": ["OPEN", "CLOSED"]},
            "Case": {
                "type": "object",
                "required": ["id", "state", "openedOn"],
                "properties": {
                    "id": {"type": "string", "format": "uuid"},
                    "state": {"$ref": "#/components/schemas/S"},
                    "openedOn": {"type": "string", "format": "date"},
                    "note": {"anyOf": [{"type": "string", "maxLength": 80}, {"type": "null"}]},
                    "phase": {"type": "string", "enum": ["INTAKE", "PLANNING"]},
                },
            },
            "CaseBody": {
                "type": "object",
                "additionalProperties": False,
                "required": ["kind"],
                "properties": {
                    "kind": {"type": "string", "enum": ["FAMILY", "PERSON"]},
                    "note": {"anyOf": [{"type": "string", "maxLength": 80}, {"type": "null"}]},
                    "reference": {"type": "string"},
                    "place": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
                    "others": {"type": "object", "additionalProperties": {"type": "string"}},
                },
            },
        },
    },
}


def within(document: Json, path: tuple[Any, ...]) -> Any:
    return reduce(lambda found, step: found[step], path, document)


def put(value: Any, *path: Any) -> Edit:
    return lambda document: within(document, path[:-1]).__setitem__(path[-1], value)


def drop(*path: Any) -> Edit:
    return lambda document: within(document, path[:-1]).__delitem__(path[-1])


def add(value: Any, *path: Any) -> Edit:
    return lambda document: within(document, path).append(value)


LIST = ("paths", "/v1/cases", "get")
POST = ("paths", "/v1/cases", "post")
ANSWER = (*LIST, "responses", "200")
SCHEMAS = ("components", "schemas")
READ = (*SCHEMAS, "Case")
SENT = (*SCHEMAS, "CaseBody")
TOLD = (*READ, "properties")
TAKEN = (*SENT, "properties")
READ_ONE = ("paths", "/v1/cases/{case_id}", "get")
OTHERS = (*TAKEN, "others", "additionalProperties")
A_PARAMETER = {"name": "unit", "in": "query", "schema": TEXT}
A_DATE_OR_NULL = {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}

BREAKS: list[tuple[str, Edit]] = [
    ("cases:/v1/cases/{case_id}:removed", drop("paths", "/v1/cases/{case_id}")),
    ("cases:POST /v1/cases:removed", drop(*POST)),
    ("cases:POST /v1/cases:renamed", put("openCase", *POST, "operationId")),
    ("cases:POST /v1/cases:token-required", put([{"AccessToken": []}], *POST, "security")),
    ("cases:GET /v1/cases query state:removed", drop(*LIST, "parameters", 0)),
    (
        "cases:GET /v1/cases query first:now-required",
        put(True, *LIST, "parameters", 1, "required"),
    ),
    (
        "cases:GET /v1/cases query unit:now-required",
        add(A_PARAMETER | {"required": True}, *LIST, "parameters"),
    ),
    (
        "cases:GET /v1/cases query first:maximum-narrowed",
        put(50, *LIST, "parameters", 1, "schema", "maximum"),
    ),
    ("cases:GET /v1/cases 404:removed", drop(*LIST, "responses", "404")),
    ("cases:GET /v1/cases 200 header ETag:removed", drop(*ANSWER, "headers", "ETag")),
    (
        "cases:GET /v1/cases 200 application/json:removed",
        put({"text/csv": {}}, *ANSWER, "content"),
    ),
    ("cases:POST /v1/cases body:now-required", put(True, *POST, "requestBody", "required")),
    ("cases:POST /v1/cases body:removed", drop(*POST, "requestBody")),
    ("cases:Case.note:removed", drop(*TOLD, "note")),
    ("cases:Case.openedOn:may-be-missing", put(["id", "state"], *READ, "required")),
    ("cases:Case.openedOn:may-be-null", put(A_DATE_OR_NULL, *TOLD, "openedOn")),
    ("cases:Case.openedOn:format-changed", put("date-time", *TOLD, "openedOn", "format")),
    ("cases:Case.id:type-changed", put("integer", *TOLD, "id", "type")),
    ("cases:CaseBody.reference:removed", drop(*TAKEN, "reference")),
    ("cases:CaseBody.reference:now-required", add("reference", *SENT, "required")),
    ("cases:CaseBody.kind=PERSON:removed", drop(*TAKEN, "kind", "enum", 1)),
    ("cases:CaseBody.reference:values-limited", put(["A"], *TAKEN, "reference", "enum")),
    ("cases:CaseBody.reference:type-changed", put("integer", *TAKEN, "reference", "type")),
    ("cases:CaseBody.reference:format-changed", put("uuid", *TAKEN, "reference", "format")),
    ("cases:CaseBody.reference:pattern-changed", put("^A", *TAKEN, "reference", "pattern")),
    ("cases:CaseBody.reference:minLength-narrowed", put(1, *TAKEN, "reference", "minLength")),
    (
        "cases:CaseBody.note:maxLength-narrowed",
        put(40, *TAKEN, "note", "anyOf", 0, "maxLength"),
    ),
    ("cases:CaseBody.note:null-refused", drop(*TAKEN, "note", "anyOf", 1)),
    ("cases:CaseBody.place:choice-removed=string", drop(*TAKEN, "place", "anyOf", 0)),
    ("cases:CaseBody.others:other-members-refused", put(False, *OTHERS)),
]

ADDITIONS: list[tuple[str, Edit]] = [
    ("a path", put(CONTRACT["paths"]["/v1/cases"], "paths", "/v1/persons")),
    ("an operation", put(CONTRACT["paths"]["/v1/cases"]["post"], "paths", "/v1/cases", "put")),
    ("a parameter that may be left out", add(A_PARAMETER, *LIST, "parameters")),
    ("another name of a parameter of the path", put("id", *READ_ONE, "parameters", 0, "name")),
    ("a status", put({"description": "Accepted"}, *POST, "responses", "202")),
    ("a member of an answer", put(TEXT, *TOLD, "unit")),
    ("a member of an answer for sure", add("note", *READ, "required")),
    ("never null any more", put(TEXT | {"maxLength": 80}, *TOLD, "note")),
    ("a member of a request that may be left out", put(TEXT, *TAKEN, "unit")),
    ("a member that may be left out now", put([], *SENT, "required")),
    ("a value more to send", add("GROUP", *TAKEN, "kind", "enum")),
    ("a longer text to send", put(120, *TAKEN, "note", "anyOf", 0, "maxLength")),
    ("a value fewer in answers", put(["INTAKE"], *TOLD, "phase", "enum")),
    ("other words", put("A case. / Ein Fall.", *READ, "description")),
]

DANGERS: list[tuple[str, Edit]] = [
    ("cases:Case.phase=EVALUATION:added", add("EVALUATION", *TOLD, "phase", "enum")),
    ("cases:Case.phase:values-opened", drop(*TOLD, "phase", "enum")),
    ("cases:Case.note:maxLength-widened", put(200, *TOLD, "note", "anyOf", 0, "maxLength")),
    (
        "cases:Case.note:choice-added=integer",
        add({"type": "integer"}, *TOLD, "note", "anyOf"),
    ),
]
