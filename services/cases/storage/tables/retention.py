"""Deletion rules, destruction lists, and the erasure of a case across services."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from services.cases.domain.destruction import DropReason, ItemOutcome, ListState
from services.cases.domain.retention import DataKind, StartEvent
from services.cases.storage.tables.base import ACTOR_LENGTH_MAX, CODES, Table, UnitColumns
from shared.database.tables import UTC_INSTANT, one_of


class DeletionRuleRow(UnitColumns, Table, table=True):
    """Only added to: a later rule takes the place of an earlier one from its day on."""

    __tablename__ = "deletion_rule"
    __table_args__ = (
        CheckConstraint(one_of("data_kind", DataKind), name="data_kind"),
        CheckConstraint(one_of("start_event", StartEvent), name="start_event"),
        CheckConstraint("period_years >= 0 and period_days >= 0", name="period"),
        Index(
            "uq_deletion_rule",
            "tenant_id",
            "unit_id",
            "data_kind",
            "result",
            "valid_from",
            unique=True,
        ),
    )

    data_kind: str = Field(max_length=30)
    result: str = Field(max_length=60)
    start_event: str = Field(max_length=30)
    period_years: int
    period_days: int
    legal_reason_de: str = Field(max_length=300)
    legal_reason_en: str = Field(max_length=300)
    valid_from: date
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class RuleRunRow(UnitColumns, Table, table=True):
    """The days of the unit's ended cases are computed anew after a rule; `id` is the rule's.

    Done in batches in the order of case ids: `last_case_id` is where to go on.
    """

    __tablename__ = "rule_run"
    __table_args__ = (
        Index(
            "ix_rule_run_open",
            "tenant_id",
            "unit_id",
            "from_on",
            postgresql_where=text("ended_at is null"),
        ),
    )

    from_on: date
    cases_total: int
    cases_done: int
    cases_changed: int
    last_case_id: UUID | None = None
    started_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    ended_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)


class KindDeadlineRow(UnitColumns, Table, table=True):
    """A part of an ended case that goes before its file, and from which day on."""

    __tablename__ = "kind_deadline"
    __table_args__ = (
        CheckConstraint(one_of("data_kind", DataKind), name="data_kind"),
        Index("uq_kind_deadline", "tenant_id", "case_id", "data_kind", unique=True),
        Index("ix_kind_deadline_due", "tenant_id", "unit_id", "due_on"),
    )

    case_id: UUID = Field(foreign_key="case_file.id", ondelete="CASCADE")
    data_kind: str = Field(max_length=30)
    due_on: date


class KindErasureRow(UnitColumns, Table, table=True):
    """That a part of a case was erased before its file: codes, a count and an instant."""

    __tablename__ = "kind_erasure"
    __table_args__ = (
        CheckConstraint(one_of("data_kind", DataKind), name="data_kind"),
        Index("uq_kind_erasure", "tenant_id", "case_id", "data_kind", unique=True),
    )

    case_id: UUID = Field(foreign_key="case_record.id")
    data_kind: str = Field(max_length=30)
    records: int
    erased_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class DestructionListRow(UnitColumns, Table, table=True):
    """Author, reviewer and approver are three people: the database refuses anything else."""

    __tablename__ = "destruction_list"
    __table_args__ = (
        CheckConstraint(one_of("state", ListState), name="state"),
        CheckConstraint("reviewer <> author", name="second_person"),
        CheckConstraint("approver <> author and approver <> reviewer", name="third_person"),
        CheckConstraint(
            "reviewer is not null"
            " or state not in ('REVIEWED', 'APPROVED', 'EXECUTING', 'EXECUTED')",
            name="reviewed",
        ),
        CheckConstraint(
            "approver is not null or state not in ('APPROVED', 'EXECUTING', 'EXECUTED')",
            name="approved",
        ),
        Index("ix_destruction_list_created", "tenant_id", "unit_id", "created_at", "id"),
    )

    state: str = Field(max_length=20)
    due_until: date
    author: str = Field(max_length=ACTOR_LENGTH_MAX)
    reviewer: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    approver: str | None = Field(default=None, max_length=ACTOR_LENGTH_MAX)
    executed_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)
    version: int
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class DestructionItemRow(UnitColumns, Table, table=True):
    """One case on a list: reference, codes and days. It stays as evidence, so it names nobody."""

    __tablename__ = "destruction_item"
    __table_args__ = (
        CheckConstraint(one_of("outcome", ItemOutcome), name="outcome"),
        CheckConstraint(one_of("drop_reason", DropReason), name="drop_reason"),
        CheckConstraint(
            "(drop_reason is null) = (outcome in ('LISTED', 'REQUESTED', 'ERASED'))",
            name="reason_given",
        ),
        Index("uq_destruction_item", "tenant_id", "list_id", "case_id", unique=True),
        Index("ix_destruction_item_case", "tenant_id", "case_id"),
    )

    list_id: UUID = Field(foreign_key="destruction_list.id")
    case_id: UUID = Field(foreign_key="case_record.id")
    reference: str = Field(max_length=20)
    result: str = Field(max_length=60)
    due_on: date
    outcome: str = Field(max_length=20)
    drop_reason: str | None = Field(default=None, max_length=20)


class CaseErasureRow(UnitColumns, Table, table=True):
    """The erasure of one case, begun here and confirmed by others; `id` is the case's.

    Each request has an id, and a confirmation of an earlier one does not count. `services` are
    those that were asked. Ids, codes and instants only: it outlives the case.
    """

    __tablename__ = "case_erasure"
    __table_args__ = (Index("ix_case_erasure_requested", "tenant_id", "unit_id", "requested_at"),)

    request_id: UUID
    services: list[str] = Field(sa_type=CODES, nullable=False)
    requested_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    erased_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)


class ErasureConfirmationRow(UnitColumns, Table, table=True):
    """A service has deleted what it held; `records` says how many records that were."""

    __tablename__ = "erasure_confirmation"
    __table_args__ = (
        Index("uq_erasure_confirmation", "tenant_id", "request_id", "service", unique=True),
    )

    case_id: UUID = Field(foreign_key="case_erasure.id")
    request_id: UUID
    service: str = Field(max_length=20)
    records: int
    confirmed_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
