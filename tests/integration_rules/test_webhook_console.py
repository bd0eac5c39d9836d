"""What a unit does with its webhook endpoints over HTTP, alike in every service."""

import asyncio
import base64
from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest

from deploy.local.postgres import PostgresServer
from shared.service.webhook_schemas import (
    WebhookDeliveryPage,
    WebhookEndpointPage,
    WebhookEndpointView,
    WebhookSecretView,
)
from tests.apis import bearer
from tests.integration_rules.conftest import ServiceApi
from tests.integration_rules.webhook_bench import KEEPER, PORT, Bench, bench_of
from tests.receiver import address

PATH = "/v1/webhook-endpoints"
BODY = {"url": f"{address(PORT)}/hook?key=of-the-partner", "description": "Fachverfahren"}


@pytest.fixture
async def bench(service_api: ServiceApi) -> AsyncIterator[Bench]:
    async with bench_of(service_api) as found:
        yield found


async def everything(postgres: PostgresServer, bench: Bench) -> str:
    """All that the tables which could hold a secret say, bytes as base64 and hex besides."""
    connection = await asyncpg.connect(postgres.dsn("postgres", bench.api.database.name))
    try:
        found = [
            await connection.fetchval(
                f"select coalesce(string_agg(t::text || {text}, ' '), '') from {table} t"
            )
            for table, text in (
                ("webhook_endpoint", "encode(secret_sealed, 'escape')"),
                ("idempotency_key", "coalesce(encode(body, 'escape'), '')"),
                ("audit_entry", "''"),
                ("outbox_message", "''"),
            )
        ]
    finally:
        await connection.close()
    return " ".join(found)


async def test_a_secret_is_shown_once_and_sealed(bench: Bench, postgres: PostgresServer) -> None:
    key = uuid4().hex
    first = await bench.api.post(PATH, BODY, persona=KEEPER, key=key)
    again = await bench.api.post(PATH, BODY, persona=KEEPER, key=key)
    assert (first.status_code, again.status_code) == (201, 201), first.text
    made = WebhookSecretView.model_validate(first.json())
    assert made.secret is not None
    assert made.secret.startswith("whsec_")
    raw = base64.b64decode(made.secret.removeprefix("whsec_"))
    assert len(raw) == 32
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json() == first.json() | {"secret": None}
    path = first.headers["Location"]
    WebhookEndpointView.model_validate((await bench.api.get(path, persona=KEEPER)).json())
    WebhookEndpointPage.model_validate((await bench.api.get(PATH, persona=KEEPER)).json())
    rotated = (await bench.act(first.json(), "rotate-secret", {"overlapHours": 1})).json()
    assert rotated["secret"] not in {None, made.secret}
    stored = await everything(postgres, bench)
    assert path.rsplit("/", 1)[-1] in stored
    for secret in (made.secret, rotated["secret"]):
        text = secret.removeprefix("whsec_")
        assert text not in stored
        assert base64.b64decode(text).hex() not in stored
    audited = (await bench.api.get("/v1/audit-entries", persona="waf-dpo")).json()
    assert "of-the-partner" not in str(audited)


async def test_a_dry_run_makes_no_endpoint_and_no_secret(bench: Bench) -> None:
    answer = await bench.api.post(f"{PATH}?dryRun=true", BODY, persona=KEEPER)
    assert answer.status_code == 200, answer.text
    assert answer.json()["result"]["secret"] is None
    assert (await bench.api.get(PATH, persona=KEEPER)).json()["items"] == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/hook",
        "https://localhost/hook",
        "https://169.254.169.254/latest/meta-data",
        "https://2130706433/",
        "https://[::ffff:10.0.0.1]/",
        "https://user@example.org/",
        "https://no-such-partner.invalid/",
    ],
)
async def test_an_address_of_our_own_is_refused_at_subscription(bench: Bench, url: str) -> None:
    refused = await bench.api.post(PATH, BODY | {"url": url}, persona=KEEPER)
    assert (refused.status_code, refused.json()["code"]) == (422, "receiver-address-refused")
    made = await bench.add(PORT)
    headers = bearer(bench.api.token_for(KEEPER)) | {"If-Match": '"1"'}
    path = f"{PATH}/{made['id']}"
    changed = await bench.api.client.put(path, json=BODY | {"url": url}, headers=headers)
    assert (changed.status_code, changed.json()["code"]) == (422, "receiver-address-refused")
    assert [one["url"] for one in (await bench.api.get(PATH, persona=KEEPER)).json()["items"]] == [
        made["url"]
    ]


async def test_a_unit_has_twenty_endpoints_at_most_however_many_come_at_once(
    bench: Bench,
) -> None:
    answers = await asyncio.gather(*(bench.api.post(PATH, BODY, persona=KEEPER) for _ in range(23)))
    assert sorted(answer.status_code for answer in answers) == [201] * 20 + [409] * 3
    refused = [answer.json()["code"] for answer in answers if answer.status_code == 409]
    assert refused == ["endpoint-limit"] * 3


async def test_a_type_of_event_that_the_service_does_not_have_is_refused(bench: Bench) -> None:
    body = BODY | {"types": [bench.types[0], "kim.nowhere.nothing-happened.v1"]}
    refused = await bench.api.post(PATH, body, persona=KEEPER)
    assert (refused.status_code, refused.json()["code"]) == (422, "event-type-unknown")
    assert refused.json()["types"] == ["kim.nowhere.nothing-happened.v1"]


async def test_an_endpoint_is_changed_in_the_version_that_was_read(bench: Bench) -> None:
    made = await bench.add(PORT)
    path = f"{PATH}/{made['id']}"
    who = bearer(bench.api.token_for(KEEPER))
    body = BODY | {"types": [bench.types[0]], "includesOwn": True, "silenceHours": 4}
    missing = await bench.api.client.put(path, json=body, headers=who)
    assert missing.status_code == 428
    changed = await bench.api.client.put(path, json=body, headers=who | {"If-Match": '"1"'})
    assert changed.status_code == 200, changed.text
    assert (changed.json()["version"], changed.json()["silenceHours"]) == (2, 4)
    stale = await bench.api.client.put(path, json=body, headers=who | {"If-Match": '"1"'})
    assert stale.status_code == 412
    assert await bench.read(made) == changed.json()
    for action, tag in (("pause", '"1"'), ("resume", '"1"')):
        refused = await bench.api.post(
            f"{path}/actions/{action}", None, persona=KEEPER, **{"If-Match": tag}
        )
        assert refused.status_code == 412


async def test_pause_and_resume_follow_the_state(bench: Bench) -> None:
    made = await bench.add(PORT)
    assert (await bench.act(made, "resume")).json()["code"] == "endpoint-state-forbids"
    assert (await bench.act(made, "pause")).json()["state"] == "PAUSED"
    assert (await bench.act(made, "pause")).status_code == 409
    assert (await bench.act(made, "resume")).json()["state"] == "ACTIVE"


async def test_another_kreis_sees_no_endpoint_and_no_delivery(bench: Bench) -> None:
    made = await bench.add(PORT)
    tested = (await bench.act(made, "test")).json()
    WebhookDeliveryPage.model_validate(
        (await bench.api.get(f"{PATH}/{made['id']}/deliveries", persona=KEEPER)).json()
    )
    foreign = "st-integrator"
    tag = {"If-Match": '"1"'}
    who = bearer(bench.api.token_for(foreign)) | tag
    assert (await bench.api.get(PATH, persona=foreign)).json()["items"] == []
    for path in (
        f"{PATH}/{made['id']}",
        f"{PATH}/{made['id']}/deliveries",
        f"/v1/webhook-deliveries/{tested['id']}/signature-base",
    ):
        assert (await bench.api.get(path, persona=foreign)).status_code == 404, path
    for path, body in (
        (f"{PATH}/{made['id']}/actions/pause", None),
        (f"{PATH}/{made['id']}/actions/resume", None),
        (f"{PATH}/{made['id']}/actions/rotate-secret", {}),
        (f"{PATH}/{made['id']}/actions/test", None),
        (
            f"{PATH}/{made['id']}/actions/replay",
            {"since": "2026-01-01T00:00:00Z", "until": "2027-01-01T00:00:00Z"},
        ),
        (f"/v1/webhook-deliveries/{tested['id']}/actions/redeliver", None),
    ):
        answer = await bench.api.post(path, body, persona=foreign, **tag)
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found"), path
    path = f"{PATH}/{made['id']}"
    assert (await bench.api.client.put(path, json=BODY, headers=who)).status_code == 404
    assert (await bench.api.client.delete(path, headers=who)).status_code == 404
    assert (await bench.read(made))["version"] == 1


@pytest.mark.parametrize("persona", ["waf-case-manager", "waf-dpo", "waf-coordinator"])
async def test_webhooks_are_managed_by_machines_and_administrators_alone(
    bench: Bench, persona: str
) -> None:
    assert (await bench.api.post(PATH, BODY, persona=persona)).status_code == 403
    assert (await bench.api.get(PATH, persona=persona)).status_code == 403
    assert (await bench.api.get(PATH, persona="waf-admin")).status_code == 200
