"""webhooks

Endpoints of partners' systems, what is delivered to them from the feed, and how each try ended.
"""

from shared.database.migration_webhooks import add_webhooks, drop_webhooks

revision = "e3c7a4d20b96"
down_revision = "a4d25c20ab02"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_webhooks("referrals")


def downgrade() -> None:
    drop_webhooks("referrals")
