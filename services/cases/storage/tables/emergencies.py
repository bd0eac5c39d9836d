"""Emergency accesses to single cases."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlmodel import Field

from services.cases.domain.emergencies import EmergencyReason, EmergencyVerdict
from services.cases.domain.retention import DataKind
from services.cases.storage.tables.base import ACTOR_LENGTH_MAX, Table, UnitColumns, sealed
from shared.database.tables import UTC_INSTANT, one_of


class EmergencyAccessRow(UnitColumns, Table, table=True):
    """Who opened which case for how long. The foreign key names the unit, too: a case of another
    unit cannot be opened, although whoever opens one may be unable to see it before.
    """

    __tablename__ = "emergency_access"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "unit_id", "case_id"],
            ["case_file.tenant_id", "case_file.unit_id", "case_file.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint(one_of("reason", EmergencyReason), name="reason"),
        CheckConstraint(one_of("verdict", EmergencyVerdict), name="verdict"),
        CheckConstraint(
            "expires_at > opened_at and expires_at <= opened_at + interval '1 day'", name="period"
        ),
        CheckConstraint("(reviewed_at is null) = (verdict is null)", name="review"),
        CheckConstraint("reviewed_by <> actor", name="reviewer"),
        Index("ix_emergency_access_actor", "tenant_id", "unit_id", "actor", "case_id"),
        Index("ix_emergency_access_opened", "tenant_id", "opened_at", "id"),
        Index("ix_emergency_access_case", "tenant_id", "unit_id", "case_id"),
    )

    case_id: UUID
    actor: str = Field(max_length=ACTOR_LENGTH_MAX)
    reason: str = Field(max_length=40)
    justification: str = Field(sa_type=sealed(DataKind.CASE_FILE), nullable=False)
    opened_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    expires_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    ended_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    ended_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    reviewed_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    reviewed_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    verdict: str | None = Field(default=None, max_length=20)
    version: int
