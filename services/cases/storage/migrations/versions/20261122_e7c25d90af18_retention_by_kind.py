"""retention by kind

Rules for the parts of a case file, the days on which those parts end, evidence that they were
erased; runs that follow a changed rule in batches; destruction lists that are executed case by
case. What is due is erased by one function of `kim_cases_statistics`, because nobody may see an
entrusted note but its owner; it looks itself whether the records are due.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, allow, secure

revision = "e7c25d90af18"
down_revision = "a1f0c3d5e7b9"
branch_labels = None
depends_on = None

APP = "kim_cases_app"
STATISTICS = "kim_cases_statistics"
ERASURE_POLICY = f"{STATISTICS}_erasure"
WORKER_POLICY = f"{STATISTICS}_worker"
ROLES = "(select current_setting('app.roles', true))"
NOT_BLIND = (
    f"{ROLES} !~ ',b3_officer,'"
    " and (select current_setting('app.unit_type', true)) not in ('ABH', 'EBH')"
)
MINE = f"{TENANT_IS_MINE} and {UNIT_IS_MINE} and {NOT_BLIND}"
IS_CASE_STAFF = f"{MINE} and {ROLES} ~ ',(case_manager|system),'"
SEES_RULES = f"{MINE} and {ROLES} ~ ',(case_manager|team_lead|system),'"
IS_SYSTEM = "(select current_setting('app.roles', true) = ',system,')"
OF_THE_UNIT = f"{IS_SYSTEM} and {TENANT_IS_MINE} and {UNIT_IS_MINE}"

KINDS_BEFORE = "('CASE_FILE', 'PERSON', 'STAFF', 'ACCESS_LOG', 'MESSAGE', 'ERASURE_EVIDENCE')"
KINDS = (
    "('CASE_FILE', 'ASSESSMENT', 'CONTACT', 'NOTE', 'CONSENT', 'DOCUMENT', 'EXTRACT', 'PERSON',"
    " 'STAFF', 'ACCESS_LOG', 'MESSAGE', 'ERASURE_EVIDENCE')"
)
STATES = "'DRAFT', 'IN_REVIEW', 'CHANGES_REQUESTED', 'REVIEWED', 'APPROVED'"
LIST_CHECKS = {
    "state": (f"state in ({STATES}, 'EXECUTED')", f"state in ({STATES}, 'EXECUTING', 'EXECUTED')"),
    "reviewed": (
        "reviewer is not null or state not in ('REVIEWED', 'APPROVED', 'EXECUTED')",
        "reviewer is not null or state not in ('REVIEWED', 'APPROVED', 'EXECUTING', 'EXECUTED')",
    ),
    "approved": (
        "approver is not null or state not in ('APPROVED', 'EXECUTED')",
        "approver is not null or state not in ('APPROVED', 'EXECUTING', 'EXECUTED')",
    ),
}
PARTS = {
    "assessment_entry": "tenant_id, unit_id, case_id",
    "indication_checklist": "tenant_id, unit_id, case_id",
    "contact_attempt": "tenant_id, unit_id, case_id",
    "counselling_contact": "tenant_id, unit_id, case_id",
    "note": "tenant_id, unit_id, case_id",
    "consent": "id, tenant_id, unit_id, case_id, evidence_document_id",
    "document": "id, tenant_id, unit_id, case_id",
    "extract_origin": "tenant_id, unit_id, case_id",
}
NEED_CONSENTS = ("conference_participant", "note_release")

ERASE_RECORDS_DUE = """
create function erase_records_due(of_kind text, of_case uuid) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  tenant text := current_setting('app.tenant', true);
  gone int := 0;
  part int;
begin
  perform from kind_deadline d join case_record c on c.id = d.case_id
    where d.tenant_id = tenant and d.case_id = of_case and d.data_kind = of_kind
      and d.due_on <= (now() at time zone 'Europe/Berlin')::date
      and c.state in ('CLOSED', 'DECLINED')
      and not c.is_under_legal_hold and c.archive_answer is not null;
  if not found then
    raise check_violation using message = 'These records are not due.';
  end if;
  if of_kind = 'ASSESSMENT' then
    delete from assessment_entry where tenant_id = tenant and case_id = of_case;
    get diagnostics gone = row_count;
    delete from indication_checklist where tenant_id = tenant and case_id = of_case;
  elsif of_kind = 'CONTACT' then
    delete from contact_attempt where tenant_id = tenant and case_id = of_case;
    get diagnostics gone = row_count;
    delete from counselling_contact where tenant_id = tenant and case_id = of_case;
  elsif of_kind = 'NOTE' then
    delete from note where tenant_id = tenant and case_id = of_case;
  elsif of_kind = 'CONSENT' then
    -- On what a conference or a receiver of a note was told something, stays with that.
    delete from consent n where n.tenant_id = tenant and n.case_id = of_case
      and not exists (
        select from conference_participant p
         where p.tenant_id = tenant and (p.consent_id = n.id or p.release_id = n.id))
      and not exists (
        select from note_release r
         where r.tenant_id = tenant and (r.consent_id = n.id or r.release_id = n.id));
  elsif of_kind = 'DOCUMENT' then
    -- What proves a consent stays with the consent.
    delete from document d where d.tenant_id = tenant and d.case_id = of_case and not exists (
      select from consent n
       where n.tenant_id = tenant and n.case_id = of_case and n.evidence_document_id = d.id);
  elsif of_kind = 'EXTRACT' then
    delete from extract_origin where tenant_id = tenant and case_id = of_case;
  else
    raise check_violation using message = 'There are no records of this kind.';
  end if;
  get diagnostics part = row_count;
  return gone + part;
end $$"""

RETENTION_WORK = """
create function retention_work(today date) returns table (tenant_id text, unit_id text)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.tenant_id, r.unit_id from rule_run r
   where r.ended_at is null and r.from_on <= today
  union
  select c.tenant_id, c.unit_id from case_record c
   where c.deletion_due_on is null and c.state in ('CLOSED', 'DECLINED')
     and c.closed_on is not null
  union
  select d.tenant_id, d.unit_id from kind_deadline d join case_record c on c.id = d.case_id
   where d.due_on <= today and c.state in ('CLOSED', 'DECLINED')
     and not c.is_under_legal_hold and c.archive_answer is not null
  union
  select l.tenant_id, l.unit_id from destruction_list l where l.state = 'EXECUTING'
$$"""
FUNCTIONS = {
    "erase_records_due(text, uuid)": ERASE_RECORDS_DUE,
    "retention_work(date)": RETENTION_WORK,
}


def _unit_table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def _create_tables() -> None:
    _unit_table(
        "rule_run",
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("cases_total", sa.Integer(), nullable=False),
        sa.Column("cases_done", sa.Integer(), nullable=False),
        sa.Column("cases_changed", sa.Integer(), nullable=False),
        sa.Column("last_case_id", sa.Uuid(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
    )
    _unit_table(
        "kind_deadline",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("data_kind", sa.String(length=30), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.CheckConstraint(f"data_kind in {KINDS}", name=op.f("ck_kind_deadline_data_kind")),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["case_file.id"],
            name=op.f("fk_kind_deadline_case_id_case_file"),
            ondelete="CASCADE",
        ),
    )
    _unit_table(
        "kind_erasure",
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("data_kind", sa.String(length=30), nullable=False),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"data_kind in {KINDS}", name=op.f("ck_kind_erasure_data_kind")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_record.id"], name=op.f("fk_kind_erasure_case_id_case_record")
        ),
    )
    op.create_index(
        "ix_rule_run_open",
        "rule_run",
        ["tenant_id", "unit_id", "from_on"],
        postgresql_where=sa.text("ended_at is null"),
    )
    keys = ["tenant_id", "case_id", "data_kind"]
    op.create_index("uq_kind_deadline", "kind_deadline", keys, unique=True)
    op.create_index("ix_kind_deadline_due", "kind_deadline", ["tenant_id", "unit_id", "due_on"])
    op.create_index("uq_kind_erasure", "kind_erasure", keys, unique=True)
    op.create_index(
        "ix_case_record_dayless",
        "case_record",
        ["tenant_id", "unit_id", "id"],
        postgresql_where=sa.text("deletion_due_on is null and state in ('CLOSED', 'DECLINED')"),
    )


def _secure_tables() -> None:
    secure(
        "rule_run",
        role=APP,
        privileges="select, insert,"
        " update (cases_total, cases_done, cases_changed, last_case_id, started_at, ended_at)",
        using=SEES_RULES,
    )
    secure("kind_deadline", role=APP, privileges="select, insert, delete", using=IS_CASE_STAFF)
    secure(
        "kind_erasure",
        role=APP,
        privileges="select, insert, update (records, erased_at)",
        using=IS_CASE_STAFF,
    )
    for table, columns in PARTS.items():
        allow(
            table,
            role=STATISTICS,
            privileges=f"select ({columns}), delete",
            using=OF_THE_UNIT,
            name=ERASURE_POLICY,
        )
    for table in NEED_CONSENTS:
        allow(
            table,
            role=STATISTICS,
            privileges="select (tenant_id, unit_id, consent_id, release_id)",
            using=OF_THE_UNIT,
            name=ERASURE_POLICY,
        )
    op.execute(f"grant delete on family_move to {APP}")
    for table, columns in {
        "rule_run": "tenant_id, unit_id, from_on, ended_at",
        "kind_deadline": "tenant_id, unit_id, case_id, data_kind, due_on",
        "destruction_list": "tenant_id, unit_id, state",
        "case_record": "closed_on, deletion_due_on, is_under_legal_hold, archive_answer",
    }.items():
        allow(
            table,
            role=STATISTICS,
            privileges=f"select ({columns})",
            using=IS_SYSTEM,
            name=WORKER_POLICY,
        )


def upgrade() -> None:
    op.drop_constraint(op.f("ck_deletion_rule_data_kind"), "deletion_rule", type_="check")
    op.create_check_constraint(
        op.f("ck_deletion_rule_data_kind"), "deletion_rule", f"data_kind in {KINDS}"
    )
    for name, (_, check) in LIST_CHECKS.items():
        constraint = op.f(f"ck_destruction_list_{name}")
        op.drop_constraint(constraint, "destruction_list", type_="check")
        op.create_check_constraint(constraint, "destruction_list", check)
    _create_tables()
    _secure_tables()
    for signature, body in FUNCTIONS.items():
        op.execute(body)
        op.execute(f"revoke all on function {signature} from public")
        op.execute(f"grant execute on function {signature} to {APP}")
        op.execute(f"alter function {signature} owner to {STATISTICS}")


def downgrade() -> None:
    """Rules for parts are lost, and a list in execution is one that was approved."""
    op.execute(f"set role {STATISTICS}")
    for signature in FUNCTIONS:
        op.execute(f"drop function {signature}")
    op.execute("reset role")
    op.execute(f"revoke delete on family_move from {APP}")
    for table in (*PARTS, *NEED_CONSENTS):
        op.execute(f"drop policy {ERASURE_POLICY} on {table}")
        op.execute(f"revoke delete on {table} from {STATISTICS}")
    for table in NEED_CONSENTS:
        op.execute(f"revoke all on {table} from {STATISTICS}")
    for table in ("destruction_list", "case_record"):
        op.execute(f"drop policy {WORKER_POLICY} on {table}")
    op.execute(f"revoke all on destruction_list from {STATISTICS}")
    op.drop_index("ix_case_record_dayless", table_name="case_record")
    for table in ("kind_erasure", "kind_deadline", "rule_run"):
        op.drop_table(table)
    op.execute("alter table destruction_list no force row level security")
    op.execute("update destruction_list set state = 'APPROVED' where state = 'EXECUTING'")
    op.execute("alter table destruction_list force row level security")
    for name, (check, _) in LIST_CHECKS.items():
        constraint = op.f(f"ck_destruction_list_{name}")
        op.drop_constraint(constraint, "destruction_list", type_="check")
        op.create_check_constraint(constraint, "destruction_list", check)
    op.execute("alter table deletion_rule no force row level security")
    parts = f"delete from deletion_rule where data_kind not in {KINDS_BEFORE}"  # noqa: S608 - a constant list
    op.execute(parts)
    op.execute("alter table deletion_rule force row level security")
    op.drop_constraint(op.f("ck_deletion_rule_data_kind"), "deletion_rule", type_="check")
    op.create_check_constraint(
        op.f("ck_deletion_rule_data_kind"), "deletion_rule", f"data_kind in {KINDS_BEFORE}"
    )
