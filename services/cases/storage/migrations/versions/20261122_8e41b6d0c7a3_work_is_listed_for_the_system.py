"""work is listed for the system

The lists of jobs and webhooks in every tenant come to whoever acts as the system, to nobody else.
"""

from shared.database.migration import list_for_the_system_only

revision = "8e41b6d0c7a3"
down_revision = "c7d3e1f5a902"
branch_labels = None
depends_on = None


def upgrade() -> None:
    list_for_the_system_only()


def downgrade() -> None:
    list_for_the_system_only("true")
