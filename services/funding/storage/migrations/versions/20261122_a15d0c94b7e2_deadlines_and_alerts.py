"""deadlines and alerts

One reason per file. Expand (add nullable), backfill outside in batches, contract in a later
release; indexes on filled tables concurrently; every new table through `secure(...)`.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import secure

revision = "a15d0c94b7e2"
down_revision = "8e51c7a2d904"
branch_labels = None
depends_on = None

APP = "kim_funding_app"
SUBJECT_KINDS = "'AWARD', 'ALLOCATION', 'POSITION', 'DEADLINE', 'FUNDING_LINE'"


def _record() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )


def upgrade() -> None:
    op.create_table(
        "deadline",
        *_record(),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=520), nullable=True),
        sa.CheckConstraint("stated_on <= due_on", name=op.f("ck_deadline_due_not_before_stated")),
        sa.CheckConstraint(
            "kind in ('APPLICATION', 'PROOF', 'CHILD_PROOF', 'OBJECTION', 'AWARD_END',"
            " 'SPEND_TWO_MONTHS', 'REVOCATION_YEAR')",
            name=op.f("ck_deadline_kind"),
        ),
        sa.CheckConstraint(
            f"subject_kind in ({SUBJECT_KINDS})", name=op.f("ck_deadline_subject_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.UniqueConstraint("tenant_id", "subject_id", "kind", name="uq_deadline_subject_kind"),
    )
    op.create_index("ix_deadline_due", "deadline", ["tenant_id", "due_on", "id"], unique=False)
    op.create_table(
        "funding_alert",
        *_record(),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("facts", postgresql.JSONB(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("code ~ '^[A-Z_]+$'", name=op.f("ck_funding_alert_code")),
        sa.CheckConstraint(
            f"subject_kind in ({SUBJECT_KINDS})", name=op.f("ck_funding_alert_subject_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funding_alert")),
    )
    op.create_index(
        "uq_funding_alert_open",
        "funding_alert",
        ["tenant_id", "code", "subject_id"],
        unique=True,
        postgresql_where="resolved_at is null",
    )
    op.create_index(
        "ix_funding_alert_raised", "funding_alert", ["tenant_id", "raised_at", "id"], unique=False
    )
    secure(
        "deadline",
        role=APP,
        privileges="select, insert, update (version, updated_at, stated_on, due_on, warned_at,"
        " missed_at, done_at, done_by)",
    )
    secure(
        "funding_alert",
        role=APP,
        privileges="select, insert, update (version, updated_at, facts, resolved_at)",
    )


def downgrade() -> None:
    op.drop_table("funding_alert")
    op.drop_table("deadline")
