"""What migrations of every service say about records that a unit does not see any more.

A record of changes stands once, for whoever may read it now. A unit that could and cannot any more
(the record was moved, re-addressed, passed on) gets a row of its own, by a trigger on the record of
changes: no operation has to remember it.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import TENANT_IS_MINE, UNIT_IS_MINE, secure

NOTE_LOST_SIGHT = """
create function note_lost_sight() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from lost_sight l
   where l.tenant_id = new.tenant_id and l.kind = new.kind and l.record_id = new.record_id
     and (new.audience = '{}' or l.unit_id = any (new.audience));
  if new.audience <> '{}' then
    insert into lost_sight (tenant_id, kind, record_id, unit_id, change_tx, version, changed_at)
    select new.tenant_id, new.kind, new.record_id, lost.unit, new.change_tx, new.version,
           new.changed_at
      from unnest(old.audience) as lost (unit) where lost.unit <> all (new.audience)
    on conflict (tenant_id, kind, record_id, unit_id) do update
    set change_tx = greatest(excluded.change_tx, lost_sight.change_tx),
        version = excluded.version, changed_at = excluded.changed_at;
  end if;
  return null;
end $$"""


def add_lost_sight(service: str) -> None:
    app, relay, statistics = (f"kim_{service}_{one}" for one in ("app", "relay", "statistics"))
    op.create_table(
        "lost_sight",
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.String(length=63), nullable=False),
        sa.Column("change_tx", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(
            "tenant_id", "kind", "record_id", "unit_id", name=op.f("pk_lost_sight")
        ),
    )
    op.create_index(
        "ix_lost_sight_feed", "lost_sight", ["tenant_id", "unit_id", "change_tx", "record_id"]
    )
    secure(
        "lost_sight", role=app, privileges="select", using=f"{TENANT_IS_MINE} and {UNIT_IS_MINE}"
    )
    for role, privileges in (
        (statistics, "select, insert, update, delete"),
        (relay, "select (record_id, tenant_id, change_tx, changed_at), delete"),
    ):
        op.execute(f"grant {privileges} on lost_sight to {role}")
        op.execute(f"create policy {role}_rows on lost_sight to {role} using (true)")
    op.execute(NOTE_LOST_SIGHT)
    op.execute(
        "create trigger note_lost_sight after update on record_change for each row"
        " when (old.audience is distinct from new.audience) execute function note_lost_sight()"
    )
    op.execute("revoke execute on function note_lost_sight() from public")
    op.execute(f"alter function note_lost_sight() owner to {statistics}")


def drop_lost_sight(service: str) -> None:
    op.execute("drop trigger note_lost_sight on record_change")
    op.execute(f"set role kim_{service}_statistics")
    op.execute("drop function note_lost_sight()")
    op.execute("reset role")
    op.drop_table("lost_sight")
