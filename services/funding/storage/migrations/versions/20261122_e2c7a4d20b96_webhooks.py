"""webhooks

Endpoints of partners' systems, what is delivered to them from the feed, and how each try ended.
"""

from shared.database.migration_webhooks import add_webhooks, drop_webhooks

revision = "e2c7a4d20b96"
down_revision = "e4f6a8ba2d31"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_webhooks("funding")


def downgrade() -> None:
    drop_webhooks("funding")
