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
from services.cases.storage.tables.retention import (
    CaseErasureRow,
    DeletionRuleRow,
    DestructionItemRow,
    DestructionListRow,
    ErasureConfirmationRow,
)
from services.cases.storage.tables.technical import (
    AuditEntry,
    ConsumedEvent,
    IdempotencyKey,
    OutboxMessage,
    ReferenceCounter,
)

__all__ = [
    "AssessmentRow",
    "AuditEntry",
    "CaseErasureRow",
    "CaseFileRow",
    "CaseRow",
    "ConsentRow",
    "ConsumedEvent",
    "ContactAttemptRow",
    "DeletionRuleRow",
    "DestructionItemRow",
    "DestructionListRow",
    "DoubleCareCheckRow",
    "ErasureConfirmationRow",
    "FamilyMemberRow",
    "FamilyRow",
    "GoalRow",
    "IdempotencyKey",
    "IndicationRow",
    "InformationNoticeRow",
    "MeasureRow",
    "NoteRow",
    "OutboxMessage",
    "PersonRow",
    "PhaseReasonRow",
    "PhaseRow",
    "PlanVersionRow",
    "ReferenceCounter",
    "SentReferralRow",
    "StaffMemberRow",
    "Table",
]
