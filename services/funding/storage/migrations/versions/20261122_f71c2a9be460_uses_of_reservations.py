"""uses of reservations

Payments and costs may name the reservation that they use. `reservation_covers_uses` looks when the
transaction ends: what is held is what released payments wait for, what is posted covers all that
was used, and both together stay within what was set aside (CHECK `figures`). The functions that
hold payments and instalments now lock without making references wait.
"""

import sqlalchemy as sa
from alembic import op

revision = "f71c2a9be460"
down_revision = "f60b3d91c7e4"
branch_labels = None
depends_on = None

APP = "kim_funding_app"
USERS = (
    ("payment", "reservation_is_of_the_grant", "reservation_id is null or source = 'LAND'"),
    (
        "expenditure",
        "reservation_is_of_own_cost",
        "reservation_id is null or allocation_id is null",
    ),
)
FIGURES = "amount_cents > 0 and posted_cents >= 0 and posted_cents <= amount_cents"
FIGURES_WITH_HELD = (
    "amount_cents > 0 and posted_cents >= 0 and held_cents >= 0"
    " and posted_cents + held_cents <= amount_cents"
)
RELEASED = "(state = 'POSTED') = (released_by is not null)"
RELEASED_OR_USED_UP = (
    "case state when 'POSTED' then released_by is not null or posted_cents = amount_cents"
    " else released_by is null end"
)

COVERS_USES = """
create function reservation_covers_uses() returns trigger language plpgsql
set search_path = public, pg_temp as $$
declare
  key uuid := (to_jsonb(new) ->> case tg_table_name
    when 'reservation' then 'id' else 'reservation_id' end)::uuid;
  r reservation;
  used bigint;
  held bigint;
begin
  select * into r from reservation x
   where x.tenant_id = new.tenant_id and x.id = key for no key update;
  select coalesce(sum(case p.state when 'CONFIRMED' then p.confirmed_cents
                                   when 'PARTLY_CONFIRMED' then p.confirmed_cents else 0 end), 0),
         coalesce(sum(case p.state when 'RELEASED' then p.amount_cents
                                   when 'SENT' then p.amount_cents else 0 end), 0)
    into used, held
    from payment p where p.tenant_id = new.tenant_id and p.reservation_id = key;
  select used + coalesce(sum(e.amount_cents), 0) into used
    from expenditure e where e.tenant_id = new.tenant_id and e.reservation_id = key;
  if used > r.posted_cents or held <> r.held_cents or new.award_line_id <> r.award_line_id then
    raise exception 'reservation % does not cover what uses it', key
      using errcode = '23514', constraint = 'reservation_covers_uses';
  end if;
  return null;
end $$"""
TRIGGERS = (
    (
        "create constraint trigger reservation_covers_uses after insert or update of state"
        " on payment deferrable initially deferred for each row"
        " when (new.reservation_id is not null) execute function reservation_covers_uses()"
    ),
    (
        "create constraint trigger reservation_covers_uses after insert on expenditure"
        " deferrable initially deferred for each row"
        " when (new.reservation_id is not null) execute function reservation_covers_uses()"
    ),
    (
        "create constraint trigger reservation_covers_uses after update on reservation"
        " deferrable initially deferred for each row execute function reservation_covers_uses()"
    ),
)

# As in the migration of payments; only the lock is weaker.
HOLD_INSTALMENTS = """
create function hold_instalments() returns trigger language plpgsql
set search_path = public, pg_temp as $$
declare
  whole bigint;
begin
  select a.amount_cents into whole from allocation a
   where a.tenant_id = new.tenant_id and a.id = new.allocation_id for update;
  if (select sum(i.amount_cents) from instalment i
       where i.tenant_id = new.tenant_id and i.allocation_id = new.allocation_id
         and i.is_current) > whole
  then
    raise exception 'the instalments of % exceed it', new.allocation_id
      using errcode = '23514', constraint = 'instalments_within_allocation';
  end if;
  return null;
end $$"""
HOLD_PAYMENTS = """
create function hold_payments() returns trigger language plpgsql
set search_path = public, pg_temp as $$
declare
  whole bigint;
begin
  select case new.source when 'LAND' then a.amount_cents else a.own_money_cents end into whole
    from allocation a
   where a.tenant_id = new.tenant_id and a.id = new.allocation_id for update;
  if (select sum(case p.state when 'PARTLY_CONFIRMED' then p.confirmed_cents
                              else p.amount_cents end) from payment p
       where p.tenant_id = new.tenant_id and p.allocation_id = new.allocation_id
         and p.source = new.source
         and p.state in ('RELEASED', 'SENT', 'CONFIRMED', 'PARTLY_CONFIRMED')) > whole
  then
    raise exception 'payments exceed allocation %', new.allocation_id
      using errcode = '23514', constraint = 'payments_within_allocation';
  end if;
  if new.instalment_id is not null and (
      select sum(case p.state when 'PARTLY_CONFIRMED' then p.confirmed_cents
                              else p.amount_cents end) from payment p
       where p.tenant_id = new.tenant_id and p.instalment_id = new.instalment_id
         and p.state in ('RELEASED', 'SENT', 'CONFIRMED', 'PARTLY_CONFIRMED'))
    > (select i.amount_cents from instalment i
        where i.tenant_id = new.tenant_id and i.id = new.instalment_id)
  then
    raise exception 'payments exceed instalment %', new.instalment_id
      using errcode = '23514', constraint = 'payments_within_instalment';
  end if;
  return null;
end $$"""


def upgrade() -> None:
    op.add_column(
        "reservation",
        sa.Column("held_cents", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
    )
    op.alter_column("reservation", "held_cents", server_default=None)
    op.create_unique_constraint("uq_reservation_tenant_id", "reservation", ["tenant_id", "id"])
    _replace_check("figures", FIGURES_WITH_HELD)
    _replace_check("posted_is_released", RELEASED_OR_USED_UP)
    op.create_check_constraint(
        op.f("ck_reservation_held_while_open"), "reservation", "held_cents = 0 or state = 'OPEN'"
    )
    op.execute(f"grant update (held_cents) on reservation to {APP}")
    for table, check, condition in USERS:
        op.add_column(table, sa.Column("reservation_id", sa.Uuid(), nullable=True))
        op.create_foreign_key(
            "fk_reservation",
            table,
            "reservation",
            ["tenant_id", "reservation_id"],
            ["tenant_id", "id"],
        )
        op.create_check_constraint(op.f(f"ck_{table}_{check}"), table, condition)
        op.create_index(f"ix_{table}_reservation", table, ["tenant_id", "reservation_id", "id"])
    op.execute(COVERS_USES)
    for trigger in TRIGGERS:
        op.execute(trigger)
    op.execute("revoke all on function reservation_covers_uses() from public")
    for function in (HOLD_INSTALMENTS, HOLD_PAYMENTS):
        op.execute(_with_lock(function, "for no key update"))


def _replace_check(name: str, condition: str) -> None:
    op.drop_constraint(op.f(f"ck_reservation_{name}"), "reservation", type_="check")
    op.create_check_constraint(op.f(f"ck_reservation_{name}"), "reservation", condition)


def _with_lock(function: str, lock: str) -> str:
    replaced = function.replace("create function", "create or replace function", 1)
    return replaced.replace(" for update;", f" {lock};")


def downgrade() -> None:
    for function in (HOLD_INSTALMENTS, HOLD_PAYMENTS):
        op.execute(_with_lock(function, "for update"))
    for table in ("payment", "expenditure", "reservation"):
        op.execute(f"drop trigger reservation_covers_uses on {table}")
    op.execute("drop function reservation_covers_uses()")
    for table, check, _ in reversed(USERS):
        op.drop_index(f"ix_{table}_reservation", table_name=table)
        op.drop_constraint(op.f(f"ck_{table}_{check}"), table, type_="check")
        op.drop_constraint("fk_reservation", table, type_="foreignkey")
        op.drop_column(table, "reservation_id")
    op.drop_constraint(op.f("ck_reservation_held_while_open"), "reservation", type_="check")
    _replace_check("posted_is_released", RELEASED)
    _replace_check("figures", FIGURES)
    op.drop_constraint("uq_reservation_tenant_id", "reservation", type_="unique")
    op.drop_column("reservation", "held_cents")
