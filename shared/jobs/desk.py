"""What a requester does with jobs: ask, cancel, fetch."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from shared.audit.entries import record_change
from shared.database.connection import Database
from shared.database.filters import FilterUnknown
from shared.database.lists import Pairs
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.jobs.kinds import ExportKind, Jobs
from shared.jobs.lifecycle import (
    JOB_LIFECYCLE,
    JobAction,
    JobFormat,
    JobLimit,
    JobNotFinished,
    JobOver,
    JobState,
)
from shared.jobs.views import JobViews
from shared.kernel.caller import Caller
from shared.kernel.clock import now
from shared.kernel.errors import FieldFault, NotFound, NotPermitted
from shared.kernel.ids import new_id
from shared.objects.errors import ContentLost
from shared.objects.store import Objects
from shared.observability.request import current_request
from shared.service.answers import Answer

# Waiting and running jobs of one requester.
OPEN_MAX: Final = 10
PURPOSE: Final = "EXPORT"
KIND: Final = "job"
_PAGING: Final = frozenset({"first", "after", "cursors", "sort", "fields"})

FOR_UPDATE: Final = Statement("""
select id, version, state from job
 where tenant_id = cast(:tenant_id as varchar) and id = :job_id for update""")
LOCK: Final = Statement("select pg_advisory_xact_lock(hashtext(:place))")
COUNT: Final = Statement("""
select count(*) from job
 where tenant_id = cast(:tenant_id as varchar) and requested_by = cast(:actor as varchar)
   and state in ('QUEUED', 'RUNNING')""")
RESULT: Final = Statement("""
select id, kind, format, state, object_key, sha256, size_bytes, ended_at,
       requested_roles <@ cast(:roles as varchar[]) as has_the_roles from job
 where tenant_id = cast(:tenant_id as varchar) and id = :job_id""")
# Roles that the requester had then and has not any more; a new one adds nothing to an old job.
NOTE_ROLES: Final = Statement("""
update job set requested_roles = array(
         select role from unnest(requested_roles) role where role = any(cast(:roles as varchar[])))
 where tenant_id = cast(:tenant_id as varchar) and requested_by = cast(:actor as varchar)
   and state in ('QUEUED', 'RUNNING') and not requested_roles <@ cast(:roles as varchar[])""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A file that somebody asks for. `filters`, `sort` and `fields` are as they were written."""

    kind: ExportKind
    file_format: JobFormat
    locale: str
    filters: dict[str, Any]
    sort: str | None
    fields: Sequence[str] | None
    asked: Pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    kind: str
    file_format: JobFormat
    object_key: str
    sha256: str
    size_bytes: int
    day: str


async def note_roles(database: Database, caller: Caller) -> None:
    """Whoever comes back with fewer roles has fewer: open jobs go on with those alone, and end
    when these do not suffice.
    """
    async with database.transaction(caller) as tx:
        await tx.execute(
            NOTE_ROLES,
            tenant_id=caller.tenant_id,
            actor=caller.actor,
            roles=sorted(caller.roles),
        )


def require_filters_alone(filters: Mapping[str, Any]) -> None:
    """Raises FilterUnknown for what asks for a page: a job goes through all of them by itself."""
    faults = tuple(
        FieldFault(f"/filters/{name}", FilterUnknown.code, FilterUnknown.title)
        for name in sorted(_PAGING & filters.keys())
    )
    if faults:
        raise FilterUnknown(faults=faults)


@dataclass(frozen=True, slots=True)
class JobDesk:
    """The operations of one service."""

    jobs: Jobs
    views: JobViews

    async def ask(self, tx: Transaction, request: Request) -> Answer:
        """Raises NotPermitted, JobLimit, and what the list says of filters, order and fields."""
        await self.jobs.require(request.kind, tx.caller)
        request.kind.view.chosen(request.asked)
        who = {"tenant_id": tx.caller.tenant_id, "actor": tx.caller.actor}
        await tx.execute(LOCK, place=f"jobs/{tx.caller.tenant_id}/{tx.caller.actor}")
        if await tx.value(COUNT, **who) >= OPEN_MAX:
            raise JobLimit(openMax=OPEN_MAX)
        job_id = new_id()
        await tx.insert(self.jobs.rows, **_row(tx.caller, job_id, request))
        codes = {
            "kind": request.kind.name,
            "format": request.file_format.value,
            "filters": sorted(request.filters),
        }
        await self._record(tx, "request-export", job_id, codes)
        return await self._answer(tx, job_id, location=f"/v1/jobs/{job_id}")

    async def cancel(self, tx: Transaction, job_id: UUID) -> Answer:
        """Raises NotFound, TransitionNotAllowed."""
        row = await tx.row(FOR_UPDATE, tenant_id=tx.caller.tenant_id, job_id=job_id)
        if row is None:
            raise NotFound
        state = JOB_LIFECYCLE.next_state(JobState(row["state"]), JobAction.CANCEL, None)
        at = now()
        await tx.update(
            self.jobs.rows,
            job_id,
            state=state.value,
            lease_id=None,
            leased_until=None,
            ended_at=at,
            updated_at=at,
            version=row["version"] + 1,
        )
        await self._record(tx, "cancel-export", job_id)
        return await self._answer(tx, job_id)

    async def fetch(self, tx: Transaction, job_id: UUID) -> Result:
        """The finished file, and that it was fetched in the log.

        The file shows what the roles of its request could see: who has lost one of them gets it no
        more. Raises NotFound, NotPermitted, JobNotFinished, JobOver.
        """
        roles = sorted(tx.caller.roles)
        row = await tx.row(RESULT, tenant_id=tx.caller.tenant_id, job_id=job_id, roles=roles)
        if row is None:
            raise NotFound
        state = JobState(row["state"])
        if state in {JobState.QUEUED, JobState.RUNNING}:
            raise JobNotFinished(state=state.value)
        if state is not JobState.DONE:
            raise JobOver(state=state.value)
        kind = self.jobs.kind(row["kind"])
        if kind is None:
            raise JobOver(state=state.value)
        if not row["has_the_roles"]:
            raise NotPermitted
        await self.jobs.require(kind, tx.caller)
        await self._record(tx, "fetch-export", job_id, {"kind": kind.name})
        return Result(
            kind=kind.name,
            file_format=JobFormat(row["format"]),
            object_key=row["object_key"],
            sha256=row["sha256"],
            size_bytes=row["size_bytes"],
            day=f"{row['ended_at']:%Y-%m-%d}",
        )

    async def _answer(
        self, tx: Transaction, job_id: UUID, *, location: str | None = None
    ) -> Answer:
        document = await self.views.job.one_in(tx, job_id=job_id)
        assert document is not None
        return Answer(document, location=location)

    async def _record(
        self, tx: Transaction, action: str, job_id: UUID, codes: dict[str, Any] | None = None
    ) -> None:
        await record_change(
            tx, self.jobs.audit, action=action, kind=KIND, record_id=job_id, changes=codes
        )


async def read_result(
    objects: Objects, result: Result, start: int, end: int
) -> AsyncIterator[bytes]:
    """The bytes from `start` up to but without `end`. Raises ContentLost, before the first."""
    try:
        return await objects.read(result.object_key, start=start, end=end)
    except FileNotFoundError as gone:
        raise ContentLost from gone


def _row(caller: Caller, job_id: UUID, request: Request) -> dict[str, Any]:
    facts, at = current_request(), now()
    return {
        "id": job_id,
        "unit_id": caller.unit_id,
        "version": 1,
        "created_at": at,
        "updated_at": at,
        "requested_by": caller.actor,
        "requested_roles": sorted(caller.roles),
        "unit_type": caller.unit_type,
        "client_id": caller.client_id,
        "purpose": facts.purpose if facts.has_named_purpose else PURPOSE,
        "reason": facts.reason,
        "request_id": facts.id,
        "kind": request.kind.name,
        "format": request.file_format.value,
        "locale": request.locale,
        "parameters": {
            "filters": request.filters,
            "sort": request.sort,
            "fields": request.fields,
        },
        "state": JobState.QUEUED.value,
        "rows_done": 0,
        "checkpoint": {},
        "attempts": 0,
    }
