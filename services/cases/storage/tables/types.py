"""Case types, and what hangs on a case beyond its way: custom fields, documents, relations."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.cases.domain.case_types import CaseTypeState
from services.cases.domain.documents import DocumentKind
from services.cases.domain.related import Relation
from services.cases.domain.retention import DataKind
from services.cases.storage.tables.base import FileColumns, Table, sealed
from shared.database.tables import UTC_INSTANT, one_of
from shared.objects.media_types import ScanState


class CaseTypeRow(Table, table=True):
    """One version of a case type of one tenant; a trigger keeps a published one as it is.

    The type that ships with the product belongs to the tenant `00000` and everybody reads it.
    """

    __tablename__ = "case_type"
    __table_args__ = (
        CheckConstraint(one_of("state", CaseTypeState), name="state"),
        Index("uq_case_type_number", "tenant_id", "code", "number", unique=True),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    code: str = Field(max_length=60)
    number: int
    state: str = Field(max_length=20)
    label_de: str = Field(max_length=200)
    label_en: str = Field(max_length=200)
    results: list[dict[str, Any]] = Field(sa_type=JSONB, nullable=False)
    fields_schema: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    needs_plan_approval: bool
    version: int
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class CustomFieldsRow(FileColumns, Table, table=True):
    """The custom fields of a case as its type describes them; one row per case."""

    __tablename__ = "custom_fields"
    __table_args__ = (Index("uq_custom_fields_case", "tenant_id", "case_id", unique=True),)

    fields_json: dict[str, Any] = Field(sa_type=JSONB, nullable=False)


class PlanApprovalRow(FileColumns, Table, table=True):
    """Four eyes: `author` is the plan version's own writer, by foreign key, and never the one who
    recorded the approval, by check.
    """

    __tablename__ = "plan_approval"
    __table_args__ = (
        CheckConstraint("author <> recorded_by", name="four_eyes"),
        ForeignKeyConstraint(
            ["plan_version_id", "author"],
            ["plan_version.id", "plan_version.recorded_by"],
            ondelete="CASCADE",
        ),
        Index("uq_plan_approval_plan", "tenant_id", "plan_version_id", unique=True),
        Index("ix_plan_approval_case", "tenant_id", "case_id"),
    )

    plan_version_id: UUID
    author: str = Field(max_length=520)
    approved_on: date


class DocumentRow(FileColumns, Table, table=True):
    """A document of a case; its bytes lie in the object store under `object_key`."""

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint(one_of("kind", DocumentKind), name="kind"),
        CheckConstraint(one_of("scan_state", ScanState), name="scan_state"),
        CheckConstraint(
            "(object_key is null) = (sha256 is null)"
            " and (object_key is null) = (size_bytes is null)"
            " and (object_key is null) = (media_type is null)"
            " and (object_key is null) = (scan_state is null)",
            name="content_is_whole",
        ),
        Index("ix_document_case", "tenant_id", "case_id", "recorded_at", "id"),
        Index(
            "ix_document_pending",
            "tenant_id",
            "id",
            postgresql_where=text("scan_state = 'PENDING'"),
        ),
    )

    title: str = Field(sa_type=sealed(DataKind.DOCUMENT), nullable=False)
    kind: str = Field(max_length=20)
    object_key: str | None = Field(default=None, max_length=200)
    media_type: str | None = Field(default=None, max_length=60)
    sha256: str | None = Field(default=None, max_length=64)
    size_bytes: int | None = None
    scan_state: str | None = Field(default=None, max_length=20)
    version: int


class ObjectRemovalRow(Table, table=True):
    """An object whose document is erased: the worker removes it from the store."""

    __tablename__ = "object_removal"

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    object_key: str = Field(max_length=200)


class RelatedCaseRow(FileColumns, Table, table=True):
    """That another case of the unit has to do with this one; goes when either case is erased."""

    __tablename__ = "related_case"
    __table_args__ = (
        CheckConstraint(one_of("relation", Relation), name="relation"),
        CheckConstraint("case_id <> related_case_id", name="another_case"),
        Index("uq_related_case", "tenant_id", "case_id", "related_case_id", unique=True),
        Index("ix_related_case_back", "tenant_id", "related_case_id"),
    )

    related_case_id: UUID = Field(foreign_key="case_file.id", ondelete="CASCADE")
    relation: str = Field(max_length=20)
