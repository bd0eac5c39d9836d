"""finance exports

One reason per file. Expand (add nullable), backfill outside in batches, contract in a later
release; indexes on filled tables concurrently; every new table through `secure(...)`.

Files for the finance system are inserted and never changed; no entry stands in two of them.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import secure

revision = "e6b04d17f8a3"
down_revision = "d72b90f4e1a8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("create extension if not exists btree_gist schema public")
    op.create_table(
        "finance_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("from_sequence", sa.BigInteger(), nullable=False),
        sa.Column("to_sequence", sa.BigInteger(), nullable=False),
        sa.Column("encoding", sa.String(length=20), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("replacements", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=520), nullable=False),
        sa.CheckConstraint(
            "encoding in ('windows-1252', 'utf-8')", name=op.f("ck_finance_batch_encoding")
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_finance_batch_number")),
        sa.CheckConstraint(
            "from_sequence > 0 and from_sequence <= to_sequence",
            name=op.f("ck_finance_batch_entries"),
        ),
        sa.CheckConstraint("line_count >= 2", name=op.f("ck_finance_batch_line_count")),
        sa.CheckConstraint(
            "sha256 = encode(sha256(content), 'hex')", name=op.f("ck_finance_batch_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_batch")),
        sa.UniqueConstraint("tenant_id", "number", name="uq_finance_batch_number"),
    )
    op.execute(
        "alter table finance_batch add constraint ex_finance_batch_leaves_once exclude using gist"
        " (tenant_id with =, int8range(from_sequence, to_sequence, '[]') with &&)"
    )
    secure("finance_batch", role="kim_funding_app", privileges="select, insert")


def downgrade() -> None:
    op.drop_table("finance_batch")
