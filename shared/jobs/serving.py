"""The part of a worker that serves jobs: some at once, each by a task of its own."""

import asyncio
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import structlog

from shared.database.connection import Database
from shared.jobs.keeping import KEEP_DAYS, PART, end_by_clock, forget_job
from shared.jobs.kinds import Jobs
from shared.jobs.running import Clock, Runner
from shared.kernel.caller import Caller
from shared.objects.store import Objects

AT_ONCE: Final = 2
ROWS_MAX: Final = 100
DUE: Final = "select tenant_id, unit_id, requested_by, id, todo from jobs_due($1, $2, $3)"

log = structlog.get_logger(__name__)


class JobServing:
    """Finds what is due and does it."""

    def __init__(
        self,
        jobs: Jobs,
        database: Database,
        objects: Objects,
        runner: Runner,
        clock: Clock,
    ) -> None:
        self._jobs = jobs
        self._database = database
        self._objects = objects
        self._runner = runner
        self._clock = clock
        self._tasks: dict[UUID, asyncio.Task[None]] = {}

    async def run(self, every_s: float) -> None:
        """Serve until cancelled; what is at work then is taken over after its lease."""
        try:
            while True:
                await self.begin()
                await asyncio.sleep(every_s)
        finally:
            tasks = list(self._tasks.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def begin(self) -> None:
        """Begin with what is due, as far as there is room."""
        at = self._clock()
        forget_before = at - timedelta(days=KEEP_DAYS)
        rows = await self._database.across_tenants(DUE, at, forget_before, ROWS_MAX, part=PART)
        for row in rows:
            if len(self._tasks) >= AT_ONCE:
                return
            if row["id"] not in self._tasks:
                self._tasks[row["id"]] = asyncio.create_task(self._serve(row))

    @property
    def at_work(self) -> int:
        """How many are being served."""
        return len(self._tasks)

    async def finish(self) -> None:
        """Wait for what has begun."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values())

    async def _serve(self, row: Any) -> None:
        job_id, owner = row["id"], owner_of(row)
        try:
            if row["todo"] == "RUN":
                await self._runner.run(owner, job_id)
            elif row["todo"] == "EXPIRE":
                at = self._clock()
                await end_by_clock(self._database, self._objects, self._jobs, owner, job_id, at)
            else:
                await forget_job(self._database, owner, job_id, self._clock())
        except Exception as fault:  # noqa: BLE001 - whatever it is, the other jobs go on
            log.warning("jobs.interrupted", job_id=str(job_id), fault=type(fault).__name__)
        finally:
            self._tasks.pop(job_id, None)


def owner_of(row: Any) -> Caller:
    """Who asked, without roles: enough to see the record of the job and nothing else."""
    issuer, _, subject = row["requested_by"].partition("|")
    return Caller(
        tenant_id=row["tenant_id"],
        unit_id=row["unit_id"],
        unit_type="SYSTEM",
        issuer=issuer,
        subject=subject,
        roles=frozenset(),
        client_id=PART,
    )
