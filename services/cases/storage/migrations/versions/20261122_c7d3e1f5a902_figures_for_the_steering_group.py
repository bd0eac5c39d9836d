"""figures for the steering group

One more function that sees more than its caller: what was open at the end of each quarter, and what
was opened and closed in it. It gives away counts and nothing else; which of them are shown the
operation decides. What it told is kept as the edition of the quarter in which it was asked.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import TENANT_IS_MINE, secure

revision = "c7d3e1f5a902"
down_revision = "b4a0d27c5e11"
branch_labels = None
depends_on = None

APP, STATISTICS = "kim_cases_app", "kim_cases_statistics"
ASSESSED = "select (need, assessed_on, recorded_at)"
SIGNATURE = "count_case_quarters(date)"
IS_NO_AUTHORITY = (
    "((select current_setting('app.roles', true)) !~ ',b3_officer,'"
    " and (select current_setting('app.unit_type', true)) not in ('ABH', 'EBH'))"
)
# A case that ended on a day nobody recorded is not counted: nobody knows in which quarter it ended.
COUNT_QUARTERS = f"""
create function count_case_quarters(last_day date)
returns table (quarter_end date, by_group text, value text, cases bigint)
language sql stable security definer set search_path = public, pg_temp set work_mem = '32MB' as $$
  with counted as materialized (
    select c.id, c.tenant_id, c.opened_on, c.closed_on, c.state, c.state_since,
           coalesce(c.closing_reason, 'OTHER') as reason,
           coalesce(f.arrival_cohort, 'NONE') as target_group
      from case_record c
      left join family f on f.tenant_id = c.tenant_id and f.id = c.family_id
     where c.tenant_id = (select current_setting('app.tenant', true))
       and c.opened_on <= last_day
       and c.state not in ('REQUESTED', 'DECLINED')
       and (c.closed_on is not null or c.state not in ('CLOSED', 'ERASED'))
       and {IS_NO_AUTHORITY}
  ), quarter as materialized (
    select (q + interval '3 months' - interval '1 day')::date as ends
      from (select date_trunc('quarter', greatest(min(opened_on), date '2015-01-01'))
                     - interval '3 months' as first from counted having count(*) > 0) b,
           generate_series(b.first, last_day, interval '3 months') q
  ), running as materialized (
    select q.ends, c.*,
           case when c.state_since <= q.ends then c.state
                else (select p.to_state from case_phase p
                       where p.tenant_id = c.tenant_id and p.case_id = c.id and p.on_date <= q.ends
                       order by p.position desc limit 1) end as phase
      from quarter q
      join counted c on c.opened_on <= q.ends and (c.closed_on is null or c.closed_on > q.ends)
  )
  select q.ends, 'RUNNING', '', count(r.id)
    from quarter q left join running r on r.ends = q.ends group by 1
  union all
  select ends, 'PHASE', case when phase in ('REQUESTED', 'INTAKE', 'ASSESSMENT', 'PLANNING',
           'LINKING', 'MONITORING', 'EVALUATION') then phase else 'UNKNOWN' end, count(*)
    from running group by 1, 3
  union all
  select ends, 'TARGET_GROUP', target_group, count(*) from running group by 1, 3
  union all
  select ends, 'AGE', case when opened_on > ends - interval '3 months' then 'BELOW_3_MONTHS'
           when opened_on > ends - interval '6 months' then 'FROM_3_TO_6_MONTHS'
           when opened_on > ends - interval '12 months' then 'FROM_6_TO_12_MONTHS'
           when opened_on > ends - interval '24 months' then 'FROM_12_TO_24_MONTHS'
           else 'FROM_24_MONTHS' end, count(*)
    from running group by 1, 3
  union all
  select r.ends, 'FIELD_OF_ACTION', a.field_of_action, count(*)
    from running r
    cross join lateral (
      select distinct on (e.field_of_action) e.field_of_action, e.need
        from assessment_entry e
       where e.tenant_id = r.tenant_id and e.case_id = r.id and e.assessed_on <= r.ends
       order by e.field_of_action, e.recorded_at desc) a
   where a.need <> 'NONE'
   group by 1, 3
  union all
  select q.ends, 'OPENED', '', count(*)
    from quarter q
    join counted c on c.opened_on > q.ends - interval '3 months' and c.opened_on <= q.ends
     and date_trunc('quarter', c.opened_on) = date_trunc('quarter', q.ends)
   group by 1
  union all
  select q.ends, 'CLOSED', c.reason, count(*)
    from quarter q
    join counted c on date_trunc('quarter', c.closed_on) = date_trunc('quarter', q.ends)
   group by 1, 3
   order by 1, 2, 3
$$"""  # noqa: S608 - a constant condition


def upgrade() -> None:
    op.create_table(
        "figure_edition",
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("edition_on", sa.Date(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "edition_on", name=op.f("pk_figure_edition")),
    )
    secure(
        "figure_edition",
        role=APP,
        privileges="select, insert",
        using=f"{TENANT_IS_MINE} and {IS_NO_AUTHORITY}",
    )
    op.execute(f"grant {ASSESSED} on assessment_entry to {STATISTICS}")
    op.execute(COUNT_QUARTERS)
    op.execute(f"revoke all on function {SIGNATURE} from public")
    op.execute(f"grant execute on function {SIGNATURE} to {APP}")
    op.execute(f"alter function {SIGNATURE} owner to {STATISTICS}")


def downgrade() -> None:
    op.execute(f"set role {STATISTICS}")
    op.execute(f"drop function {SIGNATURE}")
    op.execute("reset role")
    op.execute(f"revoke {ASSESSED} on assessment_entry from {STATISTICS}")
    op.drop_table("figure_edition")
