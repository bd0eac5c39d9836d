"""Allocations: the tree below an award line, and the versions of each contract."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.funding.domain.allocation_facts import RecipientKind
from services.funding.domain.allocation_lifecycle import AllocationState
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

NOT_RELEASED = "'PLANNED', 'CALL_OPEN', 'SELECTED', 'CONTRACTED', 'CANCELLED'"


class AllocationRow(RecordColumns, ShareColumns, Table, table=True):
    """A share of an award line or of another allocation, and its recipient."""

    __tablename__ = "allocation"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id", name="uq_allocation_tenant_id"),
        ForeignKeyConstraint(
            ["tenant_id", "award_id"], ["award.tenant_id", "award.id"], name="fk_award"
        ),
        ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "parent_allocation_id"],
            ["allocation.tenant_id", "allocation.id"],
            name="fk_parent",
        ),
        CheckConstraint(one_of("state", AllocationState), name="state"),
        CheckConstraint(one_of("recipient_kind", RecipientKind), name="recipient_kind"),
        CheckConstraint("released_by <> planned_by", name="four_eyes"),
        CheckConstraint(
            f"state in ({NOT_RELEASED}) or released_by is not null", name="active_is_released"
        ),
        CheckConstraint("valid_from <= valid_to", name="period"),
        CheckConstraint("amount_cents > 0 or fte > 0", name="not_nothing"),
        CheckConstraint("parent_allocation_id <> id", name="not_its_own_parent"),
        *share_checks(),
        Index("ix_allocation_award", "tenant_id", "award_id", "id"),
        Index("ix_allocation_line", "tenant_id", "award_line_id", "id"),
        Index("ix_allocation_parent", "tenant_id", "parent_allocation_id", "id"),
        Index("ix_allocation_recipient", "tenant_id", "recipient_unit", "id"),
        Index("ix_allocation_updated", "tenant_id", "updated_at", "id"),
    )

    award_id: UUID
    award_line_id: UUID
    parent_allocation_id: UUID | None = None
    depth: int
    state: str = Field(max_length=20)
    recipient_unit: str | None = Field(default=None, max_length=63)
    recipient_name: str | None = Field(default=None, max_length=200)
    recipient_kind: str | None = Field(default=None, max_length=30)
    valid_from: date
    valid_to: date
    target_group: str = Field(default="ALL", max_length=60)
    territory: dict[str, Any] = Field(sa_type=JSONB, nullable=False)
    own_money_cents: int = Field(default=0, sa_type=CENTS, nullable=False)
    overlap_reason: str = Field(default="", max_length=1000)
    selection_reason: str = Field(default="", max_length=1000)
    terms: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    proof_margin_days: int = 0
    authority_consent_ref: str = Field(default="", max_length=100)
    double_funding_checked_on: date | None = None
    suspension_reason: str = Field(default="", max_length=1000)
    resumption_reason: str = Field(default="", max_length=1000)
    early_end_on: date | None = None
    termination_reason: str = Field(default="", max_length=1000)
    proof: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    proof_waived_reason: str = Field(default="", max_length=1000)
    paid_cents: int | None = Field(default=None, sa_type=CENTS)
    eligible_cents: int | None = Field(default=None, sa_type=CENTS)
    repaid_cents: int | None = Field(default=None, sa_type=CENTS)
    planned_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    released_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)


class AllocationVersionRow(Table, table=True):
    """One version of the contract. Only its approval is ever written into it afterwards."""

    __tablename__ = "allocation_version"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "allocation_id", "number", name="uq_allocation_version_number"
        ),
        ForeignKeyConstraint(
            ["tenant_id", "allocation_id"],
            ["allocation.tenant_id", "allocation.id"],
            name="fk_allocation",
        ),
        CheckConstraint(one_of("kind", VersionKind), name="kind"),
        CheckConstraint("approved_by <> recorded_by", name="four_eyes"),
        CheckConstraint("(approved_by is null) = (approved_at is null)", name="approval_whole"),
        CheckConstraint("valid_from <= valid_to", name="period"),
        CheckConstraint(
            "number > 0 and amount_cents >= 0 and fte >= 0 and own_use_cents >= 0"
            " and own_use_fte >= 0",
            name="figures",
        ),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    allocation_id: UUID
    number: int
    kind: str = Field(max_length=20)
    effective_from: date
    valid_from: date
    valid_to: date
    amount_cents: int = Field(sa_type=CENTS, nullable=False)
    fte: Decimal = Field(sa_type=FTE, nullable=False)
    own_use_cents: int = Field(default=0, sa_type=CENTS, nullable=False)
    own_use_fte: Decimal = Field(default=Decimal(0), sa_type=FTE, nullable=False)
    reason: str | None = Field(default=None, max_length=1000)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    approved_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    approved_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
