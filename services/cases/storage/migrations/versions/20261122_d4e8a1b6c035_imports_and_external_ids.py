"""imports and external ids

The numbers that other systems know records by move into a table of their own, from which the old
column is filled over; beside them what was delivered, and imports with their report. External ids
and deliveries are content and go with person or case file.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, allow, secure

revision = "d4e8a1b6c035"
down_revision = "f4b9d06e3c71"
branch_labels = None
depends_on = None

APP = "kim_cases_app"
STATISTICS = "kim_cases_statistics"
ROLES = "(select current_setting('app.roles', true))"
NOT_BLIND = (
    f"{ROLES} !~ ',b3_officer,'"
    " and (select current_setting('app.unit_type', true)) not in ('ABH', 'EBH')"
)
MINE = f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {NOT_BLIND}"
CONTENT = f"{MINE} and {ROLES} ~ ',(case_manager|system),'"
# A machine sees what became of its delivery: counts, codes and ids, never a record.
IMPORTS = f"{MINE} and {ROLES} ~ ',(case_manager|integrator|system),'"
IS_SYSTEM = f"{ROLES} = ',system,'"
PROGRESS = (
    "state, object_key, sha256, size_bytes, rows_read, rows_created, rows_changed,"
    " rows_unchanged, rows_refused, failure, failure_line, failure_column, started_at, ended_at,"
    " is_report_kept, version"
)
KEYS_OF_BEFORE = """
insert into external_id (id, tenant_id, unit_id, kind, system, value, case_id, recorded_by,
                         recorded_at)
select gen_random_uuid(), tenant_id, unit_id, 'CASE', 'import', import_key, id,
       'urn:kim:system|migration', created_at
  from case_record where import_key is not null and state <> 'ERASED'"""
KEYS_BACK = """
update case_record c set import_key = left(e.value, 80) from external_id e
 where e.case_id = c.id and e.system = 'import'"""
IMPORTS_DUE = """
create function imports_due(kept_since timestamptz)
returns table (tenant_id text, unit_id text, id uuid, is_over boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  (select distinct on (i.tenant_id, i.unit_id) i.tenant_id, i.unit_id, i.id, false
     from import_job i where i.state in ('RECEIVED', 'RUNNING')
    order by i.tenant_id, i.unit_id, i.id limit 100)
  union all
  (select i.tenant_id, i.unit_id, i.id, true
     from import_job i where i.is_report_kept and i.ended_at < kept_since limit 100)
$$"""


def upgrade() -> None:
    _create_deliveries()
    _create_imports()
    for table in ("case_record", "external_id"):
        op.execute(f"alter table {table} no force row level security")
    op.execute(KEYS_OF_BEFORE)
    op.execute("alter table case_record force row level security")
    op.drop_index("uq_case_record_import_key", table_name="case_record")
    op.drop_column("case_record", "import_key")
    secure("external_id", role=APP, privileges="select, insert", using=CONTENT)
    secure("delivery", role=APP, privileges="select, insert", using=CONTENT)
    secure("import_job", role=APP, privileges=f"select, insert, update ({PROGRESS})", using=IMPORTS)
    secure("import_line", role=APP, privileges="select, insert, delete", using=IMPORTS)
    secure(
        "import_mapping",
        role=APP,
        privileges="select, insert, update (mapping_json, recorded_by, updated_at, version)",
        using=IMPORTS,
    )
    allow(
        "import_job",
        role=STATISTICS,
        privileges="select (id, tenant_id, unit_id, state, ended_at, is_report_kept)",
        using=IS_SYSTEM,
    )
    op.execute(IMPORTS_DUE)
    op.execute("revoke all on function imports_due(timestamptz) from public")
    op.execute(f"grant execute on function imports_due(timestamptz) to {APP}")
    op.execute(f"alter function imports_due(timestamptz) owner to {STATISTICS}")


def _unit_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
    ]


def _record_parts(table: str) -> list[sa.schema.SchemaItem]:
    """Of a person or of a case, never both, and gone with it."""
    return [
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(person_id is null) <> (case_id is null)", name=op.f(f"ck_{table}_one_record")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f(f"fk_{table}_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f(f"fk_{table}_case_id_case_file"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _create_deliveries() -> None:
    op.create_table(
        "external_id",
        *_unit_columns(),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("system", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=100), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('PERSON', 'CASE')", name=op.f("ck_external_id_kind")),
        sa.CheckConstraint(
            "(kind = 'PERSON') = (person_id is not null)",
            name=op.f("ck_external_id_kind_of_record"),
        ),
        *_record_parts("external_id"),
    )
    op.create_index(
        "uq_external_id",
        "external_id",
        ["tenant_id", "unit_id", "kind", "system", "value"],
        unique=True,
    )
    op.create_table(
        "delivery",
        *_unit_columns(),
        sa.Column("source_system", sa.String(length=40), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("values_json", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("delivered_by", sa.String(length=520), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=False),
        *_record_parts("delivery"),
    )
    op.create_index("ix_external_id_person", "external_id", ["tenant_id", "person_id"])
    op.create_index("ix_external_id_case", "external_id", ["tenant_id", "case_id"])
    op.create_index("ix_delivery_person", "delivery", ["tenant_id", "person_id", "id"])
    op.create_index("ix_delivery_case", "delivery", ["tenant_id", "case_id", "id"])


def _create_imports() -> None:
    op.create_table(
        "import_job",
        *_unit_columns(),
        sa.Column("source_system", sa.String(length=40), nullable=False),
        sa.Column("format", sa.String(length=10), nullable=False),
        sa.Column("encoding", sa.String(length=20), nullable=False),
        sa.Column("locale", sa.String(length=10), nullable=False),
        sa.Column("delimiter", sa.String(length=1), nullable=True),
        sa.Column("mapping_name", sa.String(length=60), nullable=True),
        sa.Column("mapping_version", sa.Integer(), nullable=True),
        sa.Column("mapping_json", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("is_dry_run", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("object_key", sa.String(length=200), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        *(
            sa.Column(name, sa.Integer(), nullable=name == "size_bytes")
            for name in (
                "size_bytes",
                "rows_read",
                "rows_created",
                "rows_changed",
                "rows_unchanged",
                "rows_refused",
            )
        ),
        sa.Column("failure", sa.String(length=60), nullable=True),
        sa.Column("failure_line", sa.Integer(), nullable=True),
        sa.Column("failure_column", sa.String(length=120), nullable=True),
        sa.Column("requested_by", sa.String(length=520), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_report_kept", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state in ('ANNOUNCED', 'RECEIVED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')",
            name=op.f("ck_import_job_state"),
        ),
        sa.CheckConstraint("format in ('NDJSON', 'CSV')", name=op.f("ck_import_job_format")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_job")),
    )
    op.create_index(
        "ix_import_job_unit", "import_job", ["tenant_id", "unit_id", "requested_at", "id"]
    )
    op.create_table(
        "import_line",
        *_unit_columns(),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("person_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("faults_json", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("key_digest", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "outcome in ('created', 'changed', 'unchanged', 'refused')",
            name=op.f("ck_import_line_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["import_job.id"],
            name=op.f("fk_import_line_import_id_import_job"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_line")),
    )
    for name, column in (("uq_import_line", "line"), ("uq_import_line_key", "key_digest")):
        op.create_index(name, "import_line", ["tenant_id", "import_id", column], unique=True)
    op.create_table(
        "import_mapping",
        *_unit_columns(),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("mapping_json", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_mapping")),
    )
    op.create_index(
        "uq_import_mapping", "import_mapping", ["tenant_id", "unit_id", "name"], unique=True
    )


def downgrade() -> None:
    op.execute(f"set role {STATISTICS}")
    op.execute("drop function imports_due(timestamptz)")
    op.execute("reset role")
    op.add_column("case_record", sa.Column("import_key", sa.String(length=80), nullable=True))
    for table in ("case_record", "external_id"):
        op.execute(f"alter table {table} no force row level security")
    op.execute(KEYS_BACK)
    op.execute("alter table case_record force row level security")
    op.create_index(
        "uq_case_record_import_key",
        "case_record",
        ["tenant_id", "unit_id", "import_key"],
        unique=True,
    )
    for table in ("import_mapping", "import_line", "import_job", "delivery", "external_id"):
        op.drop_table(table)
