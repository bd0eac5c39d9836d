"""erased numbers and senders

What an erased case was delivered under stays as a digest, so that the next delivery does not bring
it back; a delivery by referral says which unit sent it. Cases erased before left no number.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, secure

revision = "a6d1f8e3b724"
down_revision = "e7b0c5d81f44"
branch_labels = None
depends_on = None

APP = "kim_cases_app"
ROLES = "(select current_setting('app.roles', true))"
CONTENT = (
    f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {ROLES} !~ ',b3_officer,'"
    " and (select current_setting('app.unit_type', true)) not in ('ABH', 'EBH')"
    f" and {ROLES} ~ ',(case_manager|system),'"
)


def upgrade() -> None:
    op.create_table(
        "erased_number",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("digest", sa.Uuid(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erased_number")),
    )
    op.create_index(
        "uq_erased_number", "erased_number", ["tenant_id", "unit_id", "digest"], unique=True
    )
    secure("erased_number", role=APP, privileges="select, insert", using=CONTENT)
    op.add_column("delivery", sa.Column("sender_unit", sa.String(length=63), nullable=True))


def downgrade() -> None:
    op.drop_column("delivery", "sender_unit")
    op.drop_table("erased_number")
