"""Documents, relations between cases, approvals of plans, the history of assessments."""

from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from services.cases.storage.tables import (
    AssessmentRow,
    DocumentRow,
    PlanApprovalRow,
    RelatedCaseRow,
)
from shared.database.gate import ReadLog
from shared.database.lists import Filter, ListView
from shared.database.statements import Statement
from shared.database.views import View
from shared.secrecy.columns import placed

DOCUMENT = (
    col(DocumentRow.id),
    col(DocumentRow.version),
    col(DocumentRow.case_id),
    col(DocumentRow.title),
    col(DocumentRow.kind),
    col(DocumentRow.media_type),
    col(DocumentRow.sha256),
    col(DocumentRow.size_bytes),
    col(DocumentRow.scan_state),
    col(DocumentRow.recorded_by),
    col(DocumentRow.recorded_at),
)
_THIS_DOCUMENT = col(DocumentRow.id) == bindparam("document_id")
DOCUMENT_VIEW = View(select(*DOCUMENT).where(_THIS_DOCUMENT), log=ReadLog("document"))
# Where the bytes lie is for us, not for the reader.
DOCUMENT_CONTENT = View(
    select(
        col(DocumentRow.id),
        func.json_build_object(
            "title", placed(col(DocumentRow.title)),
            "media_type", col(DocumentRow.media_type),
            "object_key", col(DocumentRow.object_key),
            "size_bytes", col(DocumentRow.size_bytes),
            "scan_state", col(DocumentRow.scan_state),
        ).label("facts"),
    ).where(_THIS_DOCUMENT),
    log=ReadLog("document-content"),
)  # fmt: skip
DOCUMENTS_OF_CASE = ListView(
    select(*DOCUMENT).where(col(DocumentRow.case_id) == bindparam("case_id")),
    filters={"kind": Filter(col(DocumentRow.kind), str)},
    sorts={"recordedAt": "recorded_at"},
    default_sort="-recordedAt",
    log=ReadLog("document"),
)
DOCUMENT_FOR_UPDATE = Statement(
    select(*DOCUMENT, col(DocumentRow.object_key)).where(_THIS_DOCUMENT).with_for_update()
)
CASE_OF_DOCUMENT = Statement(select(col(DocumentRow.case_id)).where(_THIS_DOCUMENT))
REMOVE_OBJECTS_OF_CASE = Statement(
    "insert into object_removal (id, tenant_id, object_key)"
    " select gen_random_uuid(), tenant_id, object_key from document"
    " where case_id = :case_id and object_key is not null"
)
# A document that proves a consent stays as long as the consent.
REMOVE_OBJECTS_UNLESS_EVIDENCE = Statement(
    "insert into object_removal (id, tenant_id, object_key)"
    " select gen_random_uuid(), d.tenant_id, d.object_key from document d"
    " where d.case_id = :case_id and d.object_key is not null and not exists ("
    "select from consent n where n.case_id = d.case_id and n.evidence_document_id = d.id)"
)
OBJECTS_TO_REMOVE = Statement("select id, object_key from object_removal order by id limit 500")
OBJECT_IS_REMOVED = Statement("delete from object_removal where id = :removal_id")
# In the order of their ids, so that one that cannot be scanned holds up no other.
DOCUMENTS_PENDING = Statement("select * from documents_pending(:after, 100)")
KNOWN_OBJECTS = Statement(
    "select object_key from document where id = any(:document_ids) and object_key = any(:keys)"
    " union all"
    " select object_key from import_job where id = any(:document_ids) and object_key = any(:keys)"
)

RELATED = (
    col(RelatedCaseRow.id),
    col(RelatedCaseRow.case_id),
    col(RelatedCaseRow.related_case_id),
    col(RelatedCaseRow.relation),
    col(RelatedCaseRow.recorded_at),
)
RELATED_VIEW = View(
    select(*RELATED).where(col(RelatedCaseRow.id) == bindparam("related_id")),
    log=ReadLog("related-case"),
)
RELATED_OF_CASE = ListView(
    select(*RELATED).where(
        or_(
            col(RelatedCaseRow.case_id) == bindparam("case_id"),
            col(RelatedCaseRow.related_case_id) == bindparam("case_id"),
        )
    ),
    filters={},
    sorts={"recordedAt": "recorded_at"},
    default_sort="-recordedAt",
    log=ReadLog("related-case"),
)

APPROVAL: tuple[Any, ...] = (
    col(PlanApprovalRow.id),
    col(PlanApprovalRow.plan_version_id),
    col(PlanApprovalRow.case_id),
    col(PlanApprovalRow.author),
    col(PlanApprovalRow.recorded_by).label("approver"),
    col(PlanApprovalRow.approved_on),
)
APPROVAL_VIEW = View(
    select(*APPROVAL).where(col(PlanApprovalRow.plan_version_id) == bindparam("plan_id")),
    log=ReadLog("plan-approval"),
)
AUTHOR_OF_PLAN = Statement("select recorded_by from plan_version where id = :plan_id")

_later: Any = aliased(AssessmentRow)
_IS_CURRENT = ~(
    select(_later.id)
    .where(
        _later.tenant_id == col(AssessmentRow.tenant_id),
        _later.case_id == col(AssessmentRow.case_id),
        _later.field_of_action == col(AssessmentRow.field_of_action),
        or_(
            _later.recorded_at > col(AssessmentRow.recorded_at),
            (_later.recorded_at == col(AssessmentRow.recorded_at))
            & (_later.id > col(AssessmentRow.id)),
        ),
    )
    .correlate(AssessmentRow)
    .exists()
)


ASSESSMENT = (
    col(AssessmentRow.id),
    col(AssessmentRow.case_id),
    col(AssessmentRow.field_of_action),
    col(AssessmentRow.need),
    col(AssessmentRow.situation),
    col(AssessmentRow.resources),
    col(AssessmentRow.legal_circle),
    col(AssessmentRow.score),
    col(AssessmentRow.has_client_taken_part),
    col(AssessmentRow.assessed_on),
    col(AssessmentRow.recorded_by),
    col(AssessmentRow.recorded_at),
    _IS_CURRENT.label("is_current"),
)
ASSESSMENTS_OF_CASE = ListView(
    select(*ASSESSMENT).where(col(AssessmentRow.case_id) == bindparam("case_id")),
    filters={"fieldOfAction": Filter(col(AssessmentRow.field_of_action), str)},
    sorts={"recordedAt": "recorded_at"},
    default_sort="-recordedAt",
    log=ReadLog("assessment-entry"),
)
