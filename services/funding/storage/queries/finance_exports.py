"""Files for the finance system: what goes into the next one, and those that left."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import String, bindparam, func, literal_column, select
from sqlmodel import col

from services.funding.storage.tables import FinanceBatchRow
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement
from shared.database.views import View

# One export of a county after the other, so that numbers have no gap.
EXPORT_LOCK = Statement(
    "select pg_advisory_xact_lock(hashtextextended('finance-export|' || :tenant_id, 0))"
)
LAST_BATCH = Statement("select number, to_sequence from finance_batch order by number desc limit 1")
# The product of the post where it has one, else of the year's only budget entry of the line.
_PRODUCT = """
    coalesce(
      (select n.products[1] from position_product n
        where n.tenant_id = p.tenant_id and n.position_id = p.position_id
          and n.fiscal_year = w.fiscal_year and cardinality(n.products) = 1),
      (select min(b.product) from budget_entry b
        where b.tenant_id = w.tenant_id and b.fiscal_year = w.fiscal_year
          and b.funding_line = l.funding_line
       having count(distinct b.product) = 1),
      '')
"""
LINES = Statement(
    f"""
    select e.tenant_id, w.fiscal_year, e.value_date, e.sequence, {_PRODUCT} as product,
           a.code, a.cost_kind, w.unit_id as cost_centre, p.amount_cents, e.event,
           turned.sequence as reverses, coalesce(nullif(l.name_de, ''), l.key) as line_name,
           e.reference, coalesce(w.reference, '') as funding_reference,
           coalesce(y.payee_number, x.recipient_name, x.recipient_unit, '') as partner
      from ledger_entry e
      join ledger_posting p on p.tenant_id = e.tenant_id and p.entry_id = e.id
      join ledger_account a on a.tenant_id = p.tenant_id and a.id = p.account_id
      join award_line l on l.tenant_id = a.tenant_id and l.id = a.award_line_id
      join award w on w.tenant_id = l.tenant_id and w.id = l.award_id
      left join ledger_entry turned
        on turned.tenant_id = e.tenant_id and turned.id = e.reverses_id
      left join allocation x on x.tenant_id = a.tenant_id and x.id = a.allocation_id
      left join payment y
        on e.source_kind = 'payment' and y.tenant_id = e.tenant_id and y.id = e.source_id
     where e.book = 'LIVE' and e.sequence between :from_sequence and :to_sequence
     order by e.sequence, p.ordinal
    """  # noqa: S608 - columns from code
)
CONTENT = Statement("select encoding, sha256, content from finance_batch where number = :number")

EXPORT: Final[tuple[Any, ...]] = (
    col(FinanceBatchRow.id),
    col(FinanceBatchRow.number),
    col(FinanceBatchRow.from_sequence),
    col(FinanceBatchRow.to_sequence),
    col(FinanceBatchRow.encoding),
    col(FinanceBatchRow.line_count),
    col(FinanceBatchRow.total_cents),
    literal_column("'EUR'", type_=String).label("currency"),
    col(FinanceBatchRow.sha256),
    func.jsonb_array_length(col(FinanceBatchRow.replacements)).label("replaced_character_count"),
    col(FinanceBatchRow.created_at),
)
_by_number = col(FinanceBatchRow.number) == bindparam("number")
EXPORT_VIEW = View(select(*EXPORT).where(_by_number))
REPLACEMENTS_VIEW = View(
    select(
        col(FinanceBatchRow.id),
        col(FinanceBatchRow.number),
        col(FinanceBatchRow.replacements).label("items"),
    ).where(_by_number),
    hidden=("id",),
)
EXPORT_LIST = ListView(
    select(*EXPORT),
    filters={
        "id": Filter(col(FinanceBatchRow.id), UUID, ("in",)),
        "encoding": Filter(col(FinanceBatchRow.encoding), str, ("eq",)),
    },
    sorts={"number": "number", "id": "id"},
    default_sort="-number",
)
