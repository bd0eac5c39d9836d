"""The technical tables that every service has."""

from sqlalchemy import Index
from sqlmodel import Field

from services.cases.storage.tables.base import Table
from shared.database.columns import (
    AuditColumns,
    ConsumedColumns,
    IdempotencyColumns,
    OutboxColumns,
)


class OutboxMessage(OutboxColumns, Table, table=True):
    __tablename__ = "outbox_message"
    __table_args__ = (
        Index("ix_outbox_message_waiting", "position", postgresql_where="sent_at is null"),
    )


class ConsumedEvent(ConsumedColumns, Table, table=True):
    __tablename__ = "consumed_event"


class IdempotencyKey(IdempotencyColumns, Table, table=True):
    __tablename__ = "idempotency_key"


class AuditEntry(AuditColumns, Table, table=True):
    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_at", "tenant_id", "at"),)


class ReferenceCounter(Table, table=True):
    """The last number given in a tenant and year: human references without a sequence."""

    __tablename__ = "reference_counter"

    tenant_id: str = Field(max_length=5, primary_key=True)
    year: int = Field(primary_key=True)
    last_number: int
