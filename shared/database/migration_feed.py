"""What migrations of every service say about the feed and the record of changes.

Both are written by triggers whose functions belong to `kim_<service>_statistics`: a writer may add
to what it cannot read, and nobody can write an entry by hand. A position is the number of the
writing transaction, but never lower than the one before it of the same subject or record.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import TENANT_IS_MINE, secure

FOR_MY_UNIT = (
    f"{TENANT_IS_MINE} and (audience = '{{}}'"
    " or (select current_setting('app.unit', true)) = any (audience))"
)
FEED_EVENT = """
create function feed_event() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into feed_entry (id, tenant_id, feed_tx, type, subject, at, actor_unit, audience, data)
  values (new.id, new.tenant_id,
          greatest((pg_current_xact_id()::text)::bigint,
                   (select max(f.feed_tx) from feed_entry f
                     where f.tenant_id = new.tenant_id and f.subject = new.aggregate_id)),
          new.subject, new.aggregate_id, new.created_at, current_setting('app.unit', true),
          new.audience, new.payload -> 'data');
  return null;
end $$"""
NOTE_CHANGE = """
create function note_change_of_{table}() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  it public.{table}%rowtype;
begin
  if tg_op = 'DELETE' then it := old; else it := new; end if;
  insert into record_change (tenant_id, kind, record_id, change_tx, version, changed_at,
                             is_deleted, audience)
  values (it.tenant_id, '{kind}', it.id, (pg_current_xact_id()::text)::bigint, it.version,
          clock_timestamp(), tg_op = 'DELETE', {audience})
  on conflict (tenant_id, kind, record_id) do update
  set change_tx = greatest(excluded.change_tx, record_change.change_tx),
      version = excluded.version, changed_at = excluded.changed_at,
      is_deleted = excluded.is_deleted, audience = excluded.audience;
  return null;
end $$"""
BACKFILL = """
insert into record_change (tenant_id, kind, record_id, change_tx, version, changed_at,
                           is_deleted, audience)
select it.tenant_id, '{kind}', it.id, (pg_current_xact_id()::text)::bigint, it.version,
       clock_timestamp(), false, {audience}
  from public.{table} it"""


def add_feed(service: str) -> None:
    """The feed over the outbox, the record of changes and their horizon, each with its policies."""
    app, relay = f"kim_{service}_app", f"kim_{service}_relay"
    units = postgresql.ARRAY(sa.String(length=63))
    op.add_column(
        "outbox_message",
        sa.Column("audience", units, server_default=sa.text("'{}'"), nullable=False),
    )
    _create_tables(units)
    for table in ("feed_entry", "record_change"):
        secure(table, role=app, privileges="select", using=FOR_MY_UNIT)
    secure("feed_horizon", role=app, privileges="select")
    _let("feed_entry", service, "insert, select (tenant_id, subject, feed_tx)")
    _let("record_change", service, "select, insert, update")
    for table, columns in (
        ("feed_entry", "id, tenant_id, feed_tx, at"),
        ("record_change", "record_id, tenant_id, change_tx, changed_at, is_deleted"),
    ):
        using = "is_deleted" if table == "record_change" else "true"
        op.execute(f"grant select ({columns}), delete on {table} to {relay}")
        op.execute(f"create policy {relay}_rows on {table} to {relay} using ({using})")
    op.execute(f"grant select, insert, update on feed_horizon to {relay}")
    op.execute(
        f"create policy {relay}_rows on feed_horizon to {relay} using (true) with check (true)"
    )
    op.execute(FEED_EVENT)
    _trigger(service, "feed_event", "insert", "outbox_message")


def follow_changes(
    service: str, table: str, kind: str, audience: str = "array[it.unit_id]", *, filled: bool = True
) -> None:
    """Keep the record of changes of a table with the columns id, tenant_id and version.

    `audience` is SQL over `it`, the row: the units that may know; `'{}'` means all of the tenant.
    A `filled` table has its records of before noted as changed now.
    """
    words = {"table": table, "kind": kind, "audience": audience}
    op.execute(NOTE_CHANGE.format(**words))
    _trigger(service, f"note_change_of_{table}", "insert or update or delete", table)
    if filled:
        for forced in (table, "record_change"):
            op.execute(f"alter table {forced} no force row level security")
        op.execute(BACKFILL.format(**words))
        for forced in (table, "record_change"):
            op.execute(f"alter table {forced} force row level security")


def remove_feed(service: str, *tables: str) -> None:
    """The way back; `tables` are those whose changes were followed."""
    for table in tables:
        op.execute(f"drop trigger note_change_of_{table} on {table}")
    op.execute("drop trigger feed_event on outbox_message")
    op.execute(f"set role kim_{service}_statistics")
    for function in ("feed_event", *(f"note_change_of_{table}" for table in tables)):
        op.execute(f"drop function {function}()")
    op.execute("reset role")
    for table in ("feed_horizon", "record_change", "feed_entry"):
        op.drop_table(table)
    op.drop_column("outbox_message", "audience")


def _create_tables(units: "postgresql.ARRAY[str]") -> None:
    op.create_table(
        "feed_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("feed_tx", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_unit", sa.String(length=63), nullable=False),
        sa.Column("audience", units, nullable=False),
        sa.Column("data", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_entry")),
    )
    op.create_index("ix_feed_entry_feed", "feed_entry", ["tenant_id", "feed_tx", "id"])
    op.create_index("ix_feed_entry_subject", "feed_entry", ["tenant_id", "subject", "feed_tx"])
    op.create_table(
        "record_change",
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("change_tx", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), nullable=False),
        sa.Column("audience", units, nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "kind", "record_id", name=op.f("pk_record_change")),
    )
    op.create_index(
        "ix_record_change_feed", "record_change", ["tenant_id", "change_tx", "record_id"]
    )
    op.create_table(
        "feed_horizon",
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("feed", sa.String(length=10), nullable=False),
        sa.Column("position_tx", sa.BigInteger(), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "feed", name=op.f("pk_feed_horizon")),
    )


def _let(table: str, service: str, privileges: str) -> None:
    role = f"kim_{service}_statistics"
    op.execute(f"grant {privileges} on {table} to {role}")
    op.execute(f"create policy {role}_rows on {table} to {role} using (true) with check (true)")


def _trigger(service: str, function: str, when: str, table: str) -> None:
    op.execute(
        f"create trigger {function} after {when} on {table}"
        f" for each row execute function {function}()"
    )
    op.execute(f"revoke execute on function {function}() from public")
    op.execute(f"alter function {function}() owner to kim_{service}_statistics")
