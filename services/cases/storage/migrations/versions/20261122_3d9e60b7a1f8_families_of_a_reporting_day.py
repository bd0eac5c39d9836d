"""families of a reporting day

What was told of a reporting day first is what is told of it ever after.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import TENANT_IS_MINE, secure

revision = "3d9e60b7a1f8"
down_revision = "9c05d7e1b3a8"
branch_labels = None
depends_on = None

IS_NO_AUTHORITY = (
    "((select current_setting('app.roles', true)) !~ ',b3_officer,'"
    " and (select current_setting('app.unit_type', true)) not in ('ABH', 'EBH'))"
)


def upgrade() -> None:
    op.create_table(
        "family_edition",
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "counted_on", name=op.f("pk_family_edition")),
    )
    secure(
        "family_edition",
        role="kim_cases_app",
        privileges="select, insert",
        using=f"{TENANT_IS_MINE} and {IS_NO_AUTHORITY}",
    )


def downgrade() -> None:
    op.drop_table("family_edition")
