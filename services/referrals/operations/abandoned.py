"""Take back what was written about a person and never sent (Art. 5 (1) e GDPR)."""

from datetime import datetime

import structlog

from services.referrals.operations.withdrawing import take_back_draft
from services.referrals.storage.directory_lookups import ABANDONED_DRAFTS
from shared.database.connection import Database
from shared.kernel.caller import system_caller
from shared.kernel.errors import Refusal

PART = "referrals-drafts"
ROWS_MAX = 500

log = structlog.get_logger(__name__)


async def forget_abandoned_drafts(database: Database, before: datetime, at: datetime) -> int:
    """Drafts that nobody has touched since `before`: withdrawn, their content deleted, and what is
    left names nobody. Returns how many; the log has the number, too.
    """
    rows = await database.across_tenants(ABANDONED_DRAFTS, before, ROWS_MAX, part=PART)
    done = 0
    for row in rows:
        caller = system_caller(tenant_id=row["tenant_id"], unit_id=row["unit_id"], part=PART)
        try:
            async with database.transaction(caller) as tx:
                done += await take_back_draft(tx, row["id"], before, at)
        except Refusal as refused:
            log.info("draft.kept", id=str(row["id"]), code=refused.code)
    if done:
        log.info("drafts.forgotten", count=done)
    return done
