"""Whole books: for verification, closing and export."""

from shared.database.statements import Statement

LINK_COLUMNS = """
    e.tenant_id, e.book, e.sequence, e.id, e.event, e.value_date, e.recorded_at, e.fiscal_year,
    e.award_line_id, e.source_kind, e.source_id, e.reverses_id, e.reference, e.reason_code,
    e.recorded_by, e.released_by, e.previous_hash, e.hash,
    (select json_agg(json_build_array(p.ordinal, a.path, p.amount_cents, p.position_id)
              order by p.ordinal)
       from ledger_posting p
       join ledger_account a on a.tenant_id = p.tenant_id and a.id = p.account_id
      where p.tenant_id = e.tenant_id and p.entry_id = e.id) as postings
"""
# By sequence: the chain. A batch at a time; what is behind the head does not change any more.
CHAIN_BATCH = Statement(
    f"""
    select {LINK_COLUMNS} from ledger_entry e
     where e.book = :book and e.sequence > :after and e.sequence <= :head
       and e.recorded_at <= :known_at
     order by e.sequence limit :rows
    """  # noqa: S608 - columns from code
)
# By legal date: what accounting programs read. An entry is chosen with all its postings when it
# touches a line of the fiscal year.
_IN_YEAR = """
  (cast(:fiscal_year as int) is null or e.fiscal_year = :fiscal_year or exists (
     select from ledger_posting p
       join ledger_account a on a.tenant_id = p.tenant_id and a.id = p.account_id
       join award_line l on l.tenant_id = a.tenant_id and l.id = a.award_line_id
       join award w on w.tenant_id = l.tenant_id and w.id = l.award_id
      where p.tenant_id = e.tenant_id and p.entry_id = e.id and w.fiscal_year = :fiscal_year))
  and e.book = :book and e.sequence <= :head and e.value_date <= :as_of
  and e.recorded_at <= :known_at
"""
JOURNAL_BATCH = Statement(
    f"""
    select {LINK_COLUMNS} from ledger_entry e
     where {_IN_YEAR}
       and (e.value_date, e.sequence) > (cast(:after_date as date), cast(:after as bigint))
     order by e.value_date, e.sequence limit :rows
    """  # noqa: S608 - columns from code
)
# Every account that the chosen entries touch: its first day, and what it stands at.
JOURNAL_ACCOUNTS = Statement(
    f"""
    select a.path, a.code, a.award_line_id, min(p.value_date) as first_on,
           sum(p.amount_cents)::bigint as balance_cents
      from ledger_entry e
      join ledger_posting p on p.tenant_id = e.tenant_id and p.entry_id = e.id
      join ledger_account a on a.tenant_id = p.tenant_id and a.id = p.account_id
     where {_IN_YEAR}
     group by a.path, a.code, a.award_line_id order by a.path
    """  # noqa: S608 - conditions from code
)
# Accounts whose kept balance is not the sum of their postings.
BALANCES_DIFFERING = Statement(
    """
    select count(*) from ledger_account a
      left join ledger_balance b on b.tenant_id = a.tenant_id and b.account_id = a.id
     where a.book = :book and coalesce(b.balance_cents, 0) <> coalesce((
       select sum(p.amount_cents) from ledger_posting p
        where p.tenant_id = a.tenant_id and p.account_id = a.id), 0)
    """
)
PERIODS = Statement(
    """
    select fiscal_year, month, state, requested_at, requested_by, closed_at, closed_by,
           head_sequence, head_hash, seal
      from ledger_period
     where book = :book and (cast(:fiscal_year as int) is null or fiscal_year = :fiscal_year)
     order by fiscal_year, month
    """
)
CLOSED_PERIODS = Statement(
    "select book, fiscal_year, month from ledger_period where state = 'CLOSED'"
)
PERIOD_FOR_UPDATE = Statement(
    """
    select state, requested_by from ledger_period
     where book = :book and fiscal_year = :fiscal_year and month = :month for no key update
    """
)
REQUEST_CLOSING = Statement(
    """
    insert into ledger_period
      (tenant_id, book, fiscal_year, month, state, requested_at, requested_by)
    values (:tenant_id, :book, :fiscal_year, :month, 'OPEN', clock_timestamp(), :requested_by)
    on conflict do nothing
    """
)
CLOSE_PERIOD = Statement(
    """
    update ledger_period
       set state = 'CLOSED', closed_at = clock_timestamp(), closed_by = :closed_by,
           head_sequence = :head_sequence, head_hash = :head_hash, seal = :seal
     where book = :book and fiscal_year = :fiscal_year and month = :month
    """
)
YEAR_CLOSES = Statement(
    """
    select fiscal_year, closed_at, trial_balance, head_sequence, head_hash, seal
      from ledger_year_close
     where book = :book and (cast(:fiscal_year as int) is null or fiscal_year = :fiscal_year)
     order by fiscal_year
    """
)
HASH_AT = Statement("select hash from ledger_entry where book = :book and sequence = :sequence")
LINES_TO_LAPSE = Statement(
    """
    select l.id, -f.balance_cents as free_cents, c.balance_cents as claim_cents
      from award_line l
      join award w on w.tenant_id = l.tenant_id and w.id = l.award_id
      join ledger_account fa on fa.tenant_id = l.tenant_id and fa.award_line_id = l.id
       and fa.code = 'FREE' and fa.book = :book
      join ledger_balance f on f.tenant_id = fa.tenant_id and f.account_id = fa.id
      join ledger_account ca on ca.tenant_id = l.tenant_id and ca.award_line_id = l.id
       and ca.code = 'CLAIM'
      join ledger_balance c on c.tenant_id = ca.tenant_id and c.account_id = ca.id
     where w.fiscal_year = :fiscal_year and f.balance_cents < 0 and c.balance_cents > 0
     order by l.id for no key update of l
    """
)
