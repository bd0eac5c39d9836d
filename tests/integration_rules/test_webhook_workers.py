"""Several workers, and one that is killed while it sends."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.integration_rules.conftest import ServiceApi
from tests.integration_rules.webhook_bench import PORT, Bench, bench_of
from tests.receiver import deliveries, receiving
from tests.waiting import until


@pytest.fixture
async def bench(service_api: ServiceApi) -> AsyncIterator[Bench]:
    async with bench_of(service_api) as found:
        yield found


async def test_three_workers_share_the_work_and_double_nothing(
    bench: Bench, tmp_path: Path
) -> None:
    log = tmp_path / "taken"
    subjects = [uuid4() for _ in range(10)]
    told = defaultdict(list)
    async with receiving(PORT, log):
        made = await bench.add(PORT)
        for _ in range(5):
            for subject in subjects:
                told[str(subject)].append(str(await bench.tell(subject)))
        workers = [bench.serving() for _ in range(3)]
        at_work = [asyncio.create_task(worker.run()) for worker in workers]

        async def are_there() -> bool:
            open_ones = await bench.deliveries(made, **{"state[in]": "WAITING,SENDING"})
            return len(deliveries(log)) >= 50 and open_ones == []

        await until(are_there)
        for worker in at_work:
            worker.cancel()
        await asyncio.gather(*at_work, return_exceptions=True)
    heard = defaultdict(list)
    for one in deliveries(log):
        event = json.loads(one["body"])
        heard[event["subject"]].append(event["id"])
    assert heard == told


async def test_what_a_killed_worker_was_sending_is_sent_again_after_its_lease(
    bench: Bench, tmp_path: Path
) -> None:
    subject = uuid4()
    async with receiving(PORT, tmp_path / "hung", "hang"):
        made = await bench.add(PORT)
        first, second = [str(await bench.tell(subject)) for _ in range(2)]
        killed = bench.serving(timeout_s=60)

        async def is_sending() -> bool:
            await killed.begin()
            return len(deliveries(tmp_path / "hung")) == 1

        await until(is_sending)
        tasks = list(killed._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    log = tmp_path / "taken"
    async with receiving(PORT, log):
        bench.clock.ahead = timedelta(seconds=50)
        await bench.round()
        assert deliveries(log) == []
        bench.clock.ahead = timedelta(seconds=90)
        await bench.served(made, "DELIVERED", "DELIVERED")
    assert [one["headers"]["webhook-id"] for one in deliveries(log)] == [first, second]
