"""The outbox: an event is stored in the transaction of the change it tells of."""

from uuid import UUID

from sqlmodel import SQLModel

from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.messaging.envelope import DomainEvent, envelope


async def record_event(
    tx: Transaction, row_class: type[SQLModel], event: DomainEvent, *, aggregate_id: UUID
) -> UUID:
    """Store the event for the relay; its id, which is also the message id on the broker."""
    document = envelope(event, tenant_id=tx.caller.tenant_id, aggregate_id=aggregate_id)
    event_id = UUID(document["id"])
    await tx.insert(
        row_class,
        id=event_id,
        subject=event.event_type,
        aggregate_id=aggregate_id,
        payload=document,
        created_at=now(),
    )
    return event_id
