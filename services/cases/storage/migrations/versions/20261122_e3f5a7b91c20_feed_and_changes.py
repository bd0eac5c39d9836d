"""feed and changes

Whoever may follow reads each event for weeks, and of each record what changed last.
"""

from shared.database.migration_feed import add_feed, follow_changes, remove_feed

revision = "e3f5a7b91c20"
down_revision = "c2a94e71d5b8"
branch_labels = None
depends_on = None

FOLLOWED = {
    "case_record": "case",
    "person": "person",
    "family": "family",
    "consent": "consent",
    "document": "document",
    "case_task": "task",
    "plan_version": "plan-version",
}


def upgrade() -> None:
    add_feed("cases")
    for table, kind in FOLLOWED.items():
        follow_changes("cases", table, kind)


def downgrade() -> None:
    remove_feed("cases", *FOLLOWED)
