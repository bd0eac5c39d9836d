"""What is learnt beyond single cases: findings, conferences, meetings, the concept.

Findings, meetings and concepts belong to the tenant and hold nobody's data. Conferences and the
origin of an extract belong to the file of a case and are read by its unit alone.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, String
from sqlmodel import Field

from services.cases.domain.codes import UnitType
from services.cases.domain.concepts import ConceptState
from services.cases.domain.conferences import DisclosureBasis, OutcomeKind, StatutoryGround
from services.cases.domain.finding_codes import AgeBand, ArrivalBand, MeetingBody, MethodStep
from services.cases.domain.findings import FindingState
from services.cases.domain.retention import DataKind
from services.cases.storage.tables.base import CODES, FileColumns, Table, UnitColumns, sealed
from shared.database.tables import UTC_INSTANT, one_of

UNITS = ARRAY(String(63))
TEXTS: Any = ARRAY(String(1000))


class FindingRow(UnitColumns, Table, table=True):
    """`unit_id` recorded it; everybody of the tenant who may read findings reads it."""

    __tablename__ = "structural_finding"
    __table_args__ = (
        CheckConstraint(one_of("state", FindingState), name="state"),
        Index("ix_structural_finding_state", "tenant_id", "state", "recorded_at", "id"),
    )

    state: str = Field(max_length=20)
    title: str = Field(max_length=200)
    field_of_action: str = Field(max_length=60)
    participant_units: list[str] = Field(sa_type=UNITS, nullable=False)
    partner_units: list[str] = Field(sa_type=UNITS, nullable=False)
    proposed_measure: str | None = Field(default=None, max_length=4000)
    funding_reference: str | None = Field(default=None, max_length=60)
    funding_line_id: UUID | None = None
    reason: str | None = Field(default=None, max_length=2000)
    version: int
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class FindingStepRow(Table, table=True):
    __tablename__ = "finding_step"
    __table_args__ = (
        CheckConstraint(one_of("step", MethodStep), name="step"),
        Index("uq_finding_step_position", "tenant_id", "finding_id", "position", unique=True),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    finding_id: UUID = Field(foreign_key="structural_finding.id")
    position: int
    step: str = Field(max_length=20)
    done_on: date
    result: str = Field(max_length=4000)


class FindingExtractRow(Table, table=True):
    """Codes and one text written anew. No unit, no person, no case, no time."""

    __tablename__ = "finding_extract"
    __table_args__ = (
        CheckConstraint(one_of("age_band", AgeBand), name="age_band"),
        CheckConstraint(one_of("arrival_band", ArrivalBand), name="arrival_band"),
        Index("ix_finding_extract_finding", "tenant_id", "finding_id"),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    finding_id: UUID = Field(foreign_key="structural_finding.id")
    field_of_action: str = Field(max_length=60)
    residence_group: str = Field(max_length=60)
    arrival_band: str = Field(max_length=20)
    age_band: str = Field(max_length=20)
    language: str | None = Field(default=None, max_length=3)
    municipality_ags: str | None = Field(default=None, max_length=8)
    problem: str = Field(max_length=2000)


class ExtractOriginRow(FileColumns, Table, table=True):
    """Which case an extract was made from: for its own unit, and gone with the case file."""

    __tablename__ = "extract_origin"
    __table_args__ = (
        Index("uq_extract_origin_extract", "tenant_id", "extract_id", unique=True),
        Index("uq_extract_origin_case", "tenant_id", "case_id", "finding_id", unique=True),
    )

    extract_id: UUID = Field(foreign_key="finding_extract.id")
    finding_id: UUID = Field(foreign_key="structural_finding.id")


class ConferenceRow(FileColumns, Table, table=True):
    """`topics` are fields of action; `extract` is what all at the table were shown."""

    __tablename__ = "case_conference"
    __table_args__ = (Index("ix_case_conference_case", "tenant_id", "case_id", "held_on", "id"),)

    held_on: date
    topics: list[str] = Field(sa_type=CODES, nullable=False)
    extract: str = Field(sa_type=sealed(DataKind.CASE_FILE), nullable=False)


class ConferenceParticipantRow(FileColumns, Table, table=True):
    """One unit at the table: what it was told, and why that was allowed. Never changed."""

    __tablename__ = "conference_participant"
    __table_args__ = (
        CheckConstraint(one_of("participant_type", UnitType), name="participant_type"),
        CheckConstraint(one_of("basis", DisclosureBasis), name="basis"),
        CheckConstraint(one_of("ground", StatutoryGround), name="ground"),
        CheckConstraint("(basis = 'CONSENT') = (consent_id is not null)", name="consent_named"),
        CheckConstraint("(basis = 'STATUTORY') = (ground is not null)", name="ground_named"),
        CheckConstraint(
            "participant_type not in ('ABH', 'EBH') or decision_reason is not null",
            name="authority_needs_decision",
        ),
        Index(
            "uq_conference_participant", "tenant_id", "conference_id", "participant", unique=True
        ),
        Index("ix_conference_participant_case", "tenant_id", "case_id"),
    )

    conference_id: UUID = Field(foreign_key="case_conference.id", ondelete="CASCADE")
    participant: str = Field(max_length=63)
    participant_type: str = Field(max_length=40)
    basis: str = Field(max_length=20)
    fields: list[str] = Field(sa_type=CODES, nullable=False)
    consent_id: UUID | None = Field(default=None, foreign_key="consent.id", ondelete="CASCADE")
    release_id: UUID | None = Field(default=None, foreign_key="consent.id", ondelete="CASCADE")
    ground: str | None = Field(default=None, max_length=30)
    decision_reason: str | None = Field(default=None, sa_type=sealed(DataKind.CASE_FILE))
    is_client_informed: bool | None = None
    request_reference: str | None = Field(default=None, max_length=200)


class ConferenceOutcomeRow(FileColumns, Table, table=True):
    __tablename__ = "conference_outcome"
    __table_args__ = (
        CheckConstraint(one_of("kind", OutcomeKind), name="kind"),
        Index("ix_conference_outcome", "tenant_id", "conference_id", "position"),
    )

    conference_id: UUID = Field(foreign_key="case_conference.id", ondelete="CASCADE")
    position: int
    kind: str = Field(max_length=10)
    text: str = Field(sa_type=sealed(DataKind.CASE_FILE), nullable=False)
    responsible_unit: str | None = Field(default=None, max_length=63)
    due_on: date | None = None


class MeetingRow(UnitColumns, Table, table=True):
    """A meeting of a body of the programme (R-S3-10)."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint(one_of("body", MeetingBody), name="body"),
        Index("ix_meeting_held", "tenant_id", "held_on", "id"),
    )

    body: str = Field(max_length=20)
    body_name: str = Field(max_length=120)
    held_on: date
    participant_units: list[str] = Field(sa_type=UNITS, nullable=False)
    topics: list[str] = Field(sa_type=TEXTS, nullable=False)
    decisions: list[str] = Field(sa_type=TEXTS, nullable=False)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class ConceptRow(UnitColumns, Table, table=True):
    """One version of the Handlungskonzept: a reference to the document and who said yes to it."""

    __tablename__ = "concept_version"
    __table_args__ = (
        CheckConstraint(one_of("state", ConceptState), name="state"),
        Index("uq_concept_version_number", "tenant_id", "number", unique=True),
    )

    number: int
    state: str = Field(max_length=20)
    title: str = Field(max_length=200)
    document_reference: str = Field(max_length=500)
    dated_on: date
    endorsed_on: date | None = None
    endorsed_in: UUID | None = Field(default=None, foreign_key="meeting.id")
    approved_on: date | None = None
    approved_by: str | None = Field(default=None, max_length=200)
    approval_reference: str | None = Field(default=None, max_length=200)
    withdrawn_on: date | None = None
    version: int
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
