"""The relay: takes messages from the outbox to the broker, in order, at least once.

The event id is the message id, so what is published twice after a crash is stored once.
"""

import asyncio
import contextlib
import time

import asyncpg
import structlog
from nats.js import JetStreamContext

from shared.database.bound_role import refuse_strong_role
from shared.messaging.envelope import STREAM, audience_header

BATCH = 500
POLL_S = 2.0
PUBLISH_TIMEOUT_S = 5.0
LOCK_WAIT_S = 24 * 3600
FORGET_EVERY_S = 3600.0
KEEP_SENT_S = 7 * 24 * 3600

log = structlog.get_logger(__name__)

TAKE = """
select id, subject, payload::text as payload, audience from outbox_message
 where sent_at is null order by position limit $1 for update skip locked"""
MARK = "update outbox_message set sent_at = clock_timestamp() where id = any($1::uuid[])"
FORGET_SENT = """
delete from outbox_message where sent_at < clock_timestamp() - make_interval(secs => $1)"""
# The policies of the relay's role show it only what is past its time.
FORGET_KEYS = "delete from idempotency_key where created_at < clock_timestamp()"
FORGET_REQUESTS = "delete from partner_request where at < clock_timestamp()"
# What is forgotten leaves its place: a cursor before it is told that it would miss something.
FORGET_EVENTS = """
with gone as (
  delete from feed_entry where at < clock_timestamp() - make_interval(days => $1)
  returning tenant_id, feed_tx as position_tx, id as position_id, at)"""
# A record that is there keeps its place; only what tells of deleted ones goes.
FORGET_CHANGES = """
with gone as (
  delete from record_change
   where is_deleted and changed_at < clock_timestamp() - make_interval(days => $1)
  returning tenant_id, change_tx as position_tx, record_id as position_id, changed_at as at)"""
# That a unit does not see a record any more is forgotten like a deletion.
FORGET_LOST = """
with gone as (
  delete from lost_sight where changed_at < clock_timestamp() - make_interval(days => $1)
  returning tenant_id, change_tx as position_tx, record_id as position_id, changed_at as at)"""
MOVE_HORIZON = """
insert into feed_horizon as h (tenant_id, feed, position_tx, position_id, at)
select distinct on (tenant_id) tenant_id, $2::text, position_tx, position_id,
       max(at) over (partition by tenant_id)
  from gone order by tenant_id, position_tx desc, position_id desc
on conflict (tenant_id, feed) do update
set position_tx = excluded.position_tx, position_id = excluded.position_id, at = excluded.at
where (excluded.position_tx, excluded.position_id) > (h.position_tx, h.position_id)"""
LOCK = "select pg_advisory_lock(hashtext('kim-outbox-relay'))"


async def forget_feed(connection: "asyncpg.Connection[asyncpg.Record]", days: int) -> None:
    """Delete what is older than so many days from the feed and the record of changes."""
    for feed, forget in (
        ("events", FORGET_EVENTS),
        ("changes", FORGET_CHANGES),
        ("changes", FORGET_LOST),
    ):
        await connection.execute(forget + MOVE_HORIZON, days, feed)


class Relay:
    """One relay works at a time in each database: an advisory lock keeps the order of messages."""

    def __init__(self, dsn: str, stream: JetStreamContext, *, feed_days: int = 40) -> None:
        """`feed_days`: how long events, and what tells of deleted records, can be read."""
        self._feed_days = feed_days
        self._dsn = dsn
        self._stream = stream
        self._wake = asyncio.Event()
        self._forget_at_s = 0.0

    async def run(self) -> None:
        """Relay until cancelled. Raises on a lost connection, after which the worker starts it
        again, and RoleTooStrong, which ends the worker.
        """
        connection = await asyncpg.connect(self._dsn, timeout=5, command_timeout=30)
        try:
            await refuse_strong_role(connection)
            await connection.execute(LOCK, timeout=LOCK_WAIT_S)
            await connection.add_listener("outbox", self._on_notify)
            while True:
                await self._forget(connection)
                if await self._relay_batch(connection) < BATCH:
                    await self._pause()
        finally:
            await connection.close(timeout=2)

    async def _forget(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        if time.monotonic() < self._forget_at_s:
            return
        self._forget_at_s = time.monotonic() + FORGET_EVERY_S
        await connection.execute(FORGET_SENT, KEEP_SENT_S)
        await connection.execute(FORGET_KEYS)
        await connection.execute(FORGET_REQUESTS)
        await forget_feed(connection, self._feed_days)

    async def _relay_batch(self, connection: "asyncpg.Connection[asyncpg.Record]") -> int:
        self._wake.clear()
        async with connection.transaction():
            rows = await connection.fetch(TAKE, BATCH)
            if not rows:
                return 0
            await asyncio.gather(*(self._publish(row) for row in rows))
            await connection.execute(MARK, [row["id"] for row in rows])
        log.info("relay.sent", count=len(rows))
        return len(rows)

    async def _publish(self, row: asyncpg.Record) -> None:
        await self._stream.publish(
            row["subject"],
            row["payload"].encode(),
            timeout=PUBLISH_TIMEOUT_S,
            stream=STREAM,
            headers={"Nats-Msg-Id": str(row["id"]), **audience_header(row["audience"])},
        )

    async def _pause(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), POLL_S)

    def _on_notify(self, *_: object) -> None:
        self._wake.set()
