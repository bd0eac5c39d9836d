"""The registry of this service and its technical tables."""

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from shared.database.columns import (
    AuditColumns,
    ConsumedColumns,
    IdempotencyColumns,
    OutboxColumns,
)
from shared.database.tables import registry_for


class Table(SQLModel, registry=registry_for("referrals")):
    """Base of this service's tables."""


class OutboxMessage(OutboxColumns, Table, table=True):
    __tablename__ = "outbox_message"
    __table_args__ = (
        Index("ix_outbox_message_waiting", "position", postgresql_where=text("sent_at is null")),
    )


class ConsumedEvent(ConsumedColumns, Table, table=True):
    __tablename__ = "consumed_event"


class IdempotencyKey(IdempotencyColumns, Table, table=True):
    __tablename__ = "idempotency_key"


class AuditEntry(AuditColumns, Table, table=True):
    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_at", "tenant_id", "at"),)
