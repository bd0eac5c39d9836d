"""What the worker does for documents: scan those that wait, and keep the store and the records
in step. Each step can be done again, so a worker killed in the middle goes on where it was.
"""

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

import asyncpg
import structlog

from services.cases.operations.keep_documents import note_scan
from services.cases.operations.on_case import lock_case
from services.cases.storage.queries.documents import (
    DOCUMENT_FOR_UPDATE,
    DOCUMENTS_PENDING,
    KNOWN_OBJECTS,
    OBJECT_IS_REMOVED,
    OBJECTS_TO_REMOVE,
)
from shared.database.connection import Database
from shared.kernel.caller import system_caller
from shared.kernel.clock import now
from shared.objects.intake import Archive
from shared.objects.store import Objects

PART = "documents"
KEY_PARTS = 4  # tenant, unit, document, object
BEFORE_ALL = UUID(int=0)

log = structlog.get_logger(__name__)


async def remove_objects(database: Database, objects: Objects) -> None:
    """Remove from the store what belonged to erased cases; what fails is tried again."""
    nobody = system_caller(tenant_id="", unit_id="", part=PART)
    async with database.transaction(nobody) as tx:
        for row in await tx.rows(OBJECTS_TO_REMOVE):
            await objects.remove(row["object_key"])
            await tx.execute(OBJECT_IS_REMOVED, removal_id=row["id"])


async def rescan_documents(database: Database, archive: Archive) -> None:
    """Scan what came while the scanner was away; nothing is asked while it still is."""
    nobody = system_caller(tenant_id="", unit_id="", part=PART)
    last = BEFORE_ALL
    while await archive.scanner.is_there():
        async with database.transaction(nobody) as tx:
            waiting = await tx.rows(DOCUMENTS_PENDING, after=last)
        if not waiting:
            return
        for row in waiting:
            await _rescan(database, archive, row)
        last = waiting[-1]["id"]


async def _rescan(database: Database, archive: Archive, waiting: asyncpg.Record) -> None:
    try:
        chunks = await archive.objects.read(waiting["object_key"])
    except FileNotFoundError:
        log.warning("documents.object_missing", document_id=str(waiting["id"]))
        return
    scan_state = await archive.scanner.scan(chunks)
    caller = system_caller(tenant_id=waiting["tenant_id"], unit_id=waiting["unit_id"], part=PART)
    async with database.transaction(caller) as tx:
        case = await lock_case(tx, waiting["case_id"])
        row = await tx.row(DOCUMENT_FOR_UPDATE, document_id=waiting["id"])
        if row is not None:  # erased meanwhile
            await note_scan(tx, case, row, scan_state)


async def sweep_objects(database: Database, objects: Objects, grace_s: float) -> None:
    """Remove objects that no document points to: written by a process that was killed before its
    commit, or left by a removal that never came. Younger ones may still be on their way in.
    """
    async for keys in objects.keys_before(now() - timedelta(seconds=grace_s)):
        for (tenant_id, unit_id), mine in _by_unit(keys).items():
            caller = system_caller(tenant_id=tenant_id, unit_id=unit_id, part=PART)
            async with database.transaction(caller) as tx:
                rows = await tx.rows(
                    KNOWN_OBJECTS, keys=list(mine), document_ids=list(set(mine.values()))
                )
            for key in mine.keys() - {row["object_key"] for row in rows}:
                await objects.remove(key)
                log.info("documents.orphan_removed", document_id=str(mine[key]))


def _by_unit(keys: list[str]) -> dict[tuple[str, str], dict[str, UUID]]:
    """Keys with their document, by tenant and unit; what is not named as we name is not ours."""
    found: dict[tuple[str, str], dict[str, UUID]] = defaultdict(dict)
    for key in keys:
        parts = key.split("/")
        if len(parts) != KEY_PARTS:
            continue
        try:
            document_id, _ = UUID(parts[2]), UUID(parts[3])
        except ValueError:
            continue
        found[parts[0], parts[1]][key] = document_id
    return found
