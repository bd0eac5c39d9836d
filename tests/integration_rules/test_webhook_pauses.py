"""What a pause costs, who says where events go, and whose an endpoint is."""

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from deploy.local.postgres import PostgresServer
from shared.messaging.relay import forget_feed
from tests.integration_rules.conftest import Record, ServiceApi
from tests.integration_rules.test_feed import FEED_DAYS
from tests.integration_rules.test_webhook_failures import ids
from tests.integration_rules.webhook_bench import KEEPER, PORT, Bench, bench_of
from tests.receiver import address, receiving
from tests.waiting import until

PATH = "/v1/webhook-endpoints"
BODY = {"url": f"{address(PORT)}/hook", "description": "Fachverfahren"}
ADMIN = "waf-admin"


@pytest.fixture
async def bench(service_api: ServiceApi) -> AsyncIterator[Bench]:
    async with bench_of(service_api) as found:
        yield found


async def forget(bench: Bench, postgres: PostgresServer, event_id: UUID) -> None:
    """The event grows older than what the feed keeps, and the relay forgets it."""
    admin = await asyncpg.connect(postgres.dsn("postgres", bench.api.database.name))
    relay = await asyncpg.connect(bench.api.database.relay_dsn)
    try:
        await admin.execute(
            "update feed_entry set at = at - make_interval(days => $2) where id = $1",
            event_id,
            FEED_DAYS + 1,
        )
        await forget_feed(relay, FEED_DAYS)
    finally:
        await admin.close()
        await relay.close()


async def test_a_pause_longer_than_the_feed_keeps_events_is_told_once(
    bench: Bench, postgres: PostgresServer, tmp_path: Path
) -> None:
    log = tmp_path / "received"
    made = await bench.add(PORT)
    assert made["missedUntil"] is None
    await bench.act(made, "pause")
    missed = await bench.tell()
    await bench.keep()
    assert (await bench.read(made))["missedUntil"] is None  # a short pause misses nothing
    await forget(bench, postgres, missed)
    for _ in range(3):
        await bench.keep()

    async def alarms() -> list[Record]:
        return await bench.events("webhook-missed-events", made)

    [alarm] = await until(alarms)
    assert (alarm["endpointId"], alarm["unitId"]) == (made["id"], "waf-it")
    until_then = (await bench.read(made))["missedUntil"]
    assert until_then is not None
    async with receiving(PORT, log):
        resumed = (await bench.act(made, "resume")).json()
        assert (resumed["state"], resumed["missedUntil"]) == ("ACTIVE", until_then)
        told = await bench.tell()
        await bench.served(made, "DELIVERED")
    assert ids(log) == [str(told)]
    await bench.keep()
    assert len(await alarms()) == 1


async def test_who_may_not_follow_does_not_say_where_events_go(bench: Bench) -> None:
    """An administrator stops what runs; what the unit is told is not theirs to send anywhere."""
    refused = await bench.api.post(PATH, BODY, persona=ADMIN)
    assert (refused.status_code, refused.json()["code"]) == (403, "not-permitted")
    assert (await bench.api.get(PATH, persona=ADMIN)).status_code == 200
    made = await bench.add(PORT)
    await bench.tell()
    again = await bench.api.post(f"{PATH}/{made['id']}/actions/replay", {}, persona=ADMIN)
    assert again.status_code == 403


async def test_an_endpoint_is_its_units_and_names_who_made_it(bench: Bench) -> None:
    made = await bench.add(PORT)
    assert made["createdBy"].endswith(f"|{KEEPER}")
    other = await bench.api.get(f"{PATH}/{made['id']}", persona="waf-jobcenter-system")
    assert other.status_code in {403, 404}
