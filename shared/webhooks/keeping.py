"""What happens to endpoints by the clock: an alarm when one falls silent or has missed something,
the end of an overlap of secrets, and the clearing of old deliveries.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog

from shared.database.connection import Database
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.kernel.caller import system_caller
from shared.messaging.outbox import record_event
from shared.observability.metrics import WEBHOOK_ALARMS
from shared.webhooks.events import EndpointFellSilent, EndpointMissedEvents
from shared.webhooks.tables import WebhookTables

PART: Final = "webhooks"
ROWS_MAX: Final = 5000

log = structlog.get_logger(__name__)

TO_KEEP: Final = "select tenant_id, unit_id, endpoint_id from webhooks_to_keep()"
# A change or a resumption by a person starts the hours anew.
FELL_SILENT: Final = Statement("""
update webhook_endpoint set is_silent = true
 where tenant_id = cast(:tenant_id as varchar) and id = :endpoint_id
   and state = 'ACTIVE' and not is_silent and silence_hours is not null
   and greatest(coalesce(last_success_at, created_at), updated_at)
       + make_interval(hours => silence_hours) <= cast(:at as timestamptz)
returning silence_hours""")
# Once for each pause: what is forgotten later says nothing new until somebody takes it up again.
MISSED: Final = Statement("""
update webhook_endpoint e set missed_until = greatest(h.at, e.updated_at) from feed_horizon h
 where e.tenant_id = cast(:tenant_id as varchar) and e.id = :endpoint_id
   and h.tenant_id = e.tenant_id and h.feed = 'events'
   and (e.cursor_tx, e.cursor_id) < (h.position_tx, h.position_id)
   and (e.missed_until is null or e.missed_until < e.updated_at)
returning e.id""")
END_OVERLAP: Final = Statement("""
update webhook_endpoint set previous_secret_sealed = null, previous_until = null
 where tenant_id = cast(:tenant_id as varchar) and id = :endpoint_id and previous_until <= :at""")
FORGET: Final = Statement("""
with old as (
  delete from webhook_delivery where id in (
    select d.id from webhook_delivery d
     where d.tenant_id = cast(:tenant_id as varchar) and d.endpoint_id = :endpoint_id
       and d.created_at < :before and d.state not in ('WAITING', 'SENDING')
     limit cast(:rows_max as int))
  returning id)
delete from webhook_attempt a using old
 where a.tenant_id = cast(:tenant_id as varchar) and a.delivery_id = old.id""")


async def keep_webhooks(
    database: Database, tables: WebhookTables, at: datetime, keep_days: int
) -> None:
    """One round over the endpoints of every tenant, each in a transaction of its own."""
    for row in await database.across_tenants(TO_KEEP, part=PART):
        endpoint_id: UUID = row["endpoint_id"]
        caller = system_caller(tenant_id=row["tenant_id"], unit_id=row["unit_id"], part=PART)
        who = {"tenant_id": caller.tenant_id, "endpoint_id": endpoint_id}
        async with database.transaction(caller) as tx:
            await tx.execute(END_OVERLAP, **who, at=at)
            before = at - timedelta(days=keep_days)
            await tx.execute(FORGET, **who, before=before, rows_max=ROWS_MAX)
            alarms = await _alarms(tx, tables, endpoint_id, at)
            for event in alarms:
                await record_event(tx, tables.outbox, event, aggregate_id=endpoint_id)
        for event in alarms:
            WEBHOOK_ALARMS.inc()
            log.warning(
                "webhooks.alarm", endpoint_id=str(endpoint_id), type=event.event_type.split(".")[2]
            )


async def _alarms(
    tx: Transaction, tables: WebhookTables, endpoint_id: UUID, at: datetime
) -> list[EndpointFellSilent | EndpointMissedEvents]:
    tenant_id, unit_id = tx.caller.tenant_id, tx.caller.unit_id
    who = {"tenant_id": tenant_id, "endpoint_id": endpoint_id}
    found: list[EndpointFellSilent | EndpointMissedEvents] = []
    if await tx.value(MISSED, **who) is not None:
        found.append(
            tables.events.missed(tenant_id=tenant_id, endpoint_id=endpoint_id, unit_id=unit_id)
        )
    hours = await tx.value(FELL_SILENT, **who, at=at)
    if hours is not None:
        found.append(
            tables.events.fell_silent(
                tenant_id=tenant_id,
                endpoint_id=endpoint_id,
                unit_id=unit_id,
                silence_hours=hours,
            )
        )
    return found
