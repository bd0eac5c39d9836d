"""What every change leaves behind: an audit entry, and an event where one is due."""

from typing import Any
from uuid import UUID

from services.funding.storage.tables import AuditEntry, OutboxMessage
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.views import Document, View
from shared.messaging.envelope import DomainEvent
from shared.messaging.outbox import record_event
from shared.service.writes import Answer


async def leave_trace(
    tx: Transaction,
    *,
    action: str,
    kind: str,
    record_id: UUID,
    changes: dict[str, Any] | None = None,
    events: tuple[DomainEvent, ...] = (),
) -> None:
    """Write the audit entry and the events in the transaction of the change.

    `changes` holds codes, numbers and ids.
    """
    await record_change(
        tx, AuditEntry, action=action, kind=kind, record_id=record_id, changes=changes
    )
    for event in events:
        # Funding is of the whole tenant: whoever reads it reads what happens to it.
        await record_event(tx, OutboxMessage, event, aggregate_id=record_id, audience=())


async def answer_with(
    tx: Transaction, view: View, location: str | None = None, **values: Any
) -> Answer:
    """The record as it now stands."""
    document = await view.one_in(tx, **values)
    assert isinstance(document, Document)
    return Answer(document, location=location)
