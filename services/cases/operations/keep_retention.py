"""What the worker does for retention: follow changed rules in batches, erase what is due before
its file, execute approved destruction lists. Every step is a transaction of its own and can be
done again, so a worker killed in the middle goes on where it was.
"""

from typing import Any
from uuid import UUID

import asyncpg
import structlog

from services.cases.domain.practice import Practice
from services.cases.operations.compute_retention import BATCH, recompute_dayless, set_days
from services.cases.operations.destroy_cases import erase_next, finish_list
from services.cases.operations.erase_parts import erase_due_parts
from services.cases.storage.queries.retention import ENDED_AFTER
from services.cases.storage.queries.retention_work import (
    CASES_WITH_DUE_PARTS,
    ENDED_COUNT,
    LISTS_IN_EXECUTION,
    NEXT_RUN,
    RETENTION_WORK,
)
from services.cases.storage.tables import RuleRunRow
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller, system_caller
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import Refusal

PART = "retention"

log = structlog.get_logger(__name__)


async def keep_retention(database: Database, practice: Practice, batch: int = BATCH) -> None:
    """Everything that is to be done now, unit by unit, in the name of the unit."""
    nobody = system_caller(tenant_id="", unit_id="", part=PART)
    async with database.transaction(nobody) as tx:
        units = await tx.rows(RETENTION_WORK, today=berlin_date(now()))
    for unit in units:
        caller = system_caller(tenant_id=unit["tenant_id"], unit_id=unit["unit_id"], part=PART)
        await _follow_rules(database, caller, practice, batch)
        await _give_days(database, caller, practice)
        await _erase_parts(database, caller, practice)
        await _execute_lists(database, caller, practice)


def _unit(caller: Caller) -> dict[str, Any]:
    return {"tenant_id": caller.tenant_id, "unit_id": caller.unit_id}


async def _follow_rules(database: Database, caller: Caller, practice: Practice, batch: int) -> None:
    """Compute the days of the unit's ended cases anew, for each rule that came into force."""
    while True:
        async with database.transaction(caller) as tx:
            run = await tx.row(NEXT_RUN, **_unit(caller), today=berlin_date(now()))
            if run is None:
                return
            await _next_batch(tx, run, practice, batch)


async def _next_batch(tx: Transaction, run: asyncpg.Record, practice: Practice, batch: int) -> None:
    total = run["cases_total"]
    if run["started_at"] is None:
        total = await tx.value(ENDED_COUNT, **_unit(tx.caller))
    ended = await tx.rows(
        ENDED_AFTER, **_unit(tx.caller), after=run["last_case_id"] or UUID(int=0), rows_max=batch
    )
    changed, _ = await set_days(tx, ended, practice)
    await tx.update(
        RuleRunRow,
        run["id"],
        cases_total=total,
        cases_done=run["cases_done"] + len(ended),
        cases_changed=run["cases_changed"] + changed,
        last_case_id=ended[-1]["id"] if ended else run["last_case_id"],
        started_at=run["started_at"] or now(),
        ended_at=now() if len(ended) < batch else None,
    )


async def _give_days(database: Database, caller: Caller, practice: Practice) -> None:
    while True:
        async with database.transaction(caller) as tx:
            if await recompute_dayless(tx, practice) < BATCH:
                return


async def _erase_parts(database: Database, caller: Caller, practice: Practice) -> None:
    async with database.transaction(caller) as tx:
        due = await tx.rows(CASES_WITH_DUE_PARTS, **_unit(caller), today=berlin_date(now()))
    for row in due:
        async with database.transaction(caller) as tx:
            await erase_due_parts(tx, row["case_id"], practice)


async def _execute_lists(database: Database, caller: Caller, practice: Practice) -> None:
    async with database.transaction(caller) as tx:
        lists = [row["id"] for row in await tx.rows(LISTS_IN_EXECUTION, **_unit(caller))]
    for list_id in lists:
        is_working = True
        while is_working:
            try:
                async with database.transaction(caller) as tx:
                    is_working = await erase_next(tx, list_id, practice)
            except Refusal as refused:
                log.warning("retention.list_stopped", list_id=str(list_id), code=refused.code)
                break
        else:
            async with database.transaction(caller) as tx:
                await finish_list(tx, list_id)
