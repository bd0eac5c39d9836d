"""records brought back

A backup that is restored brings back what was deleted since. The database of the keys knows what
was: this function says which of it is here again.
"""

from alembic import op

from shared.database.migration import SYSTEM_ASKS

revision = "b61f0d94e7a2"
down_revision = "5ac0d7e1943b"
branch_labels = None
depends_on = None

APP = "kim_referrals_app"
STATISTICS = "kim_referrals_statistics"
POLICY = "brought_back"
COLUMNS = {
    "recipient_record": "id, tenant_id, unit_id, case_id",
    "sender_record": "unit_id, subject_reference, case_id",
}
SIGNATURE = "records_brought_back(text[], uuid[], text[])"
# What may stand in a referral for a while and be forgotten: its content, what a draft knew of the
# person, and the cases of its two sides.
RECORDS_BROUGHT_BACK = f"""
create function records_brought_back(tenants text[], holders uuid[], parts text[])
returns table (tenant_id text, unit_id text, id uuid, part text, case_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  with gone as (
    select * from unnest(tenants, holders, parts) g (tenant, id, part) where {SYSTEM_ASKS})
  select r.tenant_id, r.sender_unit, r.id, g.part, null::uuid
    from gone g join referral r on r.tenant_id = g.tenant and r.id = g.id
   where g.part = 'CONTENT' and exists (select from referral_content c where c.id = r.id)
  union all
  select s.tenant_id, s.unit_id, s.id, g.part, null
    from gone g join sender_record s on s.tenant_id = g.tenant and s.id = g.id
   where g.part = 'GROUND' and s.subject_reference <> '-'
      or g.part = 'CASE-SENT/KEYS-STAY' and s.case_id is not null
  union all
  select c.tenant_id, c.unit_id, c.id, g.part, c.case_id
    from gone g join recipient_record c on c.tenant_id = g.tenant and c.id = g.id
   where g.part = 'CASE-RECEIVED/KEYS-STAY' and c.case_id is not null
$$"""  # noqa: S608 - our own text


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        op.execute(f"grant select ({columns}) on {table} to {STATISTICS}")
        op.execute(
            f"create policy {POLICY} on {table} for select to {STATISTICS} using ({SYSTEM_ASKS})"
        )
    op.execute(RECORDS_BROUGHT_BACK)
    op.execute(f"revoke all on function {SIGNATURE} from public")
    op.execute(f"grant execute on function {SIGNATURE} to {APP}")
    op.execute(f"alter function {SIGNATURE} owner to {STATISTICS}")


def downgrade() -> None:
    op.execute(f"set role {STATISTICS}")
    op.execute(f"drop function {SIGNATURE}")
    op.execute("reset role")
    for table, columns in COLUMNS.items():
        op.execute(f"drop policy {POLICY} on {table}")
        revoked = columns.removeprefix("id, tenant_id, ")
        op.execute(f"revoke select ({revoked}) on {table} from {STATISTICS}")  # noqa: S608 - names from code
