"""The audit log says for whom a machine acted."""

from shared.database.migration_audit import add_end_user, drop_end_user

revision = "c481797df74d"
down_revision = "8a525cb91b1c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_end_user("referrals")


def downgrade() -> None:
    drop_end_user("referrals")
