"""What the worker does for attachments: remove bytes that nobody needs, scan those that wait."""

from uuid import UUID

import structlog

from services.referrals.operations.attach import note_scan
from services.referrals.storage.disclosures import (
    ATTACHMENTS_PENDING,
    OBJECT_IS_REMOVED,
    OBJECTS_TO_REMOVE,
)
from shared.database.connection import Database
from shared.kernel.caller import system_caller
from shared.kernel.errors import NotFound
from shared.objects.intake import Archive
from shared.objects.store import Objects

PART = "attachments"
BEFORE_ALL = UUID(int=0)

log = structlog.get_logger(__name__)


async def remove_objects(database: Database, objects: Objects) -> None:
    """Remove from the store what went with its content; what fails is tried again."""
    nobody = system_caller(tenant_id="", unit_id="", part=PART)
    async with database.transaction(nobody) as tx:
        for row in await tx.rows(OBJECTS_TO_REMOVE):
            await objects.remove(row["object_key"])
            await tx.execute(OBJECT_IS_REMOVED, removal_id=row["id"])


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
