"""What the worker does for requests of data subjects: tell of time limits, remove old answers."""

from datetime import timedelta

import asyncpg

from services.cases.domain.practice import Practice
from services.cases.domain.rights_events import RightsRequestDue
from services.cases.operations.assemble_access import ALL_NAMES, folder_of
from services.cases.storage.queries.rights import (
    FORGET_REQUESTS,
    NEAR_OR_OVER,
    OLD_EXPORTS,
    REQUEST_FOR_UPDATE,
    RIGHTS_WORK,
)
from services.cases.storage.tables import AuditEntry, OutboxMessage, RightsRequestRow
from shared.audit.entries import record_change
from shared.database.connection import Database
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller, system_caller
from shared.kernel.clock import berlin_date, now
from shared.messaging.outbox import record_event
from shared.objects.store import Objects

PART = "rights"
DAYS_OF_YEAR = 365


async def keep_rights_clock(database: Database, objects: Objects, practice: Practice) -> None:
    """Everything that is to be done now, unit by unit, in the name of the unit."""
    instant = now()
    today = berlin_date(instant)
    warn_until = today + timedelta(days=practice.rights_warn_days)
    exported_before = instant - timedelta(days=practice.access_export_days)
    ended_before = instant - timedelta(days=practice.rights_evidence_years * DAYS_OF_YEAR)
    nobody = system_caller(tenant_id="", unit_id="", part=PART)
    async with database.transaction(nobody) as tx:
        units = await tx.rows(
            RIGHTS_WORK,
            warn_until=warn_until,
            exported_before=exported_before,
            ended_before=ended_before,
        )
    for unit in units:
        caller = system_caller(tenant_id=unit["tenant_id"], unit_id=unit["unit_id"], part=PART)
        async with database.transaction(caller) as tx:
            near = {"unit_id": caller.unit_id, "today": today, "warn_until": warn_until}
            for request in await tx.rows(NEAR_OR_OVER, **near):
                await _tell(tx, request)
        async with database.transaction(caller) as tx:
            old = await tx.rows(OLD_EXPORTS, unit_id=caller.unit_id, before=exported_before)
        for request in old:
            await _remove(database, caller, objects, request)
        async with database.transaction(caller) as tx:
            await tx.execute(FORGET_REQUESTS, unit_id=caller.unit_id, before=ended_before)


async def _tell(tx: Transaction, request: asyncpg.Record) -> None:
    """Once before the end, and once after it."""
    event = RightsRequestDue(
        tenant_id=tx.caller.tenant_id,
        unit_id=tx.caller.unit_id,
        request_id=request["id"],
        data_right=request["data_right"],
        due_on=request["due_on"],
        is_overdue=request["is_overdue"],
    )
    await record_event(tx, OutboxMessage, event, aggregate_id=event.request_id)
    today = berlin_date(now())
    column = "overdue_told_on" if event.is_overdue else "warned_on"
    await tx.update(RightsRequestRow, event.request_id, **{column: today})
    await record_change(
        tx,
        AuditEntry,
        action="rights-request-overdue" if event.is_overdue else "rights-request-near-due",
        kind="rights-request",
        record_id=event.request_id,
        changes={"dueOn": event.due_on.isoformat()},
    )


async def _remove(
    database: Database, caller: Caller, objects: Objects, request: asyncpg.Record
) -> None:
    async with database.transaction(caller) as tx:
        row = await tx.row(REQUEST_FOR_UPDATE, request_id=request["id"])
        if row is None:
            return
        for name in ALL_NAMES:
            await objects.remove(folder_of(row).key(name))
        await tx.update(RightsRequestRow, row["id"], export_removed_at=now())
