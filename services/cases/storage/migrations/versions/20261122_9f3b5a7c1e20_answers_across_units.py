"""answers across units

Four functions see more than their callers, and give away less: counts per state, municipality and
cohort; the units to contact for a fingerprint; anonymised extracts of the caller's own unit;
consents whose day has come. They belong to `kim_cases_statistics`, which nobody logs in as; it
reads single columns, never a name, and the tenant comes from the connection, never from an
argument.
"""

from alembic import op

from shared.database.migration import TENANT_IS_MINE, allow

revision = "9f3b5a7c1e20"
down_revision = "4bd11d2842d7"
branch_labels = None
depends_on = None

STATISTICS = "kim_cases_statistics"
IS_SYSTEM = "(select current_setting('app.roles', true) = ',system,')"
COLUMNS = {
    "case_record": "id, tenant_id, unit_id, person_id, family_id, municipality_ags, state,"
    " state_since, opened_on, closing_reason",
    "case_phase": "tenant_id, case_id, position, to_state, on_date",
    "family": "id, tenant_id, arrival_cohort",
    "family_member": "tenant_id, family_id, person_id, to_on",
    "person": "id, tenant_id, match_key",
    "assessment_entry": "tenant_id, case_id, field_of_action",
}
OPEN = "('REQUESTED', 'INTAKE', 'ASSESSMENT', 'PLANNING', 'LINKING', 'MONITORING', 'EVALUATION')"

# Families in counselling on a day: taken in, not yet ended. The state stands in the record unless
# it changed after the day; only then is the history asked. A family with several cases counts
# once, by the latest. With less memory the sorts of a large county would go to disk.
COUNT_FAMILIES = """
create function count_families(as_of date)
returns table (state text, municipality_ags text, arrival_cohort text, families bigint)
language sql stable security definer set search_path = public, pg_temp set work_mem = '32MB' as $$
  with on_the_day as (
    select c.family_id, c.municipality_ags, c.opened_on, c.id,
           case when c.state_since <= as_of then c.state
                else (select p.to_state from case_phase p
                       where p.tenant_id = c.tenant_id and p.case_id = c.id and p.on_date <= as_of
                       order by p.position desc limit 1) end as state
      from case_record c
     where c.tenant_id = (select current_setting('app.tenant', true))
       and c.opened_on <= as_of and c.family_id is not null
  ), counted as (
    select distinct on (d.family_id) d.family_id, d.state, d.municipality_ags
      from on_the_day d
     where d.state in ('INTAKE', 'ASSESSMENT', 'PLANNING', 'LINKING', 'MONITORING', 'EVALUATION')
     order by d.family_id, d.opened_on desc, d.id desc
  )
  select k.state, k.municipality_ags, f.arrival_cohort, count(*)
    from counted k join family f on f.id = k.family_id
   group by k.state, k.municipality_ags, f.arrival_cohort
$$"""

FIND_OTHER_CARE = f"""
create function units_with_open_case(fingerprint text)
returns setof text
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct c.unit_id
    from person p
    left join family_member m
      on m.tenant_id = p.tenant_id and m.person_id = p.id and m.to_on is null
    join case_record c
      on c.tenant_id = p.tenant_id and (c.person_id = p.id or c.family_id = m.family_id)
   where p.tenant_id = (select current_setting('app.tenant', true))
     and p.match_key = fingerprint
     and c.state in {OPEN}
     and (select current_setting('app.roles', true) like '%,case_manager,%')
$$"""  # noqa: S608 - a constant list of states

CASE_EXTRACTS = """
create function case_extracts(rows_max int)
returns table (state text, opened_year int, closing_reason text, fields_of_action text[])
language sql stable security definer set search_path = public, pg_temp as $$
  select c.state, extract(year from c.opened_on)::int, c.closing_reason,
         array(select distinct a.field_of_action from assessment_entry a
                where a.tenant_id = c.tenant_id and a.case_id = c.id order by 1)::text[]
    from case_record c
   where c.tenant_id = (select current_setting('app.tenant', true))
     and c.unit_id = (select current_setting('app.unit', true))
     and c.state not in ('REQUESTED', 'DECLINED', 'ERASED')
     and (select current_setting('app.roles', true) like '%,team_lead,%')
   order by md5(c.id::text) limit rows_max
$$"""

CONSENTS_DUE = """
create function consents_due(today date)
returns table (tenant_id text, unit_id text, id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.tenant_id, c.unit_id, c.id from consent c
   where (c.state = 'ACTIVE' and c.valid_to < today)
      or (c.state = 'SCHEDULED' and c.valid_from <= today)
   order by c.tenant_id, c.unit_id, c.id limit 500
$$"""

FUNCTIONS = {
    "count_families(date)": COUNT_FAMILIES,
    "units_with_open_case(text)": FIND_OTHER_CARE,
    "case_extracts(int)": CASE_EXTRACTS,
    "consents_due(date)": CONSENTS_DUE,
}


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        allow(table, role=STATISTICS, privileges=f"select ({columns})", using=TENANT_IS_MINE)
    allow(
        "consent",
        role=STATISTICS,
        privileges="select (id, tenant_id, unit_id, state, valid_from, valid_to)",
        using=IS_SYSTEM,
    )
    for signature, body in FUNCTIONS.items():
        op.execute(body)
        op.execute(f"revoke all on function {signature} from public")
        op.execute(f"grant execute on function {signature} to kim_cases_app")
        op.execute(f"alter function {signature} owner to {STATISTICS}")


def downgrade() -> None:
    op.execute(f"set role {STATISTICS}")
    for signature in FUNCTIONS:
        op.execute(f"drop function {signature}")
    op.execute("reset role")
    for table in (*COLUMNS, "consent"):
        op.execute(f"drop policy {STATISTICS}_rows on {table}")
        op.execute(f"revoke all on {table} from {STATISTICS}")
