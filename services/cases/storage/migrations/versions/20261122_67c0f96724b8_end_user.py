"""The audit log says for whom a machine acted."""

from shared.database.migration_audit import add_end_user, drop_end_user

revision = "67c0f96724b8"
down_revision = "593ecf6496de"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_end_user("cases")


def downgrade() -> None:
    drop_end_user("cases")
