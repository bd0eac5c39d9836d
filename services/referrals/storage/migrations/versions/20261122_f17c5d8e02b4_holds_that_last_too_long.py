"""holds that last too long

What is on hold for thirty days, or waits thirty days beyond its term because of holds, is brought
before somebody else all the same.
"""

from alembic import op

revision = "f17c5d8e02b4"
down_revision = "c5c0d27c5e16"
branch_labels = None
depends_on = None

APP = "kim_referrals_app"
STATISTICS = "kim_referrals_statistics"
TOO_LATE = """(r.held_since is null and r.escalate_at <= at
        or least(r.escalate_at, r.held_since) <= at - interval '30 days'
           and r.held_since is not null and r.escalate_at is not null)"""
BEFORE = "r.escalate_at <= at and r.held_since is null"
DUE_WORK = """
create function due_work(
  at timestamptz, rejected_before timestamptz, informed_before date, rows_max int
) returns table (kind text, id uuid, tenant_id text, unit_id text)
language sql stable security definer set search_path = public, pg_temp as $$
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
      and %s limit rows_max)
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
$$"""


def upgrade() -> None:
    make_due_work(TOO_LATE)


def make_due_work(unanswered: str) -> None:
    signature = "due_work(timestamptz, timestamptz, date, int)"
    op.execute(f"drop function {signature}")
    op.execute(DUE_WORK % unanswered)
    op.execute(f"revoke all on function {signature} from public")
    op.execute(f"grant execute on function {signature} to {APP}")
    op.execute(f"alter function {signature} owner to {STATISTICS}")


def downgrade() -> None:
    make_due_work(BEFORE)
