"""The base of this service's tables, its four technical tables, and columns used twice."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Numeric
from sqlmodel import Field, SQLModel

from services.funding.domain.external_ids import ExternalKind
from shared.database.columns import (
    ConsumedColumns,
    IdempotencyColumns,
    OutboxColumns,
)
from shared.database.columns_audit import (
    AuditAnchorColumns,
    AuditBlockColumns,
    AuditColumns,
    AuditExpiryColumns,
    AuditSealColumns,
    anchor_rules,
    block_rules,
    chain_rules,
    entry_rules,
    seal_rules,
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
from shared.database.tables import UTC_INSTANT, registry_for

FTE = Numeric(5, 2)
CENTS = BigInteger
ACTOR_LENGTH_MAX = 520


class Table(SQLModel, registry=registry_for("funding")):
    """Base of this service's tables."""


class RecordColumns(SQLModel):
    """Identity, version and times of every record that people change."""

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    version: int = 1
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class ShareColumns(SQLModel):
    """What a level of the tree has, keeps for itself, and has passed on.

    `tolerated_*` is what an amendment left over-allocated: it admits the present excess and
    nothing more, and a trigger lowers it as children give back.
    """

    amount_cents: int = Field(sa_type=CENTS, nullable=False)
    fte: Decimal = Field(sa_type=FTE, nullable=False)
    own_use_cents: int = Field(default=0, sa_type=CENTS, nullable=False)
    own_use_fte: Decimal = Field(default=Decimal(0), sa_type=FTE, nullable=False)
    allocated_cents: int = Field(default=0, sa_type=CENTS, nullable=False)
    allocated_fte: Decimal = Field(default=Decimal(0), sa_type=FTE, nullable=False)
    tolerated_cents: int = Field(default=0, sa_type=CENTS, nullable=False)
    tolerated_fte: Decimal = Field(default=Decimal(0), sa_type=FTE, nullable=False)


def share_checks() -> tuple[CheckConstraint, ...]:
    """Σ children ≤ own − own use, for money and for posts, whoever writes and how many at once."""
    return (
        CheckConstraint(
            "allocated_cents + own_use_cents <= amount_cents + tolerated_cents",
            name="money_not_over_allocated",
        ),
        CheckConstraint(
            "allocated_fte + own_use_fte <= fte + tolerated_fte", name="posts_not_over_allocated"
        ),
        CheckConstraint(
            "amount_cents >= 0 and own_use_cents >= 0 and allocated_cents >= 0"
            " and tolerated_cents >= 0 and fte >= 0 and own_use_fte >= 0 and allocated_fte >= 0"
            " and tolerated_fte >= 0",
            name="shares_not_negative",
        ),
    )


class OutboxMessage(OutboxColumns, Table, table=True):
    __tablename__ = "outbox_message"
    __table_args__ = (
        Index("ix_outbox_message_waiting", "position", postgresql_where="sent_at is null"),
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
    __table_args__ = entry_rules()


class AuditBlock(AuditBlockColumns, Table, table=True):
    __tablename__ = "audit_block"
    __table_args__ = block_rules()


class AuditSeal(AuditSealColumns, Table, table=True):
    __tablename__ = "audit_seal"
    __table_args__ = seal_rules()


class AuditExpiry(AuditExpiryColumns, Table, table=True):
    __tablename__ = "audit_expiry"
    __table_args__ = chain_rules()


class AuditAnchor(AuditAnchorColumns, Table, table=True):
    __tablename__ = "audit_anchor"
    __table_args__ = anchor_rules()


class PartnerRequest(PartnerRequestColumns, Table, table=True):
    __tablename__ = "partner_request"
    __table_args__ = (Index("ix_partner_request_at", "tenant_id", "unit_id", "at"),)


class JobRow(JobColumns, Table, table=True):
    __tablename__ = "job"
    __table_args__ = job_arguments()


class ExternalIdRow(ExternalIdColumns, Table, table=True):
    __tablename__ = "external_id"
    __table_args__ = external_id_rules(ExternalKind)
