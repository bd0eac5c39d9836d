"""part year decision

One reason per file. Expand (add nullable), backfill outside in batches, contract in a later
release; indexes on filled tables concurrently; every new table through `secure(...)`.
"""

import sqlalchemy as sa
from alembic import op

revision = "5eb072d4f618"
down_revision = "4daf61c3e507"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "award_line", sa.Column("part_year_decision", sa.String(length=20), nullable=True)
    )
    op.create_check_constraint(
        op.f("ck_award_line_part_year_decision"),
        "award_line",
        "part_year_decision in ('FULL_AMOUNT', 'PRO_RATA')",
    )


def downgrade() -> None:
    op.drop_column("award_line", "part_year_decision")
