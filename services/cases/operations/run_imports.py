"""The worker's part of an import: batch by batch, each in one transaction with its checkpoint.

Whatever ends the process, the next run goes on behind the last batch that was committed, so each
row has its effect once. Two workers on one import wait for each other and the slower one leaves.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from itertools import islice
from typing import IO, Any
from uuid import UUID

import asyncpg
import structlog

from services.cases.domain.import_mapping import Mapping
from services.cases.domain.imports import (
    IMPORT_LIFECYCLE,
    FileUnusable,
    ImportAction,
    ImportEncoding,
    ImportFormat,
    ImportLocale,
    ImportState,
    RowOutcome,
)
from services.cases.operations.deliver_rows import RowResult, deliver_rows
from services.cases.operations.import_cases import TWICE
from services.cases.operations.import_rows import ImportRow, RefusedRow
from services.cases.operations.keep_imports import end_import, lock_import, log_import
from services.cases.operations.read_import_file import (
    Row,
    RowReaders,
    csv_rows,
    ndjson_rows,
    spooled,
)
from services.cases.operations.record_delivery import Source
from services.cases.storage.queries.imports import DELETE_LINES, IMPORTS_DUE, KNOWN_DIGESTS
from services.cases.storage.tables import ImportJobRow, ImportLineRow
from shared.database.connection import Database
from shared.database.statements import insert_statement
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller, system_caller
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.objects.store import Objects

PART = "imports"
AT_ONCE = 2
IN_WORK = frozenset({ImportState.RECEIVED, ImportState.RUNNING})
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """What running imports needs beside the database."""

    objects: Objects
    readers: RowReaders
    batch_rows: int
    report_days: int


async def run_imports(database: Database, run: ImportRun) -> None:
    """Every import that has its file, one of each unit at a time; and old reports cleared."""
    nobody = system_caller(tenant_id="", unit_id="", part=PART)
    kept_since = now() - timedelta(days=run.report_days)
    async with database.transaction(nobody) as tx:
        due = await tx.rows(IMPORTS_DUE, kept_since=kept_since)
    turns = asyncio.Semaphore(AT_ONCE)

    async def take(row: asyncpg.Record) -> None:
        caller = system_caller(tenant_id=row["tenant_id"], unit_id=row["unit_id"], part=PART)
        async with turns:
            if row["is_over"]:
                await _clear_report(database, caller, row["id"])
            else:
                await run_import(database, caller, run, row["id"])

    async with asyncio.TaskGroup() as group:
        for row in due:
            group.create_task(take(row))


async def run_import(database: Database, caller: Caller, run: ImportRun, import_id: UUID) -> None:
    """The whole import, or what is left of it."""
    async with database.transaction(caller) as tx:
        job = await lock_import(tx, import_id)
        if ImportState(job["state"]) not in IN_WORK:
            return
        if job["state"] == ImportState.RECEIVED:
            await _start(tx, job)
    # From here on in the name of who asked for it, as the audit log shall have it.
    requester = _requester(caller, job["requested_by"])
    try:
        async with spooled(run.objects, job["object_key"], job["sha256"]) as file:
            rows = islice(_rows(file, job, run.readers), job["rows_read"], None)
            position: int | None = job["rows_read"]
            while position is not None:
                batch, fault = _take(rows, run.batch_rows)
                if fault is not None and not batch:
                    raise fault
                async with database.transaction(requester) as tx:
                    position = await _deliver(tx, import_id, position, batch)
                if fault is not None:
                    raise fault
    except FileUnusable as unusable:
        async with database.transaction(requester) as tx:
            await _fail(tx, import_id, unusable)
    log.info("import.ended", import_id=str(import_id))


def _take(rows: Iterator[Row], count: int) -> tuple[list[Row], FileUnusable | None]:
    """The next rows, and what made the file unreadable behind them."""
    batch: list[Row] = []
    try:
        while len(batch) < count:
            batch.append(next(rows))
    except StopIteration:
        return batch, None
    except FileUnusable as unusable:
        return batch, unusable
    return batch, None


def _rows(file: IO[bytes], job: asyncpg.Record, readers: RowReaders) -> Iterator[Row]:
    if job["format"] == ImportFormat.NDJSON:
        return ndjson_rows(file, readers)
    return csv_rows(
        file,
        readers,
        encoding=ImportEncoding(job["encoding"]),
        delimiter=job["delimiter"],
        locale=ImportLocale(job["locale"]),
        mapping=Mapping.read(job["mapping_json"]),
    )


async def _deliver(
    tx: Transaction,
    import_id: UUID,
    position: int,
    batch: list[Row],
) -> int | None:
    """The next position; None when there is nothing more to do here: the end, a cancellation, or
    another worker that is ahead.
    """
    job = await lock_import(tx, import_id)
    if job["state"] != ImportState.RUNNING or job["rows_read"] != position:
        return None
    if not batch:
        await end_import(tx, job, ImportAction.FINISH)
        await log_import(tx, import_id, "finish-import", {"rowsRead": position})
        return None
    rows, digests = await _once(tx, import_id, batch)
    source = Source(system=job["source_system"], import_id=import_id)
    results = await deliver_rows(tx, source, rows, is_dry_run=job["is_dry_run"])
    mapping = Mapping.read(job["mapping_json"]) if job["mapping_json"] else None
    await _report(tx, import_id, results, digests, mapping)
    counts = Counter(result.outcome for result in results)
    await tx.update(
        ImportJobRow,
        import_id,
        rows_read=position + len(batch),
        rows_created=job["rows_created"] + counts[RowOutcome.CREATED],
        rows_changed=job["rows_changed"] + counts[RowOutcome.CHANGED],
        rows_unchanged=job["rows_unchanged"] + counts[RowOutcome.UNCHANGED],
        rows_refused=job["rows_refused"] + counts[RowOutcome.REFUSED],
        version=job["version"] + 1,
    )
    return position + len(batch)


async def _once(
    tx: Transaction, import_id: UUID, batch: list[Row]
) -> tuple[list[Row], dict[int, UUID]]:
    """The batch with keys refused that an earlier line of the file has, and each line's digest."""
    digests = {row.line: _digest(row.key) for row in batch if isinstance(row, ImportRow)}
    found = await tx.rows(
        KNOWN_DIGESTS,
        tenant_id=tx.caller.tenant_id,
        import_id=import_id,
        digests=list(digests.values()),
    )
    seen = {row["key_digest"] for row in found}
    rows: list[Row] = []
    for row in batch:
        if isinstance(row, ImportRow):
            if digests[row.line] in seen:
                del digests[row.line]
                rows.append(RefusedRow(line=row.line, key=row.key, faults=(TWICE,)))
                continue
            seen.add(digests[row.line])
        rows.append(row)
    return rows, digests


async def _report(
    tx: Transaction,
    import_id: UUID,
    results: list[RowResult],
    digests: dict[int, UUID],
    mapping: Mapping | None,
) -> None:
    lines: list[dict[str, Any]] = [
        {
            "id": new_id(),
            "tenant_id": tx.caller.tenant_id,
            "unit_id": tx.caller.unit_id,
            "import_id": import_id,
            "line": result.line,
            "outcome": result.outcome,
            "case_id": result.case_id,
            "person_ids": list(result.person_ids),
            "faults_json": [
                {
                    "pointer": fault.pointer,
                    "column": mapping.column_of(fault.pointer) if mapping else None,
                    "code": fault.code,
                    "message": {"de": fault.message.de, "en": fault.message.en},
                }
                for fault in result.faults
            ],
            "key_digest": digests.get(result.line),
        }
        for result in results
    ]
    statement = insert_statement(ImportLineRow, tuple(sorted(lines[0])))
    await tx.connection.executemany(statement.sql, [statement.arguments(one) for one in lines])


async def _start(tx: Transaction, job: asyncpg.Record) -> None:
    state = IMPORT_LIFECYCLE.next_state(ImportState(job["state"]), ImportAction.START, None)
    version = job["version"] + 1
    await tx.update(ImportJobRow, job["id"], state=state, started_at=now(), version=version)


async def _fail(tx: Transaction, import_id: UUID, unusable: FileUnusable) -> None:
    """What was taken over before stays; sent again, it changes nothing."""
    job = await lock_import(tx, import_id)
    if job["state"] != ImportState.RUNNING:
        return
    facts: dict[str, Any] = unusable.facts
    await end_import(
        tx,
        job,
        ImportAction.FAIL,
        failure=facts["reason"],
        failure_line=facts.get("line"),
        failure_column=facts.get("column"),
    )
    await log_import(tx, import_id, "fail-import", {"reason": facts["reason"]})


async def _clear_report(database: Database, caller: Caller, import_id: UUID) -> None:
    async with database.transaction(caller) as tx:
        job = await lock_import(tx, import_id)
        await tx.execute(DELETE_LINES, tenant_id=caller.tenant_id, import_id=import_id)
        version = job["version"] + 1
        await tx.update(ImportJobRow, import_id, is_report_kept=False, version=version)


def _requester(caller: Caller, requested_by: str) -> Caller:
    issuer, _, subject = requested_by.partition("|")
    return Caller(
        tenant_id=caller.tenant_id,
        unit_id=caller.unit_id,
        unit_type=caller.unit_type,
        issuer=issuer,
        subject=subject,
        roles=caller.roles,
        client_id=PART,
    )


def _digest(key: str) -> UUID:
    """Tells keys apart without being one: the report keeps no number of another system."""
    return UUID(bytes=sha256(key.encode()).digest()[:16])
