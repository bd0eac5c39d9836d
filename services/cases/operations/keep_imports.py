"""An import as a record: announce it, take in its file, cancel it."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

from services.cases.domain.import_mapping import Mapping
from services.cases.domain.imports import (
    IMPORT_LIFECYCLE,
    ImportAction,
    ImportDelimiter,
    ImportEncoding,
    ImportFormat,
    ImportHasContent,
    ImportLocale,
    ImportOptionsUnfit,
    ImportState,
    MappingUnknown,
)
from services.cases.storage.queries.imports import (
    IMPORT_FOR_UPDATE,
    IMPORT_VIEW,
    MAPPING_FOR_UPDATE,
    REMOVE_OBJECT,
)
from services.cases.storage.tables import AuditEntry, ImportJobRow
from shared.audit.entries import record_change
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.kernel.caller import Caller
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.register_numbers import require_no_register
from shared.objects.store import Objects
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class NewImport:
    source_system: str
    format: ImportFormat
    encoding: ImportEncoding
    locale: ImportLocale
    delimiter: ImportDelimiter | None
    mapping_name: str | None
    mapping: Mapping | None
    is_dry_run: bool

    def require_fit(self) -> None:
        """Raises ImportOptionsUnfit, RegisterNumberRefused."""
        require_no_register(self.source_system)
        mappings = sum(one is not None for one in (self.mapping_name, self.mapping))
        if self.format is ImportFormat.CSV:
            is_fit = self.delimiter is not None and mappings == 1
        else:
            is_plain = self.encoding is ImportEncoding.UTF_8 and self.locale is ImportLocale.ISO
            is_fit = is_plain and self.delimiter is None and mappings == 0
        if not is_fit:
            raise ImportOptionsUnfit


async def announce_import(tx: Transaction, new: NewImport) -> Answer:
    """An import without a file yet; it keeps its own copy of the mapping as it is now.

    Raises ImportOptionsUnfit, MappingUnknown, RegisterNumberRefused (422).
    """
    new.require_fit()
    mapping, version = new.mapping.document() if new.mapping else None, None
    if new.mapping_name is not None:
        stored = await tx.row(MAPPING_FOR_UPDATE, mapping_name=new.mapping_name)
        if stored is None:
            raise MappingUnknown
        mapping, version = stored["mapping_json"], stored["version"]
    import_id = new_id()
    await tx.insert(
        ImportJobRow,
        id=import_id,
        unit_id=tx.caller.unit_id,
        source_system=new.source_system,
        format=new.format,
        encoding=new.encoding,
        locale=new.locale,
        delimiter=new.delimiter,
        mapping_name=new.mapping_name,
        mapping_version=version,
        mapping_json=mapping,
        is_dry_run=new.is_dry_run,
        state=IMPORT_LIFECYCLE.initial,
        rows_read=0,
        rows_created=0,
        rows_changed=0,
        rows_unchanged=0,
        rows_refused=0,
        requested_by=tx.caller.actor,
        requested_at=now(),
        is_report_kept=True,
        version=1,
    )
    changes = {"sourceSystem": new.source_system, "dryRun": new.is_dry_run}
    await log_import(tx, import_id, "announce-import", changes)
    return Answer(await view_import(tx, import_id), f"/v1/imports/{import_id}")


async def receive_content(
    database: Database,
    caller: Caller,
    objects: Objects,
    import_id: UUID,
    chunks: AsyncIterator[bytes],
) -> Document:
    """The import with its file; the bytes run through to the store and are never held.

    The same bytes again change nothing. Raises NotFound, ImportHasContent,
    TransitionNotAllowed (409); then the store keeps nothing of them.
    """
    async with database.transaction(caller) as tx:
        await lock_import(tx, import_id)
    key = f"{caller.tenant_id}/{caller.unit_id}/{import_id}/{new_id()}"
    digest, size = hashlib.sha256(), 0

    async def counted() -> AsyncIterator[bytes]:
        nonlocal size
        async for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            yield chunk

    await objects.put(key, counted())
    is_kept = False
    try:
        async with database.transaction(caller) as tx:
            is_kept = await _keep(tx, import_id, key, digest.hexdigest(), size)
            document = await view_import(tx, import_id)
    except BaseException:
        is_kept = False
        raise
    finally:
        if not is_kept:
            await objects.remove(key)
    return document


async def cancel_import(tx: Transaction, import_id: UUID) -> Answer:
    """Stop it where it is: rows taken over stay, the rest is not read; what was cancelled already
    stays cancelled. Raises NotFound, TransitionNotAllowed (409) for one that has ended.
    """
    job = await lock_import(tx, import_id)
    if job["state"] != ImportState.CANCELLED:
        await end_import(tx, job, ImportAction.CANCEL)
        await log_import(tx, import_id, "cancel-import", {"rowsRead": job["rows_read"]})
    return Answer(await view_import(tx, import_id))


async def end_import(
    tx: Transaction, job: asyncpg.Record, action: ImportAction, **columns: Any
) -> None:
    """The import ended, its file handed over for removal. Raises TransitionNotAllowed."""
    state = IMPORT_LIFECYCLE.next_state(ImportState(job["state"]), action, None)
    await tx.update(
        ImportJobRow,
        job["id"],
        state=state,
        object_key=None,
        ended_at=now(),
        version=job["version"] + 1,
        **columns,
    )
    if job["object_key"] is not None:
        await tx.execute(REMOVE_OBJECT, tenant_id=tx.caller.tenant_id, object_key=job["object_key"])


async def lock_import(tx: Transaction, import_id: UUID) -> asyncpg.Record:
    job = await tx.row(IMPORT_FOR_UPDATE, import_id=import_id)
    if job is None:
        raise NotFound
    return job


async def view_import(tx: Transaction, import_id: UUID) -> Document:
    document = await IMPORT_VIEW.one_in(tx, import_id=import_id)
    assert document is not None
    return document


async def log_import(
    tx: Transaction, import_id: UUID, action: str, changes: dict[str, Any]
) -> None:
    await record_change(
        tx, AuditEntry, action=action, kind="import", record_id=import_id, changes=changes
    )


async def _keep(tx: Transaction, import_id: UUID, key: str, sha256: str, size: int) -> bool:
    """Whether the import points to the new object now."""
    job = await lock_import(tx, import_id)
    if job["sha256"] == sha256:
        return False
    if job["sha256"] is not None:
        raise ImportHasContent
    state = IMPORT_LIFECYCLE.next_state(ImportState(job["state"]), ImportAction.RECEIVE, None)
    await tx.update(
        ImportJobRow,
        import_id,
        state=state,
        object_key=key,
        sha256=sha256,
        size_bytes=size,
        version=job["version"] + 1,
    )
    await log_import(tx, import_id, "receive-import", {"sizeBytes": size})
    return True
