"""external ids

The numbers by which the sender's software knows its referrals.
"""

from shared.database.migration_external import add_external_ids, remove_external_ids

revision = "c5a0d27c5e15"
down_revision = "b2d20f6c81e7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_external_ids("referrals", ("REFERRAL",))


def downgrade() -> None:
    remove_external_ids()
