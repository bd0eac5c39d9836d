"""What the worker does for attachments: remove bytes that nobody needs, scan those that wait."""

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

import structlog

from services.referrals.operations.attach import note_scan
from services.referrals.storage.attached_files import (
    ATTACHMENTS_PENDING,
    KNOWN_OBJECTS,
    OBJECT_IS_REMOVED,
    OBJECTS_TO_REMOVE,
)
from shared.database.connection import Database
from shared.kernel.caller import system_caller
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.objects.intake import Archive
from shared.objects.store import Objects

PART = "attachments"
BEFORE_ALL = UUID(int=0)
KEY_PARTS = 4  # tenant, unit, attachment, object

log = structlog.get_logger(__name__)


async def remove_objects(database: Database, objects: Objects) -> None:
    """Remove from the store what went with its content; what fails is tried again."""
    nobody = system_caller(tenant_id="", unit_id="", part=PART)
    async with database.transaction(nobody) as tx:
        for row in await tx.rows(OBJECTS_TO_REMOVE):
            await objects.remove(row["object_key"])
            await tx.execute(OBJECT_IS_REMOVED, removal_id=row["id"])


async def sweep_objects(database: Database, objects: Objects, grace_s: float) -> None:
    """Remove objects that no attachment points to: written by a process that was killed before
    its commit. Younger ones may still be on their way in.
    """
    async for keys in objects.keys_before(now() - timedelta(seconds=grace_s)):
        for (tenant_id, unit_id), mine in _by_unit(keys).items():
            caller = system_caller(tenant_id=tenant_id, unit_id=unit_id, part=PART)
            async with database.transaction(caller) as tx:
                rows = await tx.rows(
                    KNOWN_OBJECTS, keys=list(mine), attachment_ids=list(set(mine.values()))
                )
            for key in mine.keys() - {row["object_key"] for row in rows}:
                await objects.remove(key)
                log.info("attachments.orphan_removed", attachment_id=str(mine[key]))


def _by_unit(keys: list[str]) -> dict[tuple[str, str], dict[str, UUID]]:
    """Keys with their attachment, by tenant and unit; what is not named so is not ours."""
    found: dict[tuple[str, str], dict[str, UUID]] = defaultdict(dict)
    for key in keys:
        parts = key.split("/")
        if len(parts) != KEY_PARTS:
            continue
        try:
            attachment_id, _ = UUID(parts[2]), UUID(parts[3])
        except ValueError:
            continue
        found[parts[0], parts[1]][key] = attachment_id
    return found


async def rescan(database: Database, archive: Archive) -> None:
    """Scan what came while the scanner was away; nothing is asked while it still is."""
    nobody = system_caller(tenant_id="", unit_id="", part=PART)
    last = BEFORE_ALL
    while await archive.scanner.is_there():
        async with database.transaction(nobody) as tx:
            waiting = await tx.rows(ATTACHMENTS_PENDING, after=last)
        if not waiting:
            return
        for row in waiting:
            try:
                chunks = await archive.objects.read(row["object_key"])
            except FileNotFoundError:
                log.warning("attachments.object_missing", attachment_id=str(row["id"]))
                continue
            scan_state = await archive.scanner.scan(chunks)
            caller = system_caller(tenant_id=row["tenant_id"], unit_id=row["unit_id"], part=PART)
            try:
                async with database.transaction(caller) as tx:
                    await note_scan(tx, row["id"], scan_state)
            except NotFound:
                log.info("attachments.gone", attachment_id=str(row["id"]))
        last = waiting[-1]["id"]
