"""Every operation that depends on a version: 428 without it, 412 with a stale one, no trace."""

import re
import types
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from services.cases.domain.facts import CaseState
from services.cases.domain.lifecycle import CaseAction
from tests.apis import PLAIN_HOSTS, bearer
from tests.services.cases.api.test_case_types import case_type
from tests.services.cases.api.test_findings import FINDINGS, finding_of
from tests.services.cases.api.test_meetings import CONCEPT
from tests.services.cases.api.test_offers import GAP
from tests.services.cases.api.test_retention import ended_cases
from tests.services.cases.api.test_rights import asked
from tests.services.cases.api.test_standing_in import emergency
from tests.services.cases.conftest import Person, SignedIn, consent_for, today
from tests.services.cases.proofs.case_files import GOALS, CaseFile
from tests.services.cases.proofs.stored import COUNTED, Connection

OWN_NAME = re.compile("by-external|import-mappings")
OF_COORDINATION = ("/v1/case-types", "/v1/concept-versions")
RECEIVER = f"http://{PLAIN_HOSTS[0]}/hook"
TEXTS = ("Text", "ukr", "05570044", "LANGUAGE", "waf-ki", "2022-03", "referrals", RECEIVER)


def routes(app: FastAPI) -> Iterator[APIRoute]:
    for one in app.routes:
        included = getattr(one, "original_router", None)
        for route in included.routes if included else (one,):
            if isinstance(route, APIRoute):
                yield route


def asks_for_version(endpoint: Callable[..., Any], seen: tuple[Any, ...] = ()) -> bool:
    """Whether the endpoint, or a function of its module that it calls, reads `expected_version`."""
    names = set(_names(endpoint.__code__))
    if "expected_version" in names:
        return True
    called = (endpoint.__globals__.get(name) for name in names)
    return any(
        asks_for_version(one, (*seen, one))
        for one in called
        if isinstance(one, types.FunctionType)
        and one.__module__ == endpoint.__module__
        and one not in seen
    )


def _names(code: types.CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _names(constant)


def versioned(app: FastAPI) -> list[tuple[str, str]]:
    """What is put under a name or number of its own may be new, and has no version then."""
    return [
        (method, route.path)
        for route in routes(app)
        for method in route.methods - {"GET", "HEAD"}
        if asks_for_version(route.endpoint) and not OWN_NAME.search(route.path)
    ]


def sample(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """The smallest value that the schema accepts."""
    if "$ref" in schema:
        return sample(schemas[schema["$ref"].rsplit("/", 1)[-1]], schemas)
    if "anyOf" in schema:
        return sample(schema["anyOf"][0], schemas)
    return schema["enum"][0] if "enum" in schema else _plain(schema, schemas)


def _plain(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    match schema.get("type"):
        case "object":
            wanted = schema.get("required", [])
            return {name: sample(schema["properties"][name], schemas) for name in wanted}
        case "array":
            return [sample(schema["items"], schemas)] * schema.get("minItems", 0)
        case "boolean":
            return True
        case "integer":
            return int(max(schema.get("minimum", 1), 1))
        case _:
            return _text(schema)


def _text(schema: dict[str, Any]) -> str:
    if schema.get("format") == "uuid":
        return str(uuid4())
    if schema.get("format") == "date":
        return today()
    pattern = schema.get("pattern", "")
    return next(text for text in TEXTS if re.search(pattern, text))


@pytest.fixture(scope="module")
async def records(anna: Person, admin: Connection, signed_in: SignedIn) -> dict[str, str]:
    """One record of every noun, by the name of its place in the paths."""
    hatice = signed_in("waf-coordinator")
    file = CaseFile(anna, admin, "goal-with-measure", CaseAction.AGREE_PLAN)
    await file.reach(CaseState.PLANNING)
    path = f"/v1/cases/{file.id}"
    case = await anna.get(path)
    await ended_cases(anna, "1993-06-30", 1)
    listed = await anna.post("/v1/destruction-lists", {"dueUntil": "1996-12-31"})
    family = await anna.get(f"/v1/families/{case['familyId']}")
    search = {"name": uuid4().hex, "filters": {"state": "INTAKE"}}
    task = {"title": "Anrufen", "dueOn": today()}
    made = {
        "consent_id": await anna.post(f"{path}/consents", consent_for(file.client_id)),
        "plan_id": await anna.post(f"{path}/plan-versions", GOALS),
        "task_id": await anna.post(f"{path}/tasks", task),
        "search_id": await anna.post("/v1/saved-searches", search),
        "finding_id": await anna.post(FINDINGS, finding_of(case)),
        "case_type_id": await hatice.post("/v1/case-types", case_type()),
        "concept_id": await hatice.post("/v1/concept-versions", CONCEPT),
        "list_id": listed,
        "access_id": await emergency(signed_in("waf-case-manager-2"), file.id),
        "request_id": await asked(anna, file.client_id, "ACCESS"),
        "offer_id": await anna.post("/v1/offers", GAP),
        "member_id": family["members"][0],
    }
    webhooks = signed_in("waf-integrator")
    body = {"url": RECEIVER, "description": "Fachverfahren"}
    made["endpoint_id"] = await webhooks.post("/v1/webhook-endpoints", body)
    known = {name: str(record["id"]) for name, record in made.items()}
    return known | {
        "case_id": file.id,
        "person_id": file.client_id,
        "family_id": str(case["familyId"]),
    }


async def test_what_depends_on_a_version_refuses_without_it_and_with_a_stale_one(
    app: FastAPI,
    anna: Person,
    signed_in: SignedIn,
    admin: Connection,
    records: dict[str, str],
) -> None:
    document = app.openapi()
    others = {
        **dict.fromkeys(OF_COORDINATION, signed_in("waf-coordinator")),
        "/v1/webhook-endpoints": signed_in("waf-integrator"),
        "/v1/emergency-accesses": signed_in("waf-dpo"),
    }
    found = versioned(app)
    assert len(found) >= 36
    for method, path in found:
        operation = document["paths"][path][method.lower()]
        declared = {one["name"].lower() for one in operation["parameters"]}
        assert "if-match" in declared, path
        assert {"428", "412"} <= set(operation["responses"]), path
        person = next((who for start, who in others.items() if path.startswith(start)), anna)
        places = {
            one["name"]: sample(one["schema"], document["components"]["schemas"])
            for one in operation["parameters"]
            if one["in"] == "path" and one["name"] not in records
        }
        url = path.format(**records, **places)
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        body = sample(content["schema"], document["components"]["schemas"]) if content else None
        before = await admin.fetch(COUNTED)
        for version, status in ((None, 428), ('"0"', 412), ('"999999"', 412)):
            headers = bearer(person.token) | {"Idempotency-Key": uuid4().hex}
            if version is not None:
                headers["If-Match"] = version
            answer = await person.client.request(method, url, json=body, headers=headers)
            assert answer.status_code == status, f"{method} {path}: {answer.text}"
        assert await admin.fetch(COUNTED) == before, path
