"""Files that go with a referral; their bytes lie in the object store."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from services.referrals.domain.codes import DataCategory
from services.referrals.storage.base import CONTENT_KEY, Table
from shared.database.tables import UTC_INSTANT, one_of
from shared.objects.media_types import ScanState
from shared.secrecy.columns import SealedText


class AttachmentRow(Table, table=True):
    """Announced first, then uploaded. The recipient sees it where its manifest names it.

    `content_version` is the version of the content with which it went along first; none before.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint(one_of("category", DataCategory), name="category"),
        CheckConstraint(one_of("scan_state", ScanState), name="scan_state"),
        CheckConstraint(
            "(object_key is null) = (sha256 is null)"
            " and (object_key is null) = (size_bytes is null)"
            " and (object_key is null) = (media_type is null)"
            " and (object_key is null) = (scan_state is null)",
            name="content_is_whole",
        ),
        Index("ix_attachment_referral", "tenant_id", "referral_id", "created_at", "id"),
        Index(
            "ix_attachment_pending",
            "tenant_id",
            "id",
            postgresql_where=text("scan_state = 'PENDING'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    referral_id: UUID = Field(foreign_key="referral.id")
    version: int
    content_version: int | None = None
    name: str = Field(sa_type=SealedText(CONTENT_KEY, holder="referral_id"), nullable=False)
    category: str = Field(max_length=20)
    object_key: str | None = Field(default=None, max_length=200)
    media_type: str | None = Field(default=None, max_length=60)
    sha256: str | None = Field(default=None, max_length=64)
    size_bytes: int | None = None
    scan_state: str | None = Field(default=None, max_length=20)
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class ObjectRemovalRow(Table, table=True):
    """An object whose attachment is gone: the worker removes it from the store."""

    __tablename__ = "object_removal"

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    object_key: str = Field(max_length=200)
