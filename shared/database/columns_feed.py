"""Columns of the feed, the record of changes, and how far back both reach."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from shared.database.tables import UTC_INSTANT

UNITS = ARRAY(String(63))


class FeedColumns(SQLModel):
    """An event as its readers get it: the outbox' message, kept; a trigger writes it.

    (`feed_tx`, `id`) is its place: nothing that commits later stands before it, and per subject
    the order is true. `audience` are the units that may read it; empty means all of the tenant.
    """

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    feed_tx: int = Field(sa_type=BigInteger, nullable=False)
    type: str = Field(max_length=200)
    subject: UUID
    at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    actor_unit: str = Field(max_length=63)
    audience: list[str] = Field(sa_type=UNITS, nullable=False)
    data: dict[str, Any] = Field(sa_type=JSONB, nullable=False)


class ChangeColumns(SQLModel):
    """That a record was made, changed or deleted last, and in which version; a trigger writes it.

    One row for each record, which moves to the end with every change.
    """

    tenant_id: str = Field(max_length=5, primary_key=True)
    kind: str = Field(max_length=40, primary_key=True)
    record_id: UUID = Field(primary_key=True)
    change_tx: int = Field(sa_type=BigInteger, nullable=False)
    version: int = Field(sa_type=BigInteger, nullable=False)
    changed_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    is_deleted: bool
    audience: list[str] = Field(sa_type=UNITS, nullable=False)


class LostSightColumns(SQLModel):
    """That a unit could read a record and cannot any more; a trigger writes it."""

    tenant_id: str = Field(max_length=5, primary_key=True)
    kind: str = Field(max_length=40, primary_key=True)
    record_id: UUID = Field(primary_key=True)
    unit_id: str = Field(max_length=63, primary_key=True)
    change_tx: int = Field(sa_type=BigInteger, nullable=False)
    version: int = Field(sa_type=BigInteger, nullable=False)
    changed_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class HorizonColumns(SQLModel):
    """The last place that the relay has forgotten: a cursor before it would miss something."""

    tenant_id: str = Field(max_length=5, primary_key=True)
    feed: str = Field(max_length=10, primary_key=True)
    position_tx: int = Field(sa_type=BigInteger, nullable=False)
    position_id: UUID
    at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
