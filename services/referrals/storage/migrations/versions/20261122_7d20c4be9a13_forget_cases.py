"""forget cases

When a case is erased, the recipient's own record of its referral goes, with the key of the case.
"""

from alembic import op

revision = "7d20c4be9a13"
down_revision = "f037489b0eb4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("grant delete on recipient_record to kim_referrals_app")


def downgrade() -> None:
    op.execute("revoke delete on recipient_record from kim_referrals_app")
