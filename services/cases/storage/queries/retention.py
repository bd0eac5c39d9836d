"""Deletion rules, destruction lists and erasures: what is read, and what a change holds locked."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select
from sqlmodel import col

from services.cases.domain.destruction import ItemOutcome, ListState
from services.cases.storage.tables import (
    CaseErasureRow,
    CaseRow,
    DeletionRuleRow,
    DestructionItemRow,
    DestructionListRow,
    ErasureConfirmationRow,
)
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.publish import json_list, json_object
from shared.database.statements import Statement
from shared.database.views import View

RULE = (
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
RULE_VIEW = View(select(*RULE).where(col(DeletionRuleRow.id) == bindparam("rule_id")))
RULE_LIST = ListView(
    select(*RULE),
    filters={"result": Filter(col(DeletionRuleRow.result), str)},
    sorts={"validFrom": "valid_from", "id": "id"},
    default_sort="-validFrom",
)
RULES_OF_UNIT = Statement(
    "select result, start_event, period_years, period_days, legal_reason_de, legal_reason_en,"
    " valid_from from deletion_rule where tenant_id = :tenant_id and unit_id = :unit_id"
    " and data_kind = 'CASE_FILE'"
)
RETENTION_VIEW = View(
    select(
        col(CaseRow.id),
        col(CaseRow.state),
        col(CaseRow.closing_reason),
        col(CaseRow.closed_on),
        col(CaseRow.is_under_legal_hold),
        col(CaseRow.archive_answer),
    ).where(col(CaseRow.id) == bindparam("case_id")),
    log=ReadLog("case"),
)
_ENDED = (
    "select id, version, state, closing_reason, closed_on, deletion_due_on from case_record"
    " where tenant_id = :tenant_id and unit_id = :unit_id and state in ('CLOSED', 'DECLINED')"
    " and closed_on is not null"
)
ENDED_CASES = Statement(f"{_ENDED} order by id for update")
ENDED_CASE = Statement(f"{_ENDED} and id = :case_id for update")

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
    filters={
        "state": Filter(
            col(DestructionListRow.state), lambda name: ListState(name).value, ("eq", "in")
        )
    },
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
    "select c.id as case_id, c.state, c.is_under_legal_hold, c.deletion_due_on, i.id as item_id"
    " from destruction_item i join case_record c on c.id = i.case_id"
    " where i.list_id = :list_id and i.outcome = 'LISTED' order by c.id for update of c"
)
LISTED_ITEM = Statement(
    "select id from destruction_item"
    " where list_id = :list_id and case_id = :case_id and outcome = 'LISTED'"
)
ITEM_ERASED = Statement(
    "update destruction_item set outcome = 'ERASED'"
    " where case_id = :case_id and outcome in ('LISTED', 'REQUESTED')"
)

ERASURE_VIEW = View(
    select(
        col(CaseRow.id),
        col(CaseRow.reference),
        col(CaseRow.state),
        col(CaseErasureRow.requested_at),
        col(CaseErasureRow.services),
        col(CaseErasureRow.erased_at),
        json_list(
            select(
                col(ErasureConfirmationRow.service),
                col(ErasureConfirmationRow.records),
                col(ErasureConfirmationRow.confirmed_at),
            )
            .where(
                col(ErasureConfirmationRow.tenant_id) == col(CaseErasureRow.tenant_id),
                col(ErasureConfirmationRow.request_id) == col(CaseErasureRow.request_id),
            )
            .order_by(col(ErasureConfirmationRow.service))
            .correlate(CaseErasureRow)
        ).label("confirmations"),
    )
    .select_from(CaseRow)
    .outerjoin(CaseErasureRow, col(CaseErasureRow.id) == col(CaseRow.id))
    .where(col(CaseRow.id) == bindparam("case_id")),
    log=ReadLog("case"),
)
BEGIN_ERASURE = Statement(
    "insert into case_erasure (id, tenant_id, unit_id, request_id, services, requested_at)"
    " values (:case_id, :tenant_id, :unit_id, :request_id, :services, :at)"
    " on conflict (id) do update set request_id = excluded.request_id,"
    " services = excluded.services, requested_at = excluded.requested_at"
)
ERASURE_OF_CASE = Statement("select request_id, erased_at from case_erasure where id = :case_id")
CONFIRM_ERASURE = Statement(
    "insert into erasure_confirmation"
    " (id, tenant_id, unit_id, case_id, request_id, service, records, confirmed_at)"
    " values (:id, :tenant_id, :unit_id, :case_id, :request_id, :service, :records, :at)"
    " on conflict (tenant_id, request_id, service) do nothing"
)
CONFIRMED_BY = Statement(
    "select service from erasure_confirmation where request_id = :request_id order by service"
)
