"""The registry of this service and its technical tables."""

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from services.referrals.domain.codes import ExternalKind
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
from shared.database.tables import registry_for
from shared.secrecy.removal import KeyRemovalColumns

# A referral has one key for what was said in it, which goes with the content, and two which stay
# with the sender: for why it was allowed to send, and for why it decided as it did.
CONTENT_KEY = "CONTENT"
GROUND_KEY = "GROUND"
DECISION_KEY = "DECISION"
# Noted without a key: that the case of one side is erased, and its referral does not lead to it.
CASE_SENT = "CASE-SENT"
CASE_RECEIVED = "CASE-RECEIVED"


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


class KeyRemovalRow(KeyRemovalColumns, Table, table=True):
    __tablename__ = "key_removal"
