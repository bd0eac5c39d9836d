"""The outbox: an event is stored in the transaction of the change it tells of."""

from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.messaging.envelope import DomainEvent, envelope


async def record_event(
    tx: Transaction, row_class: type[SQLModel], event: DomainEvent, *, aggregate_id: UUID
) -> UUID:
    """Store the event for the relay; its id, which is also the message id on the broker."""
    row = outbox_row(event, tenant_id=tx.caller.tenant_id, aggregate_id=aggregate_id)
    await tx.insert(row_class, **row)
    event_id: UUID = row["id"]
    return event_id


def outbox_row(event: DomainEvent, *, tenant_id: str, aggregate_id: UUID) -> dict[str, Any]:
    """The columns of an event, for who stores it together with the change in one statement."""
    document = envelope(event, tenant_id=tenant_id, aggregate_id=aggregate_id)
    return {
        "id": UUID(document["id"]),
        "subject": event.event_type,
        "aggregate_id": aggregate_id,
        "payload": document,
        "created_at": now(),
    }
