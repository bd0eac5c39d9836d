"""Who saw a person's data is told to the worker that puts the answer to the person together."""

from shared.database.migration_audit import tell_people_of_accesses, tell_workers_of_accesses

revision = "593ecf6496de"
down_revision = "7be1c94d20fa"
branch_labels = None
depends_on = None


def upgrade() -> None:
    tell_workers_of_accesses("cases")


def downgrade() -> None:
    tell_people_of_accesses("cases")
