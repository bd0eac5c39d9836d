"""The tables of what is said between the two sides after sending."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, String
from sqlmodel import Field

from services.referrals.domain.amendments import AmendReason
from services.referrals.domain.codes import Side
from services.referrals.storage.base import CONTENT_KEY, Table
from shared.database.tables import UTC_INSTANT, one_of
from shared.secrecy.columns import SealedText


class AmendmentRow(Table, table=True):
    """One change after sending: paths and digests, no values. Written once, read by both sides."""

    __tablename__ = "referral_amendment"
    __table_args__ = (
        CheckConstraint(one_of("reason", AmendReason), name="reason"),
        Index(
            "uq_referral_amendment_number",
            "tenant_id",
            "referral_id",
            "number",
            unique=True,
        ),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    referral_id: UUID = Field(foreign_key="referral.id")
    number: int
    at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    actor_unit: str = Field(max_length=63)
    reason: str = Field(max_length=30)
    changed_fields: list[str] = Field(sa_type=ARRAY(String(120)), nullable=False)
    version_before: int
    version_after: int
    digest_before: str = Field(max_length=71)
    digest_after: str = Field(max_length=71)


class MessageRow(Table, table=True):
    """One message between the two sides; deleted with the content by the database."""

    __tablename__ = "referral_message"
    __table_args__ = (
        CheckConstraint(one_of("side", Side), name="side"),
        Index(
            "uq_referral_message_number",
            "tenant_id",
            "referral_id",
            "number",
            unique=True,
        ),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    referral_id: UUID = Field(foreign_key="referral.id")
    number: int
    at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    author_unit: str = Field(max_length=63)
    side: str = Field(max_length=20)
    body: str = Field(sa_type=SealedText(CONTENT_KEY, holder="referral_id"), nullable=False)
    read_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
