"""The erasure of a case across services: what is read, asked and confirmed."""

from sqlalchemy import bindparam, select
from sqlmodel import col

from services.cases.storage.tables import CaseErasureRow, CaseRow, ErasureConfirmationRow
from shared.database.gate import ReadLog
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
