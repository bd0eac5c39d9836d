"""Columns of the audit log's tables, which lie in a schema of their own in each database.

Entries are written by the application and sealed in the background, block by block: nobody waits
for the chain. See docs/decisions/0027.
"""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Index, LargeBinary, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from shared.database.tables import UTC_INSTANT

SCHEMA: Final = "audit"


def entry_rules() -> tuple[Any, ...]:
    """Table arguments of the entries: by time, and by the records that they are about."""
    return (
        Index("ix_audit_entry_at", "tenant_id", "at"),
        Index("ix_audit_entry_records", "record_ids", postgresql_using="gin"),
        {"schema": SCHEMA},
    )


def block_rules() -> tuple[Any, ...]:
    return (
        CheckConstraint("kind in ('READ', 'CHANGE')", name="kind"),
        Index("ix_audit_block_kind", "tenant_id", "kind", "number"),
        {"schema": SCHEMA},
    )


def anchor_rules() -> tuple[Any, ...]:
    return (
        Index("uq_audit_anchor_day", "tenant_id", "day", unique=True),
        {"schema": SCHEMA},
    )


def chain_rules() -> tuple[Any, ...]:
    return ({"schema": SCHEMA},)


def seal_rules() -> tuple[Any, ...]:
    return (
        Index("uq_audit_seal_place", "tenant_id", "block", "place", unique=True),
        {"schema": SCHEMA},
    )


class AuditColumns(SQLModel):
    """Who did or saw what, when, for which purpose. Ids and codes, never a name; append-only.

    The database says when: an entry cannot be dated back by who writes it. `changes` of a read are
    the members that were shown, where it was not the whole record: `{"members": [...]}`.
    """

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    at: datetime = Field(
        default=None,
        sa_type=UTC_INSTANT,
        nullable=False,
        sa_column_kwargs={"server_default": text("clock_timestamp()")},
    )
    actor: str = Field(max_length=520)
    unit_id: str = Field(max_length=63)
    client_id: str = Field(max_length=200)
    action: str = Field(max_length=100)
    record_kind: str = Field(max_length=60)
    record_ids: list[UUID] = Field(sa_type=ARRAY(Uuid), nullable=False)
    purpose: str = Field(default="", max_length=60)
    request_id: str = Field(default="", max_length=64)
    reason: str = Field(default="", max_length=300)
    changes: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    end_user: str = Field(
        default="", max_length=120, sa_column_kwargs={"server_default": text("''")}
    )


class AuditBlockColumns(SQLModel):
    """Some entries of one kind, sealed together: a link of the tenant's chain.

    `root` is SHA-256 over the digests of the entries in their places, `hash` over what stands here
    and the hash of the block before. Until `reached_at` every entry of the kind was looked at.
    """

    tenant_id: str = Field(max_length=5, primary_key=True)
    number: int = Field(sa_type=BigInteger, primary_key=True)
    kind: str = Field(max_length=6)
    entry_count: int
    last_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    reached_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    sealed_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    root: bytes = Field(sa_type=LargeBinary, nullable=False)
    previous_hash: bytes = Field(sa_type=LargeBinary, nullable=False)
    hash: bytes = Field(sa_type=LargeBinary, nullable=False)


class AuditSealColumns(SQLModel):
    """The digest of one entry, and its place in a block."""

    tenant_id: str = Field(max_length=5, primary_key=True)
    entry_id: UUID = Field(primary_key=True)
    block: int = Field(sa_type=BigInteger)
    place: int
    digest: bytes = Field(sa_type=LargeBinary, nullable=False)


class AuditExpiryColumns(SQLModel):
    """A block whose entries ended with their time; the block itself stays in the chain."""

    tenant_id: str = Field(max_length=5, primary_key=True)
    kind: str = Field(max_length=6, primary_key=True)
    block: int = Field(sa_type=BigInteger, primary_key=True)
    days: int
    expired_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class AuditAnchorColumns(SQLModel):
    """What was signed of the chain on one day, to be kept outside: a JWS, see RFC 7515."""

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    day: date
    block: int = Field(sa_type=BigInteger)
    statement: str = Field(max_length=4000)
    made_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
