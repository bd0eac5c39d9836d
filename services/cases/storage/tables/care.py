"""What is documented on the way through a case: intake, consents, assessment."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from services.cases.domain.choices import ContactChannel, NeedLevel
from services.cases.domain.consent import (
    ConsentPurpose,
    ConsentType,
    Direction,
    Form,
    Giver,
    RepresentationBasis,
)
from services.cases.domain.consent_lifecycle import ConsentState
from services.cases.domain.retention import DataKind
from services.cases.storage.tables.base import ACTOR_LENGTH_MAX, CODES, FileColumns, Table, sealed
from shared.database.tables import UTC_INSTANT, one_of


class IndicationRow(FileColumns, Table, table=True):
    """The checklist of the five criteria; one per case."""

    __tablename__ = "indication_checklist"
    __table_args__ = (Index("uq_indication_case", "tenant_id", "case_id", unique=True),)

    problem_areas: int | None = None
    has_several_providers: bool | None = None
    do_standard_paths_fail: bool | None = None
    lacks_own_resources: bool | None = None
    does_client_agree: bool | None = None
    judgement: str = Field(sa_type=sealed(DataKind.ASSESSMENT), nullable=False)


class InformationNoticeRow(FileColumns, Table, table=True):
    """What the person was told about data processing (Art. 13, 14 DSGVO)."""

    __tablename__ = "information_notice"
    __table_args__ = (Index("ix_information_notice_case", "tenant_id", "case_id"),)

    person_id: UUID | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    text_version: str = Field(max_length=40)
    language: str = Field(max_length=3)
    interpreter: str | None = Field(default=None, sa_type=sealed(DataKind.CASE_FILE))
    given_on: date


class ConsentRow(FileColumns, Table, table=True):
    """An Einwilligung or a Schweigepflichtentbindung: two types, never one boolean (H5)."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint(one_of("state", ConsentState), name="state"),
        CheckConstraint(one_of("consent_type", ConsentType), name="consent_type"),
        CheckConstraint(one_of("giver", Giver), name="giver"),
        CheckConstraint(one_of("representation_basis", RepresentationBasis), name="basis"),
        CheckConstraint(one_of("purpose", ConsentPurpose), name="purpose"),
        CheckConstraint(one_of("direction", Direction), name="direction"),
        CheckConstraint(one_of("form", Form), name="form"),
        Index("ix_consent_case", "tenant_id", "case_id"),
        Index("ix_consent_subject", "tenant_id", "subject_person_id", "state"),
        Index("ix_consent_state", "tenant_id", "state", "valid_to"),
    )

    state: str = Field(max_length=20)
    consent_type: str = Field(max_length=30)
    subject_person_id: UUID = Field(foreign_key="person.id", ondelete="CASCADE")
    giver: str = Field(max_length=20)
    representation_basis: str | None = Field(default=None, max_length=30)
    purpose: str = Field(max_length=30)
    purpose_text: str | None = Field(default=None, sa_type=sealed(DataKind.CONSENT))
    data_categories: list[str] = Field(sa_type=CODES, nullable=False)
    discloser_unit: str = Field(max_length=63)
    released_person: str | None = Field(default=None, max_length=200)
    recipient_unit: str = Field(max_length=63)
    direction: str = Field(max_length=10)
    form: str = Field(max_length=20)
    form_reason: str | None = Field(default=None, sa_type=sealed(DataKind.CONSENT))
    language: str = Field(max_length=3)
    interpreter: str | None = Field(default=None, sa_type=sealed(DataKind.CONSENT))
    witness: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    information_text_version: str = Field(max_length=40)
    is_refusal_explained: bool
    is_revocability_explained: bool
    given_on: date
    valid_from: date
    valid_to: date
    evidence_document_id: UUID | None = Field(
        default=None, foreign_key="document.id", ondelete="SET NULL"
    )
    revoked_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    revoked_via: str | None = Field(default=None, max_length=40)
    supersedes_id: UUID | None = None
    version: int


class DoubleCareCheckRow(FileColumns, Table, table=True):
    """One blind check and its whole answer: units to contact, or none."""

    __tablename__ = "double_care_check"
    __table_args__ = (Index("ix_double_care_check_case", "tenant_id", "case_id"),)

    is_exact: bool
    contact_units: list[str] = Field(sa_type=CODES, nullable=False)


class AssessmentRow(FileColumns, Table, table=True):
    __tablename__ = "assessment_entry"
    __table_args__ = (
        CheckConstraint(one_of("need", NeedLevel), name="need"),
        CheckConstraint("score between 0 and 100", name="score"),
        Index("ix_assessment_entry_case", "tenant_id", "case_id", "recorded_at"),
    )

    field_of_action: str = Field(max_length=60)
    need: str = Field(max_length=10)
    situation: str = Field(sa_type=sealed(DataKind.ASSESSMENT), nullable=False)
    resources: str = Field(sa_type=sealed(DataKind.ASSESSMENT), nullable=False)
    legal_circle: str | None = Field(default=None, max_length=60)
    score: int | None = None
    has_client_taken_part: bool
    assessed_on: date


class ContactAttemptRow(FileColumns, Table, table=True):
    __tablename__ = "contact_attempt"
    __table_args__ = (
        CheckConstraint(one_of("channel", ContactChannel), name="channel"),
        Index("ix_contact_attempt_case", "tenant_id", "case_id"),
    )

    channel: str = Field(max_length=20)
    attempted_on: date
    was_reached: bool
