"""request log

What a unit's own systems asked and were answered, without content, for ninety days.
"""

from shared.database.migration_requests import add_request_log, remove_request_log

revision = "b3a0d27c5e13"
down_revision = "a3d47f5e9c12"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_request_log("referrals")


def downgrade() -> None:
    remove_request_log()
