"""Deletion rules and destruction lists: what is read, and what a change holds locked."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    select,
)
from sqlmodel import col

from services.cases.domain.case_types import SHARED_CATALOGUE
from services.cases.domain.destruction import ItemOutcome, ListState
from services.cases.domain.retention import DataKind
from services.cases.storage.tables import (
    CaseRow,
    DeletionRuleRow,
    DestructionItemRow,
    DestructionListRow,
    KindErasureRow,
    RuleRunRow,
)
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.publish import json_list, json_object
from shared.database.statements import Statement
from shared.database.views import View

_RULE = (
    col(DeletionRuleRow.id),
    col(DeletionRuleRow.data_kind),
    col(DeletionRuleRow.result),
    col(DeletionRuleRow.start_event),
    col(DeletionRuleRow.period_years),
    col(DeletionRuleRow.period_days),
    col(DeletionRuleRow.legal_reason_de),
    col(DeletionRuleRow.legal_reason_en),
    col(DeletionRuleRow.valid_from),
    col(DeletionRuleRow.recorded_by),
    col(DeletionRuleRow.recorded_at),
)
_RUN = json_object(
    select(
        case(
            (col(RuleRunRow.ended_at).is_not(None), "DONE"),
            (col(RuleRunRow.started_at).is_not(None), "RUNNING"),
            else_="WAITING",
        ).label("state"),
        col(RuleRunRow.cases_total),
        col(RuleRunRow.cases_done),
        col(RuleRunRow.cases_changed),
        col(RuleRunRow.started_at),
        col(RuleRunRow.ended_at),
    )
    .where(
        col(RuleRunRow.tenant_id) == col(DeletionRuleRow.tenant_id),
        col(RuleRunRow.id) == col(DeletionRuleRow.id),
    )
    .correlate(DeletionRuleRow)
)
RULE = (*_RULE, _RUN.label("recomputation"))
RULE_VIEW = View(select(*RULE).where(col(DeletionRuleRow.id) == bindparam("rule_id")))
RULE_LIST = ListView(
    select(*RULE),
    filters={
        "dataKind": Filter(col(DeletionRuleRow.data_kind), DataKind, ("eq", "in")),
        "result": Filter(col(DeletionRuleRow.result), str),
    },
    sorts={"validFrom": "valid_from", "id": "id"},
    default_sort="-validFrom",
)
RULES_OF_UNIT = Statement(
    "select data_kind, result, start_event, period_years, period_days, legal_reason_de,"
    " legal_reason_en, valid_from from deletion_rule"
    " where tenant_id = :tenant_id and unit_id = :unit_id"
)
# The type that ships with the product says nothing for a municipality: there the default holds.
_TYPE_YEARS = f"""(
select (r ->> 'retentionYears')::int from case_type t, jsonb_array_elements(t.results) r
 where t.id = case_type_id and t.tenant_id <> '{SHARED_CATALOGUE}'
   and r ->> 'closingReason' = closing_reason)"""  # noqa: S608 - our own text
TYPE_YEARS = Statement("""
select (r ->> 'retentionYears')::int from case_record c
  join case_type t on t.id = c.case_type_id, jsonb_array_elements(t.results) r
 where c.id = :case_id and t.tenant_id <> '00000' and r ->> 'closingReason' = :closing_reason""")
RETENTION_VIEW = View(
    select(
        col(CaseRow.id),
        col(CaseRow.state),
        col(CaseRow.closing_reason),
        col(CaseRow.closed_on),
        col(CaseRow.is_under_legal_hold),
        col(CaseRow.archive_answer),
        literal_column(_TYPE_YEARS, Integer).label("type_years"),
        select(func.array_agg(col(KindErasureRow.data_kind)))
        .where(
            col(KindErasureRow.tenant_id) == col(CaseRow.tenant_id),
            col(KindErasureRow.case_id) == col(CaseRow.id),
            # Of a case that was reopened, only what went after its last end.
            cast(col(KindErasureRow.erased_at), Date) >= col(CaseRow.closed_on),
        )
        .correlate(CaseRow)
        .scalar_subquery()
        .label("erased_kinds"),
    ).where(col(CaseRow.id) == bindparam("case_id")),
    log=ReadLog("case"),
)
_ENDED = f"""
select c.id, c.version, c.state, c.closing_reason, c.closed_on, c.deletion_due_on,
       c.is_under_legal_hold, c.archive_answer, {_TYPE_YEARS} as type_years
  from case_record c
 where c.tenant_id = :tenant_id and c.unit_id = :unit_id
   and c.state in ('CLOSED', 'DECLINED') and c.closed_on is not null"""  # noqa: S608 - our own text
ENDED_CASES = Statement(f"{_ENDED} and c.id = any(:case_ids) order by c.id for update of c")
ENDED_AFTER = Statement(f"{_ENDED} and c.id > :after order by c.id limit :rows_max for update of c")
DAYLESS_CASES = Statement(
    f"{_ENDED} and c.deletion_due_on is null order by c.id limit :rows_max for update of c"
)
FORGET_DEADLINES = Statement("delete from kind_deadline where case_id = any(:case_ids)")
KEEP_DEADLINES = Statement(
    "insert into kind_deadline (id, tenant_id, unit_id, case_id, data_kind, due_on)"
    " select gen_random_uuid(), :tenant_id, :unit_id, case_id, kind, day"
    " from unnest(cast(:case_ids as uuid[]), cast(:kinds as text[]), cast(:days as date[]))"
    " as part (case_id, kind, day)"
)

# Whoever stands on a list that is not executed yet is not a candidate a second time.
CANDIDATES = Statement(
    "select c.id, c.reference, c.closing_reason, c.deletion_due_on from case_record c"
    " where c.tenant_id = :tenant_id and c.unit_id = :unit_id"
    " and c.state in ('CLOSED', 'DECLINED') and c.deletion_due_on <= :due_until"
    " and not c.is_under_legal_hold and not exists ("
    "select from destruction_item i join destruction_list l on l.id = i.list_id"
    " where i.tenant_id = c.tenant_id and i.case_id = c.id"
    " and (i.outcome = 'REQUESTED' or i.outcome = 'LISTED' and l.state <> 'EXECUTED'))"
    " order by c.deletion_due_on, c.id limit :rows_max"
)


def _items(outcome: ItemOutcome) -> ColumnElement[Any]:
    query = select(func.count()).where(
        col(DestructionItemRow.tenant_id) == col(DestructionListRow.tenant_id),
        col(DestructionItemRow.list_id) == col(DestructionListRow.id),
        col(DestructionItemRow.outcome) == outcome.value,
    )
    return query.correlate(DestructionListRow).scalar_subquery()


_UNANSWERED = (
    select(func.count())
    .where(
        col(DestructionItemRow.tenant_id) == col(DestructionListRow.tenant_id),
        col(DestructionItemRow.list_id) == col(DestructionListRow.id),
        col(DestructionItemRow.outcome) == ItemOutcome.LISTED.value,
        ~select(col(CaseRow.id))
        .where(
            col(CaseRow.id) == col(DestructionItemRow.case_id),
            col(CaseRow.archive_answer).is_not(None),
        )
        .correlate(DestructionItemRow)
        .exists(),
    )
    .correlate(DestructionListRow)
    .scalar_subquery()
)
LIST = (
    col(DestructionListRow.id),
    col(DestructionListRow.version),
    col(DestructionListRow.state),
    col(DestructionListRow.due_until),
    col(DestructionListRow.author),
    col(DestructionListRow.reviewer),
    col(DestructionListRow.approver),
    col(DestructionListRow.created_at),
    col(DestructionListRow.executed_at),
    col(DestructionListRow.unit_id),
)
_COUNTS = json_object(
    select(
        *(_items(outcome).label(outcome.value.lower()) for outcome in ItemOutcome),
        _UNANSWERED.label("without_archive_answer"),
    )
)
_FACTS = func.json_build_object(
    "author", col(DestructionListRow.author),
    "reviewer", col(DestructionListRow.reviewer),
    "items_listed", _items(ItemOutcome.LISTED),
    "items_without_archive_answer", _UNANSWERED,
    "state", col(DestructionListRow.state),
)  # fmt: skip
LIST_VIEW = View(
    select(
        *LIST,
        _COUNTS.label("counts"),
        json_list(
            select(
                col(DestructionItemRow.case_id),
                col(DestructionItemRow.reference),
                col(DestructionItemRow.result),
                col(DestructionItemRow.due_on),
                col(DestructionItemRow.outcome),
                col(DestructionItemRow.drop_reason),
            )
            .where(
                col(DestructionItemRow.tenant_id) == col(DestructionListRow.tenant_id),
                col(DestructionItemRow.list_id) == col(DestructionListRow.id),
            )
            .order_by(col(DestructionItemRow.due_on), col(DestructionItemRow.id))
            .correlate(DestructionListRow)
        ).label("items"),
        _FACTS.label("facts"),
    ).where(col(DestructionListRow.id) == bindparam("list_id"))
)
LISTS = ListView(
    select(*LIST),
    filters={"state": Filter(col(DestructionListRow.state), ListState, ("eq", "in"))},
    sorts={"createdAt": "created_at", "id": "id"},
    default_sort="-createdAt",
)
LIST_FOR_UPDATE = Statement(
    select(
        col(DestructionListRow.id),
        col(DestructionListRow.version),
        col(DestructionListRow.state),
        col(DestructionListRow.author),
        col(DestructionListRow.reviewer),
    )
    .where(col(DestructionListRow.id) == bindparam("list_id"))
    .with_for_update()
)
FACTS_OF_LIST = Statement(
    select(_FACTS.label("facts")).where(col(DestructionListRow.id) == bindparam("list_id"))
)
# Locked in the order of their ids, as everything that locks several cases does.
CASES_OF_LIST = Statement(
    "select c.id as case_id, c.state, c.is_under_legal_hold, c.deletion_due_on,"
    " c.archive_answer, i.id as item_id"
    " from destruction_item i join case_record c on c.id = i.case_id"
    " where i.list_id = :list_id and i.outcome = 'LISTED' order by c.id for update of c"
)
NEXT_OF_LIST = Statement(
    "select case_id, id as item_id from destruction_item"
    " where list_id = :list_id and outcome = 'LISTED' order by case_id limit 1"
)
CASE_OF_ITEM = Statement(
    "select c.id as case_id, c.state, c.is_under_legal_hold, c.deletion_due_on,"
    " c.archive_answer from destruction_item i join case_record c on c.id = i.case_id"
    " where i.id = :item_id for update of c"
)
LISTED_ITEM = Statement(
    "select id from destruction_item"
    " where list_id = :list_id and case_id = :case_id and outcome = 'LISTED'"
)
ITEM_ERASED = Statement(
    "update destruction_item set outcome = 'ERASED'"
    " where case_id = :case_id and outcome in ('LISTED', 'REQUESTED')"
)
