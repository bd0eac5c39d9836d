"""The events of the funding service reach the broker, in order, with ids and codes only."""

import asyncio
import contextlib
import json
from pathlib import Path

import asyncpg

from services.funding.domain.events import EVENTS
from shared.messaging.broker import connect, ensure_stream
from shared.messaging.envelope import Envelope
from shared.messaging.relay import Relay
from tests.engines import ServiceDatabase
from tests.services.funding.desk import Desk
from tests.services.funding.papers import case_management
from tests.services.funding.steps import active, released, share
from tests.waiting import until

CONTRACTS = Path(__file__).parents[3] / "services" / "funding" / "contracts" / "events"


async def test_what_happens_to_money_is_told_in_the_published_form(
    officer: Desk, approver: Desk, funding_database: ServiceDatabase, nats_url: str
) -> None:
    award = await active(officer, approver, case_management("6.00", "330000.00"))
    allocation = await released(officer, approver, share(award["lines"][0], "1.00", "55000.00"))
    client = await connect(nats_url, name="funding-tests")
    stream = await ensure_stream(client)
    inbox = await stream.subscribe("kim.funding.>", ordered_consumer=True)
    relay = asyncio.create_task(Relay(funding_database.relay_dsn, stream).run())
    connection = await asyncpg.connect(funding_database.relay_dsn)
    try:
        waiting = "select count(*) = 0 from outbox_message where sent_at is null"
        await until(lambda: connection.fetchval(waiting))
        received = [await inbox.next_msg(timeout=5) for _ in range(13)]
    finally:
        relay.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await relay
        await connection.close()
        await client.close()

    told = [Envelope.model_validate_json(message.data) for message in received]
    posted = [event for event in told if event.type == "kim.funding.entry-posted.v1"]
    events = [event for event in told if event not in posted]
    assert len(posted) == 2  # the grant and the share passed on
    assert [event.type.removeprefix("kim.funding.") for event in events] == [
        "award-recorded.v1",
        *["award-state-changed.v1"] * 5,
        "allocation-planned.v1",
        *["allocation-state-changed.v1"] * 3,
        "allocation-activated.v1",
    ]
    assert events[-1].data == {
        "tenantId": "05570",
        "allocationId": allocation["id"],
        "awardId": award["id"],
        "recipientUnit": "waf-caritas",
        "fundingLine": "B2_CASE_MANAGEMENT",
    }
    for event in told:
        name = event.type.removeprefix("kim.funding.")
        contract = json.loads((CONTRACTS / f"{name}.json").read_text(encoding="utf-8"))
        assert sorted(event.data) == contract["required"]


def test_every_event_has_its_published_contract() -> None:
    published = {path.stem for path in CONTRACTS.glob("*.json")}

    assert published == {event.event_type.removeprefix("kim.funding.") for event in EVENTS}
