"""The audit log gets a schema, a role and a chain of its own."""

from shared.database.migration_audit import close_audit, open_audit

revision = "027217b0e46a"
down_revision = "9a3e61c0b7f2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    open_audit("cases")


def downgrade() -> None:
    close_audit("cases")
