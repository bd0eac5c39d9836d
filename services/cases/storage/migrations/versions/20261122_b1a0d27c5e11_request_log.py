"""request log

What a unit's own systems asked and were answered, without content, for ninety days.
"""

from shared.database.migration_requests import add_request_log, remove_request_log

revision = "b1a0d27c5e11"
down_revision = "e1c7a4d20b96"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_request_log("cases")


def downgrade() -> None:
    remove_request_log()
