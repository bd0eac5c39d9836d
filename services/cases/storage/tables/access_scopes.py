"""How far the roles and people of a unit see."""

from datetime import datetime

from sqlalchemy import ARRAY, CheckConstraint, Index, String, text
from sqlmodel import Field

from services.cases.domain.access_scopes import RowScope, ScopedRole
from services.cases.domain.notes import Confidentiality
from services.cases.storage.tables.base import ACTOR_LENGTH_MAX, CODES, Table, UnitColumns
from shared.database.tables import UTC_INSTANT, one_of

ACTORS = ARRAY(String(ACTOR_LENGTH_MAX))


class AccessScopeRow(UnitColumns, Table, table=True):
    """One setting from its instant until it was ended or another took its place; rows are never
    changed otherwise, so that it can be said what held on a day.

    `actor` empty: of all of the role. `case_types` empty: every type.
    """

    __tablename__ = "access_scope"
    __table_args__ = (
        CheckConstraint(one_of("role", ScopedRole), name="role"),
        CheckConstraint(one_of("row_scope", RowScope), name="row_scope"),
        CheckConstraint(one_of("confidentiality_max", Confidentiality), name="confidentiality_max"),
        CheckConstraint("(row_scope = 'TEAM') = (colleagues <> '{}')", name="team"),
        CheckConstraint("(ended_at is null) = (ended_by is null)", name="end"),
        Index(
            "uq_access_scope_in_force",
            "tenant_id",
            "unit_id",
            "role",
            "actor",
            unique=True,
            postgresql_where=text("ended_at is null"),
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_access_scope_recorded", "tenant_id", "recorded_at", "id"),
    )

    role: str = Field(max_length=40)
    actor: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    row_scope: str = Field(max_length=20)
    colleagues: list[str] = Field(sa_type=ACTORS, nullable=False)
    case_types: list[str] | None = Field(default=None, sa_type=CODES)
    confidentiality_max: str = Field(max_length=20)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    ended_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    ended_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
