"""The outbox: an event is stored in the transaction of the change it tells of."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
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
    if audience is None:
        audience = [unit for name in UNITS_CONCERNED if (unit := getattr(event, name, None))]
    row = outbox_row(event, tenant_id=tx.caller.tenant_id, aggregate_id=aggregate_id)
    await tx.insert(row_class, **row, audience=sorted(set(audience)))
    event_id: UUID = row["id"]
    return event_id


def outbox_row(event: DomainEvent, *, tenant_id: str, aggregate_id: UUID) -> dict[str, Any]:
    """The columns of an event, for who stores it together with the change in one statement.

    Without an audience it is read by everybody of the tenant who may follow.
    """
    document = envelope(event, tenant_id=tenant_id, aggregate_id=aggregate_id)
    return {
        "id": UUID(document["id"]),
        "subject": event.event_type,
        "aggregate_id": aggregate_id,
        "payload": document,
        "created_at": datetime.fromisoformat(document["time"]),
    }
