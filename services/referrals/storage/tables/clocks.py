"""The tables of the clocks: their terms, the times in which they stood still, who stands in."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from services.referrals.domain.clocks import DayKind
from services.referrals.domain.codes import Mode
from services.referrals.domain.overlays import HoldReason
from services.referrals.storage.base import Table
from shared.database.tables import UTC_INSTANT, one_of


class ClockPolicyRow(Table, table=True):
    """Terms of one type from a day on; never changed, so that what was sent keeps its terms.

    `service_code` '' is every service of that mode.
    """

    __tablename__ = "clock_policy"
    __table_args__ = (
        CheckConstraint(one_of("mode", Mode), name="mode"),
        CheckConstraint(one_of("day_kind", DayKind), name="day_kind"),
        CheckConstraint("0 < remind_unpulled and remind_unpulled < expire_unpulled", name="pull"),
        CheckConstraint(
            "0 < remind_unanswered and remind_unanswered < escalate_unanswered", name="answer"
        ),
        Index(
            "uq_clock_policy_type",
            "tenant_id",
            "mode",
            "service_code",
            "valid_from",
            unique=True,
        ),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    mode: str = Field(max_length=20)
    service_code: str = Field(default="", max_length=60)
    day_kind: str = Field(max_length=10)
    remind_unpulled: int
    expire_unpulled: int
    remind_unanswered: int
    escalate_unanswered: int
    valid_from: date
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)


class ClockPauseRow(Table, table=True):
    """A time on hold; `ended_at` is empty while it lasts, and only one lasts at a time."""

    __tablename__ = "clock_pause"
    __table_args__ = (
        CheckConstraint(one_of("reason", HoldReason), name="reason"),
        CheckConstraint("ended_at >= began_at", name="order"),
        Index("ix_clock_pause_referral", "tenant_id", "referral_id", "began_at"),
        Index(
            "uq_clock_pause_open",
            "tenant_id",
            "referral_id",
            unique=True,
            postgresql_where=text("ended_at is null"),
        ),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    referral_id: UUID = Field(foreign_key="referral.id")
    reason: str = Field(max_length=30)
    began_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    ended_at: datetime | None = Field(default=None, sa_type=UTC_INSTANT)


class DeputyshipRow(Table, table=True):
    """For these days, both included, what waits for the principal is brought before the deputy."""

    __tablename__ = "deputyship"
    __table_args__ = (
        CheckConstraint("from_on <= to_on", name="days"),
        CheckConstraint("principal <> deputy", name="people"),
        CheckConstraint("to_on - from_on < 365", name="limit"),
        Index("ix_deputyship_principal", "tenant_id", "unit_id", "principal", "to_on"),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    unit_id: str = Field(max_length=63)
    version: int = 1
    principal: str = Field(max_length=520)
    deputy: str = Field(max_length=520)
    from_on: date
    to_on: date
    created_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    updated_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
