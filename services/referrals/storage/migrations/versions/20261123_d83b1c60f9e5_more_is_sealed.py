"""more is sealed

The reasons in words beside a legal ground, the name of a file, the number of a house. What is there
is sealed afterwards and online, by `python -m services.referrals.sealing fill`. From then on, and at
once in a new database, what is sealed takes nothing else.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration_keys import (
    add_owner_policies,
    let_in_all_forms,
    place_members_as_well,
    place_parts_only,
    require_sealed_where_new,
)
from shared.secrecy.owner_sql import sealed_json, sealed_members, sealed_text

revision = "d83b1c60f9e5"
down_revision = "b61f0d94e7a2"
branch_labels = None
depends_on = None

# Table, column, length before.
SEALED = (("attachment", "name", 200), ("referral_place", "house_number", 20))
NEW_TABLES = ("attachment", "referral_place", "sender_record")
REQUIRED = {
    ("attachment", "name"): sealed_text("name"),
    ("disclosure_decision", "reason"): sealed_text("reason"),
    ("referral_content", "content"): sealed_json("content"),
    ("referral_message", "body"): sealed_text("body"),
    ("referral_place", "house_number"): sealed_text("house_number"),
    ("sender_record", "disclosure_decision"): sealed_members("disclosure_decision", "reason"),
    ("sender_record", "legal_ground"): sealed_members(
        "legal_ground", "consent.formReason", "secrecyRelease.formReason"
    ),
    ("sender_record", "protection_steps"): sealed_members(
        "protection_steps", "notDiscussedReason", "notInformedReason"
    ),
}


def upgrade() -> None:
    for table, column, length in SEALED:
        op.alter_column(
            table,
            column,
            existing_type=sa.String(length=length),
            type_=sa.Text(),
            existing_nullable=False,
        )
    place_members_as_well()
    add_owner_policies("referrals", NEW_TABLES)
    require_sealed_where_new(REQUIRED)


def downgrade() -> None:
    """Refused by the database where a ciphertext is longer than the column was."""
    let_in_all_forms(REQUIRED)
    for table in NEW_TABLES:
        op.execute(f"drop policy owner_seals on {table}")
    place_parts_only()
    for table, column, length in SEALED:
        op.alter_column(
            table,
            column,
            existing_type=sa.Text(),
            type_=sa.String(length=length),
            existing_nullable=False,
        )
