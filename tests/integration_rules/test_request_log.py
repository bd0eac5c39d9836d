"""What a partner sent and what we answered can be looked up, without any content."""

import hashlib
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from shared.messaging.relay import FORGET_REQUESTS
from tests.integration_rules.conftest import Record, ServiceApi

# Each unit's own system, which may read the log of its unit.
SYSTEMS = {
    "cases": "waf-integrator",
    "funding": "waf-integrator",
    "referrals": "waf-jobcenter-system",
}
OTHERS = {
    "cases": "st-integrator",
    "funding": "st-integrator",
    "referrals": "waf-jugendamt-system",
}


async def logged(api: ServiceApi, request_id: str, persona: str = "") -> list[Record]:
    answer = await api.get(
        "/v1/request-log", persona=persona or SYSTEMS[api.sample.service], requestId=request_id
    )
    assert answer.status_code == 200, answer.text
    items: list[Record] = answer.json()["items"]
    return items


async def send(api: ServiceApi, body: Any, key: str, path: str = "") -> str:
    """The request id of one refused POST."""
    request_id = f"canary-{uuid4().hex}"
    answer = await api.post(
        path or api.sample.path,
        body,
        persona=SYSTEMS[api.sample.service],
        key=key,
        **{"X-Request-Id": request_id},
    )
    assert 400 <= answer.status_code < 500, answer.text
    return request_id


async def test_what_a_partner_sent_and_what_we_answered_is_listed_without_content(
    service_api: ServiceApi,
) -> None:
    """Values, names of members and values in a path are canaries: none of them is kept."""
    canary, key = f"Ztok{uuid4().hex}", uuid4().hex
    body = {"familyName": canary, canary: {"givenNames": canary}, "note": [canary]}
    request_id = await send(service_api, body, key)
    (row,) = await logged(service_api, request_id)
    assert (row["method"], row["route"]) == ("POST", service_api.sample.path)
    assert row["keyDigest"] == hashlib.sha256(key.encode()).hexdigest()
    assert row["clientId"] == SYSTEMS[service_api.sample.service]
    assert (row["requestBytes"] > 100, len(row["bodySha256"])) == (True, 64)
    assert row["status"] in {403, 422}
    assert row["problem"]["code"] in {"not-permitted", "fields-refused"}
    elsewhere = await send(service_api, body, key, f"/v1/nothing/{canary}")
    (other,) = await logged(service_api, elsewhere)
    assert (other["route"], other["status"], other["problem"]["code"]) == ("-", 404, "not-found")
    answer = await service_api.get(
        f"{service_api.sample.path}/{uuid4()}",
        persona=SYSTEMS[service_api.sample.service],
        **{canary: canary},
    )
    assert answer.status_code in {400, 403}
    assert canary not in await everything(service_api)


async def everything(api: ServiceApi) -> str:
    """The whole table, as its owner sees it."""
    owner = await asyncpg.connect(api.database.owner_dsn)
    try:
        await owner.execute("alter table partner_request no force row level security")
        found = await owner.fetchval(
            "select coalesce(json_agg(r)::text, '') from partner_request r"
        )
        await owner.execute("alter table partner_request force row level security")
    finally:
        await owner.close()
    return str(found)


async def test_the_log_of_one_unit_is_shown_to_nobody_else(service_api: ServiceApi) -> None:
    request_id = await send(service_api, {}, uuid4().hex)
    assert len(await logged(service_api, request_id)) == 1
    assert await logged(service_api, request_id, OTHERS[service_api.sample.service]) == []
    refused = await service_api.get("/v1/request-log", persona="waf-dpo")
    assert refused.status_code == 403


async def test_what_people_do_is_not_in_it(service_api: ServiceApi) -> None:
    answer = await service_api.get("/v1/request-log", persona="waf-admin")
    assert answer.status_code == 200
    assert answer.headers["x-request-id"] not in await everything(service_api)


async def test_a_row_of_the_log_goes_after_ninety_days(service_api: ServiceApi) -> None:
    old, young = [await send(service_api, {}, uuid4().hex) for _ in range(2)]
    owner = await asyncpg.connect(service_api.database.owner_dsn)
    relay = await asyncpg.connect(service_api.database.relay_dsn)
    try:
        await owner.execute("alter table partner_request no force row level security")
        for request_id, days in ((old, 91), (young, 89)):
            await owner.execute(
                "update partner_request set at = at - $1::interval where request_id = $2",
                timedelta(days=days),
                request_id,
            )
        await owner.execute("alter table partner_request force row level security")
        await relay.execute(FORGET_REQUESTS)
    finally:
        await owner.close()
        await relay.close()
    assert await logged(service_api, old) == []
    assert len(await logged(service_api, young)) == 1


@pytest.mark.parametrize("privilege", ["update", "delete", "truncate"])
async def test_the_log_is_only_added_to(service_api: ServiceApi, privilege: str) -> None:
    app = await asyncpg.connect(service_api.database.app_dsn)
    try:
        has = "select has_table_privilege('partner_request', $1)"
        assert not await app.fetchval(has, privilege)
    finally:
        await app.close()
