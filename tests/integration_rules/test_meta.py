"""What a service enforces, and what of it will go, is said where everybody can read it."""

from datetime import date

import httpx
import pytest
from fastapi import APIRouter

from shared.kernel.errors import NotFound
from shared.web.deprecation import deprecated_since
from tests.apis import TokenFor, bearer, create_app, running
from tests.integration_rules.conftest import ServiceApi

LINK = "https://kim.example.org/migration"
HEADERS = {
    "deprecation": "@1780272000",
    "sunset": "Tue, 01 Jun 2027 00:00:00 GMT",
    "link": f'<{LINK}>; rel="deprecation"; type="text/html"',
}


async def test_meta_says_what_the_settings_enforce(
    service_api: ServiceApi, issuer: str, token_for: TokenFor
) -> None:
    limits = {"machine_reads_per_minute": 2, "machine_writes_per_minute": 1, "feed_days": 77}
    app = create_app(service_api.sample.service, service_api.database, issuer, **limits)
    async with running(app) as client:
        answer = await client.get("/v1/meta")
        assert answer.status_code == 200
        meta = answer.json()
        assert meta["service"] == service_api.sample.service
        assert meta["rateLimits"] == {
            "windowS": 60,
            "machineReads": 2,
            "machineWrites": 1,
            "personRequests": None,
            "isSharedByReplicas": False,
        }
        assert meta["kept"] == {"feedDays": 77, "idempotencyKeyDays": 7, "requestLogDays": 90}
        assert meta["bodies"][0] == {"path": None, "kind": "JSON", "bytesMax": 1_000_000}
        headers = bearer(token_for("waf-jobcenter-system"))
        answers = [await client.get("/v1/nothing", headers=headers) for _ in range(3)]
        assert [one.status_code for one in answers] == [404, 404, 429]
        assert answers[0].headers["RateLimit-Limit"] == str(meta["rateLimits"]["machineReads"])
        large = b'{"a":"' + b"x" * meta["bodies"][0]["bytesMax"] + b'"}'
        person = bearer(token_for("waf-dpo")) | {"Content-Type": "application/json"}
        refused = await client.post("/v1/nothing", content=large, headers=person)
        assert (refused.status_code, refused.json()["bytesMax"]) == (413, 1_000_000)


async def test_a_deprecated_operation_says_since_when_and_until(
    service_api: ServiceApi, issuer: str, token_for: TokenFor
) -> None:
    """In its answers, its refusals, the contract and the meta data; no other operation does."""
    router = APIRouter()

    @router.get("/v1/old/{name}")
    @deprecated_since(date(2026, 6, 1), sunset=date(2027, 6, 1), link=LINK)
    async def read_old(name: str) -> dict[str, str]:
        if name == "missing":
            raise NotFound
        return {"name": name}

    app = create_app(service_api.sample.service, service_api.database, issuer)
    app.include_router(router)
    app.openapi_schema = None
    async with running(app) as client:
        headers = bearer(token_for(service_api.sample.persona))
        for name, status in (("here", 200), ("missing", 404)):
            answer = await client.get(f"/v1/old/{name}", headers=headers)
            assert answer.status_code == status
            assert said(answer) == HEADERS
        assert said(await client.get("/v1/meta")) == {}
        (told,) = (await client.get("/v1/meta")).json()["deprecated"]
        assert told == {
            "method": "GET",
            "path": "/v1/old/{name}",
            "since": "2026-06-01",
            "sunset": "2027-06-01",
            "link": LINK,
        }
    operation = app.openapi()["paths"]["/v1/old/{name}"]["get"]
    assert (operation["deprecated"], operation["x-sunset"]) == (True, "2027-06-01")
    assert {"Deprecation", "Sunset", "Link"} <= operation["responses"]["200"]["headers"].keys()


def test_what_goes_is_announced_a_year_before() -> None:
    with pytest.raises(ValueError, match="365 days"):
        deprecated_since(date(2026, 6, 1), sunset=date(2027, 5, 31), link=LINK)
    assert deprecated_since(date(2026, 6, 1), sunset=date(2027, 6, 1), link=LINK)


def said(answer: httpx.Response) -> dict[str, str]:
    return {name: answer.headers[name] for name in HEADERS if name in answer.headers}
