"""Rules as dated rows, the ancillary provisions of a notice, calls for interest, reservations."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from services.funding.domain.conditions import ConditionCode
from services.funding.domain.costs import CostKind, Eligibility
from services.funding.domain.programme import FundingLine, LegalForm
from services.funding.domain.proof_lifecycle import ProofRegime
from services.funding.domain.reservations import ReservationState
from services.funding.storage.tables.base import (
    ACTOR_LENGTH_MAX,
    CENTS,
    FTE,
    RecordColumns,
    Table,
)
from shared.database.tables import one_of


class FundingLineRow(RecordColumns, Table, table=True):
    """What kind of money a line is, from a day on. The database keeps released ones apart."""

    __tablename__ = "funding_line"
    __table_args__ = (
        CheckConstraint(one_of("funding_line", FundingLine), name="funding_line"),
        CheckConstraint(one_of("legal_form", LegalForm), name="legal_form"),
        CheckConstraint(one_of("proof_regime", ProofRegime), name="proof_regime"),
        CheckConstraint("valid_from <= valid_to", name="period"),
        CheckConstraint("released_by <> recorded_by", name="four_eyes"),
        Index("ix_funding_line_code", "tenant_id", "funding_line", "valid_from", "id"),
    )

    funding_line: str = Field(max_length=40)
    legal_form: str = Field(max_length=40)
    proof_regime: str = Field(max_length=30)
    has_two_month_rule: bool
    valid_from: date
    valid_to: date | None = None
    source: str = Field(max_length=300)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    released_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)


class CostRuleRow(RecordColumns, Table, table=True):
    """Whether a line pays a kind of cost, from a day on. The database keeps released ones apart."""

    __tablename__ = "cost_rule"
    __table_args__ = (
        CheckConstraint(one_of("funding_line", FundingLine), name="funding_line"),
        CheckConstraint(one_of("cost_kind", CostKind), name="cost_kind"),
        CheckConstraint(one_of("answer", Eligibility), name="answer"),
        CheckConstraint("valid_from <= valid_to", name="period"),
        CheckConstraint("released_by <> recorded_by", name="four_eyes"),
        Index("ix_cost_rule_key", "tenant_id", "funding_line", "cost_kind", "valid_from", "id"),
    )

    funding_line: str = Field(max_length=40)
    cost_kind: str = Field(max_length=30)
    answer: str = Field(max_length=20)
    valid_from: date
    valid_to: date | None = None
    source: str = Field(max_length=300)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    released_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)


class FunderNameRow(RecordColumns, Table, table=True):
    """The name that a programme's ministry bears from a day on; old awards keep the old one."""

    __tablename__ = "funder_name"
    __table_args__ = (
        UniqueConstraint("tenant_id", "programme_id", "used_from", name="uq_funder_name"),
        ForeignKeyConstraint(
            ["tenant_id", "programme_id"],
            ["programme.tenant_id", "programme.id"],
            name="fk_programme",
        ),
    )

    programme_id: UUID
    name: str = Field(max_length=200)
    used_from: date


class AwardConditionRow(RecordColumns, Table, table=True):
    """An ancillary provision (Nebenbestimmung) of a notice; a replaced one stays on record."""

    __tablename__ = "award_condition"
    __table_args__ = (
        Index(
            "uq_award_condition",
            "tenant_id",
            "award_id",
            "ordinal",
            unique=True,
            postgresql_where="is_current",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "award_id"], ["award.tenant_id", "award.id"], name="fk_award"
        ),
        CheckConstraint(one_of("code", ConditionCode), name="code"),
    )

    award_id: UUID
    ordinal: int
    code: str = Field(max_length=20)
    text_de: str = Field(max_length=1000)
    passes_on: bool
    is_current: bool = True


class CallForInterestRow(RecordColumns, Table, table=True):
    """A call for interest (Interessenbekundung) for an allocation that has no recipient yet."""

    __tablename__ = "call_for_interest"
    __table_args__ = (
        UniqueConstraint("tenant_id", "allocation_id", name="uq_call_for_interest_allocation"),
        UniqueConstraint("tenant_id", "id", name="uq_call_for_interest_tenant_id"),
        ForeignKeyConstraint(
            ["tenant_id", "allocation_id"],
            ["allocation.tenant_id", "allocation.id"],
            name="fk_allocation",
        ),
        CheckConstraint("opens_on <= closes_on", name="period"),
    )

    allocation_id: UUID
    opens_on: date
    closes_on: date
    criteria: str = Field(max_length=2000)


class InterestResponseRow(RecordColumns, Table, table=True):
    """An organisation's answer to a call: asked for, recommended, decided are three facts."""

    __tablename__ = "interest_response"
    __table_args__ = (
        UniqueConstraint("tenant_id", "call_id", "number", name="uq_interest_response_number"),
        ForeignKeyConstraint(
            ["tenant_id", "call_id"],
            ["call_for_interest.tenant_id", "call_for_interest.id"],
            name="fk_call",
        ),
        CheckConstraint(
            "fte >= 0 and requested_cents >= 0 and recommended_cents >= 0 and decided_cents >= 0",
            name="figures",
        ),
        CheckConstraint("decided_by <> recorded_by", name="four_eyes"),
        CheckConstraint("(decided_by is null) = (decided_cents is null)", name="decision_whole"),
        CheckConstraint("not is_selected or decided_cents is not null", name="selected_is_decided"),
        Index(
            "ix_interest_response_selected",
            "tenant_id",
            "call_id",
            unique=True,
            postgresql_where="is_selected",
        ),
    )

    call_id: UUID
    number: int
    respondent_unit: str | None = Field(default=None, max_length=63)
    respondent_name: str = Field(max_length=200)
    fte: Decimal = Field(sa_type=FTE)
    requested_cents: int = Field(sa_type=CENTS, nullable=False)
    recommended_cents: int | None = Field(default=None, sa_type=CENTS)
    decided_cents: int | None = Field(default=None, sa_type=CENTS)
    is_selected: bool = False
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    decided_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)


class ReservationRow(RecordColumns, Table, table=True):
    """Money set aside for something that is ordered and not yet paid (Mittelbindung).

    `held_cents` is under way to the bank, `posted_cents` used for good. A trigger holds both
    against the payments and costs that name the reservation.
    """

    __tablename__ = "reservation"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id", name="uq_reservation_tenant_id"),
        ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        CheckConstraint(one_of("state", ReservationState), name="state"),
        CheckConstraint(one_of("cost_kind", CostKind), name="cost_kind"),
        CheckConstraint(
            "amount_cents > 0 and posted_cents >= 0 and held_cents >= 0"
            " and posted_cents + held_cents <= amount_cents",
            name="figures",
        ),
        CheckConstraint("held_cents = 0 or state = 'OPEN'", name="held_while_open"),
        CheckConstraint("released_by <> recorded_by", name="four_eyes"),
        CheckConstraint(
            "case state when 'POSTED' then released_by is not null or posted_cents = amount_cents"
            " else released_by is null end",
            name="posted_is_released",
        ),
        Index("ix_reservation_line", "tenant_id", "award_line_id", "id"),
        Index("ix_reservation_expiry", "tenant_id", "state", "expires_on", "id"),
    )

    award_line_id: UUID
    state: str = Field(max_length=10)
    amount_cents: int = Field(sa_type=CENTS, nullable=False)
    posted_cents: int = Field(default=0, sa_type=CENTS, nullable=False)
    held_cents: int = Field(default=0, sa_type=CENTS, nullable=False)
    cost_kind: str = Field(max_length=30)
    reserved_on: date
    expires_on: date
    reference: str = Field(default="", max_length=40)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    released_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
