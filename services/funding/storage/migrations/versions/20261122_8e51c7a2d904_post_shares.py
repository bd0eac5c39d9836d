"""post shares

One reason per file. Expand (add nullable), backfill outside in batches, contract in a later
release; indexes on filled tables concurrently; every new table through `secure(...)`.

No hour of work is paid twice, whoever writes and how many at once; products by fiscal year.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import secure

revision = "8e51c7a2d904"
down_revision = "6fc183e5a729"
branch_labels = None
depends_on = None

APP = "kim_funding_app"

# The sum can only rise on a day on which an occupancy begins. The locks make a second writer
# wait for the first, and the select after them sees what the first has committed.
HOLD_SEAT_SHARE = """
create function hold_seat_share() returns trigger language plpgsql
set search_path = public, pg_temp as $$
declare
  too_much record;
begin
  perform pg_advisory_xact_lock(hashtextextended(
    'seat|' || new.tenant_id || '|' || new.position_id || '|' || new.seat, 0));
  if new.holder_ref is not null then
    perform pg_advisory_xact_lock(hashtextextended(
      'holder|' || new.tenant_id || '|' || new.holder_ref, 0));
  end if;
  with same_seat as (
    select o.id, o.share, o.since, o.until from occupancy o
     where o.tenant_id = new.tenant_id and o.position_id = new.position_id and o.seat = new.seat
  ), same_holder as (
    select o.id, o.share, o.since, o.until from occupancy o
     where o.tenant_id = new.tenant_id and o.holder_ref = new.holder_ref
  ), held as (
    select 'seat' as of_what, * from same_seat union all select 'holder', * from same_holder
  ), starts as (
    select distinct of_what, greatest(since, new.since) as day from held
     where since <= coalesce(new.until, 'infinity') and coalesce(until, 'infinity') >= new.since
  )
  select starts.of_what, starts.day, sum(held.share) as share into too_much
    from starts join held on held.of_what = starts.of_what
     and starts.day between held.since and coalesce(held.until, 'infinity')
   group by starts.of_what, starts.day having sum(held.share) > 1
   order by starts.day, starts.of_what limit 1;
  if found then
    raise exception 'the shares of one % are % on %', too_much.of_what, too_much.share, too_much.day
      using errcode = '23514', constraint = 'occupancy_share_at_most_one',
            detail = json_build_object('day', too_much.day, 'share', too_much.share::text,
                                       'of', too_much.of_what);
  end if;
  return null;
end $$"""


def upgrade() -> None:
    op.execute("create extension if not exists btree_gist schema public")
    op.add_column("occupancy", sa.Column("holder_ref", sa.Uuid(), nullable=True))
    op.create_index(
        "ix_occupancy_holder",
        "occupancy",
        ["tenant_id", "holder_ref", "since"],
        unique=False,
        postgresql_where="holder_ref is not null",
    )
    op.execute(
        "alter table occupancy add constraint ex_occupancy_same_programme exclude using gist"
        " (tenant_id with =, position_id with =, seat with =, programme with =,"
        " daterange(since, until, '[]') with &&)"
    )
    op.execute(HOLD_SEAT_SHARE)
    op.execute("revoke all on function hold_seat_share() from public")
    op.execute(
        "create trigger hold_seat_share after insert or update of share, since, until on occupancy"
        " for each row execute function hold_seat_share()"
    )
    op.create_table(
        "position_product",
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("products", sa.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.CheckConstraint(
            "fiscal_year between 2015 and 2199", name=op.f("ck_position_product_fiscal_year")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "position_id"], ["position.tenant_id", "position.id"], name="fk_position"
        ),
        sa.PrimaryKeyConstraint(
            "tenant_id", "position_id", "fiscal_year", name=op.f("pk_position_product")
        ),
    )
    # The owner, too, is under the policies; without this the move would find no row.
    for table in ("position", "position_version"):
        op.execute(f"alter table {table} no force row level security")
    op.execute("""
insert into position_product (tenant_id, position_id, fiscal_year, products, recorded_at,
  recorded_by)
select p.tenant_id, p.id,
       greatest(2015, extract(year from coalesce(v.effective_from, p.created_at)))::int,
       p.products, p.created_at, coalesce(v.recorded_by, 'system')
  from position p
  left join position_version v
    on v.tenant_id = p.tenant_id and v.position_id = p.id and v.number = 1
 where p.products <> '{}'""")
    for table in ("position", "position_version"):
        op.execute(f"alter table {table} force row level security")
    op.drop_column("position", "products")
    secure(
        "position_product",
        role=APP,
        privileges="select, insert, update (products, recorded_at, recorded_by)",
    )


def downgrade() -> None:
    op.add_column(
        "position",
        sa.Column("products", sa.ARRAY(sa.String(length=20)), nullable=False, server_default="{}"),
    )
    for table in ("position", "position_product"):
        op.execute(f"alter table {table} no force row level security")
    op.execute("""
update position p set products = (
  select n.products from position_product n
   where n.tenant_id = p.tenant_id and n.position_id = p.id
   order by n.fiscal_year desc limit 1)
 where exists (select from position_product n
                where n.tenant_id = p.tenant_id and n.position_id = p.id)""")
    op.execute("alter table position force row level security")
    op.alter_column("position", "products", server_default=None)
    op.drop_table("position_product")
    op.execute("drop trigger hold_seat_share on occupancy")
    op.execute("drop function hold_seat_share()")
    op.drop_constraint("ex_occupancy_same_programme", "occupancy")
    op.drop_index("ix_occupancy_holder", table_name="occupancy")
    op.drop_column("occupancy", "holder_ref")
