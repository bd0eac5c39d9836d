"""Rules, calls for interest and reservations as published, and as the rules need them."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlmodel import col

from services.funding.domain.reservations import RESERVATION_LIFECYCLE, ReservationAction
from services.funding.storage.queries.moments import allowed_actions
from services.funding.storage.tables import (
    CallForInterestRow,
    CostRuleRow,
    FunderNameRow,
    FundingLineRow,
    InterestResponseRow,
    ReservationRow,
)
from shared.database.lists import Filter, ListView
from shared.database.publish import json_list
from shared.database.statements import Statement, table_of
from shared.database.views import View


def _of_rule(row: Any, *between: Any) -> tuple[Any, ...]:
    return (
        col(row.id),
        col(row.version),
        col(row.funding_line),
        *between,
        col(row.valid_from),
        col(row.valid_to),
        col(row.source),
        col(row.released_by).is_not(None).label("is_released"),
        col(row.updated_at),
    )


LINE_RULE = _of_rule(
    FundingLineRow,
    col(FundingLineRow.legal_form),
    col(FundingLineRow.proof_regime),
    col(FundingLineRow.has_two_month_rule),
)
COST_RULE = _of_rule(
    CostRuleRow,
    col(CostRuleRow.cost_kind),
    col(CostRuleRow.answer),
)
_RULE_SORTS = {"fundingLine": "funding_line", "validFrom": "valid_from", "id": "id"}
LINE_RULE_VIEW = View(select(*LINE_RULE).where(col(FundingLineRow.id) == bindparam("rule_id")))
LINE_RULE_LIST = ListView(
    select(*LINE_RULE),
    filters={"fundingLine": Filter(col(FundingLineRow.funding_line), str, ("eq", "in"))},
    sorts=_RULE_SORTS,
    default_sort="fundingLine",
)
COST_RULE_VIEW = View(select(*COST_RULE).where(col(CostRuleRow.id) == bindparam("rule_id")))
COST_RULE_LIST = ListView(
    select(*COST_RULE),
    filters={
        "fundingLine": Filter(col(CostRuleRow.funding_line), str, ("eq", "in")),
        "costKind": Filter(col(CostRuleRow.cost_kind), str, ("eq", "in")),
        "answer": Filter(col(CostRuleRow.answer), str, ("eq", "in")),
    },
    sorts=_RULE_SORTS,
    default_sort="fundingLine",
)
LINE_RULE_FOR_UPDATE = Statement(
    select(table_of(FundingLineRow))
    .where(col(FundingLineRow.id) == bindparam("rule_id"))
    .with_for_update(key_share=True)
)
COST_RULE_FOR_UPDATE = Statement(
    select(table_of(CostRuleRow))
    .where(col(CostRuleRow.id) == bindparam("rule_id"))
    .with_for_update(key_share=True)
)
RULES_LOCK = Statement("select pg_advisory_xact_lock(hashtextextended('rules|' || :tenant_id, 0))")
HAS_RULES = Statement("select exists (select from cost_rule)")
RELEASED_LINE_RULES = Statement(
    """
    select id, valid_from, valid_to from funding_line
     where funding_line = :funding_line and released_by is not null
     order by valid_from for no key update
    """
)
RELEASED_COST_RULES = Statement(
    """
    select id, valid_from, valid_to from cost_rule
     where funding_line = :funding_line and cost_kind = :cost_kind and released_by is not null
     order by valid_from for no key update
    """
)
COST_RULE_ON = Statement(
    """
    select answer, source from cost_rule
     where funding_line = :funding_line and cost_kind = :cost_kind and released_by is not null
       and valid_from <= :day and (valid_to is null or valid_to >= :day)
    """
)
# Which kinds each line paid, or may have paid, by a rule of some day of a period.
PAID_KINDS = Statement(
    """
    select funding_line, cost_kind, bool_or(answer <> 'NOT_ELIGIBLE') as is_paid from cost_rule
     where released_by is not null
       and valid_from <= :period_to and (valid_to is null or valid_to >= :period_from)
     group by funding_line, cost_kind
    """
)
LINE_RULE_ON = Statement(
    """
    select legal_form, proof_regime, has_two_month_rule from funding_line
     where funding_line = :funding_line and released_by is not null
       and valid_from <= :day and (valid_to is null or valid_to >= :day)
    """
)

FUNDER_NAME_LIST = ListView(
    select(
        col(FunderNameRow.id),
        col(FunderNameRow.version),
        col(FunderNameRow.programme_id),
        col(FunderNameRow.name),
        col(FunderNameRow.used_from),
        col(FunderNameRow.updated_at),
    ).where(col(FunderNameRow.programme_id) == bindparam("programme_id")),
    filters={},
    sorts={"usedFrom": "used_from", "id": "id"},
    default_sort="usedFrom",
)
# With two programmes on record nobody knows whose ministry is meant.
FUNDER_NAMES = Statement(
    "select name, used_from from funder_name"
    " where (select count(*) from programme) = 1 order by used_from"
)
FUNDER_NAME_VIEW = View(
    select(
        col(FunderNameRow.id),
        col(FunderNameRow.version),
        col(FunderNameRow.programme_id),
        col(FunderNameRow.name),
        col(FunderNameRow.used_from),
        col(FunderNameRow.updated_at),
    ).where(col(FunderNameRow.id) == bindparam("name_id"))
)

RESERVATION = (
    col(ReservationRow.id),
    col(ReservationRow.version),
    col(ReservationRow.award_line_id),
    col(ReservationRow.state),
    allowed_actions(
        col(ReservationRow.state), RESERVATION_LIFECYCLE, hidden=(ReservationAction.EXPIRE,)
    ),
    col(ReservationRow.amount_cents),
    col(ReservationRow.posted_cents),
    col(ReservationRow.held_cents),
    col(ReservationRow.cost_kind),
    col(ReservationRow.reserved_on),
    col(ReservationRow.expires_on),
    col(ReservationRow.reference),
    col(ReservationRow.created_at),
    col(ReservationRow.updated_at),
)
RESERVATION_VIEW = View(
    select(*RESERVATION).where(col(ReservationRow.id) == bindparam("reservation_id"))
)
RESERVATION_LIST = ListView(
    select(*RESERVATION),
    filters={
        "id": Filter(col(ReservationRow.id), UUID, ("in",)),
        "awardLineId": Filter(col(ReservationRow.award_line_id), UUID, ("eq", "in")),
        "state": Filter(col(ReservationRow.state), str, ("eq", "in")),
    },
    sorts={"expiresOn": "expires_on", "id": "id"},
    default_sort="id",
)
_RESERVATION_BY_ID = select(table_of(ReservationRow)).where(
    col(ReservationRow.id) == bindparam("reservation_id")
)
RESERVATION_BY_ID = Statement(_RESERVATION_BY_ID)
RESERVATION_FOR_UPDATE = Statement(_RESERVATION_BY_ID.with_for_update(key_share=True))
RUN_OUT_RESERVATIONS = Statement(
    """
    select id, award_line_id from reservation
     where state = 'OPEN' and expires_on < :today and held_cents = 0
     order by award_line_id, id limit 500
    """
)

RESPONSES = json_list(
    select(
        col(InterestResponseRow.number),
        col(InterestResponseRow.respondent_unit),
        col(InterestResponseRow.respondent_name),
        col(InterestResponseRow.fte),
        col(InterestResponseRow.requested_cents).label("requested_amount_cents"),
        col(InterestResponseRow.recommended_cents).label("recommended_amount_cents"),
        col(InterestResponseRow.decided_cents).label("decided_amount_cents"),
        col(InterestResponseRow.is_selected),
    )
    .where(
        and_(
            col(InterestResponseRow.tenant_id) == col(CallForInterestRow.tenant_id),
            col(InterestResponseRow.call_id) == col(CallForInterestRow.id),
        )
    )
    .order_by(col(InterestResponseRow.number))
    .correlate(CallForInterestRow)
).label("responses")
CALL_VIEW = View(
    select(
        col(CallForInterestRow.id),
        col(CallForInterestRow.version),
        col(CallForInterestRow.allocation_id),
        col(CallForInterestRow.opens_on),
        col(CallForInterestRow.closes_on),
        col(CallForInterestRow.criteria),
        RESPONSES,
        col(CallForInterestRow.updated_at),
    ).where(col(CallForInterestRow.allocation_id) == bindparam("allocation_id"))
)
CALL_FOR_UPDATE = Statement(
    select(table_of(CallForInterestRow))
    .where(col(CallForInterestRow.allocation_id) == bindparam("allocation_id"))
    .with_for_update(key_share=True)
)
RESPONSE_OF_CALL = Statement(
    select(table_of(InterestResponseRow)).where(
        col(InterestResponseRow.call_id) == bindparam("call_id"),
        col(InterestResponseRow.number) == bindparam("number"),
    )
)
RESPONSES_OF_CALL = Statement("select count(*) from interest_response where call_id = :call_id")
RETIRE_CONDITIONS = Statement(
    "update award_condition set is_current = false where award_id = :award_id and is_current"
)

# What each line stood at, by value date and knowledge, with the sums that no balance tells.
BUDGET_LINES = Statement(
    """
    select l.id, l.key, l.funding_line, l.ordinal, a.code,
           coalesce(sum(p.amount_cents), 0)::bigint as cents,
           coalesce(sum(p.amount_cents) filter (where coalesce(o.event, e.event)
             in ('AWARD_GRANTED', 'AWARD_AMENDED', 'CARRIED_OVER')), 0)::bigint as granted_cents,
           coalesce(sum(p.amount_cents) filter (where coalesce(o.event, e.event)
             = 'DRAWDOWN_PAID'), 0)::bigint as received_cents
      from award_line l
      left join ledger_account a on a.tenant_id = l.tenant_id and a.award_line_id = l.id
      left join (ledger_posting p
        join ledger_entry e on e.tenant_id = p.tenant_id and e.id = p.entry_id
        left join ledger_entry o on o.tenant_id = e.tenant_id and o.id = e.reverses_id)
        on p.tenant_id = a.tenant_id and p.account_id = a.id
       and p.value_date <= :as_of and e.recorded_at <= :known_at
     where l.award_id = :award_id
     group by l.id, l.key, l.funding_line, l.ordinal, a.code
     order by l.ordinal, l.id
    """
)
# Where the books of a year's lines stand by a day; what is booked for practice is in no report.
BOOKS_OF_YEAR = Statement(
    """
    select l.funding_line, a.code, sum(p.amount_cents)::bigint as cents
      from award w
      join award_line l on l.tenant_id = w.tenant_id and l.award_id = w.id
      join ledger_account a
        on a.tenant_id = l.tenant_id and a.award_line_id = l.id and a.book = 'LIVE'
      join ledger_posting p
        on p.tenant_id = a.tenant_id and p.account_id = a.id and p.value_date <= :as_of
     where w.fiscal_year = :fiscal_year
     group by l.funding_line, a.code
    """
)
