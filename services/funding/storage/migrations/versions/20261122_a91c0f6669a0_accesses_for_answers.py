"""Who saw a person's data is told to the worker that puts the answer to the person together."""

from shared.database.migration_audit import tell_people_of_accesses, tell_workers_of_accesses

revision = "a91c0f6669a0"
down_revision = "6eda34fae417"
branch_labels = None
depends_on = None


def upgrade() -> None:
    tell_workers_of_accesses("funding")


def downgrade() -> None:
    tell_people_of_accesses("funding")
