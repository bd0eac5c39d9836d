"""Requests of data subjects: what is read, and what a step holds locked."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Date, bindparam, or_, select
from sqlmodel import col

from services.cases.domain.rights_codes import UNANSWERED, DataRight, RightsState
from services.cases.storage.tables import (
    RightsDecisionRow,
    RightsNoticeRow,
    RightsPartRow,
    RightsRequestRow,
)
from shared.database.filter_values import yes_or_no
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.publish import json_list
from shared.database.statements import Statement, table_of
from shared.database.views import View

_R = RightsRequestRow
_TODAY: Any = bindparam("today", type_=Date)
_IS_UNANSWERED = or_(*(col(_R.state) == state.value for state in sorted(UNANSWERED)))
REQUEST = (
    *(
        col(getattr(_R, name))
        for name in (
            "id", "version", "data_right", "state", "person_id", "case_ids", "asked_by",
            "asked_on", "fields", "letter_id", "received_on", "received_via", "due_on",
            "extension_reason", "identity_check", "identity_checked_by", "services",
            "settlement", "refusal_ground", "are_remedies_told", "person_told_on",
            "handed_over_via", "decided_by", "decided_at", "exported_at", "export_removed_at",
            "warned_on", "overdue_told_on", "ended_at", "recorded_by", "recorded_at",
            "updated_at", "unit_id",
        )
    ),
    (_IS_UNANSWERED & (col(_R.due_on) < _TODAY)).label("is_overdue"),
)  # fmt: skip


def _parts(row: Any, *names: str, order: str) -> Any:
    return json_list(
        select(*(col(getattr(row, name)) for name in names))
        .where(col(row.tenant_id) == col(_R.tenant_id), col(row.request_id) == col(_R.id))
        .order_by(col(getattr(row, order)), col(row.id))
        .correlate(_R)
    )


PARTS = (
    _parts(
        RightsPartRow, "service", "kind", "records", "may_concern_others", "answered_at",
        order="service",
    ).label("parts"),
    _parts(
        RightsDecisionRow, "service", "kind", "record_id", "is_withheld", "ground",
        "decided_by", "decided_at", order="service",
    ).label("decisions"),
    _parts(
        RightsNoticeRow, "id", "referral_id", "recipient_unit", "change", "told_at", "answer",
        "answered_at", "overdue_at", order="told_at",
    ).label("notices"),
)  # fmt: skip
_LOG = ReadLog("rights-request")
REQUEST_VIEW = View(select(*REQUEST, *PARTS).where(col(_R.id) == bindparam("request_id")), log=_LOG)
REQUEST_LIST = ListView(
    select(*REQUEST),
    filters={
        "id": Filter(col(_R.id), UUID, ("eq", "in")),
        "dataRight": Filter(col(_R.data_right), DataRight, ("eq", "in")),
        "state": Filter(col(_R.state), RightsState, ("eq", "in")),
        "personId": Filter(col(_R.person_id), UUID, ("eq", "in")),
        "dueOn": Filter(col(_R.due_on), date.fromisoformat, ("gte", "lte")),
        "isUnanswered": Filter(_IS_UNANSWERED, yes_or_no),
    },
    sorts={"dueOn": "due_on", "receivedOn": "received_on", "id": "id"},
    default_sort="dueOn",
    log=_LOG,
)
REQUEST_FOR_UPDATE = Statement(
    select(table_of(_R)).where(col(_R.id) == bindparam("request_id")).with_for_update()
)
REQUEST_ROW = Statement(select(table_of(_R)).where(col(_R.id) == bindparam("request_id")))
PARTS_OF_REQUEST = Statement(
    "select service, kind, records, may_concern_others from rights_part"
    " where request_id = :request_id order by service, kind"
)
DECISIONS_OF_REQUEST = Statement(
    "select service, kind, record_id, is_withheld, ground from rights_decision"
    " where request_id = :request_id"
)
UNDECIDED_PARTS = Statement(
    "select count(*) from rights_part p where p.request_id = :request_id"
    " and p.may_concern_others and p.records > 0 and not exists ("
    "select from rights_decision d where d.tenant_id = p.tenant_id"
    " and d.request_id = p.request_id and d.service = p.service and d.kind = p.kind"
    " and d.record_id is null)"
)
OPEN_NOTICES = Statement(
    "select count(*) from rights_notice where request_id = :request_id and answered_at is null"
)
KEEP_PART = Statement(
    "insert into rights_part (id, tenant_id, unit_id, request_id, service, kind, records,"
    " may_concern_others, answered_at)"
    " values (:id, :tenant_id, :unit_id, :request_id, :service, :kind, :records,"
    " :may_concern_others, :at)"
    " on conflict (tenant_id, request_id, service, kind) do update"
    " set records = excluded.records, may_concern_others = excluded.may_concern_others,"
    " answered_at = excluded.answered_at"
)
KEEP_DECISION = Statement(
    "insert into rights_decision (id, tenant_id, unit_id, request_id, service, kind, record_id,"
    " is_withheld, ground, decided_by, decided_at)"
    " values (:id, :tenant_id, :unit_id, :request_id, :service, :kind, :record_id,"
    " :is_withheld, :ground, :decided_by, :at)"
    " on conflict (tenant_id, request_id, service, kind, record_id) do update"
    " set is_withheld = excluded.is_withheld, ground = excluded.ground,"
    " decided_by = excluded.decided_by, decided_at = excluded.decided_at"
)
KEEP_NOTICE = Statement(
    "insert into rights_notice (id, tenant_id, unit_id, request_id, referral_id,"
    " recipient_unit, change, told_at)"
    " values (:id, :tenant_id, :unit_id, :request_id, :referral_id, :recipient_unit, :change,"
    " :at) on conflict do nothing"
)
NOTICE_ANSWERED = Statement(
    "update rights_notice set answer = :answer, answered_at = :at"
    " where id = :notice_id and answered_at is null"
)
NOTICE_OVERDUE = Statement(
    "update rights_notice set overdue_at = :at where id = :notice_id and overdue_at is null"
)
RIGHTS_WORK = Statement(
    "select tenant_id, unit_id from rights_work(:warn_until, :exported_before, :ended_before)"
)
NEAR_OR_OVER = Statement(
    "select id, data_right, due_on, due_on < :today as is_overdue from rights_request"
    " where unit_id = :unit_id and state in ('RECEIVED', 'EXAMINATION')"
    " and ((due_on < :today and overdue_told_on is null)"
    "   or (due_on between :today and :warn_until and warned_on is null))"
    " order by due_on, id for update skip locked"
)
OLD_EXPORTS = Statement(
    "select id from rights_request where unit_id = :unit_id and exported_at < :before"
    " and export_removed_at is null order by id"
)
FORGET_REQUESTS = Statement(
    "delete from rights_request where unit_id = :unit_id and ended_at < :before"
)
