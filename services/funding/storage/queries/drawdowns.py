"""Drawdowns as published, and what their rules look at."""

from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, String, and_, any_, bindparam, exists, func, select
from sqlmodel import col

from services.funding.domain.drawdown_lifecycle import (
    DRAWDOWN_CLOCK_ACTIONS,
    DRAWDOWN_LIFECYCLE,
    FOLLOWED_STATES,
    RECEIVED_STATES,
)
from services.funding.storage.queries.moments import allowed_actions, year
from services.funding.storage.tables import (
    AwardLineRow,
    AwardRow,
    DrawdownNeedRow,
    DrawdownRow,
)
from shared.database.lists import Filter, ListView
from shared.database.publish import json_list
from shared.database.statements import Statement, table_of
from shared.database.views import View

OVERDUE_AWARD_STATES = ("EXPIRED", "PROOF_DUE")

NEEDS = json_list(
    select(
        col(DrawdownNeedRow.due_on),
        col(DrawdownNeedRow.amount_cents),
        col(DrawdownNeedRow.cost_kind),
    )
    .where(
        col(DrawdownNeedRow.tenant_id) == col(DrawdownRow.tenant_id),
        col(DrawdownNeedRow.drawdown_id) == col(DrawdownRow.id),
        col(DrawdownNeedRow.revision) == col(DrawdownRow.revision),
    )
    .order_by(col(DrawdownNeedRow.ordinal))
    .correlate(DrawdownRow)
).label("needs")
DRAWDOWN: tuple[Any, ...] = (
    col(DrawdownRow.id),
    col(DrawdownRow.version),
    col(DrawdownRow.award_id),
    col(DrawdownRow.award_line_id),
    col(AwardLineRow.funding_line),
    col(AwardRow.fiscal_year),
    col(DrawdownRow.regime),
    col(DrawdownRow.state),
    allowed_actions(col(DrawdownRow.state), DRAWDOWN_LIFECYCLE, hidden=DRAWDOWN_CLOCK_ACTIONS),
    col(DrawdownRow.revision),
    col(DrawdownRow.amount_cents),
    col(DrawdownRow.approved_cents).label("approved_amount_cents"),
    col(DrawdownRow.paid_cents).label("paid_amount_cents"),
    col(DrawdownRow.requested_on),
    col(DrawdownRow.due_on),
    col(DrawdownRow.value_date),
    col(DrawdownRow.bank_reference),
    col(DrawdownRow.use_by),
    col(DrawdownRow.used_cents).label("used_amount_cents"),
    col(DrawdownRow.repaid_cents).label("repaid_amount_cents"),
    col(DrawdownRow.repaid_on),
    col(DrawdownRow.return_reason),
    NEEDS,
    col(DrawdownRow.created_at),
    col(DrawdownRow.updated_at),
)
DRAWDOWNS = (
    select(*DRAWDOWN)
    .select_from(DrawdownRow)
    .join(
        AwardLineRow,
        and_(
            col(AwardLineRow.tenant_id) == col(DrawdownRow.tenant_id),
            col(AwardLineRow.id) == col(DrawdownRow.award_line_id),
        ),
    )
    .join(
        AwardRow,
        and_(
            col(AwardRow.tenant_id) == col(DrawdownRow.tenant_id),
            col(AwardRow.id) == col(DrawdownRow.award_id),
        ),
    )
)
DRAWDOWN_VIEW = View(DRAWDOWNS.where(col(DrawdownRow.id) == bindparam("drawdown_id")))
DRAWDOWN_LIST = ListView(
    DRAWDOWNS,
    filters={
        "id": Filter(col(DrawdownRow.id), UUID, ("in",)),
        "awardId": Filter(col(DrawdownRow.award_id), UUID, ("eq", "in")),
        "awardLineId": Filter(col(DrawdownRow.award_line_id), UUID, ("eq", "in")),
        "state": Filter(col(DrawdownRow.state), str, ("eq", "in")),
        "fundingLine": Filter(col(AwardLineRow.funding_line), str, ("eq", "in")),
        "fiscalYear": Filter(col(AwardRow.fiscal_year), year, ("eq", "gte", "lte")),
    },
    sorts={"id": "id", "updatedAt": "updated_at"},
    default_sort="id",
)

_BY_ID = select(table_of(DrawdownRow)).where(col(DrawdownRow.id) == bindparam("drawdown_id"))
DRAWDOWN_BY_ID = Statement(_BY_ID)
DRAWDOWN_FOR_UPDATE = Statement(_BY_ID.with_for_update(key_share=True))
NEEDS_OF_DRAWDOWN = Statement(
    select(
        col(DrawdownNeedRow.due_on),
        col(DrawdownNeedRow.amount_cents),
        col(DrawdownNeedRow.cost_kind),
    )
    .where(
        col(DrawdownNeedRow.drawdown_id) == bindparam("drawdown_id"),
        col(DrawdownNeedRow.revision) == bindparam("revision"),
    )
    .order_by(col(DrawdownNeedRow.ordinal))
)
HAS_UNUSED_EARLIER_MONEY = Statement(
    select(
        exists().where(
            col(DrawdownRow.award_line_id) == bindparam("line_id"),
            col(DrawdownRow.id) != bindparam("drawdown_id"),
            col(DrawdownRow.state)
            == any_(bindparam("followed", type_=ARRAY(String), value=sorted(FOLLOWED_STATES))),
            col(DrawdownRow.use_by) < bindparam("day"),
            col(DrawdownRow.used_cents) < col(DrawdownRow.approved_cents),
        )
    )
)
# Of any award with a line of the same kind; a proof that nobody began counts from the notice's day.
HAS_OVERDUE_PROOF = Statement(
    """
    select exists (
      select from award a
        left join proof p
          on p.tenant_id = a.tenant_id and p.award_id = a.id and p.allocation_id is null
       where exists (select from award_line l
                      where l.tenant_id = a.tenant_id and l.award_id = a.id
                        and l.funding_line = :funding_line)
         and case when p.id is null
                  then a.state = any(cast(:proof_states as text[])) and a.proof_due_on < :day
                  else p.state = any(cast(:unsubmitted as text[]))
                       and (p.is_overdue or p.due_on < :day) end)
    """
)
PAYOUTS_OF_LINE = Statement(
    select(table_of(DrawdownRow))
    .where(
        col(DrawdownRow.award_line_id) == bindparam("line_id"),
        col(DrawdownRow.state)
        == any_(bindparam("received", type_=ARRAY(String), value=sorted(RECEIVED_STATES))),
    )
    .order_by(col(DrawdownRow.id))
)
FOLLOWED_LINES = Statement(
    select(func.distinct(col(DrawdownRow.award_line_id)).label("line_id")).where(
        col(DrawdownRow.state)
        == any_(bindparam("followed", type_=ARRAY(String), value=sorted(FOLLOWED_STATES)))
    )
)
# Eligible costs on their value date, what the bank confirmed to recipients of the Land's money, and
# what went back to the Land by a recovery: it lies idle no more and is not paid back once more.
USES_OF_LINE = Statement(
    """
    select p.value_date as day, sum(p.amount_cents)::bigint as cents
      from ledger_account a
      join ledger_posting p on p.tenant_id = a.tenant_id and p.account_id = a.id
     where a.award_line_id = :line_id and a.code = 'ELIGIBLE'
     group by p.value_date
    union all
    select e.value_date, sum(p.amount_cents)::bigint
      from ledger_entry e
      join ledger_posting p on p.tenant_id = e.tenant_id and p.entry_id = e.id
      join ledger_account a on a.tenant_id = p.tenant_id and a.id = p.account_id
      join payment m on m.tenant_id = e.tenant_id and m.id = e.source_id and m.source = 'LAND'
     where e.award_line_id = :line_id and e.source_kind = 'payment'
       and e.event = 'PAYMENT_CONFIRMED' and a.code = 'SENT'
     group by e.value_date
    union all
    select e.value_date, -sum(p.amount_cents)::bigint
      from ledger_entry e
      join ledger_posting p on p.tenant_id = e.tenant_id and p.entry_id = e.id
      join ledger_account a on a.tenant_id = p.tenant_id and a.id = p.account_id
     where e.award_line_id = :line_id and e.source_kind = 'recovery'
       and e.event = 'REPAID' and a.code = 'CASH'
     group by e.value_date
    """
)
LUMP_SUM_LINES = Statement(
    """
    select l.id, l.funding_line, coalesce(b.balance_cents, 0)::bigint as claim_cents
      from award_line l
      left join ledger_account a on a.tenant_id = l.tenant_id and a.award_line_id = l.id
       and a.code = 'CLAIM'
      left join ledger_balance b on b.tenant_id = a.tenant_id and b.account_id = a.id
     where l.award_id = :award_id order by l.ordinal
    """
)
