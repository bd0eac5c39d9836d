"""What happens to jobs by the clock, and the removal of bytes that no job needs."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog

from shared.audit.entries import record_change
from shared.database.connection import Database
from shared.jobs.checkpoints import folder_of, folder_of_service, job_of_key
from shared.jobs.desk import KIND
from shared.jobs.kinds import Jobs
from shared.jobs.steps import expire, forget
from shared.kernel.caller import Caller
from shared.objects.store import Objects

# How long the record of a job can be looked up after its end.
KEEP_DAYS: Final = 90
# Bytes of a process that was killed stay so long at most.
GRACE: Final = timedelta(hours=1)
PART: Final = "jobs"
KNOWN: Final = "select id, is_at_work, object_key from jobs_known($1)"

log = structlog.get_logger(__name__)


async def clear(database: Database, objects: Objects, folders: Mapping[UUID, str]) -> None:
    """Remove the bytes of jobs that are over, all but their results. A job that is at work keeps
    everything: another worker may go on with it.
    """
    rows = await database.across_tenants(KNOWN, list(folders), part=PART)
    known = {row["id"]: row for row in rows}
    for job_id, folder in folders.items():
        row = known.get(job_id)
        if row is not None and row["is_at_work"]:
            continue
        result = row["object_key"] if row is not None else None
        for key in await objects.keys_under(folder):
            if key != result:
                await objects.remove(key)
        await objects.remove_unfinished(folder)


async def sweep(database: Database, objects: Objects, service: str, at: datetime) -> None:
    """The same for whatever lies in the store, since a process may end between two steps."""
    root = folder_of_service(service)
    await objects.remove_unfinished(root, before=at - GRACE)
    async for keys in objects.keys_before(at - GRACE, folder=root):
        folders: dict[UUID, str] = {}
        for key in keys:
            job_id = job_of_key(key)
            if job_id is not None:
                folders[job_id] = key.rsplit("/", 2)[0]
        if folders:
            await clear(database, objects, folders)


async def end_by_clock(
    database: Database, objects: Objects, jobs: Jobs, owner: Caller, job_id: UUID, at: datetime
) -> None:
    """A result whose days are over is removed."""
    async with database.transaction(owner) as tx:
        if not await expire(tx, job_id, at):
            return
        await record_change(tx, jobs.audit, action="expire-export", kind=KIND, record_id=job_id)
    await clear(database, objects, {job_id: folder_of(jobs.service, owner, job_id)})
    log.info("jobs.expired", job_id=str(job_id))


async def forget_job(database: Database, owner: Caller, job_id: UUID, at: datetime) -> None:
    async with database.transaction(owner) as tx:
        await forget(tx, job_id, at - timedelta(days=KEEP_DAYS))
