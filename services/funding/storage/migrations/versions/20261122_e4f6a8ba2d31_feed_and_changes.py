"""feed and changes

Whoever may follow reads each event for weeks, and of each record what changed last.
"""

from shared.database.migration_feed import add_feed, follow_changes, remove_feed

revision = "e4f6a8ba2d31"
down_revision = "f71c2a9be460"
branch_labels = None
depends_on = None

FOLLOWED = (
    "award",
    "allocation",
    "position",
    "drawdown",
    "payment",
    "proof",
    "recovery",
    "reservation",
)


def upgrade() -> None:
    add_feed("funding")
    for table in FOLLOWED:
        follow_changes("funding", table, table, "'{}'")


def downgrade() -> None:
    remove_feed("funding", *FOLLOWED)
