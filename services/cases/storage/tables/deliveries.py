"""What other systems delivered: their numbers of records, and each value with its source."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.cases.domain.external_ids import ExternalKind
from services.cases.storage.tables.base import ACTOR_LENGTH_MAX, Table, UnitColumns
from shared.database.tables import UTC_INSTANT, one_of

ONE_RECORD = "(person_id is null) <> (case_id is null)"


class ExternalIdRow(UnitColumns, Table, table=True):
    """`value` is opaque and never a register's number (hazard H3); goes with its record."""

    __tablename__ = "external_id"
    __table_args__ = (
        CheckConstraint(one_of("kind", ExternalKind), name="kind"),
        CheckConstraint("(kind = 'PERSON') = (person_id is not null)", name="kind_of_record"),
        CheckConstraint(ONE_RECORD, name="one_record"),
        Index("uq_external_id", "tenant_id", "unit_id", "kind", "system", "value", unique=True),
        Index("ix_external_id_person", "tenant_id", "person_id"),
        Index("ix_external_id_case", "tenant_id", "case_id"),
    )

    kind: str = Field(max_length=10)
    system: str = Field(max_length=40)
    value: str = Field(max_length=100)
    person_id: UUID | None = Field(default=None, foreign_key="person.id", ondelete="CASCADE")
    case_id: UUID | None = Field(default=None, foreign_key="case_file.id", ondelete="CASCADE")
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class ErasedNumberRow(UnitColumns, Table, table=True):
    """The digest of a number under which an erased case was delivered, so that its next delivery
    does not bring it back (H13). Nothing of the case and no number can be read from it.
    """

    __tablename__ = "erased_number"
    __table_args__ = (Index("uq_erased_number", "tenant_id", "unit_id", "digest", unique=True),)

    digest: UUID
    erased_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class DeliveryRow(UnitColumns, Table, table=True):
    """The values that a system delivered for one record; without a system: the values that a
    person changed by hand afterwards. `sender_unit`: who sent the referral that they came with.
    Only added, and gone with its record.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint(ONE_RECORD, name="one_record"),
        Index("ix_delivery_person", "tenant_id", "person_id", "id"),
        Index("ix_delivery_case", "tenant_id", "case_id", "id"),
    )

    person_id: UUID | None = Field(default=None, foreign_key="person.id", ondelete="CASCADE")
    case_id: UUID | None = Field(default=None, foreign_key="case_file.id", ondelete="CASCADE")
    source_system: str | None = Field(default=None, max_length=40)
    import_id: UUID | None = None
    sender_unit: str | None = Field(default=None, max_length=63)
    values_json: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    delivered_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    delivered_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
