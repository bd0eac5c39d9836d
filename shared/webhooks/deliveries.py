"""What a unit does with deliveries: try one out, send a range again, look at what was signed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

import orjson
from sqlalchemy import BigInteger

from shared.audit.entries import record_change
from shared.database.cursors import CursorUnreadable, read_cursor
from shared.database.statements import Statement
from shared.database.transaction import Transaction
from shared.database.views import Document
from shared.kernel.clock import iso_instant, now
from shared.kernel.errors import Conflict, Malformed, NotFound, RuleViolated
from shared.kernel.ids import new_id
from shared.kernel.text import Text
from shared.service.answers import Answer
from shared.webhooks.bodies import bodies_of, test_type
from shared.webhooks.codes import WebhookDeliveryState
from shared.webhooks.endpoints import KIND
from shared.webhooks.planning import DELIVERIES, IS_WANTED, LAST_ID, SETTLED
from shared.webhooks.signing import SignatureProfile, signature_base, timestamp
from shared.webhooks.tables import WebhookTables
from shared.webhooks.views import WebhookViews

REPLAY_MAX: Final = 10_000
FIRST_CURSOR: Final = (0, UUID(int=0))
LAST_CURSOR: Final = (2**62, LAST_ID)
EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
NEVER: Final = datetime(9000, 1, 1, tzinfo=UTC)

ENDPOINT: Final = Statement("""
select id, unit_id, types, includes_own, profile from webhook_endpoint
 where tenant_id = cast(:tenant_id as varchar) and id = :endpoint_id""")
DELIVERY: Final = Statement("""
select d.id, d.endpoint_id, d.event_id, d.subject, d.type, d.state, d.created_at, d.is_test,
       e.profile,
       (select max(a.at) from webhook_attempt a
         where a.tenant_id = d.tenant_id and a.delivery_id = d.id) as last_at
  from webhook_delivery d
  join webhook_endpoint e on e.tenant_id = d.tenant_id and e.id = d.endpoint_id
 where d.tenant_id = cast(:tenant_id as varchar) and d.id = :delivery_id""")
DELIVERY_FOR_UPDATE: Final = Statement("""
select id, state, endpoint_id from webhook_delivery
 where tenant_id = cast(:tenant_id as varchar) and id = :delivery_id for update""")
AGAIN: Final = Statement("""
update webhook_delivery set state = 'WAITING', attempts = 0, first_at = null, next_attempt_at = :at
 where tenant_id = cast(:tenant_id as varchar) and id = :delivery_id""")
REPLAY: Final = Statement(f"""
with edge as materialized (select {SETTLED} as settled),
taken as materialized (
  select t.id, t.subject, t.feed_tx, t.type from feed_entry t, edge
   where t.tenant_id = cast(:tenant_id as varchar) and t.feed_tx < edge.settled
     and (t.feed_tx, t.id) >= (cast(:from_tx as bigint), cast(:from_id as uuid))
     and (t.feed_tx, t.id) <= (cast(:to_tx as bigint), cast(:to_id as uuid))
     and t.at >= cast(:since as timestamptz) and t.at < cast(:until as timestamptz)
     and {IS_WANTED}
   order by t.feed_tx, t.id limit cast(:rows_max as int)),
planned as ({DELIVERIES.format(is_wanted="true")})
select count(*) from planned""")  # noqa: S608 - constants, values as parameters


class ReplayTooLong(RuleViolated):
    code = "replay-too-long"
    title = Text(
        de="Die Spanne umfasst mehr als 10.000 Ereignisse; bitte teilen.",
        en="The range holds more than 10,000 events; divide it.",
    )


class ReplayRangeUnclear(Malformed):
    code = "replay-range-unclear"
    title = Text(
        de="Nennen Sie fromCursor und toCursor oder since und until, in dieser Reihenfolge.",
        en="Name fromCursor and toCursor, or since and until, in this order.",
    )


class DeliveryUnderWay(Conflict):
    code = "delivery-under-way"
    title = Text(
        de="Diese Zustellung wartet schon oder läuft gerade.",
        en="This delivery is waiting or being sent already.",
    )


@dataclass(frozen=True, slots=True)
class Range:
    """Entries of the feed from one place to another, both included, and between two instants."""

    first: tuple[int, UUID]
    last: tuple[int, UUID]
    since: datetime
    until: datetime


def range_between(
    from_cursor: str | None,
    to_cursor: str | None,
    since: datetime | None,
    until: datetime | None,
) -> Range:
    """Either by cursors of the feed or by instants. Raises ReplayRangeUnclear, CursorUnreadable."""
    by_cursor = from_cursor is not None and to_cursor is not None
    by_time = since is not None and until is not None
    given = sum(one is not None for one in (from_cursor, to_cursor, since, until))
    if by_cursor == by_time or given != 2:  # noqa: PLR2004 - exactly one pair
        raise ReplayRangeUnclear
    if from_cursor is not None and to_cursor is not None:
        found = Range(_place(from_cursor), _place(to_cursor), EVER, NEVER)
    else:
        assert since is not None
        assert until is not None
        found = Range(FIRST_CURSOR, LAST_CURSOR, since, until)
    if found.first > found.last or found.since >= found.until:
        raise ReplayRangeUnclear
    return found


def _place(cursor: str) -> tuple[int, UUID]:
    position, event_id = read_cursor(cursor, BigInteger())
    if not 0 <= position <= LAST_CURSOR[0]:
        raise CursorUnreadable
    return position, event_id


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryDesk:
    """The operations on deliveries of one service."""

    service: str
    tables: WebhookTables
    views: WebhookViews

    async def test(self, tx: Transaction, endpoint_id: UUID) -> Answer:
        """One event of its own, tried once, whatever the state of the endpoint."""
        await self._endpoint(tx, endpoint_id)
        delivery_id, at = new_id(), now()
        await tx.insert(
            self.tables.delivery,
            id=delivery_id,
            unit_id=tx.caller.unit_id,
            endpoint_id=endpoint_id,
            event_id=new_id(),
            subject=endpoint_id,
            feed_tx=0,
            type=test_type(self.service),
            state=WebhookDeliveryState.WAITING.value,
            attempts=0,
            created_at=at,
            next_attempt_at=at,
            is_test=True,
        )
        await self._record(tx, "test", endpoint_id)
        return await self._answer(tx, delivery_id)

    async def replay(self, tx: Transaction, endpoint_id: UUID, asked: Range) -> Answer:
        """Send each event of the range again, with its own id, in order. Raises ReplayTooLong."""
        endpoint = await self._endpoint(tx, endpoint_id)
        replay_id = new_id()
        planned = await tx.value(
            REPLAY,
            tenant_id=tx.caller.tenant_id,
            unit_id=endpoint["unit_id"],
            endpoint_id=endpoint_id,
            types=list(endpoint["types"]),
            includes_own=endpoint["includes_own"],
            from_tx=asked.first[0],
            from_id=asked.first[1],
            to_tx=asked.last[0],
            to_id=asked.last[1],
            since=asked.since,
            until=asked.until,
            at=now(),
            replay_id=replay_id,
            rows_max=REPLAY_MAX + 1,
        )
        if planned > REPLAY_MAX:
            raise ReplayTooLong(eventsMax=REPLAY_MAX)
        changes = {"replayId": str(replay_id), "deliveries": planned}
        await self._record(tx, "replay", endpoint_id, changes)
        answer = {
            "endpointId": str(endpoint_id),
            "replayId": str(replay_id),
            "deliveries": planned,
        }
        return Answer(Document(orjson.dumps(answer), None))

    async def redeliver(self, tx: Transaction, delivery_id: UUID) -> Answer:
        """From the beginning, with the whole back-off. Raises DeliveryUnderWay."""
        who = {"tenant_id": tx.caller.tenant_id, "delivery_id": delivery_id}
        row = await tx.row(DELIVERY_FOR_UPDATE, **who)
        if row is None:
            raise NotFound
        if row["state"] in {WebhookDeliveryState.WAITING, WebhookDeliveryState.SENDING}:
            raise DeliveryUnderWay(state=row["state"])
        await tx.execute(AGAIN, **who, at=now())
        await self._record(tx, "redeliver", row["endpoint_id"], {"deliveryId": str(delivery_id)})
        return await self._answer(tx, delivery_id)

    async def base(self, tx: Transaction, delivery_id: UUID) -> bytes:
        """What the last try signed, or what the first one would. Raises NotFound."""
        row = await tx.row(DELIVERY, tenant_id=tx.caller.tenant_id, delivery_id=delivery_id)
        bodies = await bodies_of(tx, [row]) if row is not None else {}
        if row is None or row["event_id"] not in bodies:
            raise NotFound
        at, body, profile = (
            row["last_at"] or now(),
            bodies[row["event_id"]],
            SignatureProfile(row["profile"]),
        )
        return orjson.dumps(
            {
                "deliveryId": str(delivery_id),
                "profile": profile.value,
                "algorithm": "HMAC-SHA-512" if profile is SignatureProfile.FIT else "HMAC-SHA-256",
                "timestamp": timestamp(at),
                "signedAt": iso_instant(at),
                "body": body.decode(),
                "base": signature_base(profile, row["event_id"], at, body).decode(),
            }
        )

    async def _endpoint(self, tx: Transaction, endpoint_id: UUID) -> Any:
        row = await tx.row(ENDPOINT, tenant_id=tx.caller.tenant_id, endpoint_id=endpoint_id)
        if row is None:
            raise NotFound
        return row

    async def _answer(self, tx: Transaction, delivery_id: UUID) -> Answer:
        document = await self.views.delivery.one_in(tx, delivery_id=delivery_id)
        assert document is not None
        return Answer(document)

    async def _record(
        self,
        tx: Transaction,
        action: str,
        endpoint_id: UUID,
        changes: dict[str, Any] | None = None,
    ) -> None:
        await record_change(
            tx, self.tables.audit, action=action, kind=KIND, record_id=endpoint_id, changes=changes
        )
