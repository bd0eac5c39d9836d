"""retention and erasure

Deletion rules of a unit, destruction lists, and the erasure of a case across services. What stays
as evidence holds ids, codes and days; a list is seen by the team lead, too, the cases are not.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, secure

revision = "c3a1e7f20d94"
down_revision = "9f3b5a7c1e20"
branch_labels = None
depends_on = None

APP = "kim_cases_app"
ROLES = "(select current_setting('app.roles', true))"
NOT_BLIND = (
    f"{ROLES} !~ ',b3_officer,'"
    " and (select current_setting('app.unit_type', true)) not in ('ABH', 'EBH')"
)
MINE = f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {NOT_BLIND}"
IS_CASE_STAFF = f"{MINE} and {ROLES} ~ ',(case_manager|system),'"
SEES_LISTS = f"{MINE} and {ROLES} ~ ',(case_manager|team_lead|system),'"
SETS_RULES = f"{MINE} and {ROLES} ~ ',team_lead,'"


def upgrade() -> None:
    op.create_table(
        "deletion_rule",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("data_kind", sa.String(length=30), nullable=False),
        sa.Column("result", sa.String(length=60), nullable=False),
        sa.Column("start_event", sa.String(length=30), nullable=False),
        sa.Column("period_years", sa.Integer(), nullable=False),
        sa.Column("period_days", sa.Integer(), nullable=False),
        sa.Column("legal_reason_de", sa.String(length=300), nullable=False),
        sa.Column("legal_reason_en", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "data_kind in ('CASE_FILE', 'PERSON', 'STAFF', 'ACCESS_LOG', 'MESSAGE', 'ERASURE_EVIDENCE')",
            name=op.f("ck_deletion_rule_data_kind"),
        ),
        sa.CheckConstraint(
            "start_event in ('PROCESS_ENDED', 'YEAR_OF_PROCESS_END')",
            name=op.f("ck_deletion_rule_start_event"),
        ),
        sa.CheckConstraint(
            "period_years >= 0 and period_days >= 0", name=op.f("ck_deletion_rule_period")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletion_rule")),
    )
    op.create_index(
        "uq_deletion_rule",
        "deletion_rule",
        ["tenant_id", "unit_id", "data_kind", "result", "valid_from"],
        unique=True,
    )
    op.create_table(
        "destruction_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("due_until", sa.Date(), nullable=False),
        sa.Column("author", sa.String(length=520), nullable=False),
        sa.Column("reviewer", sa.String(length=520), nullable=True),
        sa.Column("approver", sa.String(length=520), nullable=True),
        sa.Column("executed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "approver is not null or state not in ('APPROVED', 'EXECUTED')",
            name=op.f("ck_destruction_list_approved"),
        ),
        sa.CheckConstraint(
            "reviewer is not null or state not in ('REVIEWED', 'APPROVED', 'EXECUTED')",
            name=op.f("ck_destruction_list_reviewed"),
        ),
        sa.CheckConstraint(
            "state in ('DRAFT', 'IN_REVIEW', 'CHANGES_REQUESTED', 'REVIEWED', 'APPROVED', 'EXECUTED')",
            name=op.f("ck_destruction_list_state"),
        ),
        sa.CheckConstraint(
            "approver <> author and approver <> reviewer",
            name=op.f("ck_destruction_list_third_person"),
        ),
        sa.CheckConstraint("reviewer <> author", name=op.f("ck_destruction_list_second_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction_list")),
    )
    op.create_index(
        "ix_destruction_list_created",
        "destruction_list",
        ["tenant_id", "unit_id", "created_at", "id"],
        unique=False,
    )
    op.create_table(
        "destruction_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("result", sa.String(length=60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("drop_reason", sa.String(length=20), nullable=True),
        sa.CheckConstraint(
            "(drop_reason is null) = (outcome in ('LISTED', 'REQUESTED', 'ERASED'))",
            name=op.f("ck_destruction_item_reason_given"),
        ),
        sa.CheckConstraint(
            "drop_reason in ('STILL_NEEDED', 'LEGAL_HOLD', 'NOT_DUE', 'NOT_ENDED', 'ALREADY_ERASED')",
            name=op.f("ck_destruction_item_drop_reason"),
        ),
        sa.CheckConstraint(
            "outcome in ('LISTED', 'EXCLUDED', 'DROPPED', 'REQUESTED', 'ERASED')",
            name=op.f("ck_destruction_item_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name=op.f("fk_destruction_item_case_id_case_record")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["destruction_list.id"],
            name=op.f("fk_destruction_item_list_id_destruction_list"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction_item")),
    )
    op.create_index(
        "ix_destruction_item_case", "destruction_item", ["tenant_id", "case_id"], unique=False
    )
    op.create_index(
        "uq_destruction_item", "destruction_item", ["tenant_id", "list_id", "case_id"], unique=True
    )
    op.create_table(
        "case_erasure",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("services", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_erasure")),
    )
    op.create_index(
        "ix_case_erasure_requested",
        "case_erasure",
        ["tenant_id", "unit_id", "requested_at"],
        unique=False,
    )
    op.create_table(
        "erasure_confirmation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("service", sa.String(length=20), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_erasure.id"],
            name=op.f("fk_erasure_confirmation_case_id_case_erasure"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure_confirmation")),
    )
    op.create_index(
        "uq_erasure_confirmation",
        "erasure_confirmation",
        ["tenant_id", "request_id", "service"],
        unique=True,
    )
    secure(
        "deletion_rule", role=APP, privileges="select, insert", using=SEES_LISTS, check=SETS_RULES
    )
    secure(
        "destruction_list",
        role=APP,
        privileges="select, insert,"
        " update (state, reviewer, approver, executed_at, version, updated_at)",
        using=SEES_LISTS,
    )
    secure(
        "destruction_item",
        role=APP,
        privileges="select, insert, update (outcome, drop_reason)",
        using=SEES_LISTS,
    )
    secure(
        "case_erasure",
        role=APP,
        privileges="select, insert, update (request_id, services, requested_at, erased_at)",
        using=IS_CASE_STAFF,
    )
    secure("erasure_confirmation", role=APP, privileges="select, insert", using=IS_CASE_STAFF)


def downgrade() -> None:
    op.drop_index("uq_erasure_confirmation", table_name="erasure_confirmation")
    op.drop_table("erasure_confirmation")
    op.drop_index("ix_case_erasure_requested", table_name="case_erasure")
    op.drop_table("case_erasure")
    op.drop_index("ix_destruction_item_case", table_name="destruction_item")
    op.drop_index("uq_destruction_item", table_name="destruction_item")
    op.drop_table("destruction_item")
    op.drop_index("ix_destruction_list_created", table_name="destruction_list")
    op.drop_table("destruction_list")
    op.drop_index("uq_deletion_rule", table_name="deletion_rule")
    op.drop_table("deletion_rule")
