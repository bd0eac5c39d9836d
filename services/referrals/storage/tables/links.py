"""Links for agencies without software: digests only, so that nobody here can open one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, text
from sqlmodel import Field

from services.referrals.storage.base import Table
from shared.database.tables import UTC_INSTANT


class AccessLinkRow(Table, table=True):
    """One link: made by the sender, opened once by the unit `unit_id`, then a session long."""

    __tablename__ = "access_link"
    __table_args__ = (
        CheckConstraint("expires_at <= created_at + interval '8 days'", name="eight_days"),
        CheckConstraint("(session_digest is null) = (used_at is null)", name="session"),
        CheckConstraint("refusals between 0 and 5", name="refusals"),
        Index("ix_access_link_referral", "tenant_id", "referral_id", "created_at"),
        Index(
            "uq_access_link_open",
            "tenant_id",
            "referral_id",
            unique=True,
            postgresql_where=text("revoked_at is null"),
        ),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    referral_id: UUID = Field(foreign_key="referral.id")
    sender_unit: str = Field(max_length=63)
    unit_id: str = Field(max_length=63)
    token_digest: bytes = Field(sa_type=LargeBinary, nullable=False)
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    created_by: str = Field(max_length=520)
    expires_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    used_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    session_digest: bytes | None = Field(default=None, sa_type=LargeBinary)
    session_until: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    revoked_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    refusals: int = 0
