"""Columns of the numbers by which other systems know the records of a service."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from shared.database.tables import UTC_INSTANT, one_of


class ExternalIdColumns(SQLModel):
    """One number of one record, of the unit that put it.

    `value_digest` finds it; the number itself may be forgotten. `told` has a digest of each member
    that was delivered last, so that the same delivery is known again and no content is kept twice.
    """

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    kind: str = Field(max_length=20)
    record_id: UUID
    system: str | None = Field(default=None, max_length=40)
    value: str | None = Field(default=None, max_length=80)
    value_digest: bytes = Field(sa_type=LargeBinary, nullable=False)
    told: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    recorded_by: str = Field(max_length=520)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    told_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


def external_id_rules(kinds: type[StrEnum]) -> tuple[CheckConstraint | Index, ...]:
    return (
        CheckConstraint(one_of("kind", kinds), name="kind"),
        CheckConstraint("(system is null) = (value is null)", name="whole_number"),
        Index("uq_external_id", "tenant_id", "unit_id", "kind", "value_digest", unique=True),
        Index("ix_external_id_record", "tenant_id", "record_id"),
    )
