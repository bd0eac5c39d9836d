"""What leaves on the broker: the real relay, a real NATS server."""

import asyncio
import json
from uuid import uuid4

from services.referrals.settings import Settings
from services.referrals.worker import create_worker
from shared.messaging.broker import connect, ensure_stream
from shared.messaging.relay import Relay
from tests.engines import ServiceDatabase
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import NAME, referral

PATIENCE_S = 20


async def test_a_sent_referral_is_published_with_ids_and_codes_only(
    jobcenter: Desk, subject: str, nats_url: str, referrals_database: ServiceDatabase
) -> None:
    sent = (await jobcenter.post("/v1/referrals", referral(subject))).json()
    client = await connect(nats_url, name="tests")
    stream = await ensure_stream(client)
    relay = asyncio.create_task(Relay(referrals_database.relay_dsn, stream).run())
    try:
        pull = await stream.pull_subscribe(
            "kim.referrals.referral-submitted.v1", durable=f"tests-{uuid4().hex[:8]}"
        )
        async with asyncio.timeout(PATIENCE_S):
            while True:
                (message,) = await pull.fetch(1, timeout=PATIENCE_S)
                await message.ack()
                event = json.loads(message.data)
                if event["subject"] == sent["id"]:
                    break
    finally:
        relay.cancel()
        await asyncio.gather(relay, return_exceptions=True)
        await client.close()
    assert event["type"] == "kim.referrals.referral-submitted.v1"
    assert (event["tenantid"], event["source"]) == ("05570", "urn:kim:referrals")
    assert event["data"] == {
        "referralId": sent["id"],
        "tenantId": "05570",
        "senderUnit": "waf-jobcenter",
        "recipientUnit": "waf-cm",
        "serviceCode": "CASE_MANAGEMENT",
        "mode": "ZUSTEUERUNG_IN",
        "language": "tur",
        "urgency": "SOON",
    }
    assert NAME not in message.data.decode()
    assert message.headers is not None
    assert message.headers["Nats-Msg-Id"] == event["id"]


def test_the_worker_listens_to_the_case_service_and_watches_the_clock() -> None:
    worker = create_worker(Settings())
    subscription, rights = worker.subscriptions
    assert set(rights.handlers) == {
        "kim.cases.personal-data-changed.v1",
        "kim.cases.personal-data-inquired.v1",
    }
    assert set(subscription.handlers) == {
        "kim.cases.case-requested.v1",
        "kim.cases.consent-revoked.v1",
        "kim.cases.consent-invalidated.v1",
        "kim.cases.case-erasure-requested.v1",
    }
    assert [(timer.name, timer.every_s) for timer in worker.timers] == [
        ("due", 60.0),
        ("samples", 21600.0),
        ("drafts", 21600.0),
        ("attachments", 60.0),
        ("attachment-sweep", 3600.0),
    ]
