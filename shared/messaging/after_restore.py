"""What a restored database says to those who kept a cursor: read the records anew.

`python -m shared.messaging.after_restore <DSN of the migrator>`, once for each service and before
its workers start. See docs/operations.md.
"""

import asyncio
import sys

import asyncpg

IS_AHEAD = """
select coalesce(max(position), 0) >= (pg_current_xact_id()::text)::bigint from (
  select max(feed_tx) as position from feed_entry
  union all select max(change_tx) from record_change where is_deleted) found"""
# Every cursor that was given out stands before this place, and is told that it is too old. Events
# before it are shown no more; records are told anew, behind it.
CLOSE = """
insert into feed_horizon (tenant_id, feed, position_tx, position_id, at)
select tenant.tenant_id, feed.name, (pg_current_xact_id()::text)::bigint - 1,
       'ffffffff-ffff-ffff-ffff-ffffffffffff', clock_timestamp()
  from (select tenant_id from feed_entry union select tenant_id from record_change) tenant
 cross join (values ('events'), ('changes')) as feed (name)
on conflict (tenant_id, feed) do update
set position_tx = excluded.position_tx, position_id = excluded.position_id, at = excluded.at"""
TELL_ANEW = "update {table} set change_tx = (pg_current_xact_id()::text)::bigint"
TOLD = ("record_change", "lost_sight")
TABLES = ("feed_entry", "feed_horizon", *TOLD)


class FeedIsAhead(Exception):
    """The transaction numbers of this cluster are lower than those in the restored feed."""


async def close_feeds(dsn: str) -> None:
    """Raises FeedIsAhead; nothing is changed then."""
    connection = await asyncpg.connect(dsn, timeout=5, command_timeout=60)
    try:
        async with connection.transaction():
            await _force(connection, "no force")
            if await connection.fetchval(IS_AHEAD):
                raise FeedIsAhead(
                    "Positions in the feed are ahead of this server's transaction numbers. Stop"
                    " it, run pg_resetwal with a higher --epoch, start it, and run this again."
                )
            await connection.execute(CLOSE)
            for table in TOLD:
                await connection.execute(TELL_ANEW.format(table=table))
            await _force(connection, "force")
    finally:
        await connection.close(timeout=2)


async def _force(connection: "asyncpg.Connection[asyncpg.Record]", how: str) -> None:
    """Their owner is subject to the policies of the tables, too, but for this transaction."""
    for table in TABLES:
        await connection.execute(f"alter table {table} {how} row level security")


if __name__ == "__main__":
    try:
        asyncio.run(close_feeds(sys.argv[1]))
    except FeedIsAhead as ahead:
        sys.exit(str(ahead))
