"""What becomes of deliveries whose receiver fails, hangs or is gone, alike in every service."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.integration_rules.conftest import ServiceApi
from tests.integration_rules.webhook_bench import (
    KEEPER,
    OTHER_PORT,
    PORT,
    Bench,
    bench_of,
)
from tests.receiver import deliveries, receiving
from tests.waiting import until


@pytest.fixture
async def bench(service_api: ServiceApi) -> AsyncIterator[Bench]:
    async with bench_of(service_api) as found:
        yield found


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "taken"


def ids(log: Path) -> list[str]:
    return [one["headers"]["webhook-id"] for one in deliveries(log)]


async def test_410_disables(bench: Bench, log: Path) -> None:
    """Until somebody resumes it; then nothing is missing."""
    async with receiving(PORT, log, answer="410"):
        made = await bench.add(PORT)
        told = [str(await bench.tell())]
        await bench.served(made, "WAITING")
        found = await bench.read(made)
        assert (found["state"], found["disabledReason"]) == ("DISABLED", "RECEIVER_GONE")
        told.append(str(await bench.tell()))
        await bench.round()
    assert ids(log) == told[:1]
    [event] = await bench.events("webhook-switched-off", made)
    assert event["reason"] == "RECEIVER_GONE"
    async with receiving(PORT, log):
        resumed = (await bench.act(made, "resume")).json()
        assert (resumed["state"], resumed["disabledReason"]) == ("ACTIVE", None)
        await bench.served(made, "DELIVERED", "DELIVERED")
    assert sorted(set(ids(log))) == sorted(told)


async def test_back_off_ends_after_72_hours_as_dead_letter(bench: Bench, log: Path) -> None:
    """18 tries with the published waits between them; then the next event of the subject."""
    subject = uuid4()
    async with receiving(PORT, log, answer="503"):
        made = await bench.add(PORT)
        first, second = [str(await bench.tell(subject)) for _ in range(2)]
        [sent, _] = await bench.served(made, "WAITING", "WAITING")
        while sent["state"] == "WAITING":
            due = datetime.fromisoformat(sent["nextAttemptAt"]) - bench.clock()
            bench.clock.ahead += max(due, timedelta(0))
            await bench.round()
            [sent, behind] = await bench.deliveries(made)
    tries = [datetime.fromisoformat(one["at"]) for one in sent["tries"]]
    waits = [5, 30, 120, 600, 1800, 3600, 7200, 14400, *[28800] * 8]
    gaps = [(b - a).total_seconds() for a, b in pairwise(tries)]
    assert (sent["state"], sent["attempts"], len(tries)) == ("DEAD", 18, 18)
    assert all(w <= gap < w + 10 for w, gap in zip(waits, gaps, strict=False)), gaps
    # Counted from the beginning of the first try; the tries tell of their ends.
    assert tries[-1] - tries[0] > timedelta(hours=72) - timedelta(seconds=10)
    assert set(ids(log)[:18]) == {first}
    assert (ids(log)[18:], behind["attempts"]) == ([second], 1)
    [event] = await bench.events("webhook-dead-lettered", made)
    assert (event["eventId"], event["attempts"]) == (first, 18)
    async with receiving(PORT, log):
        path = f"/v1/webhook-deliveries/{sent['id']}/actions/redeliver"
        again = await bench.api.post(path, None, persona=KEEPER)
        assert (again.status_code, again.json()["state"]) == (200, "WAITING")
        assert (await bench.api.post(path, None, persona=KEEPER)).status_code == 409
        bench.clock.ahead += timedelta(hours=1)
        await bench.served(made, "DELIVERED", "DELIVERED")
    assert ids(log)[-2:] == [first, second]


async def test_silence_raises_one_alarm(bench: Bench, log: Path) -> None:
    made = await bench.add(PORT, silenceHours=6)
    bench.clock.ahead = timedelta(hours=5, minutes=59)
    await bench.keep()
    assert not (await bench.read(made))["isSilent"]
    bench.clock.ahead = timedelta(hours=6, minutes=1)
    for _ in range(3):
        await bench.keep()
    assert (await bench.read(made))["isSilent"]

    async def alarms() -> list[Any]:
        return await bench.events("webhook-fell-silent", made)

    [alarm] = await until(alarms)
    assert alarm["silenceHours"] == 6
    async with receiving(PORT, log):
        await bench.tell()
        await bench.served(made, "DELIVERED")
        assert not (await bench.read(made))["isSilent"]
    assert len(ids(log)) == 1  # of its own alarm it is not told
    await bench.keep()
    assert len(await alarms()) == 1


async def test_one_hanging_receiver_delays_nobody_else(
    bench: Bench, log: Path, tmp_path: Path
) -> None:
    async with receiving(PORT, tmp_path / "hung", "hang"), receiving(OTHER_PORT, log):
        hanging = await bench.add(PORT)
        healthy = await bench.add(OTHER_PORT)
        told = [str(await bench.tell()) for _ in range(40)]
        serving = bench.serving(timeout_s=60)

        async def are_there() -> bool:
            await serving.begin()
            states = [one["state"] for one in await bench.deliveries(healthy)]
            return states == ["DELIVERED"] * len(told)

        await until(are_there)
        open_ones = {one["state"] for one in await bench.deliveries(hanging)}
        assert {"SENDING"} <= open_ones <= {"SENDING", "WAITING"}
        assert sorted(ids(log)) == sorted(told)
        hung = list(serving._tasks.values())
        for task in hung:
            task.cancel()
        await asyncio.gather(*hung, return_exceptions=True)


async def test_a_failing_subject_stops_nobody_else_and_keeps_its_order(
    bench: Bench, log: Path
) -> None:
    failing, fine = uuid4(), uuid4()
    async with receiving(PORT, log, answer=f"503-for:{failing}"):
        made = await bench.add(PORT)
        for subject in (failing, fine, failing, fine):
            await bench.tell(subject)
        await bench.served(made, "WAITING", "DELIVERED", "WAITING", "DELIVERED")
    heard = [json.loads(one["body"])["subject"] for one in deliveries(log)]
    assert sorted(heard) == sorted([str(failing), str(fine), str(fine)])


async def test_what_happens_during_a_pause_comes_afterwards(bench: Bench, log: Path) -> None:
    subject = uuid4()
    async with receiving(PORT, log):
        made = await bench.add(PORT)
        await bench.act(made, "pause")
        told = [str(await bench.tell(subject)) for _ in range(3)]
        await bench.round()
        assert (ids(log), await bench.deliveries(made)) == ([], [])
        await bench.act(made, "resume")
        await bench.served(made, *["DELIVERED"] * 3)
    assert ids(log) == told
