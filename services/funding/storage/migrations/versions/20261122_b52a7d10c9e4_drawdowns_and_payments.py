"""drawdowns and payments

Money called from the Land, and money paid on to recipients.

- `hold_instalments` keeps the plan of an allocation within what it grants, when the transaction
  ends: a plan is replaced row by row.
- `hold_payments` keeps released payments within the allocation, its own money and their
  instalment, one writer per allocation at a time.
"""

import sqlalchemy as sa
from alembic import op

from shared.database.migration import secure

revision = "b52a7d10c9e4"
down_revision = "a15d0c94b7e2"
branch_labels = None
depends_on = None

APP = "kim_funding_app"

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

TRIGGERS = (
    (
        "create constraint trigger hold_instalments after insert or update on instalment"
        " deferrable initially deferred for each row execute function hold_instalments()"
    ),
    (
        "create trigger hold_payments after insert or update of state on payment for each row"
        " when (new.state in ('RELEASED', 'SENT', 'CONFIRMED', 'PARTLY_CONFIRMED'))"
        " execute function hold_payments()"
    ),
)
FUNCTIONS = ("hold_instalments()", "hold_payments()")


def upgrade() -> None:
    _drawdowns()
    _payments()
    secure(
        "drawdown",
        role=APP,
        privileges="select, insert, update (version, updated_at, state, revision, amount_cents,"
        " approved_cents, paid_cents, requested_on, value_date, bank_reference, use_by,"
        " used_cents, repaid_cents, repaid_on, return_reason, submitted_by, approved_by)",
    )
    secure("drawdown_need", role=APP, privileges="select, insert")
    secure(
        "instalment",
        role=APP,
        privileges="select, insert, update (version, updated_at, due_on, amount_cents, is_current)",
    )
    secure(
        "payment_run", role=APP, privileges="select, insert, update (version, updated_at, state)"
    )
    secure(
        "payment",
        role=APP,
        privileges="select, insert, update (version, updated_at, state, run_id,"
        " confirmed_cents, value_date, bank_reference, failure_code, released_by)",
    )
    op.execute(HOLD_INSTALMENTS)
    op.execute(HOLD_PAYMENTS)
    for trigger in TRIGGERS:
        op.execute(trigger)
    for signature in FUNCTIONS:
        op.execute(f"revoke all on function {signature} from public")


def _drawdowns() -> None:
    op.create_table(
        "drawdown",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("award_id", sa.Uuid(), nullable=False),
        sa.Column("award_line_id", sa.Uuid(), nullable=False),
        sa.Column("regime", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("approved_cents", sa.BigInteger(), nullable=True),
        sa.Column("paid_cents", sa.BigInteger(), nullable=True),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("value_date", sa.Date(), nullable=True),
        sa.Column("bank_reference", sa.String(length=40), nullable=False),
        sa.Column("use_by", sa.Date(), nullable=True),
        sa.Column("used_cents", sa.BigInteger(), nullable=False),
        sa.Column("repaid_cents", sa.BigInteger(), nullable=False),
        sa.Column("repaid_on", sa.Date(), nullable=True),
        sa.Column("return_reason", sa.String(length=1000), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("submitted_by", sa.String(length=520), nullable=True),
        sa.Column("approved_by", sa.String(length=520), nullable=True),
        sa.CheckConstraint(
            "(regime = 'LUMP_SUM') = (due_on is not null)",
            name=op.f("ck_drawdown_lump_sum_has_date"),
        ),
        sa.CheckConstraint(
            "regime <> 'LUMP_SUM' or use_by is null", name=op.f("ck_drawdown_lump_sum_has_no_clock")
        ),
        sa.CheckConstraint(
            "regime = 'LUMP_SUM' or state not in ('SUBMITTED', 'APPROVED', 'PAID', 'USED', 'PARTLY_UNUSED', 'REPAID') or submitted_by is not null",
            name=op.f("ck_drawdown_called_is_released"),
        ),
        sa.CheckConstraint("regime in ('ZUWENDUNG', 'LUMP_SUM')", name=op.f("ck_drawdown_regime")),
        sa.CheckConstraint(
            "state in ('DRAFT', 'SUBMITTED', 'RETURNED', 'APPROVED', 'SCHEDULED', 'PAID', 'USED', 'PARTLY_UNUSED', 'REPAID', 'CANCELLED')",
            name=op.f("ck_drawdown_state"),
        ),
        sa.CheckConstraint(
            "state not in ('PAID', 'USED', 'PARTLY_UNUSED', 'REPAID') or (approved_cents is not null and paid_cents = approved_cents and value_date is not null and bank_reference <> '')",
            name=op.f("ck_drawdown_paid_as_approved"),
        ),
        sa.CheckConstraint(
            "amount_cents > 0 and approved_cents between 1 and amount_cents and used_cents >= 0 and repaid_cents >= 0 and used_cents + repaid_cents <= amount_cents and revision > 0",
            name=op.f("ck_drawdown_figures"),
        ),
        sa.CheckConstraint(
            "approved_by <> recorded_by", name=op.f("ck_drawdown_four_eyes_approving")
        ),
        sa.CheckConstraint("submitted_by <> recorded_by", name=op.f("ck_drawdown_four_eyes")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "award_id"], ["award.tenant_id", "award.id"], name="fk_award"
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawdown")),
        sa.UniqueConstraint("tenant_id", "id", name="uq_drawdown_tenant_id"),
    )
    op.create_index("ix_drawdown_award", "drawdown", ["tenant_id", "award_id", "id"], unique=False)
    op.create_index(
        "ix_drawdown_line", "drawdown", ["tenant_id", "award_line_id", "id"], unique=False
    )
    op.create_index("ix_drawdown_state", "drawdown", ["tenant_id", "state", "id"], unique=False)
    op.create_table(
        "drawdown_need",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("drawdown_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("cost_kind", sa.String(length=30), nullable=False),
        sa.CheckConstraint(
            "cost_kind in ('PERSONNEL', 'ADMIN_ASSISTANCE', 'WORKPLACE_SETUP', 'TRAINING', 'EVENTS', 'EXTERNAL_ADVICE', 'INTERFACE_MEASURES', 'TRANSLATION', 'OVERHEAD', 'RENT', 'ADMINISTRATION', 'MATERIAL')",
            name=op.f("ck_drawdown_need_cost_kind"),
        ),
        sa.CheckConstraint(
            "amount_cents > 0 and revision > 0 and ordinal > 0",
            name=op.f("ck_drawdown_need_figures"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "drawdown_id"], ["drawdown.tenant_id", "drawdown.id"], name="fk_drawdown"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drawdown_need")),
        sa.UniqueConstraint(
            "tenant_id", "drawdown_id", "revision", "ordinal", name="uq_drawdown_need_ordinal"
        ),
    )


def _payments() -> None:
    op.create_table(
        "instalment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("allocation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint("amount_cents > 0 and number > 0", name=op.f("ck_instalment_figures")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "allocation_id"],
            ["allocation.tenant_id", "allocation.id"],
            name="fk_allocation",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instalment")),
        sa.UniqueConstraint("tenant_id", "allocation_id", "number", name="uq_instalment_number"),
        sa.UniqueConstraint("tenant_id", "id", name="uq_instalment_tenant_id"),
    )
    op.create_table(
        "payment_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("payment_count", sa.Integer(), nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("sent_by", sa.String(length=520), nullable=False),
        sa.CheckConstraint("state in ('SENT', 'DONE')", name=op.f("ck_payment_run_state")),
        sa.CheckConstraint(
            "total_cents > 0 and number > 0 and payment_count > 0",
            name=op.f("ck_payment_run_figures"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_run")),
        sa.UniqueConstraint("tenant_id", "fiscal_year", "number", name="uq_payment_run_number"),
        sa.UniqueConstraint("tenant_id", "id", name="uq_payment_run_tenant_id"),
    )
    op.create_table(
        "payment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("allocation_id", sa.Uuid(), nullable=False),
        sa.Column("award_line_id", sa.Uuid(), nullable=False),
        sa.Column("instalment_id", sa.Uuid(), nullable=True),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_cents", sa.BigInteger(), nullable=False),
        sa.Column("payee_number", sa.String(length=20), nullable=False),
        sa.Column("value_date", sa.Date(), nullable=True),
        sa.Column("bank_reference", sa.String(length=40), nullable=False),
        sa.Column("failure_code", sa.String(length=30), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("released_by", sa.String(length=520), nullable=True),
        sa.CheckConstraint(
            "amount_cents > 0 and case state when 'CONFIRMED' then confirmed_cents = amount_cents when 'PARTLY_CONFIRMED' then confirmed_cents between 1 and amount_cents - 1 else confirmed_cents = 0 end",
            name=op.f("ck_payment_confirmed"),
        ),
        sa.CheckConstraint(
            "failure_code ~ '^([A-Z][A-Z0-9_]{0,29})?$'", name=op.f("ck_payment_failure_code")
        ),
        sa.CheckConstraint("source in ('LAND', 'MUNICIPAL_OWN')", name=op.f("ck_payment_source")),
        sa.CheckConstraint(
            "state in ('DRAFT', 'CANCELLED') or released_by is not null",
            name=op.f("ck_payment_paid_is_released"),
        ),
        sa.CheckConstraint(
            "state in ('DRAFT', 'RELEASED', 'SENT', 'CONFIRMED', 'PARTLY_CONFIRMED', 'FAILED', 'CANCELLED')",
            name=op.f("ck_payment_state"),
        ),
        sa.CheckConstraint(
            "state not in ('SENT', 'CONFIRMED', 'PARTLY_CONFIRMED') or run_id is not null",
            name=op.f("ck_payment_sent_in_a_run"),
        ),
        sa.CheckConstraint("released_by <> recorded_by", name=op.f("ck_payment_four_eyes")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "allocation_id"],
            ["allocation.tenant_id", "allocation.id"],
            name="fk_allocation",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "instalment_id"],
            ["instalment.tenant_id", "instalment.id"],
            name="fk_instalment",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "run_id"], ["payment_run.tenant_id", "payment_run.id"], name="fk_run"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("tenant_id", "id", name="uq_payment_tenant_id"),
    )
    op.create_index(
        "ix_payment_allocation", "payment", ["tenant_id", "allocation_id", "id"], unique=False
    )
    op.create_index("ix_payment_run", "payment", ["tenant_id", "run_id", "id"], unique=False)
    op.create_index("ix_payment_state", "payment", ["tenant_id", "state", "id"], unique=False)


def downgrade() -> None:
    for table in ("payment", "payment_run", "instalment", "drawdown_need", "drawdown"):
        op.drop_table(table)
    for signature in FUNCTIONS:
        op.execute(f"drop function {signature}")
