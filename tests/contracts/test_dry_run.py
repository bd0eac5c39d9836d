"""`?dryRun=true` on every write of every service: all rules asked, the answer shown, none kept."""

import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from deploy.local.postgres import PostgresServer
from tests.apis import TokenFor, bearer, create_app, running
from tests.contracts.test_hostile_input import PERSONAS, SERVICES, filled, operations
from tests.engines import Engines
from tests.rehearsing import Connection, Rehearsing, as_admin, everything
from tests.services.cases.api import test_journey as case_journey
from tests.services.cases.conftest import Person
from tests.services.funding.desk import Desk
from tests.services.funding.money import arrived, payment
from tests.services.funding.papers import WARENDORF_AWARD
from tests.services.funding.steps import active, released, share
from tests.services.referrals.desk import Desk as ReferralDesk
from tests.services.referrals.papers import WARENDORF_UNITS, referral, unit, warendorf_rules

# Writes that know no dry run, each with its reason.
EXCEPTIONS: Final = {
    "POST /v1/persons/search": "reads: the search stands in the body to keep names out of URLs",
    "POST /v1/budget-entries/read-change": "reads a sentence and stores nothing in any case",
    "POST /v1/budget-entries/read-effect": "reads a vote on the budget and stores nothing either",
    "POST /v1/routing-rules/simulate": "reads: rules are tried on past referrals, none is stored",
    "PUT /v1/imports/{import_id}/content": "the stream goes to the object store, once; the import"
    " itself is announced with `dryRun`",
    "PUT /v1/attachments/{attachment_id}/content": "the stream goes to the object store, as above",
    "PUT /v1/documents/{document_id}/content": "the stream goes to the object store, once, and is"
    " scanned there",
}
ENDINGS: Final = frozenset(one.rsplit("}", 1)[-1] for one in EXCEPTIONS)


@pytest.fixture(scope="module", params=SERVICES)
async def api(
    request: pytest.FixtureRequest,
    real_engines: Engines,
    postgres: PostgresServer,
    issuer: str,
) -> AsyncIterator[tuple[str, FastAPI, httpx.AsyncClient, Connection]]:
    service = request.param
    database = real_engines.database(service, "rehearsed")
    app = create_app(service, database, issuer)
    async with running(app) as client, as_admin(postgres, database) as admin:
        yield service, app, client, admin


Api = tuple[str, FastAPI, httpx.AsyncClient, Connection]


def writes(app: FastAPI) -> list[tuple[str, str, dict[str, Any]]]:
    """What changes something; a list that is asked in the body does not."""
    return [one for one in operations(app) if one[0] != "GET" and not _is_search(one[2])]


def _is_search(operation: dict[str, Any]) -> bool:
    content = operation.get("requestBody", {}).get("content", {})
    schema: dict[str, str] = content.get("application/json", {}).get("schema", {})
    return schema.get("$ref") == "#/components/schemas/ListSearch"


async def test_every_write_takes_a_dry_run_and_says_so(api: Api) -> None:
    _, app, _, _ = api
    document = app.openapi()
    for method, path, operation in writes(app):
        named = [one for one in operation.get("parameters", []) if one["name"] == "dryRun"]
        if f"{method} {path}" in EXCEPTIONS:
            assert named == [], path
            continue
        [parameter] = named
        assert (parameter["in"], parameter["schema"]["type"]) == ("query", "boolean"), path
        answer = operation["responses"]["200"]
        assert answer["headers"]["KIM-Dry-Run"]["schema"]["enum"] == ["true"], path
        if operation.get("x-dry-run") != "own-report":
            schema = answer["content"]["application/json"]["schema"]
            shown = {"$ref": "#/components/schemas/DryRunView"}
            assert shown in schema.get("anyOf", [schema]), path
    shown = document["components"]["schemas"]["DryRunView"]
    assert {"isDryRun", "result"} <= set(shown["required"])


async def test_every_exception_is_in_a_contract() -> None:
    published = {
        f"{method} {path}"
        for service in SERVICES
        for method, path, _ in writes(_without_database(service))
    }
    assert set(EXCEPTIONS) <= published


async def test_a_dry_run_is_refused_as_the_write_is_and_stores_nothing(
    api: Api, token_for: TokenFor
) -> None:
    service, app, client, admin = api
    before = await everything(admin)
    for persona in PERSONAS[service]:
        headers = bearer(token_for(persona)) | {"If-Match": '"1"'}
        for method, path, operation in writes(app):
            if f"{method} {path}" in EXCEPTIONS or operation.get("x-dry-run") == "own-report":
                continue
            where = filled(path, str(uuid4()))
            answers = [
                await client.request(
                    method, where, json={"unknownMember": 1}, params=parameters, headers=headers
                )
                for parameters in ({"dryRun": "true"}, {})
            ]
            [tried, real] = answers
            is_keyless = real.json()["code"] == "idempotency-key-missing"
            if not is_keyless:  # a machine needs no key for what is not stored
                assert tried.status_code == real.status_code, where
                assert tried.json()["code"] == real.json()["code"], where
            assert 400 <= tried.status_code < 500, where
    after = await everything(admin)
    assert after == before


async def test_a_dry_run_is_asked_for_clearly(api: Api, token_for: TokenFor) -> None:
    """A mistyped wish for a trial must never be a booking."""
    service, app, client, admin = api
    before = await everything(admin)
    headers = bearer(token_for(PERSONAS[service][0])) | {"If-Match": '"1"'}
    mistyped = [("dryRun", "maybe"), ("dryRun", ""), ("dryRun", "2"), ("dryrun", "true")]
    for method, path, _ in writes(app):
        for name, value in mistyped:
            answer = await client.request(
                method,
                filled(path, str(uuid4())),
                json={},
                params={name: value},
                headers=headers | {"Idempotency-Key": uuid4().hex},
            )
            assert 400 <= answer.status_code < 500, f"{method} {path}?{name}={value}"
    assert await everything(admin) == before


async def test_a_case_from_first_contact_to_closing_is_rehearsed_step_by_step(
    real_engines: Engines, postgres: PostgresServer, issuer: str, token_for: TokenFor
) -> None:
    async with _rehearsed("cases", real_engines, postgres, issuer) as (client, steps):
        anna = Person(client, token_for("waf-case-manager"))
        await anna.put("/v1/staff-members", {"boundToSecrecyOn": "2021-02-01"})
        await case_journey.test_a_case_goes_from_first_contact_to_closing_and_every_guard_is_asked(
            anna
        )
    assert len(steps.rehearsed) > 15


async def test_a_referral_is_rehearsed_from_sending_to_completion(
    real_engines: Engines, postgres: PostgresServer, issuer: str, token_for: TokenFor
) -> None:
    async with _rehearsed("referrals", real_engines, postgres, issuer) as (client, steps):
        jobcenter = ReferralDesk(client, token_for("waf-jobcenter-system"))
        manager = ReferralDesk(client, token_for("waf-case-manager"))
        coordinator = ReferralDesk(client, token_for("waf-coordinator"))
        for unit_id, changes in WARENDORF_UNITS.items():
            made = await coordinator.post("/v1/org-units", unit(unit_id, **changes))
            assert made.status_code == 201, made.text
        ruled = await coordinator.post("/v1/routing-rules", warendorf_rules())
        assert ruled.status_code == 201, ruled.text
        made = await jobcenter.post("/v1/referrals", referral("JC-REHEARSED-1"))
        assert made.status_code == 201, made.text
        referred = made.json()
        for step, body, state in (
            ("pull", None, "DELIVERED"),
            ("start-review", None, "IN_REVIEW"),
            ("accept", {}, "ACCEPTED"),
            ("start-service", {"firstContactOn": "2026-11-01"}, "IN_SERVICE"),
            ("complete", {"outcome": "SERVICE_STARTED"}, "COMPLETED"),
        ):
            referred = await manager.step(referred, step, body)
            assert referred["state"] == state
    assert len(steps.rehearsed) == len(WARENDORF_UNITS) + 7


async def test_money_is_rehearsed_from_the_award_to_the_bank(
    real_engines: Engines, postgres: PostgresServer, issuer: str, token_for: TokenFor
) -> None:
    async with _rehearsed("funding", real_engines, postgres, issuer) as (client, steps):
        officer = Desk(client, token_for("waf-funding-officer"))
        approver = Desk(client, token_for("waf-funding-approver"))
        given = await active(officer, approver, WARENDORF_AWARD)
        line = given["lines"][1]
        allocation = await released(officer, approver, share(line, "1.00", "55000.00"))
        draft = await officer.create("/v1/payments", payment(allocation, "13750.00"))
        ready = await approver.act("payments", draft, "release")
        run = await officer.create(
            "/v1/payment-runs", {"paymentIds": [ready["id"]], "sentOn": "2023-03-10"}
        )
        path = f"/v1/payment-runs/{run['id']}/confirmations"
        done = await officer.send("POST", path, {"items": [arrived(ready)]}, key="bank")
        assert done.json()["state"] == "DONE"
    assert len(steps.rehearsed) > 12


@asynccontextmanager
async def _rehearsed(
    service: str, engines: Engines, postgres: PostgresServer, issuer: str
) -> AsyncIterator[tuple[httpx.AsyncClient, Rehearsing]]:
    database = engines.database(service, "rehearsed")
    app = create_app(service, database, issuer)
    async with running(app), as_admin(postgres, database) as admin:
        transport = Rehearsing(app, admin, ENDINGS)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
            yield client, transport


def _without_database(service: str) -> FastAPI:
    settings = importlib.import_module(f"services.{service}.settings").Settings()
    app: FastAPI = importlib.import_module(f"services.{service}.main").create_app(settings)
    return app
