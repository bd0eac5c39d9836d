"""The audit log gets a schema, a role and a chain of its own."""

from shared.database.migration_audit import close_audit, open_audit

revision = "6eda34fae417"
down_revision = "3f92a7e85b1c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    open_audit("funding")


def downgrade() -> None:
    close_audit("funding")
