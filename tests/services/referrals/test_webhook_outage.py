"""A receiver that is away for ten minutes, and a worker that is killed: nothing is lost."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from standardwebhooks import Webhook

from shared.kernel.clock import now
from tests.apis import SEALING_KEY
from tests.engines import ServiceDatabase
from tests.receiver import PLAIN_HOSTS, PORTS, address, deliveries, receiving
from tests.services.referrals.desk import Desk
from tests.services.referrals.papers import referral
from tests.waiting import until
from tests.webhook_worker import set_clock, working

REFERRALS = 50
STEPS = ("pull", "start-review", "accept")
PORT = PORTS[0]


@pytest.fixture
async def endpoint(jobcenter: Desk) -> AsyncIterator[dict[str, Any]]:
    body = {"url": f"{address(PORT)}/hook", "description": "Fachverfahren", "includesOwn": True}
    answer = await jobcenter.post("/v1/webhook-endpoints", body)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    yield made
    path = f"/v1/webhook-endpoints/{made['id']}"
    headers = {"Authorization": f"Bearer {jobcenter.token}", "If-Match": '"1"'}
    assert (await jobcenter.client.delete(path, headers=headers)).status_code == 200


async def told(postgres: Any, database: ServiceDatabase, since: datetime) -> dict[str, list[str]]:
    """The feed as it is stored: for each referral its events in order."""
    connection = await asyncpg.connect(postgres.dsn("postgres", database.name))
    try:
        rows = await connection.fetch(
            "select id, subject from feed_entry where at >= $1"
            " and 'waf-jobcenter' = any(audience) order by feed_tx, id",
            since,
        )
    finally:
        await connection.close()
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[str(row["subject"])].append(str(row["id"]))
    return found


def heard(log: Path) -> dict[str, list[str]]:
    """For each referral the ids that arrived, each where it arrived first."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in deliveries(log):
        event = json.loads(one["body"])
        if event["id"] not in found[event["subject"]]:
            found[event["subject"]].append(event["id"])
    return found


async def test_a_receiver_down_for_ten_minutes_loses_nothing_and_keeps_the_order(
    jobcenter: Desk,
    case_manager: Desk,
    endpoint: dict[str, Any],
    postgres: Any,
    referrals_database: ServiceDatabase,
    tmp_path: Path,
) -> None:
    begun, log, clock = now(), tmp_path / "taken", tmp_path / "clock"
    settings = {
        "REFERRALS_DATABASE_DSN": referrals_database.app_dsn,
        "REFERRALS_SEALING_KEYS": SEALING_KEY,
        "REFERRALS_WEBHOOK_PLAIN_HOSTS": json.dumps(PLAIN_HOSTS),
        "REFERRALS_WEBHOOK_TIMER_S": "0.05",
    }
    set_clock(clock, timedelta(0))
    sent = []
    async with receiving(PORT, log):
        with working("referrals", clock, settings):
            for number in range(REFERRALS):
                body = referral(f"JC-OUTAGE-{number:03d}")
                sent.append((await jobcenter.post("/v1/referrals", body)).json())
            await until(lambda: _at_least(log, REFERRALS // 2))
    # Receiver and worker are gone; the worker comes back alone.
    with working("referrals", clock, settings):
        for step in STEPS:
            sent = [await case_manager.step(one, step) for one in sent]
            await until(lambda: _tried(jobcenter, endpoint))
        for minute in range(1, 11):
            set_clock(clock, timedelta(minutes=minute))
        before = len(deliveries(log))
        async with receiving(PORT, log):
            set_clock(clock, timedelta(minutes=21))  # the tries of the tenth minute are due
            wanted = await told(postgres, referrals_database, begun)
            await until(lambda: _is(log, wanted), timeout_s=120)
    assert len(wanted) == REFERRALS
    assert {len(events) for events in wanted.values()} == {1 + len(STEPS)}
    assert heard(log) == wanted
    assert before < REFERRALS * (1 + len(STEPS))
    _proven(log, endpoint["secret"])


async def _at_least(log: Path, count: int) -> bool:
    return len(deliveries(log)) >= count


async def _is(log: Path, wanted: dict[str, list[str]]) -> bool:
    return heard(log) == wanted


async def _tried(desk: Desk, endpoint: dict[str, Any]) -> bool:
    path = f"/v1/webhook-endpoints/{endpoint['id']}/deliveries?state=WAITING&sort=createdAt"
    items = (await desk.get(path)).json()["items"]
    return any(one["tries"] and one["tries"][-1]["outcome"] == "CONNECTION" for one in items)


def _proven(log: Path, secret: str) -> None:
    """Each by its own time, which may lie ahead of the real one."""
    for one in deliveries(log):
        headers = one["headers"]
        at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), tz=UTC)
        signed = Webhook(secret).sign(headers["webhook-id"], at, one["body"])
        assert headers["webhook-signature"] == signed
