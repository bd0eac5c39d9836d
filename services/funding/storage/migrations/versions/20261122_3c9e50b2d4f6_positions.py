"""positions

One reason per file. Expand (add nullable), backfill outside in batches, contract in a later
release; indexes on filled tables concurrently; every new table through `secure(...)`.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import secure

revision = "3c9e50b2d4f6"
down_revision = "2b8d4fa1c3e5"
branch_labels = None
depends_on = None

APP = "kim_funding_app"


def upgrade() -> None:
    op.create_table(
        "position",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("award_line_id", sa.Uuid(), nullable=True),
        sa.Column("funding_line", sa.String(length=40), nullable=False),
        sa.Column("post_type", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=True),
        sa.Column("ags", sa.String(length=8), nullable=True),
        sa.Column("location_note", sa.String(length=300), nullable=False),
        sa.Column("focus", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("products", sa.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("planned_start", sa.String(length=7), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("has_other_source", sa.Boolean(), nullable=False),
        sa.Column("reported_filled_fte", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("reported_vacant_fte", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("reported_source", sa.String(length=300), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.CheckConstraint(
            "funding_line in ('B1_COORDINATION', 'B2_CASE_MANAGEMENT', 'B3_FOREIGNERS_NATURALISATION')",
            name=op.f("ck_position_funding_line"),
        ),
        sa.CheckConstraint(
            "post_type in ('COORDINATION', 'ADMINISTRATION', 'CASE_MANAGEMENT', 'FOREIGNERS_AUTHORITY', 'NATURALISATION_AUTHORITY')",
            name=op.f("ck_position_post_type"),
        ),
        sa.CheckConstraint(
            "(reported_filled_fte is null and reported_vacant_fte is null) or (reported_on is not null and reported_source is not null)",
            name=op.f("ck_position_reported_with_source"),
        ),
        sa.CheckConstraint(
            "reported_filled_fte >= 0 and reported_vacant_fte >= 0",
            name=op.f("ck_position_not_negative"),
        ),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_position_period")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
        sa.UniqueConstraint("tenant_id", "id", name="uq_position_tenant_id"),
    )
    op.create_index(
        "ix_position_line", "position", ["tenant_id", "award_line_id", "id"], unique=False
    )
    op.create_index(
        "ix_position_updated", "position", ["tenant_id", "updated_at", "id"], unique=False
    )
    op.create_table(
        "position_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("approved_fte", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.CheckConstraint(
            "number > 0 and approved_fte >= 0", name=op.f("ck_position_version_figures")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "position_id"], ["position.tenant_id", "position.id"], name="fk_position"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position_version")),
        sa.UniqueConstraint(
            "tenant_id", "position_id", "number", name="uq_position_version_number"
        ),
    )
    op.create_table(
        "occupancy",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("share", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("programme", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.CheckConstraint("seat between 1 and 999", name=op.f("ck_occupancy_seat")),
        sa.CheckConstraint("share > 0 and share <= 1", name=op.f("ck_occupancy_share")),
        sa.CheckConstraint("since <= until", name=op.f("ck_occupancy_period")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "position_id"], ["position.tenant_id", "position.id"], name="fk_position"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupancy")),
    )
    op.create_index(
        "ix_occupancy_position",
        "occupancy",
        ["tenant_id", "position_id", "seat", "since"],
        unique=False,
    )
    op.create_table(
        "position_report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("provenance", sa.String(length=10), nullable=False),
        sa.Column("total_approved_fte", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("total_filled_fte", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("total_reported_vacant_fte", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.CheckConstraint(
            "provenance in ('ORIGINAL', 'MIRROR')", name=op.f("ck_position_report_provenance")
        ),
        sa.CheckConstraint(
            "num_nulls(total_approved_fte, total_filled_fte) in (0, 2)",
            name=op.f("ck_position_report_total_whole"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position_report")),
        sa.UniqueConstraint("tenant_id", "id", name="uq_position_report_tenant_id"),
    )
    op.create_index(
        "ix_position_report_day",
        "position_report",
        ["tenant_id", "reported_on", "id"],
        unique=False,
    )
    op.create_table(
        "position_report_row",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("position_report_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("post_type", sa.String(length=40), nullable=False),
        sa.Column("approved_fte", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("filled_fte", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("reported_vacant_fte", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.CheckConstraint(
            "post_type in ('COORDINATION', 'ADMINISTRATION', 'CASE_MANAGEMENT', 'FOREIGNERS_AUTHORITY', 'NATURALISATION_AUTHORITY')",
            name=op.f("ck_position_report_row_post_type"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "position_report_id"],
            ["position_report.tenant_id", "position_report.id"],
            name="fk_position_report",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position_report_row")),
        sa.UniqueConstraint(
            "tenant_id", "position_report_id", "ordinal", name="uq_position_report_row_ordinal"
        ),
    )
    secure("position", role=APP, privileges="select, insert, update")
    secure("position_version", role=APP, privileges="select, insert")
    secure("occupancy", role=APP, privileges="select, insert, update (until)")
    # A reported table stays as it was reported.
    secure("position_report", role=APP, privileges="select, insert")
    secure("position_report_row", role=APP, privileges="select, insert")


def downgrade() -> None:
    op.drop_table("position_report_row")
    op.drop_index("ix_position_report_day", table_name="position_report")
    op.drop_table("position_report")
    op.drop_index("ix_occupancy_position", table_name="occupancy")
    op.drop_table("occupancy")
    op.drop_table("position_version")
    op.drop_index("ix_position_updated", table_name="position")
    op.drop_index("ix_position_line", table_name="position")
    op.drop_table("position")
