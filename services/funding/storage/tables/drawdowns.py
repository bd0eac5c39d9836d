"""Drawdowns: money called from the Land, and the payments it was called for."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from services.funding.domain.costs import CostKind
from services.funding.domain.drawdown_facts import DrawdownRegime
from services.funding.domain.drawdown_lifecycle import DrawdownState
from services.funding.storage.tables.base import ACTOR_LENGTH_MAX, CENTS, RecordColumns, Table
from shared.database.tables import one_of

RECEIVED = "'PAID', 'USED', 'PARTLY_UNUSED', 'REPAID'"
RELEASED = f"'SUBMITTED', 'APPROVED', {RECEIVED}"


class DrawdownRow(RecordColumns, Table, table=True):
    """One call for money of one award line. `revision` numbers its need lists."""

    __tablename__ = "drawdown"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id", name="uq_drawdown_tenant_id"),
        ForeignKeyConstraint(
            ["tenant_id", "award_id"], ["award.tenant_id", "award.id"], name="fk_award"
        ),
        ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        CheckConstraint(one_of("state", DrawdownState), name="state"),
        CheckConstraint(one_of("regime", DrawdownRegime), name="regime"),
        CheckConstraint("submitted_by <> recorded_by", name="four_eyes"),
        CheckConstraint("approved_by <> recorded_by", name="four_eyes_approving"),
        CheckConstraint(
            f"regime = 'LUMP_SUM' or state not in ({RELEASED}) or submitted_by is not null",
            name="called_is_released",
        ),
        CheckConstraint(
            f"state not in ({RECEIVED}) or (approved_cents is not null"
            " and paid_cents = approved_cents and value_date is not null"
            " and bank_reference <> '')",
            name="paid_as_approved",
        ),
        CheckConstraint("(regime = 'LUMP_SUM') = (due_on is not null)", name="lump_sum_has_date"),
        CheckConstraint("regime <> 'LUMP_SUM' or use_by is null", name="lump_sum_has_no_clock"),
        CheckConstraint(
            "amount_cents > 0 and approved_cents between 1 and amount_cents and used_cents >= 0"
            " and repaid_cents >= 0 and used_cents + repaid_cents <= amount_cents"
            " and revision > 0",
            name="figures",
        ),
        Index("ix_drawdown_line", "tenant_id", "award_line_id", "id"),
        Index("ix_drawdown_award", "tenant_id", "award_id", "id"),
        Index("ix_drawdown_state", "tenant_id", "state", "id"),
    )

    award_id: UUID
    award_line_id: UUID
    regime: str = Field(max_length=20)
    state: str = Field(max_length=20)
    revision: int = 1
    amount_cents: int = Field(sa_type=CENTS, nullable=False)
    approved_cents: int | None = Field(default=None, sa_type=CENTS)
    paid_cents: int | None = Field(default=None, sa_type=CENTS)
    requested_on: date | None = None
    due_on: date | None = None
    value_date: date | None = None
    bank_reference: str = Field(default="", max_length=40)
    use_by: date | None = None
    used_cents: int = Field(default=0, sa_type=CENTS, nullable=False)
    repaid_cents: int = Field(default=0, sa_type=CENTS, nullable=False)
    repaid_on: date | None = None
    return_reason: str = Field(default="", max_length=1000)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    submitted_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    approved_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)


class DrawdownNeedRow(Table, table=True):
    """A payment that falls due (VV 7.2). A revised list is a new one; the old stays."""

    __tablename__ = "drawdown_need"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "drawdown_id", "revision", "ordinal", name="uq_drawdown_need_ordinal"
        ),
        ForeignKeyConstraint(
            ["tenant_id", "drawdown_id"], ["drawdown.tenant_id", "drawdown.id"], name="fk_drawdown"
        ),
        CheckConstraint(one_of("cost_kind", CostKind), name="cost_kind"),
        CheckConstraint("amount_cents > 0 and revision > 0 and ordinal > 0", name="figures"),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    drawdown_id: UUID
    revision: int
    ordinal: int
    due_on: date
    amount_cents: int = Field(sa_type=CENTS, nullable=False)
    cost_kind: str = Field(max_length=30)
