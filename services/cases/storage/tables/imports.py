"""Imports, their report and the mappings of columns: counts, codes and ids, nobody's data."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.cases.domain.imports import ImportFormat, ImportState, RowOutcome
from services.cases.storage.tables.base import ACTOR_LENGTH_MAX, Table, UnitColumns
from shared.database.tables import UTC_INSTANT, one_of


class ImportJobRow(UnitColumns, Table, table=True):
    """`rows_read` is the checkpoint: rows before it are done, in the same transactions."""

    __tablename__ = "import_job"
    __table_args__ = (
        CheckConstraint(one_of("state", ImportState), name="state"),
        CheckConstraint(one_of("format", ImportFormat), name="format"),
        Index("ix_import_job_unit", "tenant_id", "unit_id", "requested_at", "id"),
    )

    source_system: str = Field(max_length=40)
    format: str = Field(max_length=10)
    encoding: str = Field(max_length=20)
    locale: str = Field(max_length=10)
    delimiter: str | None = Field(default=None, max_length=1)
    mapping_name: str | None = Field(default=None, max_length=60)
    mapping_version: int | None = None
    mapping_json: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    is_dry_run: bool
    state: str = Field(max_length=20)
    object_key: str | None = Field(default=None, max_length=200)
    sha256: str | None = Field(default=None, max_length=64)
    size_bytes: int | None = None
    rows_read: int
    rows_created: int
    rows_changed: int
    rows_unchanged: int
    rows_refused: int
    failure: str | None = Field(default=None, max_length=60)
    failure_line: int | None = None
    failure_column: str | None = Field(default=None, max_length=120)
    requested_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    requested_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    started_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    ended_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    is_report_kept: bool
    version: int


class ImportLineRow(UnitColumns, Table, table=True):
    """One line of the report; the digest finds a key that comes twice in one file."""

    __tablename__ = "import_line"
    __table_args__ = (
        CheckConstraint(one_of("outcome", RowOutcome), name="outcome"),
        Index("uq_import_line", "tenant_id", "import_id", "line", unique=True),
        Index("uq_import_line_key", "tenant_id", "import_id", "key_digest", unique=True),
    )

    import_id: UUID = Field(foreign_key="import_job.id", ondelete="CASCADE")
    line: int
    outcome: str = Field(max_length=10)
    case_id: UUID | None = None
    person_ids: list[UUID] = Field(sa_type=ARRAY(Uuid), nullable=False)
    faults_json: list[dict[str, Any]] = Field(sa_type=JSONB, nullable=False)
    key_digest: UUID | None = None


class ImportMappingRow(UnitColumns, Table, table=True):
    """Which column of a file becomes which field; an import keeps the copy that it began with."""

    __tablename__ = "import_mapping"
    __table_args__ = (Index("uq_import_mapping", "tenant_id", "unit_id", "name", unique=True),)

    name: str = Field(max_length=60)
    mapping_json: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    version: int
