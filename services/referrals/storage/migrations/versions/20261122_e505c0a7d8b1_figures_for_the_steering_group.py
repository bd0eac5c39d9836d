"""figures for the steering group

One function counts the referrals of a year by everything that the report for the steering group
shows, in one pass: groups and medians, never a row, and to nobody without a role for figures.
"""

from alembic import op

revision = "e505c0a7d8b1"
down_revision = "e504d1f2a6c7"
branch_labels = None
depends_on = None

APP = "kim_referrals_app"
STATISTICS = "kim_referrals_statistics"
SIGNATURE = "referral_controlling(int, timestamptz)"
CONTROLLING = """
create function referral_controlling(of_year int, settled_at timestamptz)
returns table (by_group text, value text, within text, quarter int, is_value boolean,
               referrals bigint, pulled bigint, days_to_pull numeric,
               answered bigint, days_to_answer numeric)
language sql stable security definer set search_path = public, pg_temp as $$
with sent as (
  select r.id, r.tenant_id, r.sender_unit, r.submitted_at,
         r.submitted_at at time zone 'Europe/Berlin' as local
    from referral r
   where r.tenant_id = (select current_setting('app.tenant', true))
     and r.submitted_at >= make_timestamptz(of_year, 1, 1, 0, 0, 0, 'Europe/Berlin')
     and r.submitted_at < make_timestamptz(of_year + 1, 1, 1, 0, 0, 0, 'Europe/Berlin')
     and (select current_setting('app.roles', true)) ~ ',(coordinator|unit_head|auditor),'
), settled as (
  select s.*, last.recipient_unit, last.to_state, step.pulled_at, step.answered_at
    from sent s
    join lateral (
      select e.recipient_unit, e.to_state from referral_event e
       where e.tenant_id = s.tenant_id and e.referral_id = s.id and e.at < settled_at
       order by e.feed_tx desc, e.id desc limit 1) last on true
    join lateral (
      select min(e.at) filter (where e.to_state in
               ('DELIVERED', 'IN_REVIEW', 'ACCEPTED', 'REJECTED')) as pulled_at,
             min(e.at) filter (where e.to_state in ('ACCEPTED', 'REJECTED')) as answered_at
        from referral_event e
       where e.tenant_id = s.tenant_id and e.referral_id = s.id and e.at < settled_at) step on true
), named as (
  select extract(quarter from s.local)::int as quarter, to_char(s.local, 'YYYY-MM') as month,
         coalesce(sender.type, 'UNKNOWN') as sender_type,
         coalesce(recipient.type, 'UNKNOWN') as recipient_type,
         case when s.to_state in ('ACCEPTED', 'IN_SERVICE') then 'ACCEPTED'
              when s.to_state in ('COMPLETED', 'RETURNED', 'REJECTED', 'EXPIRED', 'WITHDRAWN')
                then s.to_state
              else 'OPEN' end as outcome,
         extract(epoch from s.pulled_at - s.submitted_at) / 86400 as pull,
         extract(epoch from s.answered_at - s.submitted_at) / 86400 as answer
    from settled s
    left join org_unit sender
      on sender.tenant_id = s.tenant_id and sender.unit_id = s.sender_unit
    left join org_unit recipient
      on recipient.tenant_id = s.tenant_id and recipient.unit_id = s.recipient_unit
)
select g.by_group, g.value, g.within, n.quarter, grouping(g.value) = 0, count(*),
       count(n.pull), round(percentile_cont(0.5) within group (order by n.pull)::numeric, 1),
       count(n.answer), round(percentile_cont(0.5) within group (order by n.answer)::numeric, 1)
  from named n
  cross join lateral (values
    ('month', n.month, ''), ('senderType', n.sender_type, ''),
    ('recipientType', n.recipient_type, ''), ('outcome', n.outcome, ''),
    ('flow', n.recipient_type, n.sender_type), ('outcomeOfType', n.outcome, n.recipient_type)
  ) g (by_group, value, within)
 group by grouping sets ((g.by_group, g.value, g.within, n.quarter),
                         (g.by_group, g.value, g.within),
                         (g.by_group, n.quarter), (g.by_group))
$$"""


def upgrade() -> None:
    op.execute(CONTROLLING)
    op.execute(f"revoke all on function {SIGNATURE} from public")
    op.execute(f"grant execute on function {SIGNATURE} to {APP}")
    op.execute(f"alter function {SIGNATURE} owner to {STATISTICS}")


def downgrade() -> None:
    op.execute(f"set role {STATISTICS}")
    op.execute(f"drop function {SIGNATURE}")
    op.execute("reset role")
