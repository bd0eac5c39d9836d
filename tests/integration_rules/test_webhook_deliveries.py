"""What arrives at a partner's receiver, a process of its own, alike from every service."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from shared.webhooks.signing import SignatureProfile, signature_base
from tests.integration_rules.conftest import ServiceApi
from tests.integration_rules.webhook_bench import (
    KEEPER,
    PORT,
    TENANT,
    UNIT,
    Bench,
    bench_of,
)
from tests.receiver import Inbox, deliveries, receiving


@pytest.fixture
async def bench(service_api: ServiceApi) -> AsyncIterator[Bench]:
    async with bench_of(service_api) as found:
        yield found


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "taken"


def ids(log: Path) -> list[str]:
    return [one["headers"]["webhook-id"] for one in deliveries(log)]


async def test_a_delivery_proves_itself_and_carries_ids_only(bench: Bench, log: Path) -> None:
    subject = uuid4()
    async with receiving(PORT, log):
        made = await bench.add(PORT)
        event_id = await bench.tell(subject, case_id=str(subject))
        [sent] = await bench.served(made, "DELIVERED")
    [taken] = deliveries(log)
    event = Inbox(made["secret"]).take(taken["headers"], taken["body"].encode())
    assert event == {
        "specversion": "1.0",
        "id": str(event_id),
        "source": f"urn:kim:{bench.webhooks.service}",
        "type": bench.types[0],
        "time": event["time"],
        "subject": str(subject),
        "tenantid": TENANT,
        "datacontenttype": "application/json",
        "data": {"tenantId": TENANT, "unitId": UNIT, "caseId": str(subject)},
    }
    assert taken["headers"]["webhook-id"] == sent["eventId"] == str(event_id)
    assert taken["headers"]["content-type"] == "application/json"
    assert [(one["outcome"], one["status"]) for one in sent["tries"]] == [("OK", 204)]
    assert (await bench.read(made))["lastSuccessAt"] is not None
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "A" * 43 + "=").verify(taken["body"], taken["headers"])


async def test_the_fit_profile_proves_itself_by_its_own_header_pair(
    bench: Bench, log: Path
) -> None:
    async with receiving(PORT, log):
        made = await bench.add(PORT, profile="FIT")
        await bench.tell()
        await bench.served(made, "DELIVERED")
    [taken] = deliveries(log)
    assert "webhook-signature" not in taken["headers"]
    Inbox(made["secret"], "FIT").take(taken["headers"], taken["body"].encode())


async def test_an_endpoint_hears_of_the_types_it_asked_for_and_of_others_deeds(
    bench: Bench, log: Path
) -> None:
    async with receiving(PORT, log):
        await bench.tell()  # before there was an endpoint
        some = await bench.add(f"http://127.0.0.1:{PORT}/some", types=[bench.types[1]])
        every = await bench.add(f"http://127.0.0.1:{PORT}/every", includesOwn=True)
        first = await bench.tell(kind=0)
        second = await bench.tell(kind=1)
        own = await bench.tell(kind=1, by=UNIT)
        await bench.served(every, *["DELIVERED"] * 3)
        await bench.served(some, "DELIVERED")
    heard: dict[str, set[str]] = {"/some": set(), "/every": set()}
    for one in deliveries(log):
        heard[one["path"]].add(one["headers"]["webhook-id"])
    assert heard == {"/some": {str(second)}, "/every": {str(first), str(second), str(own)}}


async def test_rotation_signs_with_both_secrets_until_it_ends(bench: Bench, log: Path) -> None:
    async with receiving(PORT, log):
        made = await bench.add(PORT)
        rotated = (await bench.act(made, "rotate-secret", {"overlapHours": 2})).json()
        await bench.tell()
        await bench.served(made, "DELIVERED")
        bench.clock.ahead = timedelta(hours=2, seconds=1)
        await bench.tell()
        await bench.served(made, "DELIVERED", "DELIVERED")
        await bench.keep()
        assert (await bench.read(made))["previousSecretUntil"] is None
    during, after = deliveries(log)
    for secret in (made["secret"], rotated["secret"]):
        Inbox(secret).take(during["headers"], during["body"].encode())
    signatures = after["headers"]["webhook-signature"].split(" ")
    at = datetime.fromtimestamp(int(after["headers"]["webhook-timestamp"]), tz=UTC)
    event_id = after["headers"]["webhook-id"]
    assert signatures == [Webhook(rotated["secret"]).sign(event_id, at, after["body"])]


async def test_a_rotation_without_overlap_ends_the_old_secret_at_once(
    bench: Bench, log: Path
) -> None:
    async with receiving(PORT, log):
        made = await bench.add(PORT)
        rotated = (await bench.act(made, "rotate-secret", {"overlapHours": 0})).json()
        await bench.tell()
        await bench.served(made, "DELIVERED")
    [taken] = deliveries(log)
    with pytest.raises(WebhookVerificationError):
        Webhook(made["secret"]).verify(taken["body"], taken["headers"])
    Webhook(rotated["secret"]).verify(taken["body"], taken["headers"])


async def test_replay_by_range_sends_each_event_again_with_its_id(bench: Bench, log: Path) -> None:
    subject = uuid4()
    async with receiving(PORT, log):
        made = await bench.add(PORT)
        begun = bench.clock() - timedelta(milliseconds=1)
        told = [str(await bench.tell(subject)) for _ in range(5)]
        await bench.served(made, *["DELIVERED"] * 5)
        body = {"since": begun.isoformat(), "until": bench.clock().isoformat()}
        answer = await bench.act(made, "replay", body)
        assert answer.status_code == 201, answer.text
        replay = answer.json()
        assert replay["deliveries"] == 5
        await bench.served(made, *["DELIVERED"] * 10)
        again = await bench.deliveries(made, replayId=replay["replayId"])
    assert ids(log) == told + told
    assert [one["eventId"] for one in again] == told
    bodies = [one["body"] for one in deliveries(log)]
    assert bodies[:5] == bodies[5:]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"since": "2026-01-01T00:00:00Z"},
        {"since": "2026-01-02T00:00:00Z", "until": "2026-01-01T00:00:00Z"},
        {"fromCursor": "WyIxIiwiYSJd", "since": "2026-01-01T00:00:00Z"},
        {"fromCursor": "WyIxIiwiYSJd", "toCursor": "WyIxIiwiYSJd"},
    ],
    ids=["nothing", "half", "backwards", "mixed", "no cursor"],
)
async def test_a_range_that_is_none_is_refused(bench: Bench, body: dict[str, Any]) -> None:
    made = await bench.add(PORT)
    answer = await bench.act(made, "replay", body)
    assert answer.status_code == 400
    assert await bench.deliveries(made) == []


async def test_a_test_event_is_sent_once_whatever_the_state(bench: Bench, log: Path) -> None:
    made = await bench.add(PORT)
    await bench.act(made, "pause")
    answer = await bench.act(made, "test")
    assert (answer.status_code, answer.json()["isTest"]) == (201, True)
    [failed] = await bench.served(made, "DEAD")
    assert [one["outcome"] for one in failed["tries"]] == ["CONNECTION"]
    async with receiving(PORT, log):
        await bench.act(made, "test")
        await bench.served(made, "DEAD", "DELIVERED")
    [taken] = deliveries(log)
    event = Inbox(made["secret"]).take(taken["headers"], taken["body"].encode())
    assert event["type"] == f"kim.{bench.webhooks.service}.webhook-test.v1"
    assert event["data"] == {"endpointId": made["id"]}
    assert await bench.events("webhook-dead-lettered", made) == []


@pytest.mark.parametrize("profile", list(SignatureProfile))
async def test_the_signature_base_is_what_the_receiver_puts_together(
    bench: Bench, log: Path, profile: SignatureProfile
) -> None:
    async with receiving(PORT, log):
        made = await bench.add(PORT, profile=profile.value)
        await bench.tell()
        [sent] = await bench.served(made, "DELIVERED")
    [taken] = deliveries(log)
    path = f"/v1/webhook-deliveries/{sent['id']}/signature-base"
    shown = (await bench.api.get(path, persona=KEEPER)).json()
    stamp = taken["headers"].get("webhook-timestamp") or taken["headers"]["callback-timestamp"]
    at = datetime.fromtimestamp(int(stamp), tz=UTC)
    body = taken["body"].encode()
    base = signature_base(profile, UUID(sent["eventId"]), at, body).decode()
    assert (shown["base"], shown["body"], shown["timestamp"]) == (base, body.decode(), int(stamp))
    assert "secret" not in json.dumps(shown)


async def test_an_event_for_another_unit_goes_nowhere(bench: Bench, log: Path) -> None:
    async with receiving(PORT, log):
        made = await bench.add(PORT)
        await bench.tell(unit_id="waf-jugendamt")
        mine = str(await bench.tell())
        await bench.served(made, "DELIVERED")
    assert ids(log) == [mine]


async def test_a_removed_endpoint_takes_its_deliveries_along(bench: Bench) -> None:
    made = await bench.add(PORT)
    await bench.tell()
    await bench.served(made, "WAITING")
    path = f"/v1/webhook-endpoints/{made['id']}"
    headers = {"Authorization": f"Bearer {bench.api.token_for(KEEPER)}", "If-Match": '"1"'}
    removed = await bench.api.client.delete(path, headers=headers)
    assert (removed.status_code, removed.json()["id"]) == (200, made["id"])
    assert (await bench.api.get(path, persona=KEEPER)).status_code == 404
    assert (await bench.api.client.delete(path, headers=headers)).status_code == 404


async def test_deliveries_are_cleared_after_forty_days(bench: Bench, log: Path) -> None:
    async with receiving(PORT, log):
        made = await bench.add(PORT)
        await bench.tell()
        await bench.served(made, "DELIVERED")
    bench.clock.ahead = timedelta(days=39)
    await bench.keep()
    assert len(await bench.deliveries(made)) == 1
    bench.clock.ahead = timedelta(days=41)
    await bench.keep()
    assert await bench.deliveries(made) == []
