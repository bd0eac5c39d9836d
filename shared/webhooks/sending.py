"""From deliveries to the receiver: in order for each subject, at least once, and never holding a
transaction open while something is sent.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from shared.auth.sealing import SealingKeys
from shared.database.connection import Database
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.kernel.caller import Caller
from shared.kernel.ids import new_id
from shared.observability.metrics import WEBHOOK_ATTEMPTS
from shared.webhooks.bodies import bodies_of
from shared.webhooks.outgoing import Attempt, OutgoingHttp
from shared.webhooks.settling import Sent, settle
from shared.webhooks.signing import SignatureProfile, headers_for
from shared.webhooks.tables import WebhookTables, sealing_place

HEADS_MAX: Final = 16
# Longer than the deadline of a request: whoever holds a lease has surely ended by then.
LEASE_S: Final = 60
CONTENT_TYPE: Final = "application/json"

Clock = Callable[[], datetime]

ENDPOINT: Final = Statement("""
select url, profile, state, secret_sealed, previous_secret_sealed, previous_until
  from webhook_endpoint where tenant_id = cast(:tenant_id as varchar) and id = :endpoint_id""")
# The first open delivery of each subject; what stands behind it waits, whatever its own time is.
CLAIM: Final = Statement("""
with heads as materialized (
  select distinct on (d.subject) d.id, d.state, d.next_attempt_at, d.leased_until
    from webhook_delivery d
   where d.tenant_id = cast(:tenant_id as varchar) and d.endpoint_id = :endpoint_id
     and d.state in ('WAITING', 'SENDING')
     and (cast(:is_active as boolean) or d.is_test)
   order by d.subject, d.feed_tx, d.event_id, d.id),
due as (
  select h.id from heads h
   where h.state = 'WAITING' and h.next_attempt_at <= cast(:at as timestamptz)
      or h.state = 'SENDING' and h.leased_until <= cast(:at as timestamptz)
   order by h.next_attempt_at limit cast(:heads_max as int))
update webhook_delivery d
   set state = 'SENDING', attempts = d.attempts + 1, first_at = coalesce(d.first_at, :at),
       leased_until = cast(:at as timestamptz) + make_interval(secs => :lease_s)
  from due
 where d.id = due.id
   and (d.state = 'WAITING' and d.next_attempt_at <= :at
        or d.state = 'SENDING' and d.leased_until <= :at)
returning d.id, d.event_id, d.subject, d.type, d.attempts, d.first_at, d.created_at, d.is_test""")
SKIP: Final = Statement("""
update webhook_delivery set state = 'SKIPPED', leased_until = null
 where tenant_id = cast(:tenant_id as varchar) and id = any(cast(:ids as uuid[]))""")


@dataclass(frozen=True, slots=True)
class Post:
    """What goes out now: one delivery with its body, to where, signed by which secrets."""

    delivery: Any
    body: bytes
    url: str
    profile: SignatureProfile
    secrets: tuple[bytes, ...]


class Sender:
    """Sends what is due at one endpoint after the other, as the caller asks.

    `turns` bounds how many of its transactions run at once, however many endpoints are served.
    """

    def __init__(
        self,
        database: Database,
        tables: WebhookTables,
        http: OutgoingHttp,
        keys: SealingKeys,
        clock: Clock,
        *,
        turns: int = 4,
    ) -> None:
        self._database = database
        self._tables = tables
        self._http = http
        self._keys = keys
        self._clock = clock
        self.turns = asyncio.Semaphore(turns)

    async def send_due(self, caller: Caller, endpoint_id: UUID) -> int:
        """Send the deliveries that are due and whose turn it is, at most 16; how many they were.

        `caller` acts for the endpoint's unit. Raises SealIsBroken when a secret cannot be opened;
        then nothing was claimed.
        """
        async with self._transaction(caller) as tx:
            posts, skipped = await self._claim(tx, endpoint_id)
        await asyncio.gather(*(self._send(caller, endpoint_id, post) for post in posts))
        return len(posts) + skipped

    @asynccontextmanager
    async def _transaction(self, caller: Caller) -> AsyncIterator[Transaction]:
        async with self.turns, self._database.transaction(caller) as tx:
            yield tx

    async def _claim(self, tx: Transaction, endpoint_id: UUID) -> tuple[list[Post], int]:
        who = {"tenant_id": tx.caller.tenant_id, "endpoint_id": endpoint_id}
        at = self._clock()
        endpoint = await tx.row(ENDPOINT, **who)
        if endpoint is None:
            return [], 0
        secrets = secrets_in_force(self._keys, tx.caller.tenant_id, endpoint_id, endpoint, at)
        deliveries = await tx.rows(
            CLAIM,
            **who,
            at=at,
            is_active=endpoint["state"] == "ACTIVE",
            heads_max=HEADS_MAX,
            lease_s=LEASE_S,
        )
        bodies = await bodies_of(tx, deliveries)
        gone = [d["id"] for d in deliveries if d["event_id"] not in bodies]
        if gone:
            await tx.execute(SKIP, tenant_id=tx.caller.tenant_id, ids=gone)
        profile = SignatureProfile(endpoint["profile"])
        posts = [
            Post(d, bodies[d["event_id"]], endpoint["url"], profile, secrets)
            for d in deliveries
            if d["event_id"] in bodies
        ]
        return posts, len(gone)

    async def _send(self, caller: Caller, endpoint_id: UUID, post: Post) -> None:
        delivery, at = post.delivery, self._clock()
        headers = headers_for(post.profile, delivery["event_id"], at, post.body, post.secrets)
        headers["Content-Type"] = CONTENT_TYPE
        attempt: Attempt = await self._http.post(post.url, post.body, headers)
        WEBHOOK_ATTEMPTS.labels(outcome=attempt.outcome.value).inc()
        sent = Sent(
            delivery_id=delivery["id"],
            attempt_id=new_id(),
            endpoint_id=endpoint_id,
            event_id=delivery["event_id"],
            attempts=delivery["attempts"],
            first_at=delivery["first_at"],
            is_test=delivery["is_test"],
            at=at,
            ended_at=self._clock(),
            attempt=attempt,
        )
        async with self._transaction(caller) as tx:
            await settle(tx, self._tables, sent)


def secrets_in_force(
    keys: SealingKeys, tenant_id: str, endpoint_id: UUID, endpoint: Any, at: datetime
) -> tuple[bytes, ...]:
    """The newest first; the one before it as long as the overlap lasts. Raises SealIsBroken."""
    place = sealing_place(tenant_id, endpoint_id)
    sealed = [endpoint["secret_sealed"]]
    if endpoint["previous_until"] is not None and at < endpoint["previous_until"]:
        sealed.append(endpoint["previous_secret_sealed"])
    return tuple(keys.open(one, place=place) for one in sealed)
