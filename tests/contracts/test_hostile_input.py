"""Whatever a client sends, every operation of every service answers with a documented 4xx."""

import re
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from tests.apis import TokenFor, bearer, create_app, running
from tests.engines import ServiceDatabase

SERVICES = ("cases", "funding", "referrals")
PERSONAS = {
    "cases": ("waf-case-manager", "waf-coordinator", "waf-dpo", "waf-admin"),
    "funding": ("waf-funding-officer", "waf-funding-approver", "waf-dpo", "waf-admin"),
    "referrals": ("waf-jobcenter-system", "waf-case-manager", "waf-coordinator", "waf-dpo"),
}
PUBLIC = {"/v1/problems", "/v1/meta", "/v1/schemas", "/v1/schemas/{mode}"}
JSON = {"Content-Type": "application/json"}
BODIES: list[bytes] = [
    b"",
    b"null",
    b"[]",
    b"5",
    b'"text"',
    b"{}",
    b'{"unknown": 1}',
    b"{",
    b"\xff",
    b'{"a": 1e400}',
    b'{"a": ' + b"9" * 5000 + b"}",
    b"[" * 10_000 + b"]" * 10_000,
    b'{"a": "\\u0000"}',
    b'{"a": "\\ud800"}',
    b'{"a": "' + b"x" * 1_000_001 + b'"}',
]
ODD_VALUES: list[Any] = [
    None, True, -1, 2**70, 1.5, "", "   ", "\u0000", "a\u0000b", "\u202e", "x" * 10_000,
    "'; drop table case_record; --", [], [[]], {}, {"a": {"b": {}}}, "2022-02-30", "1e400",
]  # fmt: skip


@pytest.fixture(scope="module", params=SERVICES)
async def api(
    request: pytest.FixtureRequest,
    database: Callable[[str], ServiceDatabase],
    issuer: str,
) -> AsyncIterator[tuple[str, FastAPI, httpx.AsyncClient]]:
    service = request.param
    app = create_app(service, database(service), issuer)
    async with running(app) as client:
        yield service, app, client


Api = tuple[str, FastAPI, httpx.AsyncClient]


def operations(app: FastAPI) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method.upper(), path, operation)
        for path, methods in app.openapi()["paths"].items()
        for method, operation in methods.items()
        if path not in PUBLIC
    ]


def check(answer: httpx.Response, operation: dict[str, Any], what: str) -> None:
    """A refusal is 4xx, problem+json with our members, and documented for this operation."""
    assert 400 <= answer.status_code < 500, f"{what}: {answer.status_code} {answer.text[:300]}"
    assert answer.headers["content-type"] == "application/problem+json", what
    problem = answer.json()
    assert problem["type"] == f"urn:kim:problem:{problem['code']}", what
    assert problem["status"] == answer.status_code, what
    assert str(answer.status_code) in operation["responses"], what


def filled(path: str, value: str) -> str:
    return re.sub(r"\{[^}]+\}", value, path)


async def test_nobody_enters_without_a_token(api: Api) -> None:
    _, app, client = api
    for method, path, operation in operations(app):
        answer = await client.request(
            method, filled(path, str(uuid4())), content=b"{", headers=JSON
        )
        check(answer, operation, f"{method} {path}")
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")


async def let_in(api: Api, token_for: TokenFor, method: str, path: str) -> list[str]:
    """The personas whose bodies are read by an operation: the others are refused before."""
    service, _, client = api
    return [
        persona
        for persona in PERSONAS[service]
        if (
            await client.request(
                method,
                filled(path, str(uuid4())),
                json={"unknown": 1},
                headers=posting(token_for(persona)),
            )
        ).status_code
        != 403
    ]


def posting(token: str) -> dict[str, str]:
    return JSON | bearer(token) | {"If-Match": '"1"', "Idempotency-Key": uuid4().hex}


async def test_bodies_that_are_no_request_are_refused(api: Api, token_for: TokenFor) -> None:
    service, app, client = api
    schemas = app.openapi()["components"]["schemas"]
    for method, path, operation in operations(app):
        if method == "GET":
            continue
        is_all_optional = not any(r for _, r in _members(operation, schemas))
        personas = await let_in(api, token_for, method, path) or PERSONAS[service][:1]
        for body in BODIES:
            if body in {b"", b"{}"} and is_all_optional:
                continue  # such a body is a request
            for persona in personas:
                answer = await client.request(
                    method,
                    filled(path, str(uuid4())),
                    content=body,
                    headers=posting(token_for(persona)),
                )
                check(answer, operation, f"{persona}: {method} {path} {body[:30]!r}")


async def test_fields_of_the_wrong_kind_are_refused(api: Api, token_for: TokenFor) -> None:
    """All members at once: each is judged by itself, so each of them meets each value."""
    service, app, client = api
    schemas = app.openapi()["components"]["schemas"]
    for method, path, operation in operations(app):
        members = _members(operation, schemas)
        if not members:
            continue
        personas = await let_in(api, token_for, method, path) or PERSONAS[service][:1]
        for value in ODD_VALUES:
            odd = {
                # an optional member may say that it has no value
                name: value
                for name, is_required in members
                if value is not None or is_required
            }
            for persona in personas:
                answer = await client.request(
                    method,
                    filled(path, str(uuid4())),
                    json=odd | {"unknownMember": 1},
                    headers=posting(token_for(persona)),
                )
                check(answer, operation, f"{persona}: {method} {path} {value!r:.40}")


def _members(operation: dict[str, Any], schemas: dict[str, Any]) -> list[tuple[str, bool]]:
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    reference = content.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1]
    schema = schemas.get(reference, {})
    required = set(schema.get("required", []))
    return [(name, name in required) for name in schema.get("properties", {})]


@pytest.mark.parametrize(
    "odd", ["not-a-uuid", "%00", "..%2f..%2fetc", "%F0%9F%92%A9", "0" * 500, "' or 1=1 --"]
)
async def test_ids_that_are_no_ids_are_refused(api: Api, token_for: TokenFor, odd: str) -> None:
    service, app, client = api
    headers = JSON | bearer(token_for(PERSONAS[service][0]))
    for method, path, operation in operations(app):
        if "{" not in path:
            continue
        answer = await client.request(
            method,
            filled(path, odd),
            content=None if method == "GET" else b"{}",
            headers=headers | {"Idempotency-Key": uuid4().hex, "If-Match": '"1"'},
        )
        check(answer, operation, f"{method} {path} {odd}")


async def test_lists_refuse_filters_they_do_not_know(api: Api, token_for: TokenFor) -> None:
    service, app, client = api
    lists = [
        (path, operation)
        for method, path, operation in operations(app)
        if method == "GET" and {p["name"] for p in operation.get("parameters", [])} >= {"after"}
    ]
    assert lists
    for path, operation in lists:
        answers = [
            await client.get(
                filled(path, str(uuid4())),
                params={"nonsense": "1"},
                headers=bearer(token_for(persona)),
            )
            for persona in PERSONAS[service]
        ]
        for answer in answers:
            check(answer, operation, path)
        assert {answer.status_code for answer in answers} & {400, 404}, path


async def test_a_parameter_nobody_knows_is_refused(api: Api, token_for: TokenFor) -> None:
    """A mistyped parameter that is dropped in silence would give the figures of another day."""
    service, app, client = api
    for method, path, operation in operations(app):
        if method != "GET":
            continue
        for persona in PERSONAS[service]:
            answer = await client.get(
                filled(path, str(uuid4())),
                params={"knownat": "2022-01-01"},
                headers=bearer(token_for(persona)),
            )
            check(answer, operation, f"{persona}: {path}")
            assert answer.status_code in {400, 403, 404}, path


async def test_every_default_in_the_contract_fits_its_own_schema(api: Api) -> None:
    _, app, _ = api
    for name, schema in app.openapi()["components"]["schemas"].items():
        for member, kind in schema.get("properties", {}).items():
            if "default" in kind and kind.get("type") == "string":
                assert isinstance(kind["default"], str), f"{name}.{member}"


async def test_no_answer_repeats_the_host_that_a_client_names(
    api: Api, token_for: TokenFor
) -> None:
    service, app, client = api
    headers = bearer(token_for(PERSONAS[service][0])) | {"Host": "elsewhere.example"}
    for path in app.openapi()["paths"]:
        answer = await client.get(filled(path, str(uuid4())) + "/", headers=headers)
        assert answer.status_code == 404, path
        assert "elsewhere" not in str(answer.headers) + answer.text


async def test_a_wrong_method_names_the_right_ones(api: Api, token_for: TokenFor) -> None:
    service, app, client = api
    headers = bearer(token_for(PERSONAS[service][0]))
    for path, methods in app.openapi()["paths"].items():
        answer = await client.request("TRACE", filled(path, str(uuid4())), headers=headers)
        assert answer.status_code == 405, path
        allowed = {method.strip() for method in answer.headers["allow"].split(",")}
        assert allowed >= {method.upper() for method in methods}, path


@pytest.mark.parametrize("header", ["", "7", '"x"', '"1" "2"', "*", '"99999999999999999999"'])
async def test_an_unreadable_version_is_refused(api: Api, token_for: TokenFor, header: str) -> None:
    service, app, client = api
    headers = JSON | bearer(token_for(PERSONAS[service][0])) | {"If-Match": header}
    for method, path, operation in operations(app):
        if method != "GET" and "/actions/" in path:
            answer = await client.request(
                method,
                filled(path, str(uuid4())),
                json={},
                headers=headers | {"Idempotency-Key": uuid4().hex},
            )
            check(answer, operation, f"{method} {path}")
