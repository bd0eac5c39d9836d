"""jobs

Files of lists, made by the worker in the name of who asked.
"""

from shared.database.migration_jobs import add_jobs, drop_jobs

revision = "b6a0d27c5e13"
down_revision = "f17c5d8e02b4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_jobs("referrals")


def downgrade() -> None:
    drop_jobs("referrals")
