"""The audit log gets a schema, a role and a chain of its own."""

from shared.database.migration_audit import close_audit, open_audit

revision = "a88fca34701c"
down_revision = "5d17b3e9a4c6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    open_audit("referrals")


def downgrade() -> None:
    close_audit("referrals")
