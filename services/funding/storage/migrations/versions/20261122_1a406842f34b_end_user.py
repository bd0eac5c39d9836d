"""The audit log says for whom a machine acted."""

from shared.database.migration_audit import add_end_user, drop_end_user

revision = "1a406842f34b"
down_revision = "a91c0f6669a0"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_end_user("funding")


def downgrade() -> None:
    drop_end_user("funding")
