"""The tables of the case service. Rules stand in `domain/`; the database repeats the sharpest."""

from services.cases.storage.tables.base import Table
from services.cases.storage.tables.care import (
    AssessmentRow,
    ConsentRow,
    ContactAttemptRow,
    DoubleCareCheckRow,
    IndicationRow,
    InformationNoticeRow,
    NoteRow,
)
from services.cases.storage.tables.cases import (
    CaseFileRow,
    CaseRow,
    PhaseReasonRow,
    PhaseRow,
    SentReferralRow,
)
from services.cases.storage.tables.people import (
    FamilyMemberRow,
    FamilyRow,
    PersonRow,
    StaffMemberRow,
)
from services.cases.storage.tables.plan import GoalRow, MeasureRow, PlanVersionRow
from services.cases.storage.tables.technical import (
    AuditEntry,
    ConsumedEvent,
    IdempotencyKey,
    OutboxMessage,
    ReferenceCounter,
)
from services.cases.storage.tables.types import (
    CaseTypeRow,
    CustomFieldsRow,
    DocumentRow,
    ObjectRemovalRow,
    PlanApprovalRow,
    RelatedCaseRow,
)

__all__ = [
    "AssessmentRow",
    "AuditEntry",
    "CaseFileRow",
    "CaseRow",
    "CaseTypeRow",
    "ConsentRow",
    "ConsumedEvent",
    "ContactAttemptRow",
    "CustomFieldsRow",
    "DocumentRow",
    "DoubleCareCheckRow",
    "FamilyMemberRow",
    "FamilyRow",
    "GoalRow",
    "IdempotencyKey",
    "IndicationRow",
    "InformationNoticeRow",
    "MeasureRow",
    "NoteRow",
    "ObjectRemovalRow",
    "OutboxMessage",
    "PersonRow",
    "PhaseReasonRow",
    "PhaseRow",
    "PlanApprovalRow",
    "PlanVersionRow",
    "ReferenceCounter",
    "RelatedCaseRow",
    "SentReferralRow",
    "StaffMemberRow",
    "Table",
]
