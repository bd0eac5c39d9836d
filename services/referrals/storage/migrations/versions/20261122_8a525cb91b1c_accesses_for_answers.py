"""Who saw a person's data is told to the worker that puts the answer to the person together."""

from shared.database.migration_audit import tell_people_of_accesses, tell_workers_of_accesses

revision = "8a525cb91b1c"
down_revision = "e507c4e0d281"
branch_labels = None
depends_on = None


def upgrade() -> None:
    tell_workers_of_accesses("referrals")


def downgrade() -> None:
    tell_people_of_accesses("referrals")
