"""sealed content

What is said in a referral is encrypted under a key that lies elsewhere: each value of its content
by itself, so that parts and members stay names and a manifest can show some of them.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration_keys import add_key_removal, add_owner_policies, add_sealed_places

revision = "5d17b3e9a4c6"
down_revision = "e506b3d9c170"
branch_labels = None
depends_on = None

SEALED = ("disclosure_decision", "referral_content", "referral_message")
# Table, column, length before.
LENGTHS = (("referral_message", "body", 2000), ("disclosure_decision", "reason", 1000))


def upgrade() -> None:
    for table, column, length in LENGTHS:
        op.alter_column(
            table,
            column,
            existing_type=sa.String(length=length),
            type_=sa.Text(),
            existing_nullable=False,
        )
    add_key_removal("referrals")
    add_sealed_places("referrals")
    add_owner_policies("referrals", SEALED)


def downgrade() -> None:
    """Refused by the database where a ciphertext is longer than the column was."""
    for table in SEALED:
        op.execute(f"drop policy owner_seals on {table}")
    op.execute("drop function sealed_places(jsonb, text, uuid)")
    op.drop_table("key_removal")
    for table, column, length in LENGTHS:
        op.alter_column(
            table,
            column,
            existing_type=sa.Text(),
            type_=sa.String(length=length),
            existing_nullable=False,
        )
