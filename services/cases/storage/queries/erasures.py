"""The erasure of a case across services: what is read, asked and confirmed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, literal, select, union_all
from sqlmodel import col

from services.cases.domain.retention import DataKind
from services.cases.storage.tables import (
    CaseErasureRow,
    CaseRow,
    ErasureConfirmationRow,
    KindErasureRow,
)
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.publish import json_list
from shared.database.statements import Statement
from shared.database.views import View

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

_ERASED: Any = union_all(
    select(
        col(CaseErasureRow.id),
        col(CaseErasureRow.unit_id),
        col(CaseErasureRow.id).label("case_id"),
        literal(DataKind.CASE_FILE.value).label("data_kind"),
        col(CaseErasureRow.erased_at),
    ).where(col(CaseErasureRow.erased_at).is_not(None)),
    select(
        col(KindErasureRow.id),
        col(KindErasureRow.unit_id),
        col(KindErasureRow.case_id),
        col(KindErasureRow.data_kind),
        col(KindErasureRow.erased_at),
    ),
).subquery("erased")
ERASURES = ListView(
    select(
        _ERASED.c.id,
        _ERASED.c.unit_id,
        _ERASED.c.case_id,
        _ERASED.c.data_kind,
        _ERASED.c.erased_at,
    ),
    filters={
        "erasedAt": Filter(_ERASED.c.erased_at, datetime.fromisoformat, ("gte", "lt")),
        "caseId": Filter(_ERASED.c.case_id, UUID),
    },
    sorts={"erasedAt": "erased_at"},
    default_sort="erasedAt",
)
ERASED_SINCE = Statement(
    "select tenant_id, unit_id, case_id, data_kind, erased_at"
    " from erasures_since(:since, :case_id, :kind, :rows_max)"
)
IS_HELD = Statement("select is_under_legal_hold from case_record where id = :case_id")
NOTE_ERASED_BEFORE = Statement(
    "update case_erasure set erased_at = coalesce(erased_at, :at) where id = :case_id"
)
KIND_ERASED_AT = Statement(
    "select erased_at from kind_erasure where case_id = :case_id and data_kind = :kind"
)
KIND_ERASED_BEFORE = Statement(
    "insert into kind_erasure (id, tenant_id, unit_id, case_id, data_kind, records, erased_at)"
    " values (:id, :tenant_id, :unit_id, :case_id, :kind, 0, :at)"
    " on conflict (tenant_id, case_id, data_kind) do update set erased_at = excluded.erased_at"
)
BROUGHT_BACK = "select * from records_brought_back($1, $2, $3, $4)"
CASES_OF_PERSONS = Statement(
    "select id from case_record where person_id = any(:person_ids) order by id"
)
LEAVE_FAMILIES = Statement("delete from family_member where person_id = any(:person_ids)")
LIFT_HOLD = Statement("update case_record set is_under_legal_hold = false where id = :case_id")
ERASE_RECORDS_AGAIN = Statement("select erase_records_again(:kind, :case_id)")
