"""Expenditure and its vouchers.

Which case a cost was for stands apart in `expenditure_subject`, so that it can be deleted with the
case while the cost and the books stay.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from services.funding.domain.costs import CostKind, Eligibility, Payer
from services.funding.domain.expenditure_lifecycle import ExpenditureState
from services.funding.domain.spending import OpenQuestion
from services.funding.storage.tables.base import ACTOR_LENGTH_MAX, CENTS, RecordColumns, Table
from shared.database.tables import UTC_INSTANT, one_of


class VoucherRow(RecordColumns, Table, table=True):
    """A voucher: its number, and where the document system keeps it. No content, no name."""

    __tablename__ = "voucher"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id", name="uq_voucher_tenant_id"),
        UniqueConstraint("tenant_id", "number", "voucher_date", name="uq_voucher_number"),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("number ~ '^[A-Z0-9][A-Z0-9./_-]{0,39}$'", name="number"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
        Index("ix_voucher_date", "tenant_id", "voucher_date", "id"),
    )

    number: str = Field(max_length=40)
    voucher_date: date
    amount_cents: int = Field(sa_type=CENTS, nullable=False)
    sha256: str | None = Field(default=None, max_length=64)
    document_ref: str | None = Field(default=None, max_length=200)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)


class ExpenditureRow(RecordColumns, Table, table=True):
    """One cost and how it is recognised; the four parts are always the whole amount."""

    __tablename__ = "expenditure"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id", name="uq_expenditure_tenant_id"),
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
        ForeignKeyConstraint(
            ["tenant_id", "position_id"], ["position.tenant_id", "position.id"], name="fk_position"
        ),
        ForeignKeyConstraint(
            ["tenant_id", "voucher_id"], ["voucher.tenant_id", "voucher.id"], name="fk_voucher"
        ),
        CheckConstraint(one_of("cost_kind", CostKind), name="cost_kind"),
        ForeignKeyConstraint(
            ["tenant_id", "reservation_id"],
            ["reservation.tenant_id", "reservation.id"],
            name="fk_reservation",
        ),
        CheckConstraint(one_of("payer", Payer), name="payer"),
        CheckConstraint(
            "reservation_id is null or allocation_id is null", name="reservation_is_of_own_cost"
        ),
        CheckConstraint(one_of("ruled", Eligibility), name="ruled"),
        CheckConstraint("decided in ('ELIGIBLE', 'NOT_ELIGIBLE')", name="decided"),
        CheckConstraint(one_of("state", ExpenditureState), name="state"),
        CheckConstraint(one_of("open_question", OpenQuestion), name="open_question"),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint(
            "eligible_cents + own_share_cents + ineligible_cents + undecided_cents = amount_cents",
            name="parts_are_the_whole",
        ),
        CheckConstraint(
            "eligible_cents >= 0 and own_share_cents >= 0 and ineligible_cents >= 0"
            " and undecided_cents >= 0 and excess_cents between 0 and own_share_cents",
            name="parts_not_negative",
        ),
        CheckConstraint(
            "(open_question is null) = (undecided_cents = 0)", name="undecided_has_a_question"
        ),
        CheckConstraint("period_from <= period_to", name="period"),
        CheckConstraint("decided_by <> recorded_by", name="four_eyes"),
        CheckConstraint(
            "num_nulls(decided, decided_by, decision_reason, decided_at) in (0, 4)",
            name="decision_whole",
        ),
        CheckConstraint("decided is null or ruled = 'UNKNOWN'", name="decides_only_the_unknown"),
        CheckConstraint(
            "cost_kind <> 'INTERFACE_MEASURES' or structural_finding_id is not null",
            name="structural_finding",
        ),
        CheckConstraint(
            "cost_kind <> 'PERSONNEL' or position_id is not null", name="personnel_has_a_post"
        ),
        CheckConstraint("ruled <> 'NOT_ELIGIBLE' or payer is not null", name="somebody_pays"),
        CheckConstraint(
            "is_recipient_cost = (allocation_id is not null)", name="recipient_has_allocation"
        ),
        CheckConstraint(
            "state = 'CORRECTED' or (state = 'RECORDED') = is_recipient_cost", name="booked_if_own"
        ),
        CheckConstraint(
            "(state = 'CORRECTED') = (correction_code is not null)"
            " and num_nulls(correction_code, corrected_by, corrected_on) in (0, 3)",
            name="correction_whole",
        ),
        Index("ix_expenditure_line", "tenant_id", "award_line_id", "created_at", "id"),
        Index("ix_expenditure_allocation", "tenant_id", "allocation_id", "id"),
        Index("ix_expenditure_position", "tenant_id", "position_id", "id"),
        Index("ix_expenditure_reservation", "tenant_id", "reservation_id", "id"),
        Index("ix_expenditure_voucher", "tenant_id", "voucher_id", "id"),
        Index("ix_expenditure_value_date", "tenant_id", "value_date", "id"),
    )

    award_line_id: UUID
    allocation_id: UUID | None = None
    position_id: UUID | None = None
    cost_kind: str = Field(max_length=30)
    period_from: date
    period_to: date
    value_date: date
    amount_cents: int = Field(sa_type=CENTS, nullable=False)
    voucher_id: UUID
    reservation_id: UUID | None = None
    payer: str | None = Field(default=None, max_length=20)
    structural_finding_id: UUID | None = None
    ruled: str = Field(max_length=20)
    rule_source: str | None = Field(default=None, max_length=300)
    decided: str | None = Field(default=None, max_length=20)
    decided_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    decided_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT, nullable=True)
    decision_reason: str | None = Field(default=None, max_length=1000)
    eligible_cents: int = Field(sa_type=CENTS, nullable=False)
    own_share_cents: int = Field(sa_type=CENTS, nullable=False)
    ineligible_cents: int = Field(sa_type=CENTS, nullable=False)
    undecided_cents: int = Field(sa_type=CENTS, nullable=False)
    excess_cents: int = Field(default=0, sa_type=CENTS, nullable=False)
    open_question: str | None = Field(default=None, max_length=30)
    state: str = Field(max_length=20)
    is_recipient_cost: bool = False
    correction_code: str | None = Field(default=None, max_length=30)
    corrected_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    corrected_on: date | None = None
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)


class ExpenditureSubjectRow(Table, table=True):
    """Which case a cost was for: an opaque reference, hidden from auditors, deleted with it."""

    __tablename__ = "expenditure_subject"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "expenditure_id"],
            ["expenditure.tenant_id", "expenditure.id"],
            name="fk_expenditure",
        ),
        Index("ix_expenditure_subject_ref", "tenant_id", "subject_ref"),
    )

    tenant_id: str = Field(primary_key=True, max_length=5)
    expenditure_id: UUID = Field(primary_key=True)
    subject_ref: UUID
