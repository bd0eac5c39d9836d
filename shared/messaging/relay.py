"""The relay: takes messages from the outbox to the broker, in order, at least once.

The event id is the message id, so what is published twice after a crash is stored once.
"""

import asyncio
import contextlib
import time

import asyncpg
import structlog
from nats.js import JetStreamContext

from shared.messaging.envelope import STREAM

BATCH = 500
POLL_S = 2.0
PUBLISH_TIMEOUT_S = 5.0
LOCK_WAIT_S = 24 * 3600
FORGET_EVERY_S = 3600.0
KEEP_SENT_S = 7 * 24 * 3600

log = structlog.get_logger(__name__)

TAKE = """
select id, subject, payload::text as payload from outbox_message
 where sent_at is null order by position limit $1 for update skip locked"""
MARK = "update outbox_message set sent_at = clock_timestamp() where id = any($1::uuid[])"
FORGET_SENT = """
delete from outbox_message where sent_at < clock_timestamp() - make_interval(secs => $1)"""
# The policy of the relay's role shows it only the keys that are past their time.
FORGET_KEYS = "delete from idempotency_key where created_at < clock_timestamp()"
LOCK = "select pg_advisory_lock(hashtext('kim-outbox-relay'))"


class Relay:
    """One relay works at a time in each database: an advisory lock keeps the order of messages."""

    def __init__(self, dsn: str, stream: JetStreamContext) -> None:
        self._dsn = dsn
        self._stream = stream
        self._wake = asyncio.Event()
        self._forget_at_s = 0.0

    async def run(self) -> None:
        """Relay until cancelled. Raises on a lost connection; the worker starts it again."""
        connection = await asyncpg.connect(self._dsn, timeout=5, command_timeout=30)
        try:
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
            headers={"Nats-Msg-Id": str(row["id"])},
        )

    async def _pause(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), POLL_S)

    def _on_notify(self, *_: object) -> None:
        self._wake.set()
