"""staff, case types and webhooks are written by whom the table of access names

One reason per file. Expand (add nullable), backfill outside in batches, contract in a later
release; indexes on filled tables concurrently; every new table through `secure(...)`.
"""

from shared.database.migration import any_writer, only_writers

revision = "e93f06ab72d1"
down_revision = "4238f590be26"
branch_labels = None
depends_on = None

WRITERS = {
    "staff_member": ("case_manager|team_lead", "insert update"),
    "case_type": ("coordinator|admin", "insert update"),
    "webhook_endpoint": ("integrator|admin", "insert update delete"),
}


def upgrade() -> None:
    for table, (writers, deeds) in WRITERS.items():
        only_writers(table, role="kim_cases_app", writers=writers, deeds=deeds)


def downgrade() -> None:
    for table, (_, deeds) in WRITERS.items():
        any_writer(table, deeds)
