"""jobs

Files of lists, made by the worker in the name of who asked.
"""

from shared.database.migration_jobs import add_jobs, drop_jobs

revision = "b4a0d27c5e11"
down_revision = "e503a1d9f5b1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_jobs("cases")


def downgrade() -> None:
    drop_jobs("cases")
