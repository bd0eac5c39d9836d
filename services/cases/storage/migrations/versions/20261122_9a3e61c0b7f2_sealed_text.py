"""sealed text

Free text about people is encrypted under keys that lie elsewhere. Ciphertext is longer than what
it says, so the columns lose their length, which the door enforces. What is there already is sealed
afterwards and online, by `python -m services.cases.sealing fill`; whose rows the owner's role
updates for that, of all tenants and without reading a word: the keys are not in this database.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration_keys import add_key_removal, add_owner_policies

revision = "9a3e61c0b7f2"
down_revision = "c8e1a57d3f60"
branch_labels = None
depends_on = None

# Table, column, length before, nullable.
SEALED = (
    ("assessment_entry", "situation", 4000, False),
    ("assessment_entry", "resources", 4000, False),
    ("case_conference", "extract", 4000, False),
    ("case_flag", "reason", 500, False),
    ("case_record", "signposted_to", 200, True),
    ("case_task", "title", 200, False),
    ("conference_outcome", "text", 500, False),
    ("conference_participant", "decision_reason", 2000, True),
    ("consent", "purpose_text", 500, True),
    ("consent", "form_reason", 500, True),
    ("consent", "interpreter", 120, True),
    ("contact_point", "note", 500, True),
    ("document", "title", 200, False),
    ("goal", "text", 1000, False),
    ("indication_checklist", "judgement", 2000, False),
    ("information_notice", "interpreter", 120, True),
    ("measure", "text", 1000, False),
    ("note", "correction_reason", 500, True),
    ("note", "class_reason", 300, True),
    ("note", "text", 20000, False),
    ("note_release", "outside_receiver", 200, True),
    ("note_release", "justification", 2000, False),
    ("note_release", "danger_signs", 2000, True),
    ("note_release", "court_reference", 200, True),
    ("phase_reason", "reason", 2000, False),
)


def upgrade() -> None:
    for table, column, length, is_nullable in SEALED:
        op.alter_column(
            table,
            column,
            existing_type=sa.String(length=length),
            type_=sa.Text(),
            existing_nullable=is_nullable,
        )
    add_key_removal("cases")
    add_owner_policies("cases", sorted({table for table, *_ in SEALED}))


def downgrade() -> None:
    """Refused by the database where a ciphertext is longer than the column was."""
    op.drop_table("key_removal")
    for table in sorted({table for table, *_ in SEALED}):
        op.execute(f"drop policy owner_seals on {table}")
    for table, column, length, is_nullable in SEALED:
        op.alter_column(
            table,
            column,
            existing_type=sa.Text(),
            type_=sa.String(length=length),
            existing_nullable=is_nullable,
        )
