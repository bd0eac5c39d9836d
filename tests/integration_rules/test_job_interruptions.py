"""A worker that is killed costs no row and doubles none."""

import hashlib
import signal
from datetime import timedelta

import pytest

from shared.jobs.keeping import sweep
from shared.objects.store import Objects
from tests.integration_rules.conftest import Record, ServiceApi
from tests.integration_rules.job_bench import JobBench
from tests.job_worker import Death

AFTER_LEASE_S = 90


@pytest.fixture
def bench(service_api: ServiceApi) -> JobBench:
    return JobBench(service_api)


@pytest.fixture
async def some(service_api: ServiceApi) -> list[Record]:
    return [await service_api.create() for _ in range(7)]


@pytest.mark.parametrize(
    "death",
    [Death("after", 2), Death("within", 3), Death("within", 99)],
    ids=["between-page-and-checkpoint", "in-a-page", "in-the-joining"],
)
async def test_a_job_killed_in_the_middle_goes_on_and_gives_the_same_bytes(
    bench: JobBench, some: list[Record], death: Death
) -> None:
    """Real processes and SIGKILL; the first file is made without any of it."""
    body = {"format": "CSV", "filters": {"updatedSince": some[0]["updatedAt"]}}
    wanted = await bench.file(**body)
    pages = (wanted.count(b"\r\n") - 1 + 1) // 2
    assert pages >= 3
    if death.number == 99:
        death = Death("within", pages + 1)
    job = await bench.ask(**body)
    killed = await bench.process(death=death)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    found = await bench.read(job)
    assert found["state"] == "RUNNING"
    assert found["rowsDone"] == min(2 * (death.number - 1), wanted.count(b"\r\n") - 1)
    too_early = await bench.process()
    assert too_early.returncode == 0, too_early.stderr
    assert await bench.read(job) == found
    went_on = await bench.process(ahead_s=AFTER_LEASE_S)
    assert went_on.returncode == 0, went_on.stderr
    done = await bench.read(job)
    assert (done["state"], done["rowsDone"]) == ("DONE", wanted.count(b"\r\n") - 1)
    answer = await bench.result(job)
    assert answer.content == wanted
    assert done["sha256"] == hashlib.sha256(wanted).hexdigest()
    assert len(bench.stored(job)) == 1


async def test_a_worker_believed_dead_spoils_nothing(
    bench: JobBench, some: list[Record], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It writes on after another took over: elsewhere, and its checkpoint is refused."""
    body = {"filters": {"updatedSince": some[0]["updatedAt"]}}
    wanted = await bench.file(**body)
    job = await bench.ask(**body)
    slow, writes = bench.serving(page_rows=2), 0
    put = slow._runner._objects.put

    async def put_late(key: str, chunks: bytes) -> None:
        nonlocal writes
        writes += 1
        if writes == 2:
            bench.ahead = timedelta(seconds=AFTER_LEASE_S)
            await bench.work(page_rows=3)
            assert (await bench.read(job))["state"] == "DONE"
        await put(key, chunks)

    monkeypatch.setattr(slow._runner._objects, "put", put_late)
    await slow.begin()
    await slow.finish()
    assert writes == 2
    assert (await bench.result(job)).content == wanted
    assert len(bench.stored(job)) == 1


async def test_what_was_left_behind_is_swept(bench: JobBench, some: list[Record]) -> None:
    """The process dies when the record says DONE or CANCELLED and the parts still lie there."""
    job = await bench.ask()
    killed = await bench.process(death=Death("after", 2))
    assert killed.returncode == -signal.SIGKILL
    assert len(bench.stored(job)) == 2
    database, objects = bench.api.app.state.database, Objects(str(bench.api.files))
    service = bench.api.sample.service
    later = bench.clock() + timedelta(hours=2)
    await sweep(database, objects, service, later)
    assert len(bench.stored(job)) == 2
    await bench.cancel(job)
    await sweep(database, objects, service, bench.clock())
    assert len(bench.stored(job)) == 2
    other = "funding" if service != "funding" else "cases"
    await sweep(database, objects, other, later)
    assert len(bench.stored(job)) == 2
    await sweep(database, objects, service, later)
    assert bench.stored(job) == []
    assert some
