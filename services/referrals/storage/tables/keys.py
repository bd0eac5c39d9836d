"""Public keys of units, and content that only the holder of one of them can read."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.referrals.storage.base import Table
from shared.database.tables import UTC_INSTANT


class UnitKeyRow(Table, table=True):
    """A public key of a unit: with it others encrypt for it. Private keys are never here."""

    __tablename__ = "unit_key"
    __table_args__ = (
        CheckConstraint("not jwk ?| array['d','p','q','dp','dq','qi','k']", name="public"),
        CheckConstraint("valid_to > valid_from", name="term"),
        Index("uq_unit_key_kid", "tenant_id", "unit_id", "kid", unique=True),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    kid: str = Field(max_length=43)
    jwk: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    valid_from: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    valid_to: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    revoked_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    created_by: str = Field(max_length=520)


class EncryptedContentRow(Table, table=True):
    """The ciphertext of a referral; it goes with the content, by the foreign key."""

    __tablename__ = "encrypted_content"
    __table_args__ = (Index("ix_encrypted_content_unit", "tenant_id", "unit_id"),)

    id: UUID = Field(primary_key=True, foreign_key="referral_content.id", ondelete="CASCADE")
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    kid: str = Field(max_length=43)
    jwe: str
    digest: str = Field(max_length=71)
