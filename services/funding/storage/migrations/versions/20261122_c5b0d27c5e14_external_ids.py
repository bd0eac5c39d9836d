"""external ids

The numbers by which finance software knows awards, allocations and posts.
"""

from shared.database.migration_external import add_external_ids, remove_external_ids

revision = "c5b0d27c5e14"
down_revision = "b2a0d27c5e12"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_external_ids("funding", ("AWARD", "ALLOCATION", "POSITION"))


def downgrade() -> None:
    remove_external_ids()
