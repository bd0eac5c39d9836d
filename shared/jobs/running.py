"""The worker's part of a job: page by page in the name of who asked, each page with its checkpoint.

A page is one statement, so no transaction is open while something is written. Whatever ends the
process, the next worker goes on behind the last checkpoint and comes to the same bytes. A file is
no snapshot: what is changed meanwhile may be in it as it was before or after the change.
"""

import hashlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

import orjson
import structlog

from shared.audit.entries import record_change
from shared.database.connection import Database
from shared.database.views import View
from shared.jobs.checkpoints import folder_of, part_key, result_key
from shared.jobs.desk import KIND
from shared.jobs.keeping import clear
from shared.jobs.kinds import ExportKind, Jobs
from shared.jobs.lifecycle import JobFailure
from shared.jobs.steps import JobFailsError, Lease, LeaseLostError, Made, fail, finish, renew, take
from shared.jobs.tables import Printer, columns
from shared.kernel.caller import Caller
from shared.kernel.errors import Malformed, Refusal
from shared.objects.store import Objects
from shared.observability.request import begin_request
from shared.web.searches import ListCriteria

PAGE_ROWS: Final = 250
# A job that ends at the same place so often is not tried again.
ATTEMPTS_MAX: Final = 10
# Roles of a day ago say little about today.
WAIT_MAX: Final = timedelta(hours=24)
PARTS_BETWEEN_RENEWALS: Final = 50

Clock = Callable[[], datetime]
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobTerms:
    """What the installation allows."""

    rows_max: int
    keep_days: int
    page_rows: int = PAGE_ROWS


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one job reads, page by page, and how it is printed."""

    kind: ExportKind
    view: View
    values: dict[str, Any]
    printer: Printer


class Runner:
    """Makes the files of one service."""

    def __init__(
        self, jobs: Jobs, database: Database, objects: Objects, terms: JobTerms, clock: Clock
    ) -> None:
        self._jobs = jobs
        self._database = database
        self._objects = objects
        self._terms = terms
        self._clock = clock

    async def run(self, owner: Caller, job_id: UUID) -> None:
        """The whole job, or what is left of it. `owner` is who asked for it."""
        async with self._database.transaction(owner) as tx:
            lease = await take(tx, job_id, self._clock())
        if lease is None:
            return
        begin_request(lease.facts)
        try:
            await self._make(lease)
        except LeaseLostError:
            log.info("jobs.left", job_id=str(job_id))
        except JobFailsError as fails:
            await self._fail(lease, fails.failure)
        await clear(self._database, self._objects, {job_id: self._folder(lease)})

    async def _make(self, lease: Lease) -> None:
        if lease.attempts > ATTEMPTS_MAX:
            raise JobFailsError(JobFailure.FAULT)
        if lease.created_at < self._clock() - WAIT_MAX:
            raise JobFailsError(JobFailure.WAITED_TOO_LONG)
        try:
            reading = self._reading(lease)
            while not lease.checkpoint.is_read:
                await self._require(reading.kind, lease.caller)
                lease = await self._page(reading, lease)
        except Malformed as unknown:
            raise JobFailsError(JobFailure.KIND_GONE) from unknown
        await self._require(reading.kind, lease.caller)
        made = await self._join(lease)
        async with self._database.transaction(lease.caller) as tx:
            await finish(tx, lease, made, self._clock())
            codes = {"kind": lease.kind, "rows": lease.rows_done}
            await record_change(
                tx,
                self._jobs.audit,
                action="finish-export",
                kind=KIND,
                record_id=lease.job_id,
                changes=codes,
            )

    def _reading(self, lease: Lease) -> _Reading:
        """Raises Malformed where the list does not know any more what was asked."""
        kind = self._jobs.kind(lease.kind)
        if kind is None:
            raise JobFailsError(JobFailure.KIND_GONE)
        criteria = ListCriteria.model_validate(
            {name: value for name, value in lease.parameters.items() if value is not None}
        )
        view, values = kind.view.chosen(criteria.asked())
        printer = Printer(
            lease.file_format,
            lease.locale,
            columns(view, criteria.fields or ()),
            view.decimals(),
            self._jobs.headings,
        )
        return _Reading(kind, view, values, printer)

    async def _require(self, kind: ExportKind, caller: Caller) -> None:
        try:
            await self._jobs.require(kind, caller)
        except Refusal as refusal:
            raise JobFailsError(JobFailure.ROLE_GONE) from refusal

    async def _page(self, reading: _Reading, lease: Lease) -> Lease:
        """One page more: read, written, noted."""
        before = lease.checkpoint
        page = await reading.view.page(
            self._database,
            lease.caller,
            first=self._terms.page_rows,
            after=before.after,
            **reading.values,
            # Of the instant when the job began, so that whoever goes on looks with the same eyes.
            **reading.kind.values(lease.caller, lease.started_at),
        )
        found = orjson.loads(page.body)
        rows_done = lease.rows_done + page.count
        if rows_done > self._terms.rows_max:
            raise JobFailsError(JobFailure.TOO_MANY_ROWS)
        lines = reading.printer.lines(found["items"])
        if not before.written:
            lines = reading.printer.head() + lines
        key = part_key(self._folder(lease), lease.lease_id, before.next_part(lease.lease_id))
        await self._objects.put(key, lines)
        checkpoint = before.behind(lease.lease_id, found["nextCursor"])
        return await self._renew(replace(lease, checkpoint=checkpoint, rows_done=rows_done))

    def _folder(self, lease: Lease) -> str:
        return folder_of(self._jobs.service, lease.caller, lease.job_id)

    async def _renew(self, lease: Lease) -> Lease:
        async with self._database.transaction(lease.caller) as tx:
            return await renew(tx, lease, self._clock())

    async def _join(self, lease: Lease) -> Made:
        """The parts as one object, passed through and never held."""
        digest, size_bytes = hashlib.sha256(), 0

        async def chunks() -> AsyncIterator[bytes]:
            nonlocal size_bytes
            for count, (written_by, part) in enumerate(lease.checkpoint.parts(), start=1):
                if count % PARTS_BETWEEN_RENEWALS == 0:
                    await self._renew(lease)
                key = part_key(self._folder(lease), written_by, part)
                async for chunk in await self._objects.read(key):
                    digest.update(chunk)
                    size_bytes += len(chunk)
                    yield chunk

        key = result_key(self._folder(lease), lease.lease_id)
        await self._objects.put(key, chunks())
        return Made(
            object_key=key,
            sha256=digest.hexdigest(),
            size_bytes=size_bytes,
            expires_at=self._clock() + timedelta(days=self._terms.keep_days),
        )

    async def _fail(self, lease: Lease, failure: JobFailure) -> None:
        async with self._database.transaction(lease.caller) as tx:
            try:
                await fail(tx, lease, failure, self._clock())
            except LeaseLostError:
                return
            await record_change(
                tx,
                self._jobs.audit,
                action="fail-export",
                kind=KIND,
                record_id=lease.job_id,
                changes={"kind": lease.kind, "failure": failure.value},
            )
        log.info("jobs.failed", job_id=str(lease.job_id), failure=failure.value)
