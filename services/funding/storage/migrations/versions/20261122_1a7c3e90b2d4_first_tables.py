"""first tables

One reason per file. Expand (add nullable), backfill outside in batches, contract in a later
release; indexes on filled tables concurrently; every new table through `secure(...)`.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import secure, secure_technical_tables

revision = "1a7c3e90b2d4"
down_revision = None
branch_labels = None
depends_on = None

APP = "kim_funding_app"


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=520), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("client_id", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=100), nullable=False),
        sa.Column("record_kind", sa.String(length=60), nullable=False),
        sa.Column("record_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_at", "audit_entry", ["tenant_id", "at"], unique=False)
    op.create_table(
        "consumed_event",
        sa.Column("consumer", sa.String(length=100), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("consumed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("consumer", "event_id", name=op.f("pk_consumed_event")),
    )
    op.create_table(
        "idempotency_key",
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("actor", sa.String(length=520), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("etag", sa.String(length=40), nullable=True),
        sa.Column("location", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("tenant_id", "actor", "key", name=op.f("pk_idempotency_key")),
    )
    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("position", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("aggregate_id", sa.Uuid(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
    )
    op.create_index(
        "ix_outbox_message_waiting",
        "outbox_message",
        ["position"],
        unique=False,
        postgresql_where="sent_at is null",
    )
    op.create_table(
        "programme",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name_de", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column("volume_cents", sa.BigInteger(), nullable=True),
        sa.Column("volume_status", sa.String(length=20), nullable=True),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("funder", sa.String(length=200), nullable=True),
        sa.Column("legal_source", sa.String(length=300), nullable=True),
        sa.Column("enacted_on", sa.Date(), nullable=True),
        sa.Column("in_force_from", sa.Date(), nullable=True),
        sa.Column("assurance_until", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.CheckConstraint(
            "volume_status in ('ANNOUNCED', 'EXPECTED', 'GRANTED')",
            name=op.f("ck_programme_volume_status"),
        ),
        sa.CheckConstraint(
            "(volume_cents is null) = (volume_status is null)",
            name=op.f("ck_programme_volume_whole"),
        ),
        sa.CheckConstraint("volume_cents >= 0", name=op.f("ck_programme_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("tenant_id", "code", name="uq_programme_code"),
    )
    op.create_table(
        "rate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("funding_line", sa.String(length=40), nullable=False),
        sa.Column("unit_kind", sa.String(length=40), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("ceiling_cents", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "funding_line in ('B1_COORDINATION', 'B2_CASE_MANAGEMENT', 'B3_FOREIGNERS_NATURALISATION')",
            name=op.f("ck_rate_funding_line"),
        ),
        sa.CheckConstraint(
            "unit_kind in ('POST_YEAR', 'ADMIN_ASSISTANCE_HALF_POST_YEAR', 'WORKPLACE_SETUP_PER_POST')",
            name=op.f("ck_rate_unit_kind"),
        ),
        sa.CheckConstraint("ceiling_cents > 0", name=op.f("ck_rate_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate")),
        sa.UniqueConstraint(
            "tenant_id", "funding_line", "unit_kind", "fiscal_year", name="uq_rate_key"
        ),
    )
    op.create_table(
        "budget_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(length=20), nullable=False),
        sa.Column("account", sa.String(length=20), nullable=True),
        sa.Column("funding_line", sa.String(length=40), nullable=True),
        sa.Column("name_de", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.CheckConstraint(
            "funding_line in ('B1_COORDINATION', 'B2_CASE_MANAGEMENT', 'B3_FOREIGNERS_NATURALISATION')",
            name=op.f("ck_budget_entry_funding_line"),
        ),
        sa.CheckConstraint("kind in ('REVENUE', 'EXPENSE')", name=op.f("ck_budget_entry_kind")),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_budget_entry_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_entry")),
    )
    op.create_index(
        "ix_budget_entry_year",
        "budget_entry",
        ["tenant_id", "fiscal_year", "product", "id"],
        unique=False,
    )
    secure_technical_tables("funding")
    secure("programme", role=APP, privileges="select, insert")
    secure("rate", role=APP, privileges="select, insert")
    secure("budget_entry", role=APP, privileges="select, insert")


def downgrade() -> None:
    op.drop_index("ix_budget_entry_year", table_name="budget_entry")
    op.drop_table("budget_entry")
    op.drop_table("rate")
    op.drop_table("programme")
    op.drop_index(
        "ix_outbox_message_waiting", table_name="outbox_message", postgresql_where="sent_at is null"
    )
    op.drop_table("outbox_message")
    op.execute("drop function wake_relay()")
    op.drop_table("idempotency_key")
    op.drop_table("consumed_event")
    op.drop_index("ix_audit_entry_at", table_name="audit_entry")
    op.drop_table("audit_entry")
