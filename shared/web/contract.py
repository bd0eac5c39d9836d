"""The published OpenAPI document: what can be answered is what it says."""

from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from shared.web.deprecation import describe_deprecations
from shared.web.limits import HEADERS
from shared.web.operation_ids import name_operations
from shared.web.purposes import END_USER_PARAMETER, PURPOSE_PARAMETER, REASON_PARAMETER

BOTH_LANGUAGES = {
    "type": "object",
    "description": "Both, where `mul` is accepted. / Beide, wenn `mul` angenommen wird.",
    "required": ["de", "en"],
    "properties": {"de": {"type": "string"}, "en": {"type": "string"}},
}
PROBLEM = {
    "type": "object",
    "description": "RFC 9457 problem. / Fehlerbeschreibung nach RFC 9457.",
    "required": ["type", "title", "status", "detail", "instance", "code", "requestId"],
    "properties": {
        "type": {"type": "string", "examples": ["urn:kim:problem:case-is-closed"]},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "code": {"type": "string", "examples": ["case-is-closed"]},
        "requestId": {"type": "string"},
        "severity": {
            "type": "string",
            "enum": ["WARNING"],
            "description": "Only confirming it is needed. / Es genügt, das zu bestätigen.",
        },
        "texts": BOTH_LANGUAGES,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "message"],
                "properties": {
                    "pointer": {"type": "string"},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                    "texts": BOTH_LANGUAGES,
                },
            },
        },
    },
}
ALWAYS = {
    400: "Malformed request",
    401: "No valid access token",
    403: "Known, but not permitted",
    404: "Unknown or hidden",
    405: "Method not allowed",
    406: "Not acceptable",
    414: "Address too long",
    422: "A field or a rule refuses it",
    429: "Over the quota of this client",
    431: "Too many or too long headers",
    500: "Unexpected fault",
    503: "Temporarily unavailable",
}
WRITES = {
    409: "The present state forbids it",
    412: "Stale version",
    408: "The body did not arrive in time",
    413: "Body too large",
    415: "Media type not accepted",
    428: "Version missing",
}
# Of the few operations that name them.
SELDOM = {410: "Gone for good", 416: "No such part"}
DRY_RUN_VIEW = "DryRunView"
LIMITS = {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS}
TEXT_OF_HEADERS = {
    "Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."},
    "WWW-Authenticate": {"schema": {"type": "string"}},
}


def install_contract(app: FastAPI, dry_run_view: type[BaseModel] | None = None) -> None:
    """Make `app.openapi()` give the completed document, built once.

    `dry_run_view` is what writes with `?dryRun=true` answer.
    """

    def contract() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _complete(_generated(app))
            if dry_run_view is not None:
                _describe_dry_runs(app.openapi_schema, dry_run_view)
            describe_deprecations(app, app.openapi_schema)
        return app.openapi_schema

    app.openapi = contract  # type: ignore[method-assign] # FastAPI's documented way


def _generated(app: FastAPI) -> dict[str, Any]:
    return get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        servers=[{"url": "/", "description": "Where this document is read. / Am selben Ort."}],
    )


def _complete(document: dict[str, Any]) -> dict[str, Any]:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    schemas["Problem"] = PROBLEM
    document["components"]["headers"] = {
        name: {"schema": {"type": "string"}, "description": text} for name, text in HEADERS.items()
    }
    document["components"]["responses"] = {
        _response_name(status): _problem(status, description)
        for status, description in sorted((ALWAYS | WRITES | SELDOM).items())
    }
    for operations in document["paths"].values():
        for method, operation in operations.items():
            _complete_operation(method, operation)
            if operation.get("security"):
                _describe_stated(method, operation)
    name_operations(document)
    _drop_unused(document)
    return document


def _drop_unused(document: dict[str, Any]) -> None:
    """Shapes that the generator made on the way to another one."""
    text, schemas = orjson.dumps(document).decode(), document["components"]["schemas"]
    for name in list(schemas):
        if f'"#/components/schemas/{name}"' not in text:
            del schemas[name]


def _complete_operation(method: str, operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    # Where no token is asked for, the contract says so instead of nothing.
    operation.setdefault("security", [])
    declared = {status for status in WRITES | SELDOM if str(status) in responses}
    for status in ALWAYS.keys() | (declared if method == "get" else declared | WRITES.keys()):
        responses[str(status)] = {"$ref": f"#/components/responses/{_response_name(status)}"}
    for status, response in responses.items():
        if status.startswith("2"):
            response.setdefault("headers", {})["X-Request-Id"] = {"schema": {"type": "string"}}
            response["headers"] |= LIMITS
    for parameter in operation.get("parameters", ()):
        parameter["schema"] = _never_null(parameter["schema"])
    named = {one["name"].lower() for one in operation.get("parameters", ())}
    if method == "get" or "idempotency-key" not in named:
        return
    success = next((r for s, r in responses.items() if s.startswith("2")), None)
    if success is not None:
        success["headers"] |= {
            "ETag": {"schema": {"type": "string"}, "description": "Version of the record."},
            "Location": {"schema": {"type": "string"}},
            "Idempotency-Replayed": {"schema": {"type": "string", "enum": ["true"]}},
        }


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """An address and a header have no null: what is not said is left out."""
    choices: list[dict[str, Any]] = [
        one for one in schema.get("anyOf", ()) if one.get("type") != "null"
    ]
    if len(choices) != 1:
        return schema
    rest = {name: value for name, value in schema.items() if name != "anyOf"}
    return choices[0] | rest


def _describe_stated(method: str, operation: dict[str, Any]) -> None:
    parameters = operation.setdefault("parameters", [])
    parameters.append(PURPOSE_PARAMETER)
    parameters.append(END_USER_PARAMETER)
    if method != "get":
        parameters.append(REASON_PARAMETER)


def _describe_dry_runs(document: dict[str, Any], view: type[BaseModel]) -> None:
    schema = view.model_json_schema(ref_template="#/components/schemas/{model}")
    document["components"]["schemas"] |= schema.pop("$defs", {}) | {DRY_RUN_VIEW: schema}
    shown = {"$ref": f"#/components/schemas/{DRY_RUN_VIEW}"}
    for operations in document["paths"].values():
        for method, operation in operations.items():
            named = {parameter["name"] for parameter in operation.get("parameters", ())}
            if method != "get" and "dryRun" in named:
                _describe_dry_run(operation, shown)


def _describe_dry_run(operation: dict[str, Any], shown: dict[str, str]) -> None:
    """200 answers a dry run: beside what it answers else, or alone where a write answers 201."""
    answer = operation["responses"].setdefault("200", {"description": "Dry run / Probelauf"})
    answer.setdefault("headers", {})["KIM-Dry-Run"] = {
        "schema": {"type": "string", "enum": ["true"]},
        "description": "Nothing was stored. / Nichts wurde gespeichert.",
    }
    if operation.get("x-dry-run") == "own-report":
        return
    content = answer.setdefault("content", {}).setdefault("application/json", {})
    usual = content.get("schema")
    content["schema"] = {"anyOf": [usual, shown]} if usual else shown


def _response_name(status: int) -> str:
    return f"Problem{status}"


def _problem(status: int, description: str) -> dict[str, Any]:
    response: dict[str, Any] = {
        "description": description,
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
    if status == 503:  # noqa: PLR2004 - Service Unavailable
        response["headers"] = {"Retry-After": TEXT_OF_HEADERS["Retry-After"]}
    if status == 401:  # noqa: PLR2004 - Unauthorized
        response["headers"] = {"WWW-Authenticate": TEXT_OF_HEADERS["WWW-Authenticate"]}
    if status == 429:  # noqa: PLR2004 - Too Many Requests
        response["headers"] = {"Retry-After": TEXT_OF_HEADERS["Retry-After"]} | LIMITS
    return response
