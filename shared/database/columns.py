"""Columns that the technical tables of every service share; each service makes its own tables."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Identity, LargeBinary, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from shared.database.tables import UTC_INSTANT


class OutboxColumns(SQLModel):
    """A message that waits for the relay. `position` orders it; `payload` is the whole envelope.

    `audience` are the units that read it in the feed; empty means all of the tenant.
    """

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    position: int | None = Field(
        default=None, sa_type=BigInteger, sa_column_args=[Identity(always=True)], nullable=False
    )
    subject: str = Field(max_length=200)
    aggregate_id: UUID
    payload: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    audience: list[str] = Field(
        sa_type=ARRAY(String(63)), sa_column_kwargs={"server_default": "{}"}, nullable=False
    )
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    sent_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)


class ConsumedColumns(SQLModel):
    """An event that a consumer has acted on: the same event has no second effect."""

    consumer: str = Field(max_length=100, primary_key=True)
    event_id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    consumed_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class IdempotencyColumns(SQLModel):
    """The first answer to a key, written in the transaction of its effect.

    Unique per tenant, actor and key; `request_hash` is SHA-256 over method, path and body.
    """

    tenant_id: str = Field(max_length=5, primary_key=True)
    actor: str = Field(max_length=520, primary_key=True)
    key: str = Field(max_length=200, primary_key=True)
    request_hash: bytes = Field(sa_type=LargeBinary, nullable=False)
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    status: int | None = None
    body: bytes | None = Field(default=None, sa_type=LargeBinary)
    etag: str | None = Field(default=None, max_length=40)
    location: str | None = Field(default=None, max_length=300)
