"""Deadlines and alerts."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.funding.domain.deadlines import DeadlineKind, SubjectKind
from services.funding.storage.tables.base import ACTOR_LENGTH_MAX, RecordColumns, Table
from shared.database.tables import UTC_INSTANT, one_of


class DeadlineRow(RecordColumns, Table, table=True):
    """A day by which something has to be done; kept when it is done or missed."""

    __tablename__ = "deadline"
    __table_args__ = (
        UniqueConstraint("tenant_id", "subject_id", "kind", name="uq_deadline_subject_kind"),
        CheckConstraint(one_of("kind", DeadlineKind), name="kind"),
        CheckConstraint(one_of("subject_kind", SubjectKind), name="subject_kind"),
        CheckConstraint("stated_on <= due_on", name="due_not_before_stated"),
        Index("ix_deadline_due", "tenant_id", "due_on", "id"),
    )

    subject_kind: str = Field(max_length=20)
    subject_id: UUID
    kind: str = Field(max_length=30)
    stated_on: date
    due_on: date
    warned_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    missed_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    done_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    done_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)


class FundingAlertRow(RecordColumns, Table, table=True):
    """Something a person should look at, raised once and resolved when it is no longer so."""

    __tablename__ = "funding_alert"
    __table_args__ = (
        CheckConstraint("code ~ '^[A-Z_]+$'", name="code"),
        CheckConstraint(one_of("subject_kind", SubjectKind), name="subject_kind"),
        Index(
            "uq_funding_alert_open",
            "tenant_id",
            "code",
            "subject_id",
            unique=True,
            postgresql_where="resolved_at is null",
        ),
        Index("ix_funding_alert_raised", "tenant_id", "raised_at", "id"),
    )

    code: str = Field(max_length=40)
    subject_kind: str = Field(max_length=20)
    subject_id: str = Field(max_length=80)
    facts: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    raised_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    resolved_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
