"""abandoned drafts

What was written and never sent is listed for the worker, which takes it back.
"""

from alembic import op

from shared.database.migration import SYSTEM_ASKS

revision = "e507c4e0d281"
down_revision = "2fd60a83b7c1"
branch_labels = None
depends_on = None

APP = "kim_referrals_app"
STATISTICS = "kim_referrals_statistics"
SIGNATURE = "abandoned_drafts(timestamptz, int)"
ABANDONED_DRAFTS = f"""
create function abandoned_drafts(before timestamptz, rows_max int)
returns table (id uuid, tenant_id text, unit_id text)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.id, r.tenant_id, r.sender_unit from referral r
   where r.submitted_at is null and r.state in ('DRAFT', 'READY') and r.updated_at < before
     and {SYSTEM_ASKS}
   order by r.id limit rows_max
$$"""  # noqa: S608 - our own text


def upgrade() -> None:
    op.execute(f"grant select (submitted_at, updated_at) on referral to {STATISTICS}")
    op.execute(ABANDONED_DRAFTS)
    op.execute(f"revoke all on function {SIGNATURE} from public")
    op.execute(f"grant execute on function {SIGNATURE} to {APP}")
    op.execute(f"alter function {SIGNATURE} owner to {STATISTICS}")


def downgrade() -> None:
    op.execute(f"set role {STATISTICS}")
    op.execute(f"drop function {SIGNATURE}")
    op.execute("reset role")
    op.execute(f"revoke select (updated_at) on referral from {STATISTICS}")  # noqa: S608 - a constant
