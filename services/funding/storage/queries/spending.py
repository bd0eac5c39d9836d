"""Expenditure and vouchers as published, and as the rules need them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    JSON,
    Uuid,
    and_,
    any_,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.funding.domain.expenditure_lifecycle import EXPENDITURE_LIFECYCLE
from services.funding.storage.queries.awards import AWARD_NUMBER_IN_FORCE, SAME_LINE
from services.funding.storage.queries.findings import FOUND, MASKED_FIELDS
from services.funding.storage.queries.moments import allowed_actions
from services.funding.storage.queries.positions import IN_FORCE
from services.funding.storage.tables import (
    AwardLineRow,
    AwardRow,
    AwardVersionLineRow,
    AwardVersionRow,
    ExpenditureRow,
    ExpenditureSubjectRow,
    OccupancyRow,
    PositionRow,
    PositionVersionRow,
    VoucherRow,
)
from shared.database.filter_values import instant
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement, table_of
from shared.database.views import View

LIVING = col(ExpenditureRow.state) != "CORRECTED"
_taken = aliased(ExpenditureRow)
TAKEN = (
    select(func.coalesce(func.sum(col(_taken.amount_cents)), 0))
    .where(
        col(_taken.tenant_id) == col(VoucherRow.tenant_id),
        col(_taken.voucher_id) == col(VoucherRow.id),
        col(_taken.state) != "CORRECTED",
    )
    .scalar_subquery()
)
VOUCHER: tuple[Any, ...] = (
    col(VoucherRow.id),
    col(VoucherRow.version),
    col(VoucherRow.number),
    col(VoucherRow.voucher_date),
    col(VoucherRow.amount_cents),
    (col(VoucherRow.amount_cents) - TAKEN).label("free_amount_cents"),
    col(VoucherRow.sha256),
    col(VoucherRow.document_ref),
    col(VoucherRow.created_at),
)
VOUCHER_VIEW = View(select(*VOUCHER).where(col(VoucherRow.id) == bindparam("voucher_id")))
VOUCHER_LIST = ListView(
    select(*VOUCHER),
    filters={
        "id": Filter(col(VoucherRow.id), UUID, ("in",)),
        "number": Filter(col(VoucherRow.number), str, ("eq", "in")),
        "voucherDate": Filter(
            col(VoucherRow.voucher_date), date.fromisoformat, ("eq", "gte", "lte")
        ),
    },
    sorts={"voucherDate": "voucher_date", "id": "id"},
    default_sort="-voucherDate",
)
VOUCHER_FOR_UPDATE = Statement(
    select(table_of(VoucherRow))
    .where(col(VoucherRow.id) == bindparam("voucher_id"))
    .with_for_update(key_share=True)
)
VOUCHER_TAKEN = Statement(
    select(func.coalesce(func.sum(col(ExpenditureRow.amount_cents)), 0)).where(
        col(ExpenditureRow.voucher_id) == bindparam("voucher_id"), LIVING
    )
)

EXPENDITURE: tuple[Any, ...] = (
    col(ExpenditureRow.id),
    col(ExpenditureRow.version),
    col(ExpenditureRow.award_line_id),
    col(AwardLineRow.award_id),
    col(ExpenditureRow.allocation_id),
    col(ExpenditureRow.position_id),
    col(ExpenditureRow.cost_kind),
    col(ExpenditureRow.period_from),
    col(ExpenditureRow.period_to),
    col(ExpenditureRow.value_date),
    col(ExpenditureRow.amount_cents),
    col(ExpenditureRow.voucher_id),
    col(ExpenditureRow.reservation_id),
    col(ExpenditureRow.payer),
    col(ExpenditureRow.structural_finding_id),
    col(ExpenditureRow.ruled),
    col(ExpenditureRow.rule_source),
    col(ExpenditureRow.decided),
    col(ExpenditureRow.decision_reason),
    col(ExpenditureRow.decided_at),
    col(ExpenditureRow.eligible_cents),
    col(ExpenditureRow.own_share_cents),
    col(ExpenditureRow.ineligible_cents),
    col(ExpenditureRow.undecided_cents),
    cast(FOUND, JSON).label("findings"),
    col(ExpenditureRow.state),
    allowed_actions(col(ExpenditureRow.state), EXPENDITURE_LIFECYCLE),
    col(ExpenditureRow.is_recipient_cost),
    col(ExpenditureRow.correction_code),
    col(ExpenditureRow.corrected_on),
    col(ExpenditureRow.created_at),
    col(ExpenditureRow.updated_at),
    MASKED_FIELDS.label("masked_fields"),
)
EXPENDITURES = (
    select(*EXPENDITURE)
    .select_from(ExpenditureRow)
    .join(
        AwardLineRow,
        and_(
            col(AwardLineRow.tenant_id) == col(ExpenditureRow.tenant_id),
            col(AwardLineRow.id) == col(ExpenditureRow.award_line_id),
        ),
    )
)
# The case of a cost: what the policies let the caller see of it, so never for an auditor.
SUBJECT = (
    select(col(ExpenditureSubjectRow.subject_ref))
    .where(
        col(ExpenditureSubjectRow.tenant_id) == col(ExpenditureRow.tenant_id),
        col(ExpenditureSubjectRow.expenditure_id) == col(ExpenditureRow.id),
    )
    .scalar_subquery()
)
EXPENDITURE_VIEW = View(
    EXPENDITURES.add_columns(SUBJECT.label("subject_ref")).where(
        col(ExpenditureRow.id) == bindparam("expenditure_id")
    ),
    log=ReadLog("expenditure"),
)
EXPENDITURE_LIST = ListView(
    EXPENDITURES,
    filters={
        "id": Filter(col(ExpenditureRow.id), UUID, ("in",)),
        "awardId": Filter(col(AwardLineRow.award_id), UUID, ("eq", "in")),
        "awardLineId": Filter(col(ExpenditureRow.award_line_id), UUID, ("eq", "in")),
        "allocationId": Filter(col(ExpenditureRow.allocation_id), UUID, ("eq", "in")),
        "positionId": Filter(col(ExpenditureRow.position_id), UUID, ("eq", "in")),
        "reservationId": Filter(col(ExpenditureRow.reservation_id), UUID, ("eq", "in")),
        "voucherId": Filter(col(ExpenditureRow.voucher_id), UUID, ("eq", "in")),
        "costKind": Filter(col(ExpenditureRow.cost_kind), str, ("eq", "in")),
        "state": Filter(col(ExpenditureRow.state), str, ("eq", "in")),
        "valueDate": Filter(
            col(ExpenditureRow.value_date), date.fromisoformat, ("eq", "gte", "lte")
        ),
    },
    sorts={"valueDate": "value_date", "id": "id"},
    default_sort="valueDate",
)
_OF_SUBJECT = select(col(ExpenditureSubjectRow.expenditure_id)).where(
    col(ExpenditureSubjectRow.subject_ref) == bindparam("subject_ref")
)
# Each is logged: it says which case a cost was for. For whom the policy hides that, there is none.
EXPENDITURES_OF_SUBJECT = ListView(
    EXPENDITURES.where(col(ExpenditureRow.id).in_(_OF_SUBJECT)),
    filters={
        "state": Filter(col(ExpenditureRow.state), str, ("eq", "in")),
        "createdAt": Filter(col(ExpenditureRow.created_at), instant, ("gte", "lt")),
    },
    sorts={"createdAt": "created_at"},
    default_sort="-createdAt",
    log=ReadLog("expenditure"),
)
EXPENDITURE_BY_ID = Statement(
    select(table_of(ExpenditureRow)).where(col(ExpenditureRow.id) == bindparam("expenditure_id"))
)
EXPENDITURE_FOR_UPDATE = Statement(
    select(table_of(ExpenditureRow))
    .where(col(ExpenditureRow.id) == bindparam("expenditure_id"))
    .with_for_update(key_share=True)
)
# In the order in which they were recorded: the first is paid first.
LIVING_OF_LINES = Statement(
    select(table_of(ExpenditureRow))
    .where(
        col(ExpenditureRow.award_line_id) == any_(bindparam("line_ids", type_=ARRAY(Uuid))), LIVING
    )
    .order_by(col(ExpenditureRow.created_at), col(ExpenditureRow.id))
)
SPENDING_LINES = Statement(
    select(
        col(AwardLineRow.id).label("line_id"),
        col(AwardLineRow.award_id),
        col(AwardRow.state),
        col(AwardRow.fiscal_year),
        col(AwardVersionRow.valid_from).label("award_from"),
        col(AwardVersionRow.valid_to).label("award_to"),
        col(AwardLineRow.key),
        col(AwardLineRow.funding_line),
        col(AwardLineRow.purpose),
        col(AwardLineRow.is_additional),
        col(AwardLineRow.part_year_decision),
        col(AwardVersionLineRow.amount_cents),
        col(AwardVersionLineRow.fte),
        col(AwardVersionLineRow.rate_cents),
        col(AwardVersionLineRow.valid_from),
        col(AwardVersionLineRow.valid_to),
    )
    .select_from(AwardRow)
    .join(
        AwardVersionRow,
        and_(
            col(AwardVersionRow.tenant_id) == col(AwardRow.tenant_id),
            col(AwardVersionRow.award_id) == col(AwardRow.id),
            col(AwardVersionRow.number) == AWARD_NUMBER_IN_FORCE,
        ),
    )
    .join(
        AwardVersionLineRow,
        and_(
            col(AwardVersionLineRow.tenant_id) == col(AwardVersionRow.tenant_id),
            col(AwardVersionLineRow.award_version_id) == col(AwardVersionRow.id),
        ),
    )
    .join(AwardLineRow, SAME_LINE)
    .where(col(AwardLineRow.id) == any_(bindparam("line_ids", type_=ARRAY(Uuid))))
    .order_by(col(AwardLineRow.ordinal))
)
POSTS = Statement(
    select(
        col(PositionRow.id),
        col(PositionRow.award_line_id),
        col(AwardLineRow.award_id),
        col(PositionRow.valid_from),
        col(PositionRow.valid_to),
        col(PositionVersionRow.approved_fte),
    )
    .select_from(PositionRow)
    .join(PositionVersionRow, IN_FORCE)
    .outerjoin(
        AwardLineRow,
        and_(
            col(AwardLineRow.tenant_id) == col(PositionRow.tenant_id),
            col(AwardLineRow.id) == col(PositionRow.award_line_id),
        ),
    )
    .where(col(PositionRow.id) == any_(bindparam("position_ids", type_=ARRAY(Uuid))))
)
OCCUPANCIES_OF_POSTS = Statement(
    select(table_of(OccupancyRow))
    .where(col(OccupancyRow.position_id) == any_(bindparam("position_ids", type_=ARRAY(Uuid))))
    .order_by(col(OccupancyRow.since), col(OccupancyRow.id))
)
FORGET_SUBJECT = Statement(
    "delete from expenditure_subject where subject_ref = :subject_ref returning expenditure_id"
)
COST_PER_LINE = Statement(
    """
    select l.id as award_line_id, l.award_id, l.key, l.funding_line, l.name_de, l.name_en,
           e.cost_kind, e.is_recipient_cost, count(*)::int as expenditures,
           sum(e.amount_cents)::bigint as actual_cents,
           sum(e.eligible_cents)::bigint as eligible_cents,
           sum(e.own_share_cents)::bigint as own_share_cents,
           sum(e.ineligible_cents)::bigint as ineligible_cents,
           sum(e.undecided_cents)::bigint as undecided_cents
      from expenditure e
      join award_line l on l.tenant_id = e.tenant_id and l.id = e.award_line_id
      join award a on a.tenant_id = l.tenant_id and a.id = l.award_id
     where a.fiscal_year = :fiscal_year and a.book = 'LIVE' and e.state <> 'CORRECTED'
     group by l.id, l.award_id, l.key, l.funding_line, l.name_de, l.name_en, l.ordinal,
              e.cost_kind, e.is_recipient_cost
     order by l.award_id, l.ordinal, e.cost_kind, e.is_recipient_cost
    """
)
