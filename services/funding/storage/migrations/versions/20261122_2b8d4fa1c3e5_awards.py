"""awards

One reason per file. Expand (add nullable), backfill outside in batches, contract in a later
release; indexes on filled tables concurrently; every new table through `secure(...)`.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import secure

revision = "2b8d4fa1c3e5"
down_revision = "1a7c3e90b2d4"
branch_labels = None
depends_on = None

APP = "kim_funding_app"


def upgrade() -> None:
    op.create_table(
        "award",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("follows_award_id", sa.Uuid(), nullable=True),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=100), nullable=True),
        sa.Column("authority", sa.String(length=200), nullable=True),
        sa.Column("funder", sa.String(length=200), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.Column("applicant", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("territory", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("permits_forwarding", sa.Boolean(), nullable=False),
        sa.Column("awarded_on", sa.Date(), nullable=True),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("remedies_waived_on", sa.Date(), nullable=True),
        sa.Column("is_appeal_pending", sa.Boolean(), nullable=False),
        sa.Column("budget_released_on", sa.Date(), nullable=True),
        sa.Column("assurance_until", sa.Date(), nullable=True),
        sa.Column("proof_due_on", sa.Date(), nullable=True),
        sa.Column("proof_accepted_on", sa.Date(), nullable=True),
        sa.Column("open_recovery_cents", sa.BigInteger(), nullable=False),
        sa.Column("revocation_reason", sa.String(length=1000), nullable=True),
        sa.Column("revocation_effective_on", sa.Date(), nullable=True),
        sa.Column("hearing_on", sa.Date(), nullable=True),
        sa.Column("facts_known_since", sa.Date(), nullable=True),
        sa.Column("revoked_cents", sa.BigInteger(), nullable=True),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("released_by", sa.String(length=520), nullable=True),
        sa.Column("revoked_by", sa.String(length=520), nullable=True),
        sa.CheckConstraint(
            "(kind = 'ANSCHLUSS') = (follows_award_id is not null)", name=op.f("ck_award_follow_up")
        ),
        sa.CheckConstraint(
            "kind in ('ORIGINAL', 'AENDERUNG', 'ANSCHLUSS')", name=op.f("ck_award_kind")
        ),
        sa.CheckConstraint(
            "state in ('EXPECTED', 'APPLIED', 'GRANTED', 'NOTIFIED', 'FINAL', 'ACTIVE', 'EXPIRED', 'PROOF_DUE', 'SETTLED', 'REJECTED', 'PARTLY_REVOKED', 'REVOKED', 'WITHDRAWN_APPLICATION')",
            name=op.f("ck_award_state"),
        ),
        sa.CheckConstraint(
            "state in ('EXPECTED', 'APPLIED', 'REJECTED', 'WITHDRAWN_APPLICATION') or released_by is not null",
            name=op.f("ck_award_granted_is_released"),
        ),
        sa.CheckConstraint("released_by <> recorded_by", name=op.f("ck_award_four_eyes")),
        sa.CheckConstraint("revoked_by <> recorded_by", name=op.f("ck_award_four_eyes_revoking")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "follows_award_id"], ["award.tenant_id", "award.id"], name="fk_follows"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("tenant_id", "id", name="uq_award_tenant_id"),
    )
    op.create_index("ix_award_updated", "award", ["tenant_id", "updated_at", "id"], unique=False)
    op.create_index("ix_award_year", "award", ["tenant_id", "fiscal_year", "id"], unique=False)
    op.create_table(
        "award_line",
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("fte", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("own_use_cents", sa.BigInteger(), nullable=False),
        sa.Column("own_use_fte", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("allocated_cents", sa.BigInteger(), nullable=False),
        sa.Column("allocated_fte", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("tolerated_cents", sa.BigInteger(), nullable=False),
        sa.Column("tolerated_fte", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("funding_line", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=30), nullable=False),
        sa.Column("is_additional", sa.Boolean(), nullable=False),
        sa.Column("name_de", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.CheckConstraint(
            "funding_line in ('B1_COORDINATION', 'B2_CASE_MANAGEMENT', 'B3_FOREIGNERS_NATURALISATION')",
            name=op.f("ck_award_line_funding_line"),
        ),
        sa.CheckConstraint(
            "purpose in ('POSTS', 'INTERFACE_MEASURES', 'EVENTS', 'EXTERNAL_ADVICE', 'TRAINING', 'WORKPLACE_SETUP', 'TRANSLATION')",
            name=op.f("ck_award_line_purpose"),
        ),
        sa.CheckConstraint(
            "allocated_cents + own_use_cents <= amount_cents + tolerated_cents",
            name=op.f("ck_award_line_money_not_over_allocated"),
        ),
        sa.CheckConstraint(
            "allocated_fte + own_use_fte <= fte + tolerated_fte",
            name=op.f("ck_award_line_posts_not_over_allocated"),
        ),
        sa.CheckConstraint(
            "amount_cents >= 0 and own_use_cents >= 0 and allocated_cents >= 0 and tolerated_cents >= 0 and fte >= 0 and own_use_fte >= 0 and allocated_fte >= 0 and tolerated_fte >= 0",
            name=op.f("ck_award_line_shares_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "award_id"], ["award.tenant_id", "award.id"], name="fk_award"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_line")),
        sa.UniqueConstraint("tenant_id", "award_id", "key", name="uq_award_line_key"),
        sa.UniqueConstraint("tenant_id", "id", name="uq_award_line_tenant_id"),
    )
    op.create_table(
        "award_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.String(length=520), nullable=True),
        sa.CheckConstraint(
            "kind in ('ORIGINAL', 'AENDERUNG', 'ANSCHLUSS')", name=op.f("ck_award_version_kind")
        ),
        sa.CheckConstraint(
            "(approved_by is null) = (approved_at is null)",
            name=op.f("ck_award_version_approval_whole"),
        ),
        sa.CheckConstraint("approved_by <> recorded_by", name=op.f("ck_award_version_four_eyes")),
        sa.CheckConstraint(
            "total_cents >= 0 and number > 0", name=op.f("ck_award_version_figures")
        ),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_award_version_period")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "award_id"], ["award.tenant_id", "award.id"], name="fk_award"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_version")),
        sa.UniqueConstraint("tenant_id", "award_id", "number", name="uq_award_version_number"),
        sa.UniqueConstraint("tenant_id", "id", name="uq_award_version_tenant_id"),
    )
    op.create_table(
        "award_version_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("award_version_id", sa.Uuid(), nullable=False),
        sa.Column("award_line_id", sa.Uuid(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("fte", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("rate_cents", sa.BigInteger(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "amount_cents >= 0 and fte >= 0", name=op.f("ck_award_version_line_not_negative")
        ),
        sa.CheckConstraint("valid_from <= valid_to", name=op.f("ck_award_version_line_period")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "award_version_id"],
            ["award_version.tenant_id", "award_version.id"],
            name="fk_award_version",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_version_line")),
        sa.UniqueConstraint(
            "tenant_id", "award_version_id", "award_line_id", name="uq_award_version_line"
        ),
    )
    op.create_table(
        "own_share_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("award_line_id", sa.Uuid(), nullable=True),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("requested_by", sa.String(length=200), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("personnel_cents", sa.BigInteger(), nullable=False),
        sa.Column("overhead_cents", sa.BigInteger(), nullable=False),
        sa.Column("ceiling_cents", sa.BigInteger(), nullable=False),
        sa.Column("fte", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("requested_cents", sa.BigInteger(), nullable=False),
        sa.Column("own_share_cap_cents", sa.BigInteger(), nullable=False),
        sa.Column("personnel_gap_cents", sa.BigInteger(), nullable=False),
        sa.Column("full_gap_cents", sa.BigInteger(), nullable=False),
        sa.Column("findings", sa.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("recommended_cents", sa.BigInteger(), nullable=True),
        sa.Column("decided_cents", sa.BigInteger(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.CheckConstraint(
            "(decided_cents is null) = (decided_on is null)",
            name=op.f("ck_own_share_request_decision_whole"),
        ),
        sa.CheckConstraint(
            "personnel_cents >= 0 and overhead_cents >= 0 and ceiling_cents >= 0 and fte > 0 and requested_cents >= 0 and recommended_cents >= 0 and decided_cents >= 0",
            name=op.f("ck_own_share_request_figures"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_share_request")),
    )
    op.create_index(
        "ix_own_share_request_year",
        "own_share_request",
        ["tenant_id", "fiscal_year", "id"],
        unique=False,
    )
    secure("award", role=APP, privileges="select, insert, update")
    secure("award_line", role=APP, privileges="select, insert, update")
    # A version is never changed; only its approval is written into it afterwards.
    secure(
        "award_version", role=APP, privileges="select, insert, update (approved_at, approved_by)"
    )
    secure("award_version_line", role=APP, privileges="select, insert")
    secure("own_share_request", role=APP, privileges="select, insert, update")


def downgrade() -> None:
    op.drop_index("ix_own_share_request_year", table_name="own_share_request")
    op.drop_table("own_share_request")
    op.drop_table("award_version_line")
    op.drop_table("award_version")
    op.drop_table("award_line")
    op.drop_index("ix_award_year", table_name="award")
    op.drop_index("ix_award_updated", table_name="award")
    op.drop_table("award")
