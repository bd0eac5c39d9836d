"""work is listed for the system

What is due in every tenant, jobs, webhooks, clocks and files to scan, comes to whoever acts as
the system, to nobody else; and nobody else makes samples be forgotten.
"""

from alembic import op

from shared.database.migration import SYSTEM_ASKS, list_for_the_system_only

revision = "d06b8f3e91c4"
down_revision = "e505c0a7d8b1"
branch_labels = None
depends_on = None

STATISTICS = "kim_referrals_statistics"
SETTINGS = "security definer set search_path = public, pg_temp as $$"
DUE_WORK = """
create or replace function due_work(
  at timestamptz, rejected_before timestamptz, informed_before date, rows_max int
) returns table (kind text, id uuid, tenant_id text, unit_id text)
language sql stable {settings}
 select due.* from (
  (select 'EXPIRE', r.id, r.tenant_id, r.sender_unit from referral r
    where r.state = 'SUBMITTED' and r.expires_at <= at limit rows_max)
  union all
  (select 'REMIND', r.id, r.tenant_id, r.sender_unit from referral r
    where r.state in ('SUBMITTED', 'FORWARDED') and r.reminded_at is null and r.remind_at <= at
      and (r.expires_at > at or r.state = 'FORWARDED') limit rows_max)
  union all
  (select 'REMIND_ANSWER', r.id, r.tenant_id, r.sender_unit from referral r
    where r.state in ('DELIVERED', 'IN_REVIEW') and r.answer_reminded_at is null
      and r.answer_remind_at <= at and r.held_since is null limit rows_max)
  union all
  (select 'ESCALATE', r.id, r.tenant_id, r.recipient_unit from referral r
    where r.state in ('DELIVERED', 'IN_REVIEW', 'FORWARDED') and r.escalated_at is null
      and (r.held_since is null and r.escalate_at <= at
        or least(r.escalate_at, r.held_since) <= at - interval '30 days'
           and r.held_since is not null and r.escalate_at is not null) limit rows_max)
  union all
  (select 'PURGE', r.id, r.tenant_id, r.sender_unit from referral r
    where r.state = 'REJECTED' and r.answered_at <= rejected_before
      and exists (select from referral_content c where c.id = r.id) limit rows_max)
  union all
  (select 'WITHDRAW', r.id, r.tenant_id, r.sender_unit from referral r
    where r.consent_revoked_at is not null and r.state in ('DELIVERED', 'IN_REVIEW')
    limit rows_max)
  union all
  (select 'NOTICE', n.id, n.tenant_id, n.recipient_unit from notice n
    where n.acknowledged_at is null and n.escalated_at is null and n.answer_by <= at
    limit rows_max)
  union all
  (select 'CLOSE', s.id, s.tenant_id, s.unit_id from signposting s
    where s.state = 'INFORMED' and s.informed_on < informed_before limit rows_max)
 ) due where {condition}
$$"""
PENDING = """
create or replace function attachments_pending(after uuid, rows_max int)
returns table (tenant_id text, unit_id text, id uuid, object_key text)
language sql stable {settings}
  select a.tenant_id, a.unit_id, a.id, a.object_key from attachment a
   where a.scan_state = 'PENDING' and a.id > after and {condition}
   order by a.id limit rows_max
$$"""
FORGET = """
create or replace function forget_routing_samples(before date) returns bigint
language sql volatile {settings}
  with gone as (delete from routing_sample where month < before and {condition} returning 1)
  select count(*) from gone
$$"""


def upgrade() -> None:
    list_for_the_system_only()
    make_functions(SYSTEM_ASKS)


def downgrade() -> None:
    list_for_the_system_only("true")
    make_functions("true")


def make_functions(condition: str) -> None:
    op.execute(f"set role {STATISTICS}")
    for function in (DUE_WORK, PENDING, FORGET):
        op.execute(function.format(settings=SETTINGS, condition=condition))
    op.execute("reset role")
