"""Status of a person over time, changes of the body of law, and the referrals they propose."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from services.cases.domain.referral_rules import DismissReason, ProposalState
from services.cases.domain.residence import ParagraphNeed
from services.cases.domain.timeline import (
    ChangeReason,
    CorrectionReason,
    DataSource,
    SourceBasis,
    TimelineKind,
)
from services.cases.storage.tables.base import (
    ACTOR_LENGTH_MAX,
    CODES,
    FileColumns,
    Table,
    UnitColumns,
)
from shared.database.tables import UTC_INSTANT, one_of


class TimelineEntryRow(UnitColumns, Table, table=True):
    """Only ever added: a correction is a new row that names the one it replaces."""

    __tablename__ = "timeline_entry"
    __table_args__ = (
        CheckConstraint(one_of("kind", TimelineKind), name="kind"),
        CheckConstraint(one_of("source", DataSource), name="source"),
        CheckConstraint(one_of("source_basis", SourceBasis), name="source_basis"),
        CheckConstraint(one_of("paragraph_need", ParagraphNeed), name="paragraph_need"),
        CheckConstraint(one_of("correction_reason", CorrectionReason), name="correction_reason"),
        CheckConstraint("to_on is null or from_on <= to_on", name="period"),
        CheckConstraint("source = 'DATA_SUBJECT' or source_basis is not null", name="provenance"),
        Index("ix_timeline_entry_person", "tenant_id", "person_id", "kind", "from_on", "id"),
        Index("uq_timeline_entry_replaces", "tenant_id", "replaces_id", "person_id", unique=True),
    )

    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE")
    kind: str = Field(max_length=20)
    code: str = Field(max_length=60)
    paragraph: str | None = Field(default=None, max_length=60)
    paragraph_need: str | None = Field(default=None, max_length=20)
    list_version: str = Field(max_length=20)
    from_on: date
    to_on: date | None = None
    source: str = Field(max_length=20)
    source_basis: str | None = Field(default=None, max_length=20)
    replaces_id: UUID | None = None
    correction_reason: str | None = Field(default=None, max_length=20)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class LegalCircleChangeRow(UnitColumns, Table, table=True):
    __tablename__ = "legal_circle_change"
    __table_args__ = (
        CheckConstraint(one_of("reason", ChangeReason), name="reason"),
        CheckConstraint("from_circle <> to_circle", name="circles"),
        Index("ix_legal_circle_change_person", "tenant_id", "person_id", "effective_on", "id"),
    )

    person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE")
    from_circle: str = Field(max_length=60)
    to_circle: str = Field(max_length=60)
    effective_on: date
    reason: str = Field(max_length=20)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class ReferralProposalRow(FileColumns, Table, table=True):
    """The texts stand here as the rule said them on that day, whatever the table says later."""

    __tablename__ = "referral_proposal"
    __table_args__ = (
        CheckConstraint(one_of("state", ProposalState), name="state"),
        CheckConstraint(one_of("dismiss_reason", DismissReason), name="dismiss_reason"),
        Index("ix_referral_proposal_case", "tenant_id", "case_id", "recorded_at", "id"),
        Index("uq_referral_proposal", "tenant_id", "case_id", "change_id", "rule", unique=True),
    )

    change_id: UUID = Field(foreign_key="legal_circle_change.id", ondelete="CASCADE")
    rule: str = Field(max_length=10)
    service_code: str = Field(max_length=60)
    reason_de: str = Field(max_length=300)
    reason_en: str = Field(max_length=300)
    legal_circles: list[str] = Field(sa_type=CODES, nullable=False)
    effective_on: date
    state: str = Field(max_length=10)
    referral_id: UUID | None = None
    dismiss_reason: str | None = Field(default=None, max_length=20)
    version: int
