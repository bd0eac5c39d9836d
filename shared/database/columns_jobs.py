"""Columns and constraints of jobs; each service makes its own table."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from shared.database.tables import UTC_INSTANT, one_of
from shared.jobs.lifecycle import JobFormat, JobState

ROLE = String(60)


class JobColumns(SQLModel):
    """A file that somebody asked for, and how far it is.

    It is made in the name of who asked: `requested_*`, `unit_*` and `client_id` are that caller,
    `purpose`, `reason` and `request_id` what its reads are logged with. `checkpoint` is where the
    next page begins and which parts of the file are written; `lease_id` is the worker at it.
    """

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    version: int = 1
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    requested_by: str = Field(max_length=520)
    requested_roles: list[str] = Field(sa_type=ARRAY(ROLE), nullable=False)
    unit_type: str = Field(max_length=60)
    client_id: str = Field(max_length=200)
    purpose: str = Field(max_length=60)
    reason: str = Field(max_length=300)
    request_id: str = Field(max_length=64)
    kind: str = Field(max_length=60)
    format: str = Field(max_length=10)
    locale: str = Field(max_length=2)
    parameters: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    state: str = Field(max_length=10)
    rows_done: int
    checkpoint: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    attempts: int
    lease_id: UUID | None = None
    leased_until: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    started_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    ended_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    expires_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    object_key: str | None = Field(default=None, max_length=300)
    sha256: str | None = Field(default=None, max_length=64)
    size_bytes: int | None = Field(default=None, sa_type=BigInteger, nullable=True)
    failure: str | None = Field(default=None, max_length=30)


def job_arguments() -> tuple[Any, ...]:
    return (
        CheckConstraint(one_of("state", JobState), name="state"),
        CheckConstraint(one_of("format", JobFormat), name="format"),
        CheckConstraint("locale in ('de', 'en')", name="locale"),
        CheckConstraint("(state = 'RUNNING') = (lease_id is not null)", name="lease"),
        CheckConstraint("(lease_id is null) = (leased_until is null)", name="lease_end"),
        CheckConstraint("(state = 'DONE') = (object_key is not null)", name="result"),
        CheckConstraint("(state = 'FAILED') = (failure is not null)", name="failure"),
        Index("ix_job_requester", "tenant_id", "unit_id", "requested_by", "created_at", "id"),
        Index("ix_job_state", "tenant_id", "state", "created_at"),
    )
