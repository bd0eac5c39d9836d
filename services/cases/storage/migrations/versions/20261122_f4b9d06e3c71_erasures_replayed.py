"""erasures replayed

What was erased is listed for the whole installation, to be kept outside the database; and the
parts of a file that a restored backup brought back are erased again, as far as they were recorded
before their erasure.
"""

from alembic import op

from shared.database.migration import allow

revision = "f4b9d06e3c71"
down_revision = "e5b8c2a9d014"
branch_labels = None
depends_on = None

APP = "kim_cases_app"
STATISTICS = "kim_cases_statistics"
POLICY = f"{STATISTICS}_worker"
IS_SYSTEM = "(select current_setting('app.roles', true) = ',system,')"
PARTS = (
    "assessment_entry", "indication_checklist", "contact_attempt", "counselling_contact", "note",
    "consent", "document", "extract_origin",
)  # fmt: skip

ERASURES_SINCE = """
create function erasures_since(since timestamptz, after_case uuid, after_kind text, rows_max int)
returns table (tenant_id text, unit_id text, case_id uuid, data_kind text, erased_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.tenant_id, e.unit_id, e.case_id, e.data_kind, e.erased_at from (
    select c.tenant_id, c.unit_id, c.id as case_id, 'CASE_FILE' as data_kind, c.erased_at
      from case_erasure c where c.erased_at >= since
    union all
    select k.tenant_id, k.unit_id, k.case_id, k.data_kind, k.erased_at
      from kind_erasure k where k.erased_at >= since) e
   where (e.erased_at, e.case_id, e.data_kind) > (since, after_case, after_kind)
   order by e.erased_at, e.case_id, e.data_kind limit rows_max
$$"""

# As erase_records_due, but not by the day: by the evidence of the erasure that is done again.
ERASE_RECORDS_AGAIN = """
create function erase_records_again(of_kind text, of_case uuid) returns int
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  tenant text := current_setting('app.tenant', true);
  until timestamptz;
  gone int := 0;
  part int;
begin
  select k.erased_at into until from kind_erasure k join case_record c on c.id = k.case_id
    where k.tenant_id = tenant and k.case_id = of_case and k.data_kind = of_kind
      and not c.is_under_legal_hold;
  if until is null then
    raise check_violation using message = 'These records were not erased before.';
  end if;
  if of_kind = 'ASSESSMENT' then
    delete from assessment_entry
     where tenant_id = tenant and case_id = of_case and recorded_at <= until;
    get diagnostics gone = row_count;
    delete from indication_checklist
     where tenant_id = tenant and case_id = of_case and recorded_at <= until;
  elsif of_kind = 'CONTACT' then
    delete from contact_attempt
     where tenant_id = tenant and case_id = of_case and recorded_at <= until;
    get diagnostics gone = row_count;
    delete from counselling_contact
     where tenant_id = tenant and case_id = of_case and recorded_at <= until;
  elsif of_kind = 'NOTE' then
    delete from note where tenant_id = tenant and case_id = of_case and recorded_at <= until;
  elsif of_kind = 'CONSENT' then
    delete from consent n
     where n.tenant_id = tenant and n.case_id = of_case and n.recorded_at <= until
      and not exists (
        select from conference_participant p
         where p.tenant_id = tenant and (p.consent_id = n.id or p.release_id = n.id))
      and not exists (
        select from note_release r
         where r.tenant_id = tenant and (r.consent_id = n.id or r.release_id = n.id));
  elsif of_kind = 'DOCUMENT' then
    delete from document d
     where d.tenant_id = tenant and d.case_id = of_case and d.recorded_at <= until
       and not exists (
         select from consent n
          where n.tenant_id = tenant and n.case_id = of_case and n.evidence_document_id = d.id);
  elsif of_kind = 'EXTRACT' then
    delete from extract_origin
     where tenant_id = tenant and case_id = of_case and recorded_at <= until;
  else
    raise check_violation using message = 'There are no records of this kind.';
  end if;
  get diagnostics part = row_count;
  return gone + part;
end $$"""
FUNCTIONS = {
    "erasures_since(timestamptz, uuid, text, int)": ERASURES_SINCE,
    "erase_records_again(text, uuid)": ERASE_RECORDS_AGAIN,
}


def upgrade() -> None:
    for table, columns in {
        "case_erasure": "id, tenant_id, unit_id, erased_at",
        "kind_erasure": "tenant_id, unit_id, case_id, data_kind, erased_at",
    }.items():
        allow(
            table,
            role=STATISTICS,
            privileges=f"select ({columns})",
            using=IS_SYSTEM,
            name=POLICY,
        )
    for table in PARTS:
        op.execute(f"grant select (recorded_at) on {table} to {STATISTICS}")
    for signature, body in FUNCTIONS.items():
        op.execute(body)
        op.execute(f"revoke all on function {signature} from public")
        op.execute(f"grant execute on function {signature} to {APP}")
        op.execute(f"alter function {signature} owner to {STATISTICS}")


def downgrade() -> None:
    op.execute(f"set role {STATISTICS}")
    for signature in FUNCTIONS:
        op.execute(f"drop function {signature}")
    op.execute("reset role")
    for table in PARTS:
        op.execute(f"revoke select (recorded_at) on {table} from {STATISTICS}")  # noqa: S608 - constants
    for table in ("case_erasure", "kind_erasure"):
        op.execute(f"drop policy {POLICY} on {table}")
        op.execute(f"revoke all on {table} from {STATISTICS}")
