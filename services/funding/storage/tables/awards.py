"""Awards: the notice, its versions, its lines, and what each line has passed on."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.funding.domain.award_lifecycle import AwardState
from services.funding.domain.awards import LinePurpose
from services.funding.domain.ledger.accounts import Book
from services.funding.domain.part_year import PartYearDecision
from services.funding.domain.programme import FundingLine
from services.funding.domain.versions import VersionKind
from services.funding.storage.tables.base import (
    ACTOR_LENGTH_MAX,
    CENTS,
    FTE,
    RecordColumns,
    ShareColumns,
    Table,
    share_checks,
)
from shared.database.tables import UTC_INSTANT, one_of

NOT_GRANTED = "'EXPECTED', 'APPLIED', 'REJECTED', 'WITHDRAWN_APPLICATION'"


class AwardRow(RecordColumns, Table, table=True):
    """One award and where it stands. What it grants stands in its versions."""

    __tablename__ = "award"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id", name="uq_award_tenant_id"),
        CheckConstraint(one_of("state", AwardState), name="state"),
        CheckConstraint(one_of("kind", VersionKind), name="kind"),
        CheckConstraint(one_of("book", Book), name="book"),
        CheckConstraint("(kind = 'ANSCHLUSS') = (follows_award_id is not null)", name="follow_up"),
        CheckConstraint("released_by <> recorded_by", name="four_eyes"),
        CheckConstraint("revoked_by <> recorded_by", name="four_eyes_revoking"),
        CheckConstraint(
            f"state in ({NOT_GRANTED}) or released_by is not null", name="granted_is_released"
        ),
        ForeignKeyConstraint(
            ["tenant_id", "follows_award_id"], ["award.tenant_id", "award.id"], name="fk_follows"
        ),
        Index("ix_award_year", "tenant_id", "fiscal_year", "id"),
        Index("ix_award_updated", "tenant_id", "updated_at", "id"),
    )

    unit_id: str = Field(max_length=63)
    book: str = Field(default=Book.LIVE.value, max_length=10)
    state: str = Field(max_length=30)
    kind: str = Field(max_length=20)
    follows_award_id: UUID | None = None
    fiscal_year: int
    reference: str | None = Field(default=None, max_length=100)
    authority: str | None = Field(default=None, max_length=200)
    funder: str | None = Field(default=None, max_length=200)
    source: str | None = Field(default=None, max_length=300)
    applicant: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    territory: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    permits_forwarding: bool = False
    awarded_on: date | None = None
    notified_on: date | None = None
    remedies_waived_on: date | None = None
    is_appeal_pending: bool = False
    budget_released_on: date | None = None
    assurance_until: date | None = None
    proof_due_on: date | None = None
    revocation_reason: str | None = Field(default=None, max_length=1000)
    revocation_effective_on: date | None = None
    hearing_on: date | None = None
    facts_known_since: date | None = None
    revoked_cents: int | None = Field(default=None, sa_type=CENTS)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    released_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    revoked_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)


class AwardLineRow(RecordColumns, ShareColumns, Table, table=True):
    """One line over all versions of its award: who it is, and what of it is passed on."""

    __tablename__ = "award_line"
    __table_args__ = (
        UniqueConstraint("tenant_id", "award_id", "key", name="uq_award_line_key"),
        UniqueConstraint("tenant_id", "id", name="uq_award_line_tenant_id"),
        ForeignKeyConstraint(
            ["tenant_id", "award_id"], ["award.tenant_id", "award.id"], name="fk_award"
        ),
        CheckConstraint(one_of("funding_line", FundingLine), name="funding_line"),
        CheckConstraint(one_of("purpose", LinePurpose), name="purpose"),
        CheckConstraint(one_of("part_year_decision", PartYearDecision), name="part_year_decision"),
        *share_checks(),
    )

    award_id: UUID
    key: str = Field(max_length=60)
    ordinal: int
    funding_line: str = Field(max_length=40)
    purpose: str = Field(max_length=30)
    is_additional: bool = False
    name_de: str = Field(default="", max_length=200)
    name_en: str = Field(default="", max_length=200)
    source: str | None = Field(default=None, max_length=300)
    part_year_decision: str | None = Field(default=None, max_length=20)


class AwardVersionRow(Table, table=True):
    """One version as it was granted. Only its approval is ever written into it afterwards."""

    __tablename__ = "award_version"
    __table_args__ = (
        UniqueConstraint("tenant_id", "award_id", "number", name="uq_award_version_number"),
        UniqueConstraint("tenant_id", "id", name="uq_award_version_tenant_id"),
        ForeignKeyConstraint(
            ["tenant_id", "award_id"], ["award.tenant_id", "award.id"], name="fk_award"
        ),
        CheckConstraint(one_of("kind", VersionKind), name="kind"),
        CheckConstraint("approved_by <> recorded_by", name="four_eyes"),
        CheckConstraint("(approved_by is null) = (approved_at is null)", name="approval_whole"),
        CheckConstraint("valid_from <= valid_to", name="period"),
        CheckConstraint("total_cents >= 0 and number > 0", name="figures"),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    award_id: UUID
    number: int
    kind: str = Field(max_length=20)
    effective_from: date
    valid_from: date
    valid_to: date
    total_cents: int = Field(sa_type=CENTS, nullable=False)
    reason: str | None = Field(default=None, max_length=1000)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    approved_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    approved_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)


class AwardVersionLineRow(Table, table=True):
    """What one version grants in one line. Never changed."""

    __tablename__ = "award_version_line"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "award_version_id", "award_line_id", name="uq_award_version_line"
        ),
        ForeignKeyConstraint(
            ["tenant_id", "award_version_id"],
            ["award_version.tenant_id", "award_version.id"],
            name="fk_award_version",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        CheckConstraint("valid_from <= valid_to", name="period"),
        CheckConstraint("amount_cents >= 0 and fte >= 0", name="not_negative"),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    award_version_id: UUID
    award_line_id: UUID
    amount_cents: int = Field(sa_type=CENTS, nullable=False)
    fte: Decimal | None = Field(default=None, sa_type=FTE)
    rate_cents: int | None = Field(default=None, sa_type=CENTS)
    valid_from: date | None = None
    valid_to: date | None = None
