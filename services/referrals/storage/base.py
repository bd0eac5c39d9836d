"""The registry of this service and its technical tables."""

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from services.referrals.domain.codes import ExternalKind
from shared.database.columns import (
    AuditColumns,
    ConsumedColumns,
    IdempotencyColumns,
    OutboxColumns,
)
from shared.database.columns_external import ExternalIdColumns, external_id_rules
from shared.database.columns_feed import (
    ChangeColumns,
    FeedColumns,
    HorizonColumns,
    LostSightColumns,
)
from shared.database.columns_jobs import JobColumns, job_arguments
from shared.database.columns_requests import PartnerRequestColumns
from shared.database.tables import registry_for


class Table(SQLModel, registry=registry_for("referrals")):
    """Base of this service's tables."""


class OutboxMessage(OutboxColumns, Table, table=True):
    __tablename__ = "outbox_message"
    __table_args__ = (
        Index("ix_outbox_message_waiting", "position", postgresql_where=text("sent_at is null")),
    )


class FeedEntry(FeedColumns, Table, table=True):
    __tablename__ = "feed_entry"
    __table_args__ = (
        Index("ix_feed_entry_feed", "tenant_id", "feed_tx", "id"),
        Index("ix_feed_entry_subject", "tenant_id", "subject", "feed_tx"),
    )


class RecordChange(ChangeColumns, Table, table=True):
    __tablename__ = "record_change"
    __table_args__ = (Index("ix_record_change_feed", "tenant_id", "change_tx", "record_id"),)


class LostSight(LostSightColumns, Table, table=True):
    __tablename__ = "lost_sight"
    __table_args__ = (
        Index("ix_lost_sight_feed", "tenant_id", "unit_id", "change_tx", "record_id"),
    )


class FeedHorizon(HorizonColumns, Table, table=True):
    __tablename__ = "feed_horizon"


class ConsumedEvent(ConsumedColumns, Table, table=True):
    __tablename__ = "consumed_event"


class IdempotencyKey(IdempotencyColumns, Table, table=True):
    __tablename__ = "idempotency_key"


class AuditEntry(AuditColumns, Table, table=True):
    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_at", "tenant_id", "at"),)


class PartnerRequest(PartnerRequestColumns, Table, table=True):
    __tablename__ = "partner_request"
    __table_args__ = (Index("ix_partner_request_at", "tenant_id", "unit_id", "at"),)


class JobRow(JobColumns, Table, table=True):
    __tablename__ = "job"
    __table_args__ = job_arguments()


class ExternalIdRow(ExternalIdColumns, Table, table=True):
    __tablename__ = "external_id"
    __table_args__ = external_id_rules(ExternalKind)
