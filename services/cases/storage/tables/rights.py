"""Requests of data subjects: codes, days and ids. They outlive the file, so they name nobody."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Uuid, text
from sqlmodel import Field

from services.cases.domain.rights_codes import (
    AskedBy,
    AskedOn,
    ChangeToTell,
    DataRight,
    ExtensionReason,
    HandedOver,
    IdentityCheck,
    ReceivedVia,
    RightsState,
    Settlement,
)
from services.cases.domain.rights_grounds import RefusalGround
from services.cases.storage.tables.base import ACTOR_LENGTH_MAX, CODES, Table, UnitColumns
from shared.database.tables import UTC_INSTANT, one_of

CODE_LENGTH_MAX = 40


class RightsRequestRow(UnitColumns, Table, table=True):
    """`person_id` and `case_ids` are ids without a foreign key: they stay when the file is gone."""

    __tablename__ = "rights_request"
    __table_args__ = (
        CheckConstraint(one_of("data_right", DataRight), name="data_right"),
        CheckConstraint(one_of("state", RightsState), name="state"),
        CheckConstraint(one_of("asked_by", AskedBy), name="asked_by"),
        CheckConstraint(one_of("asked_on", AskedOn), name="asked_on"),
        CheckConstraint(one_of("received_via", ReceivedVia), name="received_via"),
        CheckConstraint(one_of("identity_check", IdentityCheck), name="identity_check"),
        CheckConstraint(one_of("extension_reason", ExtensionReason), name="extension_reason"),
        CheckConstraint(one_of("refusal_ground", RefusalGround), name="refusal_ground"),
        CheckConstraint(one_of("settlement", Settlement), name="settlement"),
        CheckConstraint(one_of("handed_over_via", HandedOver), name="handed_over_via"),
        CheckConstraint(
            "state <> 'REFUSED' or (refusal_ground is not null and are_remedies_told)",
            name="refused_lawfully",
        ),
        Index("ix_rights_request_received", "tenant_id", "unit_id", "received_on", "id"),
        Index("ix_rights_request_person", "tenant_id", "person_id"),
        Index(
            "ix_rights_request_due",
            "tenant_id",
            "due_on",
            postgresql_where=text("state in ('RECEIVED', 'EXAMINATION')"),
        ),
    )

    data_right: str = Field(max_length=20)
    state: str = Field(max_length=20)
    person_id: UUID
    case_ids: list[UUID] = Field(sa_type=ARRAY(Uuid), nullable=False)
    asked_by: str = Field(max_length=CODE_LENGTH_MAX)
    asked_on: str | None = Field(default=None, max_length=20)
    fields: list[str] = Field(sa_type=CODES, nullable=False)
    letter_id: UUID | None = None
    received_on: date
    received_via: str = Field(max_length=20)
    due_on: date
    extension_reason: str | None = Field(default=None, max_length=CODE_LENGTH_MAX)
    identity_check: str | None = Field(default=None, max_length=CODE_LENGTH_MAX)
    identity_checked_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    services: list[str] = Field(sa_type=CODES, nullable=False)
    settlement: str | None = Field(default=None, max_length=CODE_LENGTH_MAX)
    refusal_ground: str | None = Field(default=None, max_length=CODE_LENGTH_MAX)
    are_remedies_told: bool
    person_told_on: date | None = None
    handed_over_via: str | None = Field(default=None, max_length=20)
    decided_by: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    decided_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    recipients_told_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    exported_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    export_removed_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    warned_on: date | None = None
    overdue_told_on: date | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    version: int
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class RightsPartRow(UnitColumns, Table, table=True):
    """How many records of one kind a service holds of the person; `NONE` for a service without."""

    __tablename__ = "rights_part"
    __table_args__ = (
        Index("uq_rights_part", "tenant_id", "request_id", "service", "kind", unique=True),
    )

    request_id: UUID = Field(foreign_key="rights_request.id", ondelete="CASCADE")
    service: str = Field(max_length=20)
    kind: str = Field(max_length=CODE_LENGTH_MAX)
    records: int
    may_concern_others: bool
    answered_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class RightsDecisionRow(UnitColumns, Table, table=True):
    """A person decided whether a part, or one record of it, goes out: the last word counts."""

    __tablename__ = "rights_decision"
    __table_args__ = (
        CheckConstraint(one_of("ground", RefusalGround), name="ground"),
        CheckConstraint("is_withheld = (ground is not null)", name="ground_given"),
        Index(
            "uq_rights_decision",
            "tenant_id",
            "request_id",
            "service",
            "kind",
            "record_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    request_id: UUID = Field(foreign_key="rights_request.id", ondelete="CASCADE")
    service: str = Field(max_length=20)
    kind: str = Field(max_length=CODE_LENGTH_MAX)
    record_id: UUID | None = None
    is_withheld: bool
    ground: str | None = Field(default=None, max_length=CODE_LENGTH_MAX)
    decided_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    decided_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class RightsNoticeRow(UnitColumns, Table, table=True):
    """A recipient was told what became of the data (Art. 19); `id` is the notice's."""

    __tablename__ = "rights_notice"
    __table_args__ = (
        CheckConstraint(one_of("change", ChangeToTell), name="change"),
        Index("ix_rights_notice_request", "tenant_id", "request_id", "id"),
    )

    request_id: UUID = Field(foreign_key="rights_request.id", ondelete="CASCADE")
    referral_id: UUID
    recipient_unit: str = Field(max_length=63)
    change: str = Field(max_length=20)
    told_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    answer: str | None = Field(default=None, max_length=20)
    answered_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    overdue_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
