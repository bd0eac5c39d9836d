"""What left a unit, to whom, and who decided that it may: rows that are written once."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKeyConstraint, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.referrals.domain.disclosures import DecisionOutcome
from services.referrals.domain.legal_ground import DisclosureGround
from services.referrals.storage.base import DECISION_KEY, Table
from shared.database.tables import UTC_INSTANT, one_of
from shared.secrecy.columns import SealedText


class DisclosureDecisionRow(Table, table=True):
    """A person's decision on what a foreigners or naturalisation authority may be told, R-A1.

    The latest one on a referral and a unit stands. `decided_by` is who decided, `recorded_by` who
    wrote it down: a partner's system for one of its people.
    """

    __tablename__ = "disclosure_decision"
    __table_args__ = (
        CheckConstraint(one_of("outcome", DecisionOutcome), name="outcome"),
        CheckConstraint(one_of("ground", DisclosureGround), name="ground"),
        CheckConstraint("reason <> ''", name="reason"),
        Index(
            "ix_disclosure_decision_standing",
            "tenant_id",
            "referral_id",
            "recipient_unit",
            "recorded_at",
        ),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    referral_id: UUID = Field(foreign_key="referral.id")
    recipient_unit: str = Field(max_length=63)
    outcome: str = Field(max_length=10)
    ground: str = Field(max_length=20)
    fields: list[str] = Field(sa_type=ARRAY(String(120)), nullable=False)
    client_informed: bool
    reason: str = Field(sa_type=SealedText(DECISION_KEY, holder="referral_id"), nullable=False)
    request_reference: str = Field(max_length=64)
    decided_by: str = Field(max_length=520)
    decided_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    recorded_by: str = Field(max_length=520)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class DisclosureRow(Table, table=True):
    """The manifest: which fields of which version of the content a unit may see, once it accepts.

    Without a row here the database shows a recipient nothing of the content. `attachments` are
    their ids, digests and sizes; no names.

    A row with `message_id` is the manifest of one message to an authority, which reads no message
    without one. It is of no version of the content (0), so that it opens none of it.
    """

    __tablename__ = "disclosure"
    __table_args__ = (
        Index(
            "uq_disclosure_version",
            "tenant_id",
            "referral_id",
            "content_version",
            "recipient_unit",
            "message_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index(
            "ix_disclosure_message",
            "tenant_id",
            "message_id",
            "recipient_unit",
            postgresql_where=text("message_id is not null"),
        ),
        CheckConstraint("(message_id is null) = (content_version > 0)", name="message"),
        ForeignKeyConstraint(["decision_id"], ["disclosure_decision.id"]),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    referral_id: UUID = Field(foreign_key="referral.id")
    content_version: int
    sender_unit: str = Field(max_length=63)
    recipient_unit: str = Field(max_length=63)
    ground_kind: str | None = Field(default=None, max_length=20)
    ground_code: str | None = Field(default=None, max_length=30)
    categories: list[str] = Field(sa_type=ARRAY(String(20)), nullable=False)
    fields: list[str] = Field(sa_type=ARRAY(String(120)), nullable=False)
    disputed_fields: list[str] = Field(sa_type=ARRAY(String(120)), nullable=False)
    attachments: list[dict[str, Any]] = Field(sa_type=JSONB, nullable=False)
    decision_id: UUID | None = None
    payload_digest: str = Field(max_length=71)
    message_id: UUID | None = None
    disclosed_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
