"""The part of a worker that serves endpoints: each by a task of its own, so that one receiver that
hangs delays nobody else.
"""

import asyncio
from typing import Final
from uuid import UUID

import structlog

from shared.database.connection import Database
from shared.kernel.caller import Caller, system_caller
from shared.webhooks.keeping import PART
from shared.webhooks.planning import plan
from shared.webhooks.sending import Clock, Sender

ENDPOINTS_MAX: Final = 500
# After a fault of our own (a secret that does not open, a lost connection) an endpoint rests.
REST_S: Final = 30.0
TO_SERVE: Final = "select tenant_id, unit_id, endpoint_id from webhooks_to_serve($1, $2)"

log = structlog.get_logger(__name__)


class Serving:
    """Finds endpoints with something to do and serves each until nothing is due."""

    def __init__(self, database: Database, sender: Sender, clock: Clock, *, every_s: float) -> None:
        self._database = database
        self._sender = sender
        self._clock = clock
        self._every_s = every_s
        self._tasks: dict[UUID, asyncio.Task[None]] = {}
        self._resting: set[UUID] = set()

    async def run(self) -> None:
        """Serve until cancelled; what is being sent then is sent again after its lease."""
        try:
            while True:
                await self.begin()
                await asyncio.sleep(self._every_s)
        finally:
            tasks = list(self._tasks.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def begin(self) -> None:
        """Begin to serve whoever has something to do and is not being served."""
        at = self._clock()
        rows = await self._database.across_tenants(TO_SERVE, at, ENDPOINTS_MAX, part=PART)
        for row in rows:
            endpoint_id = row["endpoint_id"]
            if endpoint_id in self._tasks or endpoint_id in self._resting:
                continue
            caller = system_caller(tenant_id=row["tenant_id"], unit_id=row["unit_id"], part=PART)
            task = asyncio.create_task(self._serve(caller, endpoint_id))
            self._tasks[endpoint_id] = task

    async def finish(self) -> None:
        """Wait for what has begun."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values())

    async def _serve(self, caller: Caller, endpoint_id: UUID) -> None:
        try:
            is_behind = True
            sent = 1
            while is_behind or sent:
                async with self._sender.turns:
                    is_behind = await plan(self._database, caller, endpoint_id, self._clock())
                sent = await self._sender.send_due(caller, endpoint_id)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the other endpoints go on
            log.warning(
                "webhooks.endpoint_failed",
                endpoint_id=str(endpoint_id),
                fault=type(fault).__name__,
                retry_s=REST_S,
            )
            self._rest(endpoint_id)
        finally:
            self._tasks.pop(endpoint_id, None)

    def _rest(self, endpoint_id: UUID) -> None:
        self._resting.add(endpoint_id)
        asyncio.get_running_loop().call_later(REST_S, self._resting.discard, endpoint_id)
