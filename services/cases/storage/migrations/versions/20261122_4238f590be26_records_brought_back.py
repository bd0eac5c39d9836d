"""records brought back

A backup that is restored brings back what was erased since. The database of the keys knows what
was: this function says which of it is here again.
"""

from alembic import op

from shared.database.migration import SYSTEM_ASKS, allow

revision = "4238f590be26"
down_revision = "67c0f96724b8"
branch_labels = None
depends_on = None

APP = "kim_cases_app"
STATISTICS = "kim_cases_statistics"
POLICY = f"{STATISTICS}_brought_back"
COLUMNS = {
    "case_record": "id, tenant_id, unit_id, state",
    "person": "id, tenant_id, unit_id",
}
SIGNATURE = "records_brought_back(text[], uuid[], text[], timestamptz[])"
# A part counts as erased here when its evidence is no older than what the keys say.
RECORDS_BROUGHT_BACK = f"""
create function records_brought_back(
  tenants text[], holders uuid[], parts text[], instants timestamptz[])
returns table (tenant_id text, unit_id text, holder uuid, part text, erased_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  with gone as (
    select * from unnest(tenants, holders, parts, instants) g (tenant, id, part, at)
     where {SYSTEM_ASKS})
  select c.tenant_id, c.unit_id, c.id, coalesce(nullif(split_part(g.part, '/', 1), ''),
         'CASE_FILE'), g.at
    from gone g join case_record c on c.tenant_id = g.tenant and c.id = g.id
   where c.state <> 'ERASED' and (g.part = '' or not exists (
     select from kind_erasure k
      where k.tenant_id = g.tenant and k.case_id = g.id
        and k.data_kind = split_part(g.part, '/', 1)
        and k.erased_at >= g.at - interval '1 minute'))
  union all
  select p.tenant_id, p.unit_id, p.id, 'PERSON_RECORD', g.at
    from gone g join person p on p.tenant_id = g.tenant and p.id = g.id
   where g.part = ''
$$"""  # noqa: S608 - our own text


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        allow(
            table,
            role=STATISTICS,
            privileges=f"select ({columns})",
            using=SYSTEM_ASKS,
            check="false",
            name=POLICY,
        )
    op.execute(RECORDS_BROUGHT_BACK)
    op.execute(f"revoke all on function {SIGNATURE} from public")
    op.execute(f"grant execute on function {SIGNATURE} to {APP}")
    op.execute(f"alter function {SIGNATURE} owner to {STATISTICS}")


def downgrade() -> None:
    op.execute(f"set role {STATISTICS}")
    op.execute(f"drop function {SIGNATURE}")
    op.execute("reset role")
    for table in COLUMNS:
        op.execute(f"drop policy {POLICY} on {table}")
