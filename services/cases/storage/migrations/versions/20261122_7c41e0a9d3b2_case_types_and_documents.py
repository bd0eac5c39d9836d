"""case types and documents

The type KIM ships with this migration, published, under the tenant `00000` that every tenant may
read and none may write: a county works from the first minute, and one that wants another type
publishes its own version under the same code. Cases that exist already get the shipped version.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, secure

revision = "7c41e0a9d3b2"
down_revision = "7c2e4d91a0b3"
branch_labels = None
depends_on = None

APP = "kim_cases_app"
KIM_TYPE_ID = "019ab000-0000-7000-8000-000000000001"
IS_CASE_STAFF = (
    "(select current_setting('app.roles', true) ~ ',(case_manager|system),'"
    " and current_setting('app.roles', true) !~ ',b3_officer,'"
    " and current_setting('app.unit_type', true) not in ('ABH', 'EBH'))"
)
MINE = f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {IS_CASE_STAFF}"
IS_SYSTEM = "(select current_setting('app.roles', true) = ',system,')"
PRIVILEGES = {
    "custom_fields": "select, insert, update (fields_json, recorded_by, recorded_at)",
    "plan_approval": "select, insert",
    "document": "select, insert,"
    " update (object_key, media_type, sha256, size_bytes, scan_state, version)",
    "related_case": "select, insert, delete",
}
KIM = f"""
insert into case_type (id, tenant_id, code, number, state, label_de, label_en, results,
                       fields_schema, needs_plan_approval, version, updated_at)
select '{KIM_TYPE_ID}', '00000', 'KIM', 1, 'PUBLISHED',
       'Case Management im KIM', 'Case management in KIM',
       (select jsonb_agg(jsonb_build_object('closingReason', reason, 'retentionYears', 3))
          from unnest(array['GOALS_REACHED', 'PARTLY_REACHED', 'HANDED_OVER', 'REFERRED_ONLY',
               'MOVED_AWAY', 'CLIENT_ENDED', 'CONTACT_LOST', 'NOT_TARGET_GROUP',
               'DOUBLE_CARE_AVOIDED', 'DEPARTED', 'DECEASED', 'CAPACITY', 'OTHER']) reason),
       '{{"type": "object", "properties": {{}}, "additionalProperties": false}}', false, 1, now()
"""  # noqa: S608 - constants
PUBLISHED_STAYS = """
create function published_case_type_stays() returns trigger language plpgsql as $$
begin
  if old.state <> 'DRAFT' and (
       (new.id, new.tenant_id, new.code, new.number, new.label_de, new.label_en, new.results,
        new.fields_schema, new.needs_plan_approval)
       is distinct from
       (old.id, old.tenant_id, old.code, old.number, old.label_de, old.label_en, old.results,
        old.fields_schema, old.needs_plan_approval)
       or new.state = 'DRAFT' or (old.state = 'RETIRED' and new.state <> 'RETIRED')) then
    raise check_violation using message = 'A published case type stays as it is.';
  end if;
  return new;
end $$"""


def _file_table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        *parts,
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f(f"fk_{name}_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _create_case_types() -> None:
    op.create_table(
        "case_type",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("label_de", sa.String(length=200), nullable=False),
        sa.Column("label_en", sa.String(length=200), nullable=False),
        sa.Column("results", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("fields_schema", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("needs_plan_approval", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state in ('DRAFT', 'PUBLISHED', 'RETIRED')", name=op.f("ck_case_type_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_type")),
    )
    op.create_index(
        "uq_case_type_number", "case_type", ["tenant_id", "code", "number"], unique=True
    )
    op.execute(KIM)
    op.execute(PUBLISHED_STAYS)
    op.execute(
        "create trigger published_case_type_stays before update on case_type"
        " for each row execute function published_case_type_stays()"
    )
    op.add_column(
        "case_record",
        sa.Column("case_type_id", sa.Uuid(), server_default=KIM_TYPE_ID, nullable=False),
    )
    op.create_foreign_key(
        op.f("fk_case_record_case_type_id_case_type"),
        "case_record",
        "case_type",
        ["case_type_id"],
        ["id"],
    )


def _create_file_tables() -> None:
    _file_table(
        "custom_fields",
        sa.Column("fields_json", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
    )
    op.create_unique_constraint(
        op.f("uq_plan_version_id_recorded_by"), "plan_version", ["id", "recorded_by"]
    )
    _file_table(
        "plan_approval",
        sa.Column("plan_version_id", sa.Uuid(), nullable=False),
        sa.Column("author", sa.String(length=520), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=False),
        sa.CheckConstraint("author <> recorded_by", name=op.f("ck_plan_approval_four_eyes")),
        sa.ForeignKeyConstraint(
            ["plan_version_id", "author"],
            ["plan_version.id", "plan_version.recorded_by"],
            name=op.f("fk_plan_approval_plan_version_id_author_plan_version"),
            ondelete="CASCADE",
        ),
    )
    _file_table(
        "document",
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("object_key", sa.String(length=200), nullable=True),
        sa.Column("media_type", sa.String(length=60), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size_bytes", sa.Integer(), nullable=True),
        sa.Column("scan_state", sa.String(length=20), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind in ('CONSENT_FORM', 'CERTIFICATE', 'DECISION', 'LETTER', 'PLAN', 'OTHER')",
            name=op.f("ck_document_kind"),
        ),
        sa.CheckConstraint(
            "scan_state in ('PENDING', 'CLEAN', 'INFECTED', 'NOT_SCANNED')",
            name=op.f("ck_document_scan_state"),
        ),
        sa.CheckConstraint(
            "(object_key is null) = (sha256 is null) and (object_key is null) = (size_bytes is null)"
            " and (object_key is null) = (media_type is null)"
            " and (object_key is null) = (scan_state is null)",
            name=op.f("ck_document_content_is_whole"),
        ),
    )
    op.create_table(
        "object_removal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("object_key", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_object_removal")),
    )
    _file_table(
        "related_case",
        sa.Column("related_case_id", sa.Uuid(), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.CheckConstraint(
            "relation in ('FOLLOW_UP', 'SIBLING', 'PARENT')", name=op.f("ck_related_case_relation")
        ),
        sa.CheckConstraint("case_id <> related_case_id", name=op.f("ck_related_case_another_case")),
        sa.ForeignKeyConstraint(
            ["related_case_id"],
            ["case_file.id"],
            name=op.f("fk_related_case_related_case_id_case_file"),
            ondelete="CASCADE",
        ),
    )


INDEXES = (
    ("uq_custom_fields_case", "custom_fields", ["tenant_id", "case_id"], True),
    ("uq_plan_approval_plan", "plan_approval", ["tenant_id", "plan_version_id"], True),
    ("ix_plan_approval_case", "plan_approval", ["tenant_id", "case_id"], False),
    ("ix_document_case", "document", ["tenant_id", "case_id", "recorded_at", "id"], False),
    ("uq_related_case", "related_case", ["tenant_id", "case_id", "related_case_id"], True),
    ("ix_related_case_back", "related_case", ["tenant_id", "related_case_id"], False),
)


def upgrade() -> None:
    _create_case_types()
    _create_file_tables()
    for name, table, columns, is_unique in INDEXES:
        op.create_index(name, table, columns, unique=is_unique)
    op.add_column("assessment_entry", sa.Column("score", sa.Integer(), nullable=True))
    op.create_check_constraint(
        op.f("ck_assessment_entry_score"), "assessment_entry", "score between 0 and 100"
    )
    secure(
        "case_type",
        role=APP,
        privileges="select, insert, update",
        using=f"{TENANT_IS_MINE} or tenant_id = '00000'",
        check=TENANT_IS_MINE,
    )
    for table, privileges in PRIVILEGES.items():
        secure(table, role=APP, privileges=privileges, using=MINE)
    # Any erasure may add one; only the worker sees them.
    secure(
        "object_removal",
        role=APP,
        privileges="select, insert, delete",
        using=IS_SYSTEM,
        check=TENANT_IS_MINE,
    )
    # Whoever changes a plan in work becomes its author.
    op.execute(f"grant update (recorded_by) on plan_version to {APP}")


def downgrade() -> None:
    op.execute(f"revoke update (recorded_by) on plan_version from {APP}")
    op.drop_constraint(op.f("ck_assessment_entry_score"), "assessment_entry", type_="check")
    op.drop_column("assessment_entry", "score")
    op.drop_constraint(
        op.f("fk_case_record_case_type_id_case_type"), "case_record", type_="foreignkey"
    )
    op.drop_column("case_record", "case_type_id")
    for table in ("related_case", "object_removal", "document", "plan_approval", "custom_fields"):
        op.drop_table(table)
    op.drop_constraint(op.f("uq_plan_version_id_recorded_by"), "plan_version", type_="unique")
    op.drop_table("case_type")
    op.execute("drop function published_case_type_stays()")
