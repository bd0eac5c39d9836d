"""The tables of the case service. Rules stand in `domain/`; the database repeats the sharpest."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from services.cases.domain.facts import CaseState
from shared.database.columns import (
    AuditColumns,
    ConsumedColumns,
    IdempotencyColumns,
    OutboxColumns,
)
from shared.database.tables import UTC_INSTANT, one_of, registry_for


class Table(SQLModel, registry=registry_for("cases")):
    """Base of this service's tables."""


class CaseRow(Table, table=True):
    """One case of one unit; the unit is the controller (§ 67 (4) SGB X)."""

    __tablename__ = "case_record"
    __table_args__ = (
        CheckConstraint(one_of("state", CaseState), name="state"),
        Index("ix_case_record_unit", "tenant_id", "unit_id", "opened_on", "id"),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    reference: str = Field(max_length=20)
    pseudonym: str = Field(max_length=80)
    state: str = Field(max_length=20)
    opened_on: date
    referral_id: UUID | None = None
    version: int = 1
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


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
