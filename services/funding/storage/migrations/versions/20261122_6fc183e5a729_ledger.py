"""ledger

The books keep themselves: the application inserts entries and postings and can change neither.

- `ledger_entry_guard` gives one writer per book its turn, refuses a closed month and a time of
  recording that is not now.
- `count_posting` counts balances in the name of a role nobody logs in as; the application cannot
  write a balance. It updates first and inserts only when there was no row: with `on conflict` the
  CHECK would judge the inserted amount alone and refuse lawful postings.
- `seal_ledger_entry` looks at the whole entry when the transaction ends: count, balance, value
  date, accounts, and its link in the chain of hashes.
- `ledger_period_guard` and `ledger_year_guard` keep closed what is closed.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.database.migration import allow, secure

revision = "6fc183e5a729"
down_revision = "5eb072d4f618"
branch_labels = None
depends_on = None

APP, STATISTICS = "kim_funding_app", "kim_funding_statistics"
IS_SYSTEM = "(select current_setting('app.roles', true) = ',system,')"

ENTRY_GUARD = """
create function ledger_entry_guard() returns trigger language plpgsql
set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(
    hashtextextended('ledger|' || new.tenant_id || '|' || new.book, 0));
  if exists (
    select from ledger_period p
     where p.tenant_id = new.tenant_id and p.book = new.book and p.state = 'CLOSED'
       and p.fiscal_year = extract(year from new.value_date)
       and p.month = extract(month from new.value_date))
  then
    raise exception 'the month of % is closed', new.value_date
      using errcode = '23514', constraint = 'ledger_period_open';
  end if;
  if new.recorded_at not between transaction_timestamp() - interval '1 minute'
                             and clock_timestamp() + interval '1 minute'
    or new.recorded_at < (
      select e.recorded_at from ledger_entry e
       where e.tenant_id = new.tenant_id and e.book = new.book
       order by e.sequence desc limit 1)
  then
    raise exception 'entries are recorded when they are recorded'
      using errcode = '23514', constraint = 'ledger_entry_recorded_now';
  end if;
  return new;
end $$"""

COUNT_POSTING = """
create function count_posting() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  update ledger_balance set balance_cents = balance_cents + new.amount_cents
   where tenant_id = new.tenant_id and account_id = new.account_id;
  if not found then
    insert into ledger_balance (tenant_id, account_id, balance_cents, side, is_floored)
    select a.tenant_id, a.id, new.amount_cents, a.side, a.is_floored from ledger_account a
     where a.tenant_id = new.tenant_id and a.id = new.account_id;
  end if;
  return null;
end $$"""

SEAL_ENTRY = """
create function seal_ledger_entry() returns trigger language plpgsql
set search_path = public, pg_temp as $$
declare
  n bigint;
  total numeric;
  is_whole boolean;
  body text;
  previous ledger_entry;
begin
  select count(*), sum(p.amount_cents),
         bool_and(p.value_date = new.value_date and a.book = new.book
           and (a.award_line_id = new.award_line_id
             or new.event in ('CARRIED_OVER', 'REVERSED'))),
         string_agg(format('%s|%s|%s|%s', p.ordinal, a.path, p.amount_cents,
           coalesce(p.position_id::text, '-')), E'\\n' order by p.ordinal)
    into n, total, is_whole, body
    from ledger_posting p
    join ledger_account a on a.tenant_id = p.tenant_id and a.id = p.account_id
   where p.tenant_id = new.tenant_id and p.entry_id = new.id;
  if n is distinct from new.posting_count or total is distinct from 0
    or is_whole is distinct from true
  then
    raise exception 'entry % does not balance or is not about one line', new.id
      using errcode = '23514', constraint = 'ledger_entry_balanced';
  end if;
  select * into previous from ledger_entry e
   where e.tenant_id = new.tenant_id and e.book = new.book and e.sequence = new.sequence - 1;
  if (new.sequence > 1) is distinct from found
    or new.previous_hash is distinct from
       coalesce(previous.hash, decode(repeat('00', 32), 'hex'))
    or new.hash is distinct from sha256(convert_to(concat_ws(E'\\n',
      'kim-ledger-1',
      encode(new.previous_hash, 'hex'),
      format('%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s',
        new.tenant_id, new.book, new.sequence, new.id, new.event,
        to_char(new.value_date, 'YYYY-MM-DD'),
        to_char(new.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        new.fiscal_year, new.award_line_id, new.source_kind, new.source_id,
        coalesce(new.reverses_id::text, '-'), new.reference, new.reason_code,
        new.recorded_by, coalesce(new.released_by, '-'), new.posting_count),
      body), 'UTF8'))
  then
    raise exception 'entry % does not continue its chain', new.id
      using errcode = '23514', constraint = 'ledger_entry_chained';
  end if;
  return null;
end $$"""

COUNT_AT_END = """
create function ledger_posting_belongs() returns trigger language plpgsql
set search_path = public, pg_temp as $$
begin
  if (select e.posting_count from ledger_entry e
       where e.tenant_id = new.tenant_id and e.id = new.entry_id)
    is distinct from
     (select count(*) from ledger_posting p
       where p.tenant_id = new.tenant_id and p.entry_id = new.entry_id)
  then
    raise exception 'entry % is complete already', new.entry_id
      using errcode = '23514', constraint = 'ledger_entry_balanced';
  end if;
  return null;
end $$"""

PERIOD_GUARD = """
create function ledger_period_guard() returns trigger language plpgsql
set search_path = public, pg_temp as $$
declare
  head ledger_entry;
begin
  perform pg_advisory_xact_lock(
    hashtextextended('ledger|' || new.tenant_id || '|' || new.book, 0));
  if tg_op = 'UPDATE' and old.state = 'CLOSED' or tg_op = 'INSERT' and new.state <> 'OPEN' then
    raise exception 'a closed month stays closed, and closing is asked for first'
      using errcode = '23514', constraint = 'ledger_period_stays_closed';
  end if;
  select * into head from ledger_entry e
   where e.tenant_id = new.tenant_id and e.book = new.book
   order by e.sequence desc limit 1;
  if new.state = 'CLOSED' and (new.head_sequence is distinct from coalesce(head.sequence, 0)
    or new.head_hash is distinct from coalesce(head.hash, decode(repeat('00', 32), 'hex')))
  then
    raise exception 'a month is closed at the head of its book'
      using errcode = '23514', constraint = 'ledger_period_at_head';
  end if;
  return new;
end $$"""

YEAR_GUARD = """
create function ledger_year_guard() returns trigger language plpgsql
set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(
    hashtextextended('ledger|' || new.tenant_id || '|' || new.book, 0));
  if (select count(*) from ledger_period p
       where p.tenant_id = new.tenant_id and p.book = new.book
         and p.fiscal_year = new.fiscal_year and p.state = 'CLOSED') <> 12
  then
    raise exception 'a year is closed after its months'
      using errcode = '23514', constraint = 'ledger_year_months_closed';
  end if;
  return new;
end $$"""

# The tenants that the worker's timers walk through: ids only, one index probe for each.
FUNDING_TENANTS = """
create function funding_tenants() returns table (tenant_id text)
language sql stable security definer set search_path = public, pg_temp as $$
  with recursive found as (
    (select a.tenant_id from award a order by a.tenant_id limit 1)
    union all
    select (select a.tenant_id from award a where a.tenant_id > f.tenant_id
             order by a.tenant_id limit 1)
      from found f where f.tenant_id is not null)
  select f.tenant_id from found f where f.tenant_id is not null
$$"""

TRIGGERS = (
    (
        "create trigger ledger_entry_guard before insert on ledger_entry"
        " for each row execute function ledger_entry_guard()"
    ),
    (
        "create trigger count_posting after insert on ledger_posting"
        " for each row execute function count_posting()"
    ),
    (
        "create constraint trigger ledger_entry_sealed after insert on ledger_entry"
        " deferrable initially deferred for each row execute function seal_ledger_entry()"
    ),
    (
        "create constraint trigger ledger_posting_belongs after insert on ledger_posting"
        " deferrable initially deferred for each row execute function ledger_posting_belongs()"
    ),
    (
        "create trigger ledger_period_guard before insert or update on ledger_period"
        " for each row execute function ledger_period_guard()"
    ),
    (
        "create trigger ledger_year_guard before insert on ledger_year_close"
        " for each row execute function ledger_year_guard()"
    ),
)
FUNCTIONS = (
    "ledger_entry_guard()",
    "count_posting()",
    "seal_ledger_entry()",
    "ledger_posting_belongs()",
    "ledger_period_guard()",
    "ledger_year_guard()",
    "funding_tenants()",
)
OF_STATISTICS = ("count_posting()", "funding_tenants()")


def upgrade() -> None:
    _tables()
    for table in ("ledger_account", "ledger_entry", "ledger_posting", "ledger_year_close"):
        secure(table, role=APP, privileges="select, insert")
    secure("ledger_balance", role=APP, privileges="select")
    secure(
        "ledger_period",
        role=APP,
        privileges="select, insert,"
        " update (state, closed_at, closed_by, head_sequence, head_hash, seal)",
    )
    secure(
        "journal_proposal",
        role=APP,
        privileges="select, insert, update (version, updated_at, state, decided_by, entry_id)",
    )
    allow("ledger_balance", role=STATISTICS, privileges="select, insert, update")
    allow("ledger_account", role=STATISTICS, privileges="select")
    allow("award", role=STATISTICS, privileges="select (tenant_id)", using=IS_SYSTEM)
    for function in (
        ENTRY_GUARD,
        COUNT_POSTING,
        SEAL_ENTRY,
        COUNT_AT_END,
        PERIOD_GUARD,
        YEAR_GUARD,
        FUNDING_TENANTS,
    ):
        op.execute(function)
    for trigger in TRIGGERS:
        op.execute(trigger)
    for signature in FUNCTIONS:
        op.execute(f"revoke all on function {signature} from public")
    op.execute(f"grant execute on function funding_tenants() to {APP}")
    for signature in OF_STATISTICS:
        op.execute(f"alter function {signature} owner to {STATISTICS}")


def _tables() -> None:
    op.create_table(
        "ledger_period",
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("book", sa.String(length=10), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("month", sa.SmallInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by", sa.String(length=520), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=520), nullable=True),
        sa.Column("head_sequence", sa.BigInteger(), nullable=True),
        sa.Column("head_hash", sa.LargeBinary(), nullable=True),
        sa.Column("seal", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(state = 'CLOSED') = (closed_at is not null and closed_by is not null and head_sequence is not null and head_hash is not null)",
            name=op.f("ck_ledger_period_closed_whole"),
        ),
        sa.CheckConstraint("book in ('LIVE', 'PRACTICE')", name=op.f("ck_ledger_period_book")),
        sa.CheckConstraint("state in ('OPEN', 'CLOSED')", name=op.f("ck_ledger_period_state")),
        sa.CheckConstraint("closed_by <> requested_by", name=op.f("ck_ledger_period_four_eyes")),
        sa.CheckConstraint("month between 1 and 12", name=op.f("ck_ledger_period_month")),
        sa.PrimaryKeyConstraint(
            "tenant_id", "book", "fiscal_year", "month", name=op.f("pk_ledger_period")
        ),
    )
    op.create_table(
        "ledger_year_close",
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("book", sa.String(length=10), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.String(length=520), nullable=False),
        sa.Column("trial_balance", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("head_sequence", sa.BigInteger(), nullable=False),
        sa.Column("head_hash", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("book in ('LIVE', 'PRACTICE')", name=op.f("ck_ledger_year_close_book")),
        sa.PrimaryKeyConstraint(
            "tenant_id", "book", "fiscal_year", name=op.f("pk_ledger_year_close")
        ),
    )
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("book", sa.String(length=10), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("award_line_id", sa.Uuid(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("value_date", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source_kind", sa.String(length=30), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("reason_code", sa.String(length=30), nullable=False),
        sa.Column("posting_count", sa.SmallInteger(), nullable=False),
        sa.Column("recorded_by", sa.String(length=520), nullable=False),
        sa.Column("released_by", sa.String(length=520), nullable=True),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "(event = 'REVERSED') = (reverses_id is not null)",
            name=op.f("ck_ledger_entry_reversal"),
        ),
        sa.CheckConstraint("book in ('LIVE', 'PRACTICE')", name=op.f("ck_ledger_entry_book")),
        sa.CheckConstraint(
            "event <> 'REVERSED' or reason_code <> ''",
            name=op.f("ck_ledger_entry_reversal_has_reason"),
        ),
        sa.CheckConstraint(
            "event in ('AWARD_GRANTED', 'AWARD_AMENDED', 'RESERVED', 'RESERVATION_VOIDED', 'RESERVATION_EXPIRED', 'RESERVATION_POSTED', 'ALLOCATION_ACTIVATED', 'ALLOCATION_AMENDED', 'ALLOCATION_RELEASED', 'DRAWDOWN_REQUESTED', 'DRAWDOWN_RETURNED', 'DRAWDOWN_PAID', 'PAYMENT_SENT', 'PAYMENT_CONFIRMED', 'PAYMENT_FAILED', 'PASSED_ON', 'EXPENDITURE_BOOKED', 'ELIGIBILITY_DECIDED', 'ELIGIBILITY_ADJUSTED', 'PROOF_CHECKED', 'RECOVERED', 'REPAYMENT_OWED', 'CLAIM_LAPSED', 'REPAID', 'INTEREST_FIXED', 'INTEREST_PAID', 'CARRIED_OVER', 'REVERSED', 'MANUAL')",
            name=op.f("ck_ledger_entry_event"),
        ),
        sa.CheckConstraint(
            "reason_code ~ '^([A-Z][A-Z_]{0,29})?$'", name=op.f("ck_ledger_entry_reason_code")
        ),
        sa.CheckConstraint(
            "reference ~ '^([A-Z0-9][A-Z0-9./_-]{0,39})?$'", name=op.f("ck_ledger_entry_reference")
        ),
        sa.CheckConstraint(
            "source_kind ~ '^[a-z][a-z-]{0,29}$'", name=op.f("ck_ledger_entry_source_kind")
        ),
        sa.CheckConstraint(
            "octet_length(hash) = 32 and octet_length(previous_hash) = 32",
            name=op.f("ck_ledger_entry_hashes"),
        ),
        sa.CheckConstraint("released_by <> recorded_by", name=op.f("ck_ledger_entry_four_eyes")),
        sa.CheckConstraint(
            "sequence > 0 and posting_count >= 2", name=op.f("ck_ledger_entry_counts")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reverses_id"],
            ["ledger_entry.tenant_id", "ledger_entry.id"],
            name="fk_reverses",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("tenant_id", "book", "sequence", name="uq_ledger_entry_sequence"),
        sa.UniqueConstraint("tenant_id", "id", name="uq_ledger_entry_tenant_id"),
        sa.UniqueConstraint("tenant_id", "reverses_id", name="uq_ledger_entry_reversed_once"),
    )
    op.create_index(
        "ix_ledger_entry_date",
        "ledger_entry",
        ["tenant_id", "book", "value_date", "sequence"],
        unique=False,
    )
    op.create_index(
        "ix_ledger_entry_line",
        "ledger_entry",
        ["tenant_id", "award_line_id", "value_date", "sequence"],
        unique=False,
    )
    op.create_index(
        "ix_ledger_entry_source",
        "ledger_entry",
        ["tenant_id", "source_kind", "source_id"],
        unique=False,
    )
    op.create_table(
        "journal_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("award_line_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("proposed_by", sa.String(length=520), nullable=False),
        sa.Column("decided_by", sa.String(length=520), nullable=True),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'POSTED') = (entry_id is not null)",
            name=op.f("ck_journal_proposal_posted_has_entry"),
        ),
        sa.CheckConstraint(
            "(state = 'PROPOSED') = (decided_by is null)", name=op.f("ck_journal_proposal_decided")
        ),
        sa.CheckConstraint(
            "state <> 'POSTED' or decided_by <> proposed_by",
            name=op.f("ck_journal_proposal_four_eyes"),
        ),
        sa.CheckConstraint(
            "state in ('PROPOSED', 'POSTED', 'DISCARDED')", name=op.f("ck_journal_proposal_state")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "award_line_id"],
            ["award_line.tenant_id", "award_line.id"],
            name="fk_award_line",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "entry_id"],
            ["ledger_entry.tenant_id", "ledger_entry.id"],
            name="fk_entry",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_proposal")),
        sa.UniqueConstraint("tenant_id", "id", name="uq_journal_proposal_tenant_id"),
    )
    op.create_index(
        "ix_journal_proposal_state", "journal_proposal", ["tenant_id", "state", "id"], unique=False
    )
    op.create_table(
        "ledger_account",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("book", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("award_line_id", sa.Uuid(), nullable=False),
        sa.Column("allocation_id", sa.Uuid(), nullable=True),
        sa.Column("cost_kind", sa.String(length=30), nullable=False),
        sa.Column("side", sa.String(length=1), nullable=False),
        sa.Column("is_floored", sa.Boolean(), nullable=False),
        sa.Column("path", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(allocation_id is not null) = (code in ('ADVANCE', 'RECOVERABLE', 'OWN_BUDGET', 'OWN_ADVANCE', 'COMMITTED', 'OWN_COMMITTED', 'SENT', 'FORWARDED', 'OWN_FORWARDED'))",
            name=op.f("ck_ledger_account_allocation_of_code"),
        ),
        sa.CheckConstraint(
            "(cost_kind <> '') = (code in ('ELIGIBLE', 'OWN_SHARE', 'INELIGIBLE', 'UNDECIDED'))",
            name=op.f("ck_ledger_account_cost_kind_of_code"),
        ),
        sa.CheckConstraint("book in ('LIVE', 'PRACTICE')", name=op.f("ck_ledger_account_book")),
        sa.CheckConstraint(
            "code in ('CLAIM', 'REQUESTED', 'CASH', 'ADVANCE', 'RECOVERABLE', 'SHORTFALL', 'OWN_BUDGET', 'OWN_ADVANCE', 'FREE', 'RESERVED', 'COMMITTED', 'OWN_COMMITTED', 'SENT', 'REPAYABLE', 'INTEREST_DUE', 'GRANT_USED', 'INTEREST_RECEIVED', 'ELIGIBLE', 'OWN_SHARE', 'INELIGIBLE', 'UNDECIDED', 'FORWARDED', 'OWN_FORWARDED', 'INTEREST')",
            name=op.f("ck_ledger_account_code"),
        ),
        sa.CheckConstraint(
            "cost_kind = '' or cost_kind in ('PERSONNEL', 'ADMIN_ASSISTANCE', 'WORKPLACE_SETUP', 'TRAINING', 'EVENTS', 'EXTERNAL_ADVICE', 'INTERFACE_MEASURES', 'TRANSLATION', 'OVERHEAD', 'RENT', 'ADMINISTRATION', 'MATERIAL')",
            name=op.f("ck_ledger_account_cost_kind"),
        ),
        sa.CheckConstraint(
            "is_floored = (code <> 'CASH')", name=op.f("ck_ledger_account_floor_of_code")
        ),
        sa.CheckConstraint(
            "side = case when code in ('CLAIM', 'REQUESTED', 'CASH', 'ADVANCE', 'RECOVERABLE', 'SHORTFALL', 'OWN_BUDGET', 'OWN_ADVANCE', 'ELIGIBLE', 'OWN_SHARE', 'INELIGIBLE', 'UNDECIDED', 'FORWARDED', 'OWN_FORWARDED', 'INTEREST') then 'D' else 'C' end",
            name=op.f("ck_ledger_account_side_of_code"),
        ),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_account")),
        sa.UniqueConstraint(
            "tenant_id",
            "award_line_id",
            "code",
            "allocation_id",
            "cost_kind",
            name="uq_ledger_account_key",
            postgresql_nulls_not_distinct=True,
        ),
        sa.UniqueConstraint("tenant_id", "id", name="uq_ledger_account_tenant_id"),
        sa.UniqueConstraint("tenant_id", "path", name="uq_ledger_account_path"),
    )
    op.create_table(
        "ledger_balance",
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("balance_cents", sa.BigInteger(), nullable=False),
        sa.Column("side", sa.String(length=1), nullable=False),
        sa.Column("is_floored", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "not is_floored or (case side when 'D' then balance_cents >= 0 else balance_cents <= 0 end)",
            name=op.f("ck_ledger_balance_not_overdrawn"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ["ledger_account.tenant_id", "ledger_account.id"],
            name="fk_account",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "account_id", name=op.f("pk_ledger_balance")),
    )
    op.create_table(
        "ledger_posting",
        sa.Column("tenant_id", sa.String(length=5), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.SmallInteger(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("value_date", sa.Date(), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("amount_cents <> 0", name=op.f("ck_ledger_posting_amount_not_zero")),
        sa.CheckConstraint("ordinal > 0", name=op.f("ck_ledger_posting_ordinal")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "account_id"],
            ["ledger_account.tenant_id", "ledger_account.id"],
            name="fk_account",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "entry_id"],
            ["ledger_entry.tenant_id", "ledger_entry.id"],
            name="fk_entry",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "position_id"], ["position.tenant_id", "position.id"], name="fk_position"
        ),
        sa.PrimaryKeyConstraint("tenant_id", "entry_id", "ordinal", name=op.f("pk_ledger_posting")),
    )
    op.create_index(
        "ix_ledger_posting_account",
        "ledger_posting",
        ["tenant_id", "account_id", "value_date"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_ledger_posting_account", table_name="ledger_posting")
    op.drop_table("ledger_posting")
    op.drop_table("ledger_balance")
    op.drop_table("ledger_account")
    op.drop_index("ix_journal_proposal_state", table_name="journal_proposal")
    op.drop_table("journal_proposal")
    op.drop_index("ix_ledger_entry_source", table_name="ledger_entry")
    op.drop_index("ix_ledger_entry_line", table_name="ledger_entry")
    op.drop_index("ix_ledger_entry_date", table_name="ledger_entry")
    op.drop_table("ledger_entry")
    op.drop_table("ledger_year_close")
    op.drop_table("ledger_period")
    op.execute(f"drop policy {STATISTICS}_rows on award")
    op.execute(f"revoke all on award from {STATISTICS}")
    op.execute(f"set role {STATISTICS}")
    for signature in OF_STATISTICS:
        op.execute(f"drop function {signature}")
    op.execute("reset role")
    for signature in FUNCTIONS:
        if signature not in OF_STATISTICS:
            op.execute(f"drop function {signature}")
