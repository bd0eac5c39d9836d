"""The published OpenAPI 3.1 document said once more in OpenAPI 3.0.3, for client generators.

openapi-generator, NSwag and the API gateways of many computing centres still read 3.1 as beta or
not at all. What 3.0 cannot say (names of free members, pairs of different kinds) is left out, and
so are dry runs: a generated method has one type of answer, which is to be that of the write. The
3.1 document is the contract; a request that this one allows, that one allows, too.
"""

import json
import re
from collections.abc import Callable
from typing import Any, Final

Json = dict[str, Any]

VERSION: Final = "3.0.3"
# EUPL 1.2 in the list of the European Commission; 3.0 knows no identifier of a licence.
LICENCE_URL: Final = "https://eupl.eu/1.2/en/"
DRY_RUN: Final = {"$ref": "#/components/schemas/DryRunView"}
SIGNS: Final = {";": "SEMICOLON", ",": "COMMA", "\t": "TAB", "|": "PIPE"}
# JSON Schema 2020-12 of which 3.0 has no counterpart.
UNKNOWN: Final = ("propertyNames", "patternProperties", "$schema", "$id")


def openapi_30(document: Json) -> Json:
    """The same contract as 3.0.3; `document` stays as it is."""
    components = document["components"]
    turned = document | {
        "openapi": VERSION,
        "info": document["info"] | {"license": {"name": "EUPL-1.2", "url": LICENCE_URL}},
        "paths": {
            path: {method: _operation(operation) for method, operation in operations.items()}
            for path, operations in document["paths"].items()
        },
        "components": components
        | {
            "schemas": _each(components["schemas"], _schema),
            "responses": _each(components["responses"], _response),
            "headers": _each(components["headers"], _with_schema),
        },
    }
    return _without_unnamed(_without_empty_bodies(turned))


def _each(named: Json, turn: Callable[[Any], Json]) -> Json:
    return {name: turn(value) for name, value in named.items()}


def _operation(operation: Json) -> Json:
    operation = _without_dry_run(operation)
    turned = operation | {"responses": _each(operation["responses"], _response)}
    # Generators put a method into the class of each tag, and so would name its request twice.
    if "tags" in operation:
        turned["tags"] = operation["tags"][:1]
    if "parameters" in operation:
        turned["parameters"] = [_with_schema(one) for one in operation["parameters"]]
    if "requestBody" in operation:
        turned["requestBody"] = _body(operation["requestBody"])
    return turned


def _without_dry_run(operation: Json) -> Json:
    answers = dict(operation["responses"])
    for content in answers.get("200", {}).get("content", {}).values():
        choices = content["schema"].get("anyOf", [content["schema"]])
        usual = [one for one in choices if one != DRY_RUN]
        if len(usual) == len(choices):
            continue
        headers = {n: h for n, h in answers["200"]["headers"].items() if n != "KIM-Dry-Run"}
        answer = answers.pop("200") | {"headers": headers}
        if usual:
            answers["200"] = answer | {"content": {"application/json": {"schema": usual[0]}}}
        said = [one for one in operation["parameters"] if one["name"] != "dryRun"]
        return operation | {"parameters": said, "responses": answers}
    return operation


def _without_empty_bodies(document: Json) -> Json:
    """A body that has no member and may be left out is left out: 3.0 has no word for it."""
    schemas = document["components"]["schemas"]
    empty = {f"#/components/schemas/{n}" for n, one in schemas.items() if _is_empty(one)}
    for operations in document["paths"].values():
        for operation in operations.values():
            body = operation.get("requestBody", {"required": True})
            kinds = [one["schema"].get("$ref") for one in body.get("content", {}).values()]
            if not body.get("required", False) and set(kinds) <= empty:
                del operation["requestBody"]
    return document


def _without_unnamed(document: Json) -> Json:
    """Schemas that nothing names any more make models that nothing uses."""
    schemas = document["components"]["schemas"]
    while True:
        named = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
        unnamed = schemas.keys() - named
        if not unnamed:
            return document
        for name in unnamed:
            del schemas[name]


def _is_empty(schema: Json) -> bool:
    return schema.get("properties") == {} and schema.get("additionalProperties") is False


def _body(body: Json) -> Json:
    """A body that may be left out is not required; that it may be null besides says nothing."""
    content = {kind: _with_schema(one) for kind, one in body["content"].items()}
    for one in content.values():
        schema = one["schema"]
        if schema.pop("nullable", False) and [*schema] == ["allOf"] and len(schema["allOf"]) == 1:
            one["schema"] = schema["allOf"][0]
    return body | {"content": content}


def _response(response: Json) -> Json:
    turned = dict(response)
    if "headers" in turned:
        turned["headers"] = _each(turned["headers"], _with_schema)
    if "content" in turned:
        turned["content"] = _each(turned["content"], _with_schema)
    return turned


def _with_schema(holder: Json) -> Json:
    return holder | {"schema": _schema(holder["schema"])} if "schema" in holder else holder


def _schema(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema  # `additionalProperties: false`
    turned = {name: value for name, value in schema.items() if name not in UNKNOWN}
    for name in ("anyOf", "oneOf", "allOf"):
        if name in turned:
            turned[name] = [_schema(one) for one in turned[name]]
    if "properties" in turned:
        turned["properties"] = _each(turned["properties"], _schema)
    for name in ("items", "additionalProperties", "not"):
        if name in turned:
            turned[name] = _schema(turned[name])
    for step in STEPS:
        step(turned, schema)
    return turned


def _null(turned: Json, _: Json) -> None:
    for name in ("anyOf", "oneOf"):
        choices = turned.get(name, [])
        others = [one for one in choices if one.get("type") != "null"]
        if len(others) == len(choices):
            continue
        del turned[name]
        turned["nullable"] = True
        if len(others) > 1:
            turned[name] = others
        elif "$ref" in others[0]:
            turned["allOf"] = others
        else:
            turned.update(others[0] | turned)


def _members(turned: Json, schema: Json) -> None:
    """Members of any name are told by what they hold."""
    by_name = list(schema.get("patternProperties", {}).values())
    if len(by_name) == 1:
        turned["additionalProperties"] = _schema(by_name[0])


def _fixed(turned: Json, _: Json) -> None:
    if "const" in turned:
        turned["enum"] = [turned.pop("const")]


def _plain_choice(turned: Json, _: Json) -> None:
    """A choice between plain values and lists of them: any value, which languages can name."""
    choices = turned.get("anyOf", [])
    kinds = {one.get("type") for one in choices}
    if "array" in kinds and None not in kinds:
        del turned["anyOf"]


def _signs(turned: Json, _: Json) -> None:
    """Codes without a letter have names beside them: a language needs one for each constant."""
    codes = turned.get("enum", ())
    if any(code in SIGNS for code in codes):
        turned["x-enum-varnames"] = [SIGNS.get(code, code) for code in codes]


def _range(turned: Json, _: Json) -> None:
    for exclusive, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if exclusive in turned:
            turned[limit] = turned[exclusive]
            turned[exclusive] = True


def _pair(turned: Json, _: Json) -> None:
    """Longitude and latitude: two numbers, whose own ranges 3.0 cannot tell apart."""
    places = turned.pop("prefixItems", None)
    if places:
        turned["items"] = {"type": places[0]["type"]}


def _example(turned: Json, _: Json) -> None:
    examples = turned.pop("examples", None)
    if examples:
        turned["example"] = examples[0]


def _bytes(turned: Json, _: Json) -> None:
    if turned.pop("contentEncoding", None) == "base64":
        turned["format"] = "byte"
    if turned.pop("contentMediaType", None) == "application/octet-stream":
        turned["format"] = "binary"


def _reference(turned: Json, _: Json) -> None:
    """3.0 ignores what stands beside a `$ref`."""
    if "$ref" in turned and len(turned) > 1:
        turned["allOf"] = [{"$ref": turned.pop("$ref")}]


STEPS: Final = (
    _null,
    _members,
    _fixed,
    _plain_choice,
    _signs,
    _range,
    _pair,
    _example,
    _bytes,
    _reference,
)
