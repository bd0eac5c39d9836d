"""referral figures

One function counts the referrals of a year in the whole tenant, for those who see no referral. It
gives groups and medians, never a row, and to nobody without a role for figures; which of them may be
shown is decided by the service.
"""

from alembic import op

revision = "c5c0d27c5e16"
down_revision = "e503c3d9f5b3"
branch_labels = None
depends_on = None

APP = "kim_referrals_app"
STATISTICS = "kim_referrals_statistics"
SIGNATURE = "referral_figures(int, timestamptz, text)"
REFERRAL_COLUMNS = "id, tenant_id, sender_unit, service_code, mode, submitted_at"
EVENT_COLUMNS = "id, tenant_id, referral_id, feed_tx, at, recipient_unit, to_state"
FIGURES = """
create function referral_figures(of_year int, settled_at timestamptz, by_group text)
returns table (value text, within text, quarter int, is_value boolean, is_within boolean,
               is_quarter boolean, referrals bigint, accepted bigint, days_to_acceptance numeric,
               completed bigint, days_to_completion numeric)
language sql stable security definer set search_path = public, pg_temp as $$
with sent as (
  select r.id, r.tenant_id, r.sender_unit, r.service_code, r.mode, r.submitted_at,
         r.submitted_at at time zone 'Europe/Berlin' as local
    from referral r
   where r.tenant_id = (select current_setting('app.tenant', true))
     and r.submitted_at >= make_timestamptz(of_year, 1, 1, 0, 0, 0, 'Europe/Berlin')
     and r.submitted_at < make_timestamptz(of_year + 1, 1, 1, 0, 0, 0, 'Europe/Berlin')
     and (select current_setting('app.roles', true)) ~ ',(coordinator|unit_head|auditor),'
), settled as (
  select s.*, last.recipient_unit, last.to_state, step.accepted_at, step.completed_at
    from sent s
    join lateral (
      select e.recipient_unit, e.to_state from referral_event e
       where e.tenant_id = s.tenant_id and e.referral_id = s.id and e.at < settled_at
       order by e.feed_tx desc, e.id desc limit 1) last on true
    join lateral (
      select min(e.at) filter (where e.to_state = 'ACCEPTED') as accepted_at,
             min(e.at) filter (where e.to_state = 'COMPLETED') as completed_at
        from referral_event e
       where e.tenant_id = s.tenant_id and e.referral_id = s.id and e.at < settled_at) step on true
), named as (
  select s.*, extract(quarter from s.local)::int as quarter,
         coalesce(sender.type, 'UNKNOWN') as sender_type,
         coalesce(recipient.type, 'UNKNOWN') as recipient_type
    from settled s
    left join org_unit sender
      on sender.tenant_id = s.tenant_id and sender.unit_id = s.sender_unit
    left join org_unit recipient
      on recipient.tenant_id = s.tenant_id and recipient.unit_id = s.recipient_unit
), grouped as (
  select n.quarter,
         case by_group
           when 'month' then to_char(n.local, 'YYYY-MM')
           when 'recipientUnit' then n.recipient_unit
           when 'recipientType' then n.recipient_type
           when 'senderType' then n.sender_type
           when 'service' then n.service_code
           when 'mode' then n.mode
           when 'outcome' then case
             when n.to_state in ('ACCEPTED', 'IN_SERVICE') then 'ACCEPTED'
             when n.to_state in ('COMPLETED', 'RETURNED', 'REJECTED', 'EXPIRED', 'WITHDRAWN')
               then n.to_state
             else 'OPEN' end
           when 'flow' then n.recipient_type
         end as value,
         case by_group when 'recipientUnit' then n.recipient_type when 'flow' then n.sender_type
           else '' end as within,
         extract(epoch from n.accepted_at - n.submitted_at) / 86400 as acceptance,
         extract(epoch from n.completed_at - n.submitted_at) / 86400 as completion
    from named n
)
select g.value, g.within, g.quarter, grouping(g.value) = 0, grouping(g.within) = 0,
       grouping(g.quarter) = 0, count(*), count(g.acceptance),
       round(percentile_cont(0.5) within group (order by g.acceptance)::numeric, 1),
       count(g.completion),
       round(percentile_cont(0.5) within group (order by g.completion)::numeric, 1)
  from grouped g
 group by grouping sets ((g.value, g.within, g.quarter), (g.value, g.within), (g.quarter), ())
having count(*) > 0
$$"""


def upgrade() -> None:
    op.execute(f"grant select ({REFERRAL_COLUMNS}) on referral to {STATISTICS}")
    op.execute(f"grant select ({EVENT_COLUMNS}) on referral_event to {STATISTICS}")
    op.execute(f"create policy figures on referral_event for select to {STATISTICS} using (true)")
    op.execute(FIGURES)
    op.execute(f"revoke all on function {SIGNATURE} from public")
    op.execute(f"grant execute on function {SIGNATURE} to {APP}")
    op.execute(f"alter function {SIGNATURE} owner to {STATISTICS}")


def downgrade() -> None:
    op.execute(f"set role {STATISTICS}")
    op.execute(f"drop function {SIGNATURE}")
    op.execute("reset role")
    op.execute("drop policy figures on referral_event")
    for table, columns in (("referral_event", EVENT_COLUMNS), ("referral", "service_code, mode")):
        op.execute(f"revoke select ({columns}) on {table} from {STATISTICS}")  # noqa: S608 - names from code
