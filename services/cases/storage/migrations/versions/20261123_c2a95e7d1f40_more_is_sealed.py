"""more is sealed

Where somebody lives and how they are reached, who represents them, and the last reasons in words:
nothing of it is looked for by the database. What is there is sealed afterwards and online, by
`python -m services.cases.sealing fill`. From then on, and at once in a new database, a column that
is sealed takes nothing else.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration_keys import (
    add_owner_policies,
    let_in_all_forms,
    require_sealed_where_new,
)
from shared.secrecy.owner_sql import sealed_text

revision = "c2a95e7d1f40"
down_revision = "a5f27c90d3e8"
branch_labels = None
depends_on = None

# Table, column, length before, nullable.
SEALED = (
    ("address", "street", 120, False),
    ("address", "house_number", 20, False),
    ("address", "town", 120, False),
    ("address", "district", 120, True),
    ("contact_point", "value", 200, False),
    ("emergency_access", "justification", 500, False),
    ("legal_representative", "name", 120, True),
    ("restriction_release", "reason", 500, True),
)
NEW_TABLES = ("address", "emergency_access", "legal_representative", "restriction_release")
SEALED_BEFORE = (
    ("assessment_entry", "situation resources"),
    ("case_conference", "extract"),
    ("case_flag", "reason"),
    ("case_record", "signposted_to"),
    ("case_task", "title"),
    ("conference_outcome", "text"),
    ("conference_participant", "decision_reason"),
    ("consent", "purpose_text form_reason interpreter"),
    ("contact_point", "note"),
    ("document", "title"),
    ("goal", "text"),
    ("indication_checklist", "judgement"),
    ("information_notice", "interpreter"),
    ("measure", "text"),
    ("note", "correction_reason class_reason text"),
    ("note_release", "outside_receiver justification danger_signs court_reference"),
    ("phase_reason", "reason"),
)
REQUIRED = {
    (table, column): sealed_text(column)
    for table, columns in (*SEALED_BEFORE, *((table, column) for table, column, *_ in SEALED))
    for column in columns.split()
}


def upgrade() -> None:
    for table, column, length, is_nullable in SEALED:
        op.alter_column(
            table,
            column,
            existing_type=sa.String(length=length),
            type_=sa.Text(),
            existing_nullable=is_nullable,
        )
    add_owner_policies("cases", NEW_TABLES)
    require_sealed_where_new(REQUIRED)


def downgrade() -> None:
    """Refused by the database where a ciphertext is longer than the column was."""
    let_in_all_forms(REQUIRED)
    for table in NEW_TABLES:
        op.execute(f"drop policy owner_seals on {table}")
    for table, column, length, is_nullable in SEALED:
        op.alter_column(
            table,
            column,
            existing_type=sa.Text(),
            type_=sa.String(length=length),
            existing_nullable=is_nullable,
        )
