"""Programmes, rates, the municipal budget, and requests for own money."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
)
from sqlmodel import Field

from services.funding.domain.amounts import AmountStatus
from services.funding.domain.budget import EntryKind
from services.funding.domain.programme import FundingLine
from services.funding.domain.rates import UnitKind
from services.funding.storage.tables.base import CENTS, FTE, RecordColumns, Table
from shared.database.tables import one_of


class ProgrammeRow(RecordColumns, Table, table=True):
    """A funding programme with its announced volume: a statement, never an award."""

    __tablename__ = "programme"
    __table_args__ = (
        UniqueConstraint("tenant_id", "code", name="uq_programme_code"),
        UniqueConstraint("tenant_id", "id", name="uq_programme_tenant_id"),
        CheckConstraint(one_of("volume_status", AmountStatus), name="volume_status"),
        CheckConstraint("volume_cents >= 0", name="not_negative"),
        CheckConstraint("(volume_cents is null) = (volume_status is null)", name="volume_whole"),
    )

    code: str = Field(max_length=60)
    name_de: str = Field(max_length=200)
    name_en: str = Field(max_length=200)
    volume_cents: int | None = Field(default=None, sa_type=CENTS)
    volume_status: str | None = Field(default=None, max_length=20)
    announced_on: date | None = None
    funder: str | None = Field(default=None, max_length=200)
    legal_source: str | None = Field(default=None, max_length=300)
    enacted_on: date | None = None
    in_force_from: date | None = None
    assurance_until: date | None = None
    source: str | None = Field(default=None, max_length=300)


class RateRow(RecordColumns, Table, table=True):
    """The ceiling for one unit of one line in one fiscal year."""

    __tablename__ = "rate"
    __table_args__ = (
        Index(
            "uq_rate_key",
            "tenant_id",
            "funding_line",
            "unit_kind",
            "fiscal_year",
            unique=True,
            postgresql_where="replaced_by is null",
        ),
        CheckConstraint(one_of("funding_line", FundingLine), name="funding_line"),
        CheckConstraint(one_of("unit_kind", UnitKind), name="unit_kind"),
        CheckConstraint("ceiling_cents > 0", name="positive"),
        CheckConstraint("valid_from <= valid_to", name="period"),
    )

    funding_line: str = Field(max_length=40)
    unit_kind: str = Field(max_length=40)
    fiscal_year: int
    ceiling_cents: int = Field(sa_type=CENTS, nullable=False)
    source: str = Field(max_length=300)
    valid_from: date | None = None
    valid_to: date | None = None
    replaced_by: UUID | None = None


class BudgetEntryRow(RecordColumns, Table, table=True):
    """A planned revenue or expense of the municipality, gross."""

    __tablename__ = "budget_entry"
    __table_args__ = (
        CheckConstraint(one_of("kind", EntryKind), name="kind"),
        CheckConstraint(one_of("funding_line", FundingLine), name="funding_line"),
        CheckConstraint("amount_cents >= 0", name="not_negative"),
        Index("ix_budget_entry_year", "tenant_id", "fiscal_year", "product", "id"),
    )

    kind: str = Field(max_length=10)
    amount_cents: int = Field(sa_type=CENTS, nullable=False)
    fiscal_year: int
    product: str = Field(max_length=20)
    account: str | None = Field(default=None, max_length=20)
    funding_line: str | None = Field(default=None, max_length=40)
    name_de: str = Field(default="", max_length=200)
    source: str | None = Field(default=None, max_length=300)


class OwnShareRequestRow(RecordColumns, Table, table=True):
    """A request for municipal money on top of the ceiling: asked for, recommended, decided.

    What the request was made on never changes, so what follows from it is stored beside it.
    """

    __tablename__ = "own_share_request"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        CheckConstraint(
            "personnel_cents >= 0 and overhead_cents >= 0 and ceiling_cents >= 0 and fte > 0"
            " and requested_cents >= 0 and recommended_cents >= 0 and decided_cents >= 0",
            name="figures",
        ),
        CheckConstraint("(decided_cents is null) = (decided_on is null)", name="decision_whole"),
        Index("ix_own_share_request_year", "tenant_id", "fiscal_year", "id"),
    )

    award_line_id: UUID | None = None
    fiscal_year: int
    requested_by: str = Field(max_length=200)
    requested_on: date | None = None
    personnel_cents: int = Field(sa_type=CENTS, nullable=False)
    overhead_cents: int = Field(sa_type=CENTS, nullable=False)
    ceiling_cents: int = Field(sa_type=CENTS, nullable=False)
    fte: Decimal = Field(sa_type=FTE, nullable=False)
    requested_cents: int = Field(sa_type=CENTS, nullable=False)
    own_share_cap_cents: int = Field(sa_type=CENTS, nullable=False)
    personnel_gap_cents: int = Field(sa_type=CENTS, nullable=False)
    full_gap_cents: int = Field(sa_type=CENTS, nullable=False)
    findings: list[str] = Field(default_factory=list, sa_type=ARRAY(String(40)), nullable=False)
    recommended_cents: int | None = Field(default=None, sa_type=CENTS)
    decided_cents: int | None = Field(default=None, sa_type=CENTS)
    decided_on: date | None = None
    source: str | None = Field(default=None, max_length=300)
