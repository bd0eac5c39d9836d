"""Daily work: contacts, tasks, flags, deputies, what a person has seen and searches they keep."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.cases.domain.contacts import ContactKind, ContactOutcome, InterpreterKind
from services.cases.domain.retention import DataKind
from services.cases.domain.work import FlagCode, Severity, TaskCause, TaskState
from services.cases.storage.tables.base import (
    ACTOR_LENGTH_MAX,
    FileColumns,
    Table,
    UnitColumns,
    sealed,
)
from shared.database.tables import UTC_INSTANT, one_of


class ContactRow(FileColumns, Table, table=True):
    """A counselling contact that took place; tries that failed are contact attempts."""

    __tablename__ = "counselling_contact"
    __table_args__ = (
        CheckConstraint(one_of("kind", ContactKind), name="kind"),
        CheckConstraint(one_of("interpreter_kind", InterpreterKind), name="interpreter_kind"),
        CheckConstraint(one_of("outcome", ContactOutcome), name="outcome"),
        CheckConstraint("minutes between 1 and 1440", name="minutes"),
        Index("ix_counselling_contact_case", "tenant_id", "case_id", "held_on", "id"),
    )

    kind: str = Field(max_length=20)
    held_on: date
    minutes: int
    language: str = Field(max_length=3)
    interpreter_kind: str | None = Field(default=None, max_length=10)
    cost_reference: str | None = Field(default=None, max_length=60)
    outcome: str = Field(max_length=20)


class TaskRow(FileColumns, Table, table=True):
    __tablename__ = "case_task"
    __table_args__ = (
        CheckConstraint(one_of("state", TaskState), name="state"),
        CheckConstraint(one_of("proposed_because", TaskCause), name="proposed_because"),
        CheckConstraint("(proposed_because is null) = (referral_id is null)", name="proposal"),
        Index(
            "uq_case_task_proposal",
            "tenant_id",
            "case_id",
            "referral_id",
            "proposed_because",
            unique=True,
            postgresql_where=text("referral_id is not null"),
        ),
        Index("ix_case_task_case", "tenant_id", "case_id", "state", "due_on", "id"),
        Index("ix_case_task_assignee", "tenant_id", "unit_id", "assignee", "state", "due_on"),
    )

    title: str = Field(sa_type=sealed(DataKind.CASE_FILE), nullable=False)
    due_on: date
    assignee: str = Field(max_length=ACTOR_LENGTH_MAX)
    state: str = Field(max_length=10)
    ended_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    ended_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    proposed_because: str | None = Field(default=None, max_length=30)
    referral_id: UUID | None = None
    version: int


class FlagRow(FileColumns, Table, table=True):
    __tablename__ = "case_flag"
    __table_args__ = (
        CheckConstraint(one_of("code", FlagCode), name="code"),
        CheckConstraint(one_of("severity", Severity), name="severity"),
        Index("ix_case_flag_case", "tenant_id", "case_id", "recorded_at", "id"),
        Index(
            "uq_case_flag_raised",
            "tenant_id",
            "case_id",
            "code",
            unique=True,
            postgresql_where=text("lifted_at is null"),
        ),
    )

    code: str = Field(max_length=30)
    severity: str = Field(max_length=10)
    reason: str = Field(sa_type=sealed(DataKind.CASE_FILE), nullable=False)
    lifted_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    lifted_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)


class DeputyshipRow(UnitColumns, Table, table=True):
    """For these days, both included, the deputy reads and does what the principal may, but for
    entrusted notes. One that was ended early holds from that instant no more.
    """

    __tablename__ = "deputyship"
    __table_args__ = (
        CheckConstraint("from_on <= to_on", name="period"),
        CheckConstraint("principal <> deputy", name="people"),
        CheckConstraint("(ended_at is null) = (ended_by is null)", name="end"),
        CheckConstraint("to_on - from_on < 365", name="limit"),
        Index("ix_deputyship_deputy", "tenant_id", "unit_id", "deputy", "to_on"),
        Index("ix_deputyship_principal", "tenant_id", "unit_id", "principal", "to_on"),
    )

    principal: str = Field(max_length=ACTOR_LENGTH_MAX)
    deputy: str = Field(max_length=ACTOR_LENGTH_MAX)
    from_on: date
    to_on: date
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    ended_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    ended_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)


class SeenMarkRow(UnitColumns, Table, table=True):
    """How far a person has followed a case; nobody else sees it."""

    __tablename__ = "seen_mark"
    __table_args__ = (Index("uq_seen_mark", "tenant_id", "actor", "case_id", unique=True),)

    case_id: UUID = Field(foreign_key="case_file.id", ondelete="CASCADE")
    actor: str = Field(max_length=ACTOR_LENGTH_MAX)
    seen_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class SavedSearchRow(UnitColumns, Table, table=True):
    """Filters of the case list that one person keeps; they name nobody."""

    __tablename__ = "saved_search"
    __table_args__ = (Index("ix_saved_search_actor", "tenant_id", "actor", "id"),)

    actor: str = Field(max_length=ACTOR_LENGTH_MAX)
    name: str = Field(max_length=80)
    filters: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    version: int
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
