"""The tables of counter-proposals and of notices to recipients."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, String, text
from sqlmodel import Field

from services.referrals.domain.notices import NoticeAnswer, NoticeKind
from services.referrals.domain.proposals import ProposalNote, ProposalState
from services.referrals.storage.base import Table
from shared.database.tables import UTC_INSTANT, one_of


class CounterProposalRow(Table, table=True):
    """What a recipient proposes instead; the database lets only one wait for an answer."""

    __tablename__ = "counter_proposal"
    __table_args__ = (
        CheckConstraint(one_of("state", ProposalState), name="state"),
        CheckConstraint(one_of("note_code", ProposalNote), name="note_code"),
        CheckConstraint("service_code is not null or starts_on is not null", name="something"),
        CheckConstraint("(state = 'OPEN') = (answered_at is null)", name="answered"),
        Index("ix_counter_proposal_referral", "tenant_id", "referral_id", "created_at"),
        Index(
            "uq_counter_proposal_open",
            "tenant_id",
            "referral_id",
            unique=True,
            postgresql_where=text("state = 'OPEN'"),
        ),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    referral_id: UUID = Field(foreign_key="referral.id")
    service_code: str | None = Field(default=None, max_length=60)
    starts_on: date | None = None
    note_code: str = Field(max_length=30)
    state: str = Field(max_length=10)
    proposed_by_unit: str = Field(max_length=63)
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    answered_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)


class NoticeRow(Table, table=True):
    """What a recipient is told of data it holds. One of each kind waits for an answer at a time."""

    __tablename__ = "notice"
    __table_args__ = (
        CheckConstraint(one_of("kind", NoticeKind), name="kind"),
        CheckConstraint(f"answer is null or {one_of('answer', NoticeAnswer)}", name="answer"),
        CheckConstraint("(answer is null) = (acknowledged_at is null)", name="acknowledged"),
        Index("ix_notice_sender", "tenant_id", "sender_unit", "raised_at"),
        Index("ix_notice_recipient", "tenant_id", "recipient_unit", "raised_at"),
        Index(
            "uq_notice_open",
            "tenant_id",
            "referral_id",
            "kind",
            unique=True,
            postgresql_where=text("acknowledged_at is null"),
        ),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    version: int = 1
    referral_id: UUID = Field(foreign_key="referral.id")
    sender_unit: str = Field(max_length=63)
    recipient_unit: str = Field(max_length=63)
    kind: str = Field(max_length=20)
    fields: list[str] = Field(
        sa_type=ARRAY(String(120)), nullable=False, sa_column_kwargs={"server_default": "{}"}
    )
    raised_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    answer_by: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    escalated_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    acknowledged_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    answer: str | None = Field(default=None, max_length=20)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
