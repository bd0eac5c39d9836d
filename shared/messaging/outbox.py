"""The outbox: an event is stored in the transaction of the change it tells of."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import SQLModel

from shared.database.transaction import Transaction
from shared.messaging.envelope import DomainEvent, envelope

# Members of an event that name the units it concerns.
UNITS_CONCERNED = ("unit_id", "sender_unit", "recipient_unit")


async def record_event(
    tx: Transaction,
    row_class: type[SQLModel],
    event: DomainEvent,
    *,
    aggregate_id: UUID,
    audience: Sequence[str] | None = None,
) -> UUID:
    """Store the event for the relay and the feed; its id, which is also the id on the broker.

    `audience` are the units that read it in the feed: those the event names, unless it is given;
    where there is none, everybody of the tenant who may follow.
    """
    document = envelope(event, tenant_id=tx.caller.tenant_id, aggregate_id=aggregate_id)
    event_id = UUID(document["id"])
    if audience is None:
        audience = [unit for name in UNITS_CONCERNED if (unit := getattr(event, name, None))]
    await tx.insert(
        row_class,
        id=event_id,
        subject=event.event_type,
        aggregate_id=aggregate_id,
        payload=document,
        audience=sorted(set(audience)),
        created_at=datetime.fromisoformat(document["time"]),
    )
    return event_id
