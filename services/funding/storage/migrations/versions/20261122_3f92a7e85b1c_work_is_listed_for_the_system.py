"""work is listed for the system

The lists of jobs and webhooks in every tenant come to whoever acts as the system, to nobody else.
"""

from shared.database.migration import list_for_the_system_only

revision = "3f92a7e85b1c"
down_revision = "b5a0d27c5e12"
branch_labels = None
depends_on = None


def upgrade() -> None:
    list_for_the_system_only()


def downgrade() -> None:
    list_for_the_system_only("true")
