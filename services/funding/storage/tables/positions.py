"""Posts, their approved versions and occupancies, and reported tables kept as they are."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field

from services.funding.domain.positions import PostType
from services.funding.domain.programme import FundingLine
from services.funding.storage.tables.base import (
    ACTOR_LENGTH_MAX,
    FTE,
    RecordColumns,
    Table,
)
from shared.database.tables import UTC_INSTANT, one_of


class PositionRow(RecordColumns, Table, table=True):
    """A post or a group of posts of one type in one unit.

    Approved posts stand in its versions; filled and vacant are reported values with a source.
    """

    __tablename__ = "position"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id", name="uq_position_tenant_id"),
        ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        CheckConstraint(one_of("post_type", PostType), name="post_type"),
        CheckConstraint(one_of("funding_line", FundingLine), name="funding_line"),
        CheckConstraint("valid_from <= valid_to", name="period"),
        CheckConstraint(
            "reported_filled_fte >= 0 and reported_vacant_fte >= 0", name="not_negative"
        ),
        CheckConstraint(
            "(reported_filled_fte is null and reported_vacant_fte is null)"
            " or (reported_on is not null and reported_source is not null)",
            name="reported_with_source",
        ),
        Index("ix_position_line", "tenant_id", "award_line_id", "id"),
        Index("ix_position_updated", "tenant_id", "updated_at", "id"),
    )

    award_line_id: UUID | None = None
    funding_line: str = Field(max_length=40)
    post_type: str = Field(max_length=40)
    label: str = Field(max_length=200)
    unit_id: str | None = Field(default=None, max_length=63)
    ags: str | None = Field(default=None, max_length=8)
    location_note: str = Field(default="", max_length=300)
    focus: list[str] = Field(default_factory=list, sa_type=ARRAY(String(60)), nullable=False)
    planned_start: str | None = Field(default=None, max_length=7)
    valid_from: date | None = None
    valid_to: date | None = None
    has_other_source: bool = False
    reported_filled_fte: Decimal | None = Field(default=None, sa_type=FTE)
    reported_vacant_fte: Decimal | None = Field(default=None, sa_type=FTE)
    reported_on: date | None = None
    reported_source: str | None = Field(default=None, max_length=300)
    source: str | None = Field(default=None, max_length=300)


class PositionProductRow(Table, table=True):
    """The products of the budget that carry a post from a fiscal year on, until the next row."""

    __tablename__ = "position_product"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "position_id"], ["position.tenant_id", "position.id"], name="fk_position"
        ),
        CheckConstraint("fiscal_year between 2015 and 2199", name="fiscal_year"),
    )

    tenant_id: str = Field(max_length=5, primary_key=True)
    position_id: UUID = Field(primary_key=True)
    fiscal_year: int = Field(primary_key=True)
    products: list[str] = Field(sa_type=ARRAY(String(20)), nullable=False)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)


class PositionVersionRow(Table, table=True):
    """How many posts were approved from a day on. Never changed."""

    __tablename__ = "position_version"
    __table_args__ = (
        UniqueConstraint("tenant_id", "position_id", "number", name="uq_position_version_number"),
        ForeignKeyConstraint(
            ["tenant_id", "position_id"], ["position.tenant_id", "position.id"], name="fk_position"
        ),
        CheckConstraint("number > 0 and approved_fte >= 0", name="figures"),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    position_id: UUID
    number: int
    effective_from: date
    approved_fte: Decimal = Field(sa_type=FTE, nullable=False)
    reason: str | None = Field(default=None, max_length=1000)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)


class OccupancyRow(Table, table=True):
    """A share of one seat from a day on, paid by one programme; not who sits there.

    The trigger `hold_seat_share` keeps each seat, and each holder over all posts, at 1.00 a day.
    """

    __tablename__ = "occupancy"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "position_id"], ["position.tenant_id", "position.id"], name="fk_position"
        ),
        CheckConstraint("share > 0 and share <= 1", name="share"),
        CheckConstraint("since <= until", name="period"),
        CheckConstraint("seat between 1 and 999", name="seat"),
        ExcludeConstraint(
            ("tenant_id", "="),
            ("position_id", "="),
            ("seat", "="),
            ("programme", "="),
            (text("daterange(since, until, '[]')"), "&&"),
            name="ex_occupancy_same_programme",
        ),
        Index("ix_occupancy_position", "tenant_id", "position_id", "seat", "since"),
        Index(
            "ix_occupancy_holder",
            "tenant_id",
            "holder_ref",
            "since",
            postgresql_where="holder_ref is not null",
        ),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    position_id: UUID
    seat: int
    share: Decimal = Field(sa_type=FTE, nullable=False)
    since: date
    until: date | None = None
    programme: str = Field(max_length=60)
    holder_ref: UUID | None = None
    source: str | None = Field(default=None, max_length=300)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)


class PositionReportRow(Table, table=True):
    """A table of posts as somebody reported it. Never changed, not even where it is wrong."""

    __tablename__ = "position_report"
    __table_args__ = (
        UniqueConstraint("tenant_id", "id", name="uq_position_report_tenant_id"),
        CheckConstraint("provenance in ('ORIGINAL', 'MIRROR')", name="provenance"),
        CheckConstraint(
            "num_nulls(total_approved_fte, total_filled_fte) in (0, 2)", name="total_whole"
        ),
        Index("ix_position_report_day", "tenant_id", "reported_on", "id"),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    reported_on: date
    source: str = Field(max_length=300)
    provenance: str = Field(max_length=10)
    total_approved_fte: Decimal | None = Field(default=None, sa_type=FTE)
    total_filled_fte: Decimal | None = Field(default=None, sa_type=FTE)
    total_reported_vacant_fte: Decimal | None = Field(default=None, sa_type=FTE)
    recorded_at: datetime = Field(sa_type=UTC_INSTANT, nullable=False)
    recorded_by: str = Field(max_length=ACTOR_LENGTH_MAX)


class PositionReportTableRow(Table, table=True):
    """One printed row of a reported table."""

    __tablename__ = "position_report_row"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "position_report_id", "ordinal", name="uq_position_report_row_ordinal"
        ),
        ForeignKeyConstraint(
            ["tenant_id", "position_report_id"],
            ["position_report.tenant_id", "position_report.id"],
            name="fk_position_report",
        ),
        CheckConstraint(one_of("post_type", PostType), name="post_type"),
    )

    id: UUID = Field(primary_key=True)
    tenant_id: str = Field(max_length=5)
    position_report_id: UUID
    ordinal: int
    label: str = Field(max_length=200)
    post_type: str = Field(max_length=40)
    approved_fte: Decimal = Field(sa_type=FTE, nullable=False)
    filled_fte: Decimal = Field(sa_type=FTE, nullable=False)
    reported_vacant_fte: Decimal | None = Field(default=None, sa_type=FTE)
