"""What was handed to the finance system: whole files, inserted and never changed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.funding.domain.finance_file import FileEncoding
from services.funding.storage.tables.base import ACTOR_LENGTH_MAX, CENTS, Table
from shared.database.tables import UTC_INSTANT, one_of


class FinanceBatchRow(Table, table=True):
    """One file and the entries of the live book in it. An exclusion constraint in the migration
    lets no entry stand in two of them.
    """

    __tablename__ = "finance_batch"
    __table_args__ = (
        UniqueConstraint("tenant_id", "number", name="uq_finance_batch_number"),
        CheckConstraint(one_of("encoding", FileEncoding), name="encoding"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("from_sequence > 0 and from_sequence <= to_sequence", name="entries"),
        CheckConstraint("line_count >= 2", name="line_count"),
        CheckConstraint("sha256 = encode(sha256(content), 'hex')", name="sha256"),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    number: int = Field(sa_type=CENTS, nullable=False)
    from_sequence: int = Field(sa_type=CENTS, nullable=False)
    to_sequence: int = Field(sa_type=CENTS, nullable=False)
    encoding: str = Field(max_length=20)
    line_count: int
    total_cents: int = Field(sa_type=CENTS, nullable=False)
    sha256: str = Field(max_length=64)
    content: bytes
    replacements: list[dict[str, Any]] = Field(sa_type=JSONB, nullable=False)
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    created_by: str = Field(max_length=ACTOR_LENGTH_MAX)
