"""Persons, families and staff.

Deliberately without any register number: no AZR number, no customer number of a Jobcenter, no tax
identifier (hazard H3).
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.cases.domain.choices import FamilyRole, Gender
from services.cases.domain.people import BirthDatePrecision
from services.cases.domain.person_parts import Interpreting, Literacy
from services.cases.storage.tables.base import (
    ACTOR_LENGTH_MAX,
    CODES,
    FileColumns,
    Table,
    UnitColumns,
)
from shared.database.tables import UTC_INSTANT, one_of


class PersonRow(UnitColumns, Table, table=True):
    """`birth_date` is as exact as it is known: `1990-05-17`, `1990-05`, `1990` or nothing."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint(one_of("birth_date_precision", BirthDatePrecision), name="precision"),
        CheckConstraint(one_of("gender", Gender), name="gender"),
        CheckConstraint(one_of("literacy", Literacy), name="literacy"),
        CheckConstraint(one_of("interpreting", Interpreting), name="interpreting"),
        Index("ix_person_merged_into", "tenant_id", "merged_into_id"),
        Index("ix_person_name", "tenant_id", "unit_id", "name_key", "id"),
        Index("ix_person_restricted", "tenant_id", "id", postgresql_where=text("is_restricted")),
    )

    family_name: str = Field(max_length=120)
    given_names: str = Field(max_length=120)
    original_name: str | None = Field(default=None, max_length=120)
    name_key: str = Field(max_length=500)
    birth_date: str | None = Field(default=None, max_length=10)
    birth_date_precision: str = Field(max_length=10)
    gender: str = Field(max_length=20)
    nationalities: list[str] = Field(sa_type=CODES, nullable=False)
    languages: list[str] = Field(sa_type=CODES, nullable=False)
    residence_group: str = Field(max_length=60)
    disputed_fields: list[str] = Field(sa_type=CODES, nullable=False)
    is_restricted: bool = Field(sa_column_kwargs={"server_default": text("false")})
    restricted_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    literacy: str = Field(
        max_length=20,
        sa_column_kwargs={"server_default": Literacy.NOT_RECORDED.value},
    )
    interpreting: str | None = Field(default=None, max_length=10)
    disputes: list[dict[str, Any]] = Field(
        sa_type=JSONB, nullable=False, sa_column_kwargs={"server_default": text("'[]'")}
    )
    merged_into_id: UUID | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    version: int
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class FamilyRow(UnitColumns, Table, table=True):
    """`arrival_cohort` is told by the family and recorded, never derived from a nationality.

    A family that was joined to another one stays as history: `joined_into_id` goes on instead.
    """

    __tablename__ = "family"
    __table_args__ = (
        CheckConstraint("(joined_into_id is null) or joined_on is not null", name="joined"),
        Index("ix_family_unit", "tenant_id", "unit_id", "created_at", "id"),
        Index("ix_family_joined_into", "tenant_id", "joined_into_id"),
        Index("ix_family_split_from", "tenant_id", "split_from_id"),
    )

    arrival_cohort: str | None = Field(default=None, max_length=60)
    split_from_id: UUID | None = Field(default=None, foreign_key="family.id", ondelete="SET NULL")
    joined_into_id: UUID | None = Field(default=None, foreign_key="family.id", ondelete="SET NULL")
    joined_on: date | None = None
    version: int
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class FamilyMemberRow(UnitColumns, Table, table=True):
    __tablename__ = "family_member"
    __table_args__ = (
        CheckConstraint(one_of("role", FamilyRole), name="role"),
        CheckConstraint("to_on is null or from_on <= to_on", name="period"),
        Index("ix_family_member_family", "tenant_id", "family_id"),
        Index("ix_family_member_person", "tenant_id", "person_id"),
    )

    family_id: UUID = Field(foreign_key="family.id", ondelete="CASCADE")
    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE")
    role: str = Field(max_length=20)
    from_on: date
    to_on: date | None = None


class FamilyMoveRow(FileColumns, Table, table=True):
    """A case that went from one family to another, from a day on: counting an earlier day finds
    it in the family that it belonged to then.
    """

    __tablename__ = "family_move"
    __table_args__ = (
        Index("ix_family_move_case", "tenant_id", "case_id", "effective_on", "id"),
        Index("ix_family_move_from", "tenant_id", "from_family_id"),
        Index("ix_family_move_to", "tenant_id", "to_family_id"),
    )

    from_family_id: UUID = Field(foreign_key="family.id")
    to_family_id: UUID = Field(foreign_key="family.id")
    effective_on: date


class StaffMemberRow(UnitColumns, Table, table=True):
    """Who may hold cases of the unit: active, and bound to secrecy since a day (R-203-1)."""

    __tablename__ = "staff_member"
    __table_args__ = (Index("uq_staff_member_actor", "tenant_id", "unit_id", "actor", unique=True),)

    actor: str = Field(max_length=ACTOR_LENGTH_MAX)
    is_active: bool
    bound_to_secrecy_on: date | None = None
    is_state_recognised: bool
    version: int
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
