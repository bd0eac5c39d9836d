"""The case itself, its file and the history of its phases."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from services.cases.domain.case_types import KIM_TYPE_ID
from services.cases.domain.choices import (
    ArchiveAnswer,
    Origin,
    OtherBasis,
    SentReferralState,
    StructuralFinding,
)
from services.cases.domain.codes import ClosingReason, DeclineReason
from services.cases.domain.facts import CaseState
from services.cases.domain.retention import DataKind
from services.cases.storage.tables.base import (
    ACTOR_LENGTH_MAX,
    CODES,
    FileColumns,
    Table,
    UnitColumns,
    sealed,
)
from shared.database.tables import UTC_INSTANT, one_of


class CaseRow(UnitColumns, Table, table=True):
    """One case of one unit; the unit is the controller (§ 67 (4) SGB X).

    After erasure the row stays as a tombstone: reference, states and dates, nobody's data.
    """

    __tablename__ = "case_record"
    __table_args__ = (
        CheckConstraint(one_of("state", CaseState), name="state"),
        CheckConstraint(one_of("origin", Origin), name="origin"),
        CheckConstraint(one_of("decline_reason", DeclineReason), name="decline_reason"),
        CheckConstraint(one_of("closing_reason", ClosingReason), name="closing_reason"),
        CheckConstraint(one_of("other_basis", OtherBasis), name="other_basis"),
        CheckConstraint(one_of("structural_finding", StructuralFinding), name="structural_finding"),
        CheckConstraint(one_of("archive_answer", ArchiveAnswer), name="archive_answer"),
        # Ended, but without a day: as they come from an import.
        Index(
            "ix_case_record_dayless",
            "tenant_id",
            "unit_id",
            "id",
            postgresql_where=text("deletion_due_on is null and state in ('CLOSED', 'DECLINED')"),
        ),
        Index("ix_case_record_opened", "tenant_id", "unit_id", "opened_on", "id"),
        Index("ix_case_record_state", "tenant_id", "unit_id", "state", "opened_on", "id"),
        Index("ix_case_record_manager", "tenant_id", "unit_id", "case_manager", "opened_on", "id"),
        Index("ix_case_record_person", "tenant_id", "person_id"),
        Index("ix_case_record_family", "tenant_id", "family_id"),
        Index("uq_case_record_referral", "tenant_id", "unit_id", "referral_id", unique=True),
        Index("uq_case_record_reference", "tenant_id", "reference", unique=True),
    )

    reference: str = Field(max_length=20)
    case_type_id: UUID = Field(
        foreign_key="case_type.id",
        sa_column_kwargs={"server_default": text(f"'{KIM_TYPE_ID}'")},
    )
    origin: str = Field(max_length=20)
    state: str = Field(max_length=20)
    state_since: date
    opened_on: date
    closed_on: date | None = None
    decline_reason: str | None = Field(default=None, max_length=60)
    closing_reason: str | None = Field(default=None, max_length=60)

    pseudonym: str | None = Field(default=None, max_length=80)
    contact: str | None = Field(default=None, max_length=200)
    language: str | None = Field(default=None, max_length=3)
    person_id: UUID | None = Field(default=None, foreign_key="person.id")
    family_id: UUID | None = Field(default=None, foreign_key="family.id")
    municipality_ags: str | None = Field(default=None, max_length=8)
    is_area_resolved: bool = False
    referral_id: UUID | None = None
    case_manager: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)

    other_basis: str | None = Field(default=None, max_length=60)
    other_basis_reason: str | None = Field(default=None, max_length=500)
    signposted_to: str | None = Field(default=None, sa_type=sealed(DataKind.CASE_FILE, holder="id"))
    signposted_on: date | None = None
    structural_finding: str | None = Field(default=None, max_length=10)
    structural_field: str | None = Field(default=None, max_length=60)

    is_processing_restricted: bool = False
    is_under_legal_hold: bool = False
    is_staff_related: bool = False
    is_child_protection: bool = False

    deletion_due_on: date | None = None
    archive_answer: str | None = Field(default=None, max_length=10)
    erasure_confirmed_by: list[str] = Field(sa_type=CODES, nullable=False)

    version: int
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class CaseFileRow(UnitColumns, Table, table=True):
    """The content of a case as one thing: deleting this row deletes every record that hangs on
    it, even the entrusted notes that nobody but their owner can see.
    """

    __tablename__ = "case_file"
    # Whatever names a case together with its unit, can name no case of another.
    __table_args__ = (Index("uq_case_file_unit", "tenant_id", "unit_id", "id", unique=True),)


class PhaseRow(UnitColumns, Table, table=True):
    """The history of phases (R-CM1); it outlives the erasure, so it holds no text.

    `on_date` is the legal date; `position` orders steps of one day. The index holds all that a
    report for an earlier day asks for.
    """

    __tablename__ = "case_phase"
    __table_args__ = (
        Index(
            "uq_case_phase_position",
            "tenant_id",
            "case_id",
            "position",
            unique=True,
            postgresql_include=["to_state", "on_date"],
        ),
    )

    case_id: UUID = Field(foreign_key="case_record.id")
    position: int
    from_state: str | None = Field(default=None, max_length=20)
    to_state: str = Field(max_length=20)
    action: str = Field(max_length=40)
    rule: str = Field(max_length=10)
    on_date: date
    at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    actor: str = Field(max_length=ACTOR_LENGTH_MAX)


class PhaseReasonRow(FileColumns, Table, table=True):
    """Why a step was taken, in words: content, so it goes with the file."""

    __tablename__ = "phase_reason"
    __table_args__ = (Index("ix_phase_reason_case", "tenant_id", "case_id"),)

    action: str = Field(max_length=40)
    reason: str = Field(sa_type=sealed(DataKind.CASE_FILE), nullable=False)


class SentReferralRow(FileColumns, Table, table=True):
    """A referral that this case sent to another service; its state follows the events."""

    __tablename__ = "sent_referral"
    __table_args__ = (
        CheckConstraint(one_of("state", SentReferralState), name="state"),
        Index("ix_sent_referral_case", "tenant_id", "case_id"),
        Index("uq_sent_referral", "tenant_id", "unit_id", "referral_id", unique=True),
    )

    referral_id: UUID
    state: str = Field(max_length=10)
