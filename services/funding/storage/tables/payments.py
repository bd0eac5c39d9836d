"""Instalments, payments to recipients, and the runs in which they leave."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from services.funding.domain.payment_lifecycle import PaymentState, RunState
from services.funding.domain.sources import MoneySource
from services.funding.storage.tables.base import ACTOR_LENGTH_MAX, CENTS, RecordColumns, Table
from shared.database.tables import one_of

FAILURE = r"failure_code ~ '^([A-Z][A-Z0-9_]{0,29})?$'"


class InstalmentRow(RecordColumns, Table, table=True):
    """A part of an allocation and the day on which it is to be paid.

    One that a later plan leaves out stays, not current. A trigger keeps the sum of the current
    ones within the allocation.
    """

    __tablename__ = "instalment"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id", name="uq_instalment_tenant_id"),
        UniqueConstraint("tenant_id", "allocation_id", "number", name="uq_instalment_number"),
        ForeignKeyConstraint(
            ["tenant_id", "allocation_id"],
            ["allocation.tenant_id", "allocation.id"],
            name="fk_allocation",
        ),
        CheckConstraint("amount_cents > 0 and number > 0", name="figures"),
    )

    allocation_id: UUID
    number: int
    due_on: date
    amount_cents: int = Field(sa_type=CENTS, nullable=False)
    is_current: bool = True


class PaymentRunRow(RecordColumns, Table, table=True):
    """Payments that left together, numbered within the tenant and year."""

    __tablename__ = "payment_run"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id", name="uq_payment_run_tenant_id"),
        UniqueConstraint("tenant_id", "fiscal_year", "number", name="uq_payment_run_number"),
        CheckConstraint(one_of("state", RunState), name="state"),
        CheckConstraint("total_cents > 0 and number > 0 and payment_count > 0", name="figures"),
    )

    fiscal_year: int
    number: int
    state: str = Field(max_length=10)
    sent_on: date
    payment_count: int
    total_cents: int = Field(sa_type=CENTS, nullable=False)
    sent_by: str = Field(max_length=ACTOR_LENGTH_MAX)


class PaymentRow(RecordColumns, Table, table=True):
    """One payment to one recipient. `payee_number` is that of the municipality's finance software.

    Triggers keep released payments within the allocation, its own money and their instalment.
    """

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id", name="uq_payment_tenant_id"),
        ForeignKeyConstraint(
            ["tenant_id", "allocation_id"],
            ["allocation.tenant_id", "allocation.id"],
            name="fk_allocation",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "instalment_id"],
            ["instalment.tenant_id", "instalment.id"],
            name="fk_instalment",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "run_id"], ["payment_run.tenant_id", "payment_run.id"], name="fk_run"
        ),
        CheckConstraint(one_of("state", PaymentState), name="state"),
        ForeignKeyConstraint(
            ["tenant_id", "reservation_id"],
            ["reservation.tenant_id", "reservation.id"],
            name="fk_reservation",
        ),
        CheckConstraint(one_of("source", MoneySource), name="source"),
        CheckConstraint(
            "reservation_id is null or source = 'LAND'", name="reservation_is_of_the_grant"
        ),
        CheckConstraint(FAILURE, name="failure_code"),
        CheckConstraint("released_by <> recorded_by", name="four_eyes"),
        CheckConstraint(
            "state in ('DRAFT', 'CANCELLED') or released_by is not null", name="paid_is_released"
        ),
        CheckConstraint(
            "state not in ('SENT', 'CONFIRMED', 'PARTLY_CONFIRMED') or run_id is not null",
            name="sent_in_a_run",
        ),
        CheckConstraint(
            "amount_cents > 0 and case state when 'CONFIRMED' then confirmed_cents = amount_cents"
            " when 'PARTLY_CONFIRMED' then confirmed_cents between 1 and amount_cents - 1"
            " else confirmed_cents = 0 end",
            name="confirmed",
        ),
        Index("ix_payment_allocation", "tenant_id", "allocation_id", "id"),
        Index("ix_payment_state", "tenant_id", "state", "id"),
        Index("ix_payment_run", "tenant_id", "run_id", "id"),
        Index("ix_payment_reservation", "tenant_id", "reservation_id", "id"),
    )

    allocation_id: UUID
    award_line_id: UUID
    instalment_id: UUID | None = None
    run_id: UUID | None = None
    reservation_id: UUID | None = None
    source: str = Field(max_length=20)
    state: str = Field(max_length=20)
    amount_cents: int = Field(sa_type=CENTS, nullable=False)
    confirmed_cents: int = Field(default=0, sa_type=CENTS, nullable=False)
    payee_number: str = Field(max_length=20)
    value_date: date | None = None
    bank_reference: str = Field(default="", max_length=40)
    failure_code: str = Field(default="", max_length=30)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    released_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
