"""The help plan: versions, goals, measures."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from services.cases.domain.plan import GoalResult, MeasureState, ResponsibleKind
from services.cases.domain.retention import DataKind
from services.cases.storage.tables.base import FileColumns, Table, UnitColumns, sealed
from shared.database.tables import one_of


class PlanVersionRow(FileColumns, Table, table=True):
    __tablename__ = "plan_version"
    __table_args__ = (
        CheckConstraint(
            "(agreed_on is null) = (agreement_language is null)", name="agreement_is_whole"
        ),
        # An approval names version and author: four eyes are the database's business.
        UniqueConstraint("id", "recorded_by"),
        Index("uq_plan_version_number", "tenant_id", "case_id", "number", unique=True),
    )

    number: int
    agreed_on: date | None = None
    agreement_language: str | None = Field(default=None, max_length=3)
    cooperation_plan_on: date | None = None
    version: int


class GoalRow(UnitColumns, Table, table=True):
    __tablename__ = "goal"
    __table_args__ = (
        CheckConstraint(one_of("result", GoalResult), name="result"),
        Index("ix_goal_plan", "tenant_id", "plan_version_id", "position"),
    )

    plan_version_id: UUID = Field(foreign_key="plan_version.id", ondelete="CASCADE")
    case_id: UUID = Field(foreign_key="case_file.id", ondelete="CASCADE")
    position: int
    field_of_action: str = Field(max_length=60)
    text: str = Field(sa_type=sealed(DataKind.CASE_FILE), nullable=False)
    target_on: date | None = None
    result: str | None = Field(default=None, max_length=20)
    result_on: date | None = None


class MeasureRow(UnitColumns, Table, table=True):
    __tablename__ = "measure"
    __table_args__ = (
        CheckConstraint(one_of("state", MeasureState), name="state"),
        CheckConstraint(one_of("responsible_kind", ResponsibleKind), name="responsible_kind"),
        Index("ix_measure_goal", "tenant_id", "goal_id", "position"),
        Index("ix_measure_case", "tenant_id", "case_id"),
    )

    goal_id: UUID = Field(foreign_key="goal.id", ondelete="CASCADE")
    case_id: UUID = Field(foreign_key="case_file.id", ondelete="CASCADE")
    position: int
    text: str = Field(sa_type=sealed(DataKind.CASE_FILE), nullable=False)
    responsible_kind: str | None = Field(default=None, max_length=20)
    responsible_ref: str = Field(max_length=200)
    state: str = Field(max_length=20)
    due_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None
