"""Public keys of units, and content that only the holder of one of them can read."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from services.referrals.domain.sealing import KeyUse
from services.referrals.storage.base import Table
from shared.auth.encryption import JWE_CHARACTERS_MAX, MEMBER_CHARACTERS_MAX
from shared.database.tables import UTC_INSTANT, one_of


class UnitKeyRow(Table, table=True):
    """A public RSA key of a unit, as the two numbers of its JWK. There is no room for a private
    one.
    """

    __tablename__ = "unit_key"
    __table_args__ = (
        CheckConstraint(one_of("use", KeyUse), name="use"),
        CheckConstraint("valid_to > valid_from", name="term"),
        Index("uq_unit_key_kid", "tenant_id", "unit_id", "kid", unique=True),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    kid: str = Field(max_length=43)
    use: str = Field(max_length=3)
    n: str = Field(max_length=MEMBER_CHARACTERS_MAX)
    e: str = Field(max_length=11)
    valid_from: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    valid_to: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    revoked_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    created_by: str = Field(max_length=520)


class EncryptedContentRow(Table, table=True):
    """The ciphertext of a referral; it goes with the content, by the foreign key."""

    __tablename__ = "encrypted_content"
    __table_args__ = (
        CheckConstraint(f"length(jwe) <= {JWE_CHARACTERS_MAX}", name="size"),
        CheckConstraint(
            "digest = 'sha256:' || encode(sha256(convert_to(jwe, 'UTF8')), 'hex')", name="digest"
        ),
        Index("ix_encrypted_content_unit", "tenant_id", "unit_id"),
    )

    id: UUID = Field(primary_key=True, foreign_key="referral_content.id", ondelete="CASCADE")
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    kid: str = Field(max_length=43)
    jwe: str
    digest: str = Field(max_length=71)
