"""deputyships last no longer than a year, and only get shorter

Ending one sets its last day; it could be set later than agreed, and so without anybody appointing
anew. The database refuses that as well, and who stands in for whom from when stays as it was. Rows from before keep their days.
"""

from alembic import op

revision = "5f1ac8e3970d"
down_revision = "d83b1c60f9e5"
branch_labels = None
depends_on = None

APP = "kim_referrals_app"

SHORTER = """
create function deputyship_only_gets_shorter() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp as $$
begin
  if new.to_on > old.to_on then
    raise exception 'A deputyship only gets shorter.' using errcode = 'check_violation';
  end if;
  return new;
end $$"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute(
        "alter table deputyship add constraint ck_deputyship_limit"
        " check (to_on - from_on < 365) not valid"
    )
    op.execute(f"revoke update on deputyship from {APP}")
    op.execute(f"grant update (to_on, version, updated_at) on deputyship to {APP}")
    op.execute(SHORTER)
    op.execute(
        "create trigger deputyship_only_gets_shorter before update on deputyship"
        " for each row execute function deputyship_only_gets_shorter()"
    )


def downgrade() -> None:
    op.execute(f"grant update on deputyship to {APP}")
    op.execute("drop trigger deputyship_only_gets_shorter on deputyship")
    op.execute("drop function deputyship_only_gets_shorter()")
    op.drop_constraint(op.f("ck_deputyship_limit"), "deputyship", type_="check")
