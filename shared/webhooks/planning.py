"""From the feed to deliveries: what an endpoint has to hear of, planned once and in order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from shared.database.connection import Database
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller

BATCH: Final = 500
LAST_ID: Final = UUID(int=2**128 - 1)

# Older than every transaction still running: nothing can appear behind such an entry any more.
SETTLED: Final = "(pg_snapshot_xmin(pg_current_snapshot())::text)::bigint"
NEWEST: Final = Statement(f"select {SETTLED} - 1")
ENDPOINT: Final = Statement("""
select unit_id, types, includes_own, cursor_tx, cursor_id from webhook_endpoint
 where tenant_id = cast(:tenant_id as varchar) and id = :endpoint_id and state = 'ACTIVE'
   for update skip locked""")
# What an endpoint asked for; of itself it is not told, else each alarm would raise the next.
IS_WANTED: Final = """
(cardinality(cast(:types as varchar[])) = 0 or t.type = any(cast(:types as varchar[])))
and (cast(:includes_own as boolean) or t.actor_unit is distinct from cast(:unit_id as varchar))
and t.subject <> cast(:endpoint_id as uuid)"""
DELIVERIES: Final = """
insert into webhook_delivery (id, tenant_id, unit_id, endpoint_id, event_id, subject, feed_tx, type,
                              state, attempts, created_at, next_attempt_at, replay_id, is_test)
select uuidv7(), cast(:tenant_id as varchar), cast(:unit_id as varchar),
       cast(:endpoint_id as uuid), t.id, t.subject, t.feed_tx, t.type, 'WAITING', 0,
       cast(:at as timestamptz), cast(:at as timestamptz), cast(:replay_id as uuid), false
  from taken t where {is_wanted}
on conflict do nothing returning event_id"""
PLAN: Final = Statement(f"""
with edge as materialized (select {SETTLED} as settled),
taken as materialized (
  select f.id, f.subject, f.feed_tx, f.type, f.actor_unit from feed_entry f, edge
   where f.tenant_id = cast(:tenant_id as varchar) and f.feed_tx < edge.settled
     and (f.feed_tx, f.id) > (cast(:cursor_tx as bigint), cast(:cursor_id as uuid))
   order by f.feed_tx, f.id limit cast(:batch as int)),
planned as ({DELIVERIES.format(is_wanted=IS_WANTED)})
select (select count(*) from taken) as taken, (select count(*) from planned) as planned,
       (select settled from edge) - 1 as settled,
       (select t.feed_tx from taken t order by t.feed_tx desc, t.id desc limit 1) as last_tx,
       (select t.id from taken t order by t.feed_tx desc, t.id desc limit 1) as last_id""")  # noqa: S608 - constants, values as parameters
MOVE_CURSOR: Final = Statement("""
update webhook_endpoint set cursor_tx = :cursor_tx, cursor_id = :cursor_id
 where tenant_id = cast(:tenant_id as varchar) and id = :endpoint_id""")


async def plan(
    database: Database, caller: Caller, endpoint_id: UUID, at: datetime, *, batch: int = BATCH
) -> bool:
    """Plan what came since, at most `batch` entries of the feed; whether there may be more.

    `caller` acts for the endpoint's unit: the feed shows it that unit's events alone.
    """
    async with database.transaction(caller) as tx:
        who = {"tenant_id": caller.tenant_id, "endpoint_id": endpoint_id}
        endpoint = await tx.row(ENDPOINT, **who)
        if endpoint is None:  # gone or paused meanwhile, or another worker plans it
            return False
        told = await tx.row(
            PLAN, **who, **_wishes(endpoint), **_cursor(endpoint), at=at, batch=batch
        )
        assert told is not None
        is_full: bool = told["taken"] == batch
        cursor = (told["last_tx"], told["last_id"]) if is_full else (told["settled"], LAST_ID)
        if cursor > (endpoint["cursor_tx"], endpoint["cursor_id"]):
            await tx.execute(MOVE_CURSOR, **who, cursor_tx=cursor[0], cursor_id=cursor[1])
        return is_full


async def newest_cursor(tx: Transaction) -> tuple[int, UUID]:
    """From here on a new endpoint hears of everything."""
    return await tx.value(NEWEST), LAST_ID


def _wishes(endpoint: Any) -> dict[str, Any]:
    types: Sequence[str] = endpoint["types"]
    return {
        "unit_id": endpoint["unit_id"],
        "types": list(types),
        "includes_own": endpoint["includes_own"],
    }


def _cursor(endpoint: Any) -> dict[str, Any]:
    return {"cursor_tx": endpoint["cursor_tx"], "cursor_id": endpoint["cursor_id"]}
