"""proposed tasks

A task says why the system proposes it, and of which referral; at most one of each.
"""

import sqlalchemy as sa
from alembic import op

revision = "e502b1c8e4a9"
down_revision = "b1a0d27c5e11"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case_task", sa.Column("proposed_because", sa.String(length=30), nullable=True))
    op.add_column("case_task", sa.Column("referral_id", sa.Uuid(), nullable=True))
    op.create_check_constraint(
        op.f("ck_case_task_proposed_because"),
        "case_task",
        "proposed_because in ('OWNERSHIP_TRANSFERRED')",
    )
    op.create_check_constraint(
        op.f("ck_case_task_proposal"),
        "case_task",
        "(proposed_because is null) = (referral_id is null)",
    )
    op.create_index(
        "uq_case_task_proposal",
        "case_task",
        ["tenant_id", "case_id", "referral_id", "proposed_because"],
        unique=True,
        postgresql_where=sa.text("referral_id is not null"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_case_task_proposal",
        table_name="case_task",
        postgresql_where=sa.text("referral_id is not null"),
    )
    op.drop_column("case_task", "referral_id")
    op.drop_column("case_task", "proposed_because")
