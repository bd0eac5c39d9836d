"""deputyships end once, and last no longer than a year

An early end is said once and for now: it is not taken back, not dated into the future and not
signed anew, so that ending a deputyship cannot make it longer. Rows from before keep their days.
"""

from alembic import op

revision = "b7e2409dc516"
down_revision = "270fa9ac1a34"
branch_labels = None
depends_on = None

ENDS_ONCE = """
create function deputyship_ends_once() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp as $$
begin
  if old.ended_at is not null
     and (new.ended_at is distinct from old.ended_at
          or (current_user = 'kim_cases_app' and new.ended_by is distinct from old.ended_by)) then
    raise exception 'A deputyship ends once.' using errcode = 'check_violation';
  end if;
  if old.ended_at is null and new.ended_at > clock_timestamp() + interval '1 minute' then
    raise exception 'A deputyship ends now.' using errcode = 'check_violation';
  end if;
  return new;
end $$"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute(
        "alter table deputyship add constraint ck_deputyship_limit"
        " check (to_on - from_on < 365) not valid"
    )
    op.execute(ENDS_ONCE)
    op.execute(
        "create trigger deputyship_ends_once before update on deputyship"
        " for each row execute function deputyship_ends_once()"
    )


def downgrade() -> None:
    op.execute("drop trigger deputyship_ends_once on deputyship")
    op.execute("drop function deputyship_ends_once()")
    op.drop_constraint(op.f("ck_deputyship_limit"), "deputyship", type_="check")
