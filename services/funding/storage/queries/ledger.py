"""Statements of the books: their lock, heads, accounts, balances and entries."""

from shared.database.statements import Statement

# One writer for each tenant and book at a time: the sequence has no gaps, each entry continues
# the one before.
BOOK_LOCK = Statement(
    "select pg_advisory_xact_lock(hashtextextended('ledger|' || :tenant_id || '|' || :book, 0))"
)
HEAD = Statement(
    """
    select coalesce(e.sequence, 0) as sequence, e.hash,
           greatest(clock_timestamp(), e.recorded_at) as instant
      from (select 1) as always left join lateral (
        select sequence, hash, recorded_at from ledger_entry
         where tenant_id = :tenant_id and book = :book order by sequence desc limit 1) e on true
    """
)
# What an entry is judged by, read in one go once the book is ours.
STANDING = Statement(
    """
    select coalesce(e.sequence, 0) as sequence, e.hash,
           greatest(clock_timestamp(), e.recorded_at) as instant,
           array(select p.fiscal_year * 100 + p.month from ledger_period p
                  where p.tenant_id = :tenant_id and p.book = :book and p.state = 'CLOSED')
             as closed_months,
           array(select coalesce(b.balance_cents, 0)
                   from unnest(cast(:account_ids as uuid[])) with ordinality as a (id, n)
                   left join ledger_balance b
                     on b.tenant_id = :tenant_id and b.account_id = a.id
                  order by a.n) as balances
      from (select 1) as always left join lateral (
        select sequence, hash, recorded_at from ledger_entry
         where tenant_id = :tenant_id and book = :book order by sequence desc limit 1) e on true
    """
)
LINES_OF_BOOKS = Statement(
    """
    select l.id, a.fiscal_year,
           (select g.book from ledger_account g
             where g.tenant_id = l.tenant_id and g.award_line_id = l.id limit 1) as book
      from award_line l join award a on a.tenant_id = l.tenant_id and a.id = l.award_id
     where l.id = any(cast(:line_ids as uuid[]))
    """
)
# Where entries go: their lines with year and book, and the accounts that there are already.
PLACES = Statement(
    """
    select (select json_agg(json_build_object('id', l.id, 'year', w.fiscal_year,
              'book', (select g.book from ledger_account g
                        where g.tenant_id = l.tenant_id and g.award_line_id = l.id limit 1)))
              from award_line l
              join award w on w.tenant_id = l.tenant_id and w.id = l.award_id
             where l.id = any(cast(:line_ids as uuid[]))) as lines,
           (select json_agg(json_build_object('id', a.id, 'path', a.path))
              from ledger_account a where a.path = any(cast(:paths as varchar[]))) as accounts
    """
)
# Entries with their postings, the audit entry and the events: one statement, all or nothing.
WRITE = Statement(
    """
    with entries as (
      insert into ledger_entry
        (tenant_id, book, recorded_at, recorded_by, released_by, id, sequence, event,
         award_line_id, fiscal_year, value_date, source_kind, source_id, reference, reverses_id,
         reason_code, posting_count, previous_hash, hash)
      select cast(:tenant_id as varchar), cast(:book as varchar),
             cast(:recorded_at as timestamptz), cast(:recorded_by as varchar),
             cast(:released_by as varchar), e.*
        from unnest(
          cast(:ids as uuid[]), cast(:sequences as bigint[]), cast(:events as varchar[]),
          cast(:line_ids as uuid[]), cast(:fiscal_years as int[]),
          cast(:entry_dates as date[]), cast(:source_kinds as varchar[]),
          cast(:source_ids as uuid[]), cast(:references as varchar[]),
          cast(:reverses_ids as uuid[]), cast(:reason_codes as varchar[]),
          cast(:posting_counts as smallint[]), cast(:previous_hashes as bytea[]),
          cast(:hashes as bytea[])) as e),
    postings as (
      insert into ledger_posting
        (tenant_id, entry_id, ordinal, account_id, amount_cents, value_date, position_id)
      select cast(:tenant_id as varchar), p.*
        from unnest(cast(:entry_ids as uuid[]), cast(:ordinals as smallint[]),
                    cast(:account_ids as uuid[]), cast(:amounts as bigint[]),
                    cast(:value_dates as date[]), cast(:position_ids as uuid[])) as p),
    audit as (
      insert into audit.audit_entry
        (tenant_id, id, actor, unit_id, client_id, action, record_kind, record_ids, purpose,
         request_id, reason, end_user, changes)
      values (cast(:tenant_id as varchar), :audit_id, :audit_actor, :audit_unit_id,
              :audit_client_id, :audit_action, :audit_record_kind, :audit_record_ids,
              :audit_purpose, :audit_request_id, :audit_reason, :audit_end_user, :audit_changes))
    insert into outbox_message (tenant_id, created_at, id, subject, aggregate_id, payload)
    select cast(:tenant_id as varchar), cast(:told_at as timestamptz), o.*
      from unnest(cast(:event_ids as uuid[]), cast(:subjects as varchar[]),
                  cast(:ids as uuid[]), cast(:payloads as jsonb[])) as o
    """
)
REVERSED_BY = Statement("select id from ledger_entry where reverses_id = :entry_id")

ENTRY_COLUMNS = """
    e.id, e.sequence, e.recorded_at, e.hash, e.event, e.award_line_id, e.value_date,
    e.source_kind, e.source_id, e.reference, e.reason_code, e.book, e.reverses_id,
    (select json_agg(json_build_object('code', a.code, 'line', a.award_line_id,
              'allocation', a.allocation_id, 'kind', a.cost_kind, 'cents', p.amount_cents,
              'position', p.position_id) order by p.ordinal)
       from ledger_posting p
       join ledger_account a on a.tenant_id = p.tenant_id and a.id = p.account_id
      where p.tenant_id = e.tenant_id and p.entry_id = e.id) as postings
"""
ENTRY = Statement(f"select {ENTRY_COLUMNS} from ledger_entry e where e.id = :entry_id")  # noqa: S608 - columns from code
ENTRIES_OF_SOURCE = Statement(
    f"select {ENTRY_COLUMNS} from ledger_entry e"  # noqa: S608 - columns from code
    " where e.source_kind = :source_kind and e.source_id = :source_id order by e.book, e.sequence"
)

# Balances of a line as they stand, and of any day and any knowledge, from the postings.
BALANCES_OF_LINE = Statement(
    """
    select a.code, a.allocation_id, a.cost_kind, b.balance_cents
      from ledger_account a
      join ledger_balance b on b.tenant_id = a.tenant_id and b.account_id = a.id
     where a.award_line_id = :line_id
    """
)
BALANCES_OF_LINE_AS_OF = Statement(
    """
    select a.code, a.allocation_id, a.cost_kind, sum(p.amount_cents)::bigint as balance_cents
      from ledger_account a
      join ledger_posting p on p.tenant_id = a.tenant_id and p.account_id = a.id
      join ledger_entry e on e.tenant_id = p.tenant_id and e.id = p.entry_id
     where a.award_line_id = :line_id and p.value_date <= :as_of and e.recorded_at <= :known_at
     group by a.id
    """
)
# Children of the line that hold their share already and are not on the books yet.
PLANNED_CHILDREN = Statement(
    """
    select coalesce(sum(c.amount_cents), 0)::bigint from allocation c
     where c.award_line_id = :line_id and c.parent_allocation_id is null
       and c.state in ('PLANNED', 'CALL_OPEN', 'SELECTED', 'CONTRACTED')
    """
)
TENANTS = Statement("select tenant_id from funding_tenants()")
