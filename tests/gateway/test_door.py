"""What stands around the endpoint: health, metrics, other origins."""

from uuid import uuid4

import httpx
import pytest

from deploy.local.demo.client import Client
from tests.gateway.conftest import As, running, settings_for

FRONTEND = "https://frontend.example"
PREFLIGHT = {
    "Origin": FRONTEND,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type",
}


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/metrics", "/openapi.json"])
async def test_operators_look_without_a_token(issuer: str, path: str) -> None:
    async with running(settings_for(issuer)) as client:
        assert (await client.get(path)).status_code == 200


async def test_operations_and_calls_are_measured(door: httpx.AsyncClient) -> None:
    query = "{ viewer { actor } cases { edges { node { id } } } }"
    await door.post("/graphql", json={"query": query})
    metrics = (await door.get("/metrics")).text
    assert 'kim_gateway_operations_total{kind="query",result="errors"}' in metrics
    assert 'kim_gateway_upstream_seconds_count{result="down",service="cases"}' in metrics


async def test_only_named_origins_may_ask_from_a_browser(issuer: str) -> None:
    async with running(settings_for(issuer, cors_origins=(FRONTEND,))) as client:
        allowed = await client.options("/graphql", headers=PREFLIGHT)
        assert allowed.headers["access-control-allow-origin"] == FRONTEND
        other = PREFLIGHT | {"Origin": "https://elsewhere.example"}
        refused = await client.options("/graphql", headers=other)
        assert "access-control-allow-origin" not in refused.headers


async def test_by_default_no_origin_may(issuer: str) -> None:
    async with running(settings_for(issuer)) as client:
        refused = await client.options("/graphql", headers=PREFLIGHT)
        assert "access-control-allow-origin" not in refused.headers


async def test_purpose_and_request_id_reach_the_audit_log_of_the_service(
    as_: As, people: Client
) -> None:
    manager, request_id = as_("waf-case-manager"), f"frontend-{uuid4().hex}"
    manager.headers |= {"X-Request-Id": request_id, "X-Purpose": "CASE_WORK"}
    data = await manager.data("{ cases(first: 2) { edges { node { id } } } }")
    read = {edge["node"]["id"] for edge in data["cases"]["edges"]}
    answer = await people.get("waf-dpo", "cases", "/v1/audit-entries", action="read", first="50")
    (entry,) = [one for one in answer.accepted["items"] if one["requestId"] == request_id]
    assert (entry["purpose"], entry["unitId"]) == ("CASE_WORK", "waf-cm")
    assert set(entry["recordIds"]) == read
    assert len(read) == 2
