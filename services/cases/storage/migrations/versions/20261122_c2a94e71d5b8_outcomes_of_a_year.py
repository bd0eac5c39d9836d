"""outcomes of a year

One more function that sees more than its caller: how many cases of the tenant were open between two
days, by how they ended. It gives away counts and nothing else; the operation hides the small ones.
"""

from alembic import op

revision = "c2a94e71d5b8"
down_revision = "b81d40c7e2a5"
branch_labels = None
depends_on = None

APP, STATISTICS = "kim_cases_app", "kim_cases_statistics"
IS_NO_AUTHORITY = (
    "((select current_setting('app.roles', true)) !~ ',b3_officer,'"
    " and (select current_setting('app.unit_type', true)) not in ('ABH', 'EBH'))"
)
# A case that ended on a day nobody recorded is not counted: nobody knows in which year it ended.
COUNT_OUTCOMES = f"""
create function count_case_outcomes(first_day date, last_day date)
returns table (outcome text, cases bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select case when c.closed_on <= last_day then coalesce(c.closing_reason, 'OTHER')
              else 'RUNNING' end,
         count(*)
    from case_record c
   where c.tenant_id = (select current_setting('app.tenant', true))
     and c.opened_on <= last_day
     and (c.closed_on >= first_day
          or (c.closed_on is null and c.state not in ('CLOSED', 'DECLINED', 'ERASED')))
     and c.state not in ('REQUESTED', 'DECLINED')
     and {IS_NO_AUTHORITY}
   group by 1 order by 1
$$"""  # noqa: S608 - a constant condition
SIGNATURE = "count_case_outcomes(date, date)"


def upgrade() -> None:
    op.execute(f"grant select (closed_on) on case_record to {STATISTICS}")
    op.execute(COUNT_OUTCOMES)
    op.execute(f"revoke all on function {SIGNATURE} from public")
    op.execute(f"grant execute on function {SIGNATURE} to {APP}")
    op.execute(f"alter function {SIGNATURE} owner to {STATISTICS}")


def downgrade() -> None:
    op.execute(f"set role {STATISTICS}")
    op.execute(f"drop function {SIGNATURE}")
    op.execute("reset role")
    op.execute("revoke select (closed_on) on case_record from kim_cases_statistics")
