"""Steps of a job's record that its worker takes. Each asks whether the work is still its own."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.jobs.checkpoints import Checkpoint
from shared.jobs.lifecycle import JOB_LIFECYCLE, JobAction, JobFailure, JobFormat, JobState
from shared.kernel.caller import Caller
from shared.kernel.ids import new_id
from shared.observability.request import RequestFacts

# Longer than a page takes: whoever lets it run out has surely ended.
LEASE_S: Final = 60

DUE: Final = Statement("""
select * from job
 where tenant_id = cast(:tenant_id as varchar) and id = :job_id
   and (state = 'QUEUED' or state = 'RUNNING' and leased_until <= cast(:at as timestamptz))
   for update skip locked""")
TAKE: Final = Statement("""
update job set state = :state, lease_id = :lease_id,
       leased_until = cast(:at as timestamptz) + make_interval(secs => :lease_s),
       attempts = attempts + 1, started_at = coalesce(started_at, :at), updated_at = :at,
       version = version + 1
 where tenant_id = cast(:tenant_id as varchar) and id = :job_id
returning started_at, attempts""")
RENEW: Final = Statement("""
update job set checkpoint = :checkpoint, rows_done = :rows_done, attempts = 0, updated_at = :at,
       leased_until = cast(:at as timestamptz) + make_interval(secs => :lease_s),
       version = version + 1
 where tenant_id = cast(:tenant_id as varchar) and id = :job_id and lease_id = :lease_id
returning requested_roles""")
END: Final = Statement("""
update job set state = :state, lease_id = null, leased_until = null, ended_at = :at,
       updated_at = :at, expires_at = :expires_at, object_key = :object_key, sha256 = :sha256,
       size_bytes = :size_bytes, failure = :failure, version = version + 1
 where tenant_id = cast(:tenant_id as varchar) and id = :job_id and lease_id = :lease_id
returning id""")
EXPIRE: Final = Statement("""
update job set state = :state, object_key = null, updated_at = :at, version = version + 1
 where tenant_id = cast(:tenant_id as varchar) and id = :job_id
   and state = 'DONE' and expires_at <= cast(:at as timestamptz)
returning id""")
FORGET: Final = Statement("""
delete from job
 where tenant_id = cast(:tenant_id as varchar) and id = :job_id
   and state in ('FAILED', 'CANCELLED', 'EXPIRED') and updated_at < cast(:before as timestamptz)""")


class LeaseLostError(Exception):
    """The job was cancelled, or another worker took it over."""


class JobFailsError(Exception):
    """The job cannot be done, and why."""

    def __init__(self, failure: JobFailure) -> None:
        super().__init__(failure.value)
        self.failure = failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A job in the hands of one worker. `caller` is who asked for it, with the roles of then that
    the person is known to have still.
    """

    job_id: UUID
    lease_id: UUID
    caller: Caller
    kind: str
    file_format: JobFormat
    locale: str
    parameters: dict[str, Any]
    created_at: datetime
    started_at: datetime
    attempts: int
    rows_done: int
    checkpoint: Checkpoint
    facts: RequestFacts

    @property
    def key(self) -> dict[str, Any]:
        return {
            "tenant_id": self.caller.tenant_id,
            "job_id": self.job_id,
            "lease_id": self.lease_id,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The finished file."""

    object_key: str
    sha256: str
    size_bytes: int
    expires_at: datetime


async def take(tx: Transaction, job_id: UUID, at: datetime) -> Lease | None:
    """The job, if it waits or whoever had it is gone; None otherwise."""
    row = await tx.row(DUE, tenant_id=tx.caller.tenant_id, job_id=job_id, at=at)
    if row is None:
        return None
    state = JOB_LIFECYCLE.next_state(JobState(row["state"]), JobAction.START, None)
    lease_id = new_id()
    taken = await tx.row(
        TAKE,
        tenant_id=tx.caller.tenant_id,
        job_id=job_id,
        lease_id=lease_id,
        state=state.value,
        at=at,
        lease_s=LEASE_S,
    )
    assert taken is not None
    issuer, _, subject = row["requested_by"].partition("|")
    return Lease(
        job_id=job_id,
        lease_id=lease_id,
        caller=Caller(
            tenant_id=row["tenant_id"],
            unit_id=row["unit_id"],
            unit_type=row["unit_type"],
            issuer=issuer,
            subject=subject,
            roles=frozenset(row["requested_roles"]),
            client_id=row["client_id"],
        ),
        kind=row["kind"],
        file_format=JobFormat(row["format"]),
        locale=row["locale"],
        parameters=row["parameters"],
        created_at=row["created_at"],
        started_at=taken["started_at"],
        attempts=taken["attempts"],
        rows_done=row["rows_done"],
        checkpoint=Checkpoint.of(row["checkpoint"]),
        facts=RequestFacts(id=row["request_id"], purpose=row["purpose"], reason=row["reason"]),
    )


async def renew(tx: Transaction, lease: Lease, at: datetime) -> Lease:
    """Store how far it is, and hold the job longer. Raises LeaseLostError."""
    row = await tx.row(
        RENEW,
        **lease.key,
        checkpoint=lease.checkpoint.document(),
        rows_done=lease.rows_done,
        at=at,
        lease_s=LEASE_S,
    )
    if row is None:
        raise LeaseLostError
    roles = frozenset(row["requested_roles"])
    return replace(lease, caller=replace(lease.caller, roles=roles))


async def finish(tx: Transaction, lease: Lease, made: Made, at: datetime) -> None:
    """Raises LeaseLostError."""
    state = JOB_LIFECYCLE.next_state(JobState.RUNNING, JobAction.FINISH, None)
    await _end(
        tx,
        lease,
        at,
        state=state.value,
        expires_at=made.expires_at,
        object_key=made.object_key,
        sha256=made.sha256,
        size_bytes=made.size_bytes,
        failure=None,
    )


async def fail(tx: Transaction, lease: Lease, failure: JobFailure, at: datetime) -> None:
    """Raises LeaseLostError."""
    state = JOB_LIFECYCLE.next_state(JobState.RUNNING, JobAction.FAIL, None)
    nothing = dict.fromkeys(("expires_at", "object_key", "sha256", "size_bytes"))
    await _end(tx, lease, at, state=state.value, failure=failure.value, **nothing)


async def _end(tx: Transaction, lease: Lease, at: datetime, **values: Any) -> None:
    if await tx.value(END, **lease.key, at=at, **values) is None:
        raise LeaseLostError


async def expire(tx: Transaction, job_id: UUID, at: datetime) -> bool:
    """Whether it was this call that ended it."""
    state = JOB_LIFECYCLE.next_state(JobState.DONE, JobAction.EXPIRE, None)
    who = {"tenant_id": tx.caller.tenant_id, "job_id": job_id}
    return await tx.value(EXPIRE, **who, state=state.value, at=at) is not None


async def forget(tx: Transaction, job_id: UUID, before: datetime) -> None:
    await tx.execute(FORGET, tenant_id=tx.caller.tenant_id, job_id=job_id, before=before)
