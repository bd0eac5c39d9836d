"""jobs

Files of lists, made by the worker in the name of who asked.
"""

from shared.database.migration_jobs import add_jobs, drop_jobs

revision = "b5a0d27c5e12"
down_revision = "e503b2d9f5b2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_jobs("funding")


def downgrade() -> None:
    drop_jobs("funding")
