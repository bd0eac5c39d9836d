"""Base rates, recoveries and what was paid on them."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Numeric,
    UniqueConstraint,
    text,
)
from sqlmodel import Field

from services.funding.domain.interest import DayCount
from services.funding.domain.recovery_facts import Direction, Ground, RecoverySource
from services.funding.domain.recovery_lifecycle import RecoveryState
from services.funding.storage.tables.base import ACTOR_LENGTH_MAX, CENTS, RecordColumns, Table
from shared.database.tables import UTC_INSTANT, one_of


class BaseRateRow(RecordColumns, Table, table=True):
    """The base rate of § 247 BGB from a day on; it may be negative."""

    __tablename__ = "base_rate"
    __table_args__ = (
        UniqueConstraint("tenant_id", "valid_from", name="uq_base_rate_valid_from"),
        CheckConstraint("percent between -20 and 50", name="percent"),
    )

    valid_from: date
    percent: Decimal = Field(sa_type=Numeric(5, 2), nullable=False)
    source: str = Field(max_length=300)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)


class RecoveryRow(RecordColumns, Table, table=True):
    """Money that goes back: to the Land, or from a recipient to us."""

    __tablename__ = "recovery"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id", name="uq_recovery_tenant_id"),
        ForeignKeyConstraint(
            ["tenant_id", "award_id"], ["award.tenant_id", "award.id"], name="fk_award"
        ),
        ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "allocation_id"],
            ["allocation.tenant_id", "allocation.id"],
            name="fk_allocation",
        ),
        CheckConstraint(one_of("state", RecoveryState), name="state"),
        CheckConstraint(one_of("direction", Direction), name="direction"),
        CheckConstraint(one_of("ground", Ground), name="ground"),
        CheckConstraint(one_of("source_kind", RecoverySource), name="source_kind"),
        CheckConstraint(
            "(source_kind = 'PERSON') = (source_id is null)", name="source_is_a_record"
        ),
        CheckConstraint(one_of("day_count", DayCount), name="day_count"),
        CheckConstraint("released_by <> recorded_by", name="four_eyes"),
        CheckConstraint(
            "(direction = 'DOWNWARD') = (allocation_id is not null)", name="recipient_has_share"
        ),
        CheckConstraint(
            "principal_cents > 0 and paid_cents between 0 and principal_cents"
            " and interest_cents >= 0"
            " and interest_paid_cents between 0 and coalesce(interest_cents, 0)",
            name="figures",
        ),
        CheckConstraint(
            "state not in ('DEMANDED', 'PARTLY_PAID', 'SETTLED') or (released_by is not null"
            " and demanded_on is not null and due_on is not null and act_reference <> '')",
            name="demanded_by_act",
        ),
        CheckConstraint(
            "(waiver_reference = '') = (waiver_reason = '')", name="waived_by_decision"
        ),
        CheckConstraint(
            "state <> 'SETTLED' or (paid_cents = principal_cents and (waiver_reference <> ''"
            " or interest_cents = interest_paid_cents))",
            name="settled_is_paid",
        ),
        Index(
            "uq_recovery_claim",
            "tenant_id",
            "award_line_id",
            "direction",
            "ground",
            "claim_since",
            "principal_cents",
            "allocation_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("state <> 'WITHDRAWN' and source_id is null"),
        ),
        Index(
            "uq_recovery_source",
            "tenant_id",
            "source_id",
            "source_kind",
            "award_line_id",
            "ground",
            unique=True,
            postgresql_where=text("state <> 'WITHDRAWN' and source_id is not null"),
        ),
        Index("ix_recovery_award", "tenant_id", "award_id", "id"),
        Index("ix_recovery_state", "tenant_id", "state", "id"),
    )

    direction: str = Field(max_length=10)
    award_id: UUID
    award_line_id: UUID
    allocation_id: UUID | None = None
    ground: str = Field(max_length=20)
    source_kind: str = Field(default="PERSON", max_length=20)
    source_id: UUID | None = None
    state: str = Field(max_length=20)
    principal_cents: int = Field(sa_type=CENTS, nullable=False)
    claim_since: date
    heard_on: date | None = None
    demanded_on: date | None = None
    due_on: date | None = None
    act_reference: str = Field(default="", max_length=100)
    paid_cents: int = Field(default=0, sa_type=CENTS, nullable=False)
    interest_cents: int | None = Field(default=None, sa_type=CENTS)
    interest_paid_cents: int = Field(default=0, sa_type=CENTS, nullable=False)
    interest_fixed_on: date | None = None
    interest_act_reference: str = Field(default="", max_length=100)
    day_count: str | None = Field(default=None, max_length=10)
    waiver_reference: str = Field(default="", max_length=100)
    waiver_reason: str = Field(default="", max_length=1000)
    withdrawal_reason: str = Field(default="", max_length=1000)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    released_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)


class RecoveryPaymentRow(Table, table=True):
    """What was paid on a recovery, as the bank says; never changed."""

    __tablename__ = "recovery_payment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "recovery_id"], ["recovery.tenant_id", "recovery.id"], name="fk_recovery"
        ),
        CheckConstraint(
            "amount_cents >= 0 and interest_cents >= 0 and amount_cents + interest_cents > 0",
            name="figures",
        ),
        Index("ix_recovery_payment_recovery", "tenant_id", "recovery_id", "id"),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    recovery_id: UUID
    paid_on: date
    amount_cents: int = Field(sa_type=CENTS, nullable=False)
    interest_cents: int = Field(sa_type=CENTS, nullable=False)
    bank_reference: str = Field(max_length=40)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
