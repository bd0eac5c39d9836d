"""Emergency accesses, where the clock has brought them, and what was read meanwhile."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, bindparam, case, func, select
from sqlmodel import col

from services.cases.domain.emergencies import EmergencyReason, EmergencyState
from services.cases.storage.tables import AuditEntry, EmergencyAccessRow
from shared.audit.listing import COLUMNS as AUDIT_COLUMNS
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement, table_of
from shared.database.views import View

NOW: ColumnElement[Any] = bindparam("at", type_=DateTime(timezone=True))
E = EmergencyAccessRow
# What `state_of_emergency` says, for lists.
STATE: ColumnElement[Any] = case(
    (col(E.reviewed_at).is_not(None), EmergencyState.REVIEWED.value),
    (col(E.ended_at).is_not(None), EmergencyState.ENDED.value),
    (col(E.expires_at) <= NOW, EmergencyState.EXPIRED.value),
    else_=EmergencyState.OPEN.value,
).label("state")
_COLUMNS = tuple(
    col(getattr(E, name))
    for name in (
        "id", "version", "case_id", "unit_id", "actor", "reason", "justification", "opened_at",
        "expires_at", "ended_at", "ended_by", "reviewed_at", "reviewed_by", "verdict",
    )
)  # fmt: skip
EMERGENCY_VIEW = View(
    select(*_COLUMNS, STATE).where(col(E.id) == bindparam("access_id")),
    log=ReadLog("emergency-access"),
)
EMERGENCY_LIST = ListView(
    select(*_COLUMNS, STATE),
    filters={
        "id": Filter(col(E.id), UUID, ("in",)),
        "caseId": Filter(col(E.case_id), UUID),
        "actor": Filter(col(E.actor), str),
        "reason": Filter(col(E.reason), EmergencyReason, ("eq", "in")),
        "state": Filter(STATE, EmergencyState, ("eq", "in")),
        "openedAt": Filter(col(E.opened_at), datetime.fromisoformat, ("gte", "lt")),
    },
    sorts={"openedAt": "opened_at", "id": "id"},
    default_sort="-openedAt",
    log=ReadLog("emergency-access"),
)
EMERGENCY_FOR_UPDATE = Statement(
    select(*_COLUMNS).where(col(E.id) == bindparam("access_id")).with_for_update()
)
RUNNING_EMERGENCY = Statement(
    select(col(E.id)).where(
        col(E.case_id) == bindparam("case_id"),
        col(E.actor) == bindparam("actor"),
        col(E.ended_at).is_(None),
        col(E.expires_at) > NOW,
    )
)
# Null where the caller does not see the case before.
CARE_OF_CASE = Statement(
    "select c.case_manager = :actor as is_in_charge, exists ("
    " select from deputyship d where d.unit_id = c.unit_id and d.principal = c.case_manager"
    " and d.deputy = :actor and d.ended_at is null and :today between d.from_on and d.to_on)"
    " as is_deputy"
    " from case_record c where c.id = :case_id"
)
_audit = table_of(AuditEntry)
# All that the person did in those minutes, whatever case it was about.
DEEDS_MEANWHILE = ListView(
    select(*(_audit.c[name] for name in AUDIT_COLUMNS))
    .select_from(_audit)
    .join(
        table_of(E),
        (_audit.c.tenant_id == col(E.tenant_id))
        & (_audit.c.actor == col(E.actor))
        & (_audit.c.at >= col(E.opened_at))
        & (_audit.c.at <= func.coalesce(col(E.ended_at), col(E.expires_at))),
    )
    .where(col(E.id) == bindparam("access_id")),
    filters={"action": Filter(_audit.c.action), "recordKind": Filter(_audit.c.record_kind)},
    sorts={"at": "at"},
    default_sort="at",
)
