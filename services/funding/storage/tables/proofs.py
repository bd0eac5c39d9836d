"""Proofs of use: where each stands, its frozen versions, and the figures they print."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Numeric,
    SmallInteger,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.funding.domain.proof_lifecycle import ProofRegime, ProofState, RecoveryGround
from services.funding.storage.tables.base import ACTOR_LENGTH_MAX, CENTS, RecordColumns, Table
from shared.database.tables import UTC_INSTANT, one_of

SHA256 = "~ '^[0-9a-f]{64}$'"


class ProofRow(RecordColumns, Table, table=True):
    """The proof of one award, or of what one recipient got of it."""

    __tablename__ = "proof"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id", name="uq_proof_tenant_id"),
        UniqueConstraint(
            "tenant_id",
            "award_id",
            "allocation_id",
            name="uq_proof_subject",
            postgresql_nulls_not_distinct=True,
        ),
        ForeignKeyConstraint(
            ["tenant_id", "award_id"], ["award.tenant_id", "award.id"], name="fk_award"
        ),
        ForeignKeyConstraint(
            ["tenant_id", "allocation_id"],
            ["allocation.tenant_id", "allocation.id"],
            name="fk_allocation",
        ),
        CheckConstraint(one_of("regime", ProofRegime), name="regime"),
        CheckConstraint(one_of("state", ProofState), name="state"),
        CheckConstraint(one_of("recovery_ground", RecoveryGround), name="recovery_ground"),
        CheckConstraint(
            "recovery_cents >= 0 and (recovery_cents > 0) = (recovery_ground is not null)",
            name="recovery_whole",
        ),
        CheckConstraint("decided_by <> recorded_by", name="four_eyes"),
        Index("ix_proof_due", "tenant_id", "due_on", "id"),
        Index("ix_proof_updated", "tenant_id", "updated_at", "id"),
    )

    award_id: UUID
    allocation_id: UUID | None = None
    regime: str = Field(max_length=20)
    state: str = Field(max_length=30)
    due_on: date
    is_overdue: bool = False
    query: str = Field(default="", max_length=2000)
    accepted_on: date | None = None
    recovery_cents: int = Field(default=0, sa_type=CENTS, nullable=False)
    recovery_ground: str | None = Field(default=None, max_length=20)
    refused_items: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSONB, nullable=False)
    decision_ref: str = Field(default="", max_length=100)
    settlement_ref: str = Field(default="", max_length=100)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    decided_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)


class ProofVersionRow(Table, table=True):
    """One version as it was made; only who submitted and who signed it is added later,
    and what the authority asked back about it.
    """

    __tablename__ = "proof_version"
    __table_args__ = (
        UniqueConstraint("tenant_id", "proof_id", "number", name="uq_proof_version_number"),
        UniqueConstraint("tenant_id", "id", name="uq_proof_version_tenant_id"),
        ForeignKeyConstraint(
            ["tenant_id", "proof_id"], ["proof.tenant_id", "proof.id"], name="fk_proof"
        ),
        CheckConstraint("submitted_by <> made_by", name="four_eyes"),
        CheckConstraint("signed_by <> made_by", name="signed_by_another"),
        CheckConstraint("(submitted_by is null) = (submitted_at is null)", name="submission_whole"),
        CheckConstraint("num_nulls(signed_by, signed_role, signed_at) in (0, 3)", name="signature"),
        CheckConstraint("octet_length(ledger_hash) = 32 and number > 0", name="head"),
        CheckConstraint(
            f"sha256_json {SHA256} and sha256_csv {SHA256} and sha256_pdf {SHA256}", name="sha256"
        ),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    proof_id: UUID
    number: int
    narrative: list[dict[str, Any]] = Field(sa_type=JSONB, nullable=False)
    book: str = Field(max_length=10)
    ledger_sequence: int = Field(sa_type=CENTS, nullable=False)
    ledger_hash: bytes
    made_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    made_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    submitted_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    submitted_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    signed_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    signed_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    signed_role: str | None = Field(default=None, max_length=30)
    query: str = Field(default="", max_length=2000)
    sha256_json: str = Field(max_length=64)
    sha256_csv: str = Field(max_length=64)
    sha256_pdf: str = Field(max_length=64)
    json_file: bytes
    csv_file: bytes
    pdf_file: bytes


class ProofFigureRow(Table, table=True):
    """One number of a version, and which postings it sums. Never changed."""

    __tablename__ = "proof_figure"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "proof_version_id"],
            ["proof_version.tenant_id", "proof_version.id"],
            name="fk_version",
        ),
        CheckConstraint("num_nulls(amount_cents, quantity) = 1", name="amount_or_quantity"),
        CheckConstraint("selector is null or amount_cents is not null", name="selects_amounts"),
    )

    tenant_id: str = Field(primary_key=True, max_length=5)
    proof_version_id: UUID = Field(primary_key=True)
    key: str = Field(primary_key=True, max_length=120)
    ordinal: int = Field(sa_type=SmallInteger, nullable=False)
    label_de: str = Field(max_length=300)
    label_en: str = Field(max_length=300)
    amount_cents: int | None = Field(default=None, sa_type=CENTS)
    quantity: Decimal | None = Field(default=None, sa_type=Numeric(8, 2))
    selector: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
