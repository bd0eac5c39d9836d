"""One round of a worker's jobs as a process of its own, which may kill itself in the middle.

    python -m tests.job_worker SERVICE PAGE_ROWS AHEAD_S [MOMENT NUMBER]

Settings come from the environment, as in the real worker. MOMENT is `before` or `after` the
NUMBER-th write to the store, or `within` it: then SIGKILL ends the process. At its end the process
prints the most memory that it ever had, in bytes.
"""

import asyncio
import importlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from deploy.local.settings import PROJECT_DIR
from shared.database.connection import open_database
from shared.jobs.running import JobTerms, Runner
from shared.jobs.serving import JobServing
from shared.kernel.clock import now
from shared.objects.store import Objects

KIB = 1024


@dataclass(frozen=True, slots=True)
class Death:
    moment: str
    number: int


class DeadlyObjects(Objects):
    """A store at which the process dies."""

    def __init__(self, location: str, death: Death | None) -> None:
        super().__init__(location)
        self._death = death
        self._writes = 0

    async def put(self, key: str, chunks: AsyncIterator[bytes] | bytes) -> None:
        self._writes += 1
        if self._is("before"):
            die()
        if self._is("within"):
            chunks = _some(chunks)
        await super().put(key, chunks)
        if self._is("after"):
            die()

    def _is(self, moment: str) -> bool:
        death = self._death
        return death is not None and (death.moment, death.number) == (moment, self._writes)


async def _some(chunks: AsyncIterator[bytes] | bytes) -> AsyncIterator[bytes]:
    if isinstance(chunks, bytes):
        yield chunks[:10]
        die()
    async for chunk in chunks:
        yield chunk
        die()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def work(service: str, page_rows: int, ahead: timedelta, death: Death | None) -> None:
    settings = importlib.import_module(f"services.{service}.settings").Settings()
    jobs = importlib.import_module(f"services.{service}.api.integration").INTEGRATION.jobs
    database = await open_database(
        settings.database_dsn.get_secret_value(), application="tests-job-worker"
    )

    def clock() -> datetime:
        return now() + ahead

    objects = DeadlyObjects(settings.jobs_location, death)
    terms = JobTerms(
        rows_max=settings.job_rows_max, keep_days=settings.job_days, page_rows=page_rows
    )
    runner = Runner(jobs, database, objects, terms, clock)
    serving = JobServing(jobs, database, objects, runner, clock)
    await serving.begin()
    await serving.finish()
    await database.close()


def peak_bytes() -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * KIB
    raise AssertionError


def run_worker(
    service: str,
    settings: Mapping[str, str],
    *,
    page_rows: int,
    ahead_s: float = 0,
    death: Death | None = None,
) -> subprocess.CompletedProcess[str]:
    """The process, until its end."""
    ending = [death.moment, str(death.number)] if death else []
    return subprocess.run(
        [sys.executable, "-m", "tests.job_worker", service, str(page_rows), str(ahead_s), *ending],
        cwd=PROJECT_DIR,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


if __name__ == "__main__":
    which, rows, seconds, *rest = sys.argv[1:]
    end = Death(rest[0], int(rest[1])) if rest else None
    asyncio.run(work(which, int(rows), timedelta(seconds=float(seconds)), end))
    sys.stdout.write(f"{peak_bytes()}\n")
