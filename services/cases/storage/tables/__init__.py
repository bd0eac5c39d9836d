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
from services.cases.storage.tables.timeline import (
    LegalCircleChangeRow,
    ReferralProposalRow,
    TimelineEntryRow,
)
from services.cases.storage.tables.work import (
    ContactRow,
    DeputyshipRow,
    FlagRow,
    SavedSearchRow,
    SeenMarkRow,
    TaskRow,
)

__all__ = [
    "AssessmentRow",
    "AuditEntry",
    "CaseFileRow",
    "CaseRow",
    "ConsentRow",
    "ConsumedEvent",
    "ContactAttemptRow",
    "ContactRow",
    "DeputyshipRow",
    "DoubleCareCheckRow",
    "FamilyMemberRow",
    "FamilyRow",
    "FlagRow",
    "GoalRow",
    "IdempotencyKey",
    "IndicationRow",
    "InformationNoticeRow",
    "LegalCircleChangeRow",
    "MeasureRow",
    "NoteRow",
    "OutboxMessage",
    "PersonRow",
    "PhaseReasonRow",
    "PhaseRow",
    "PlanVersionRow",
    "ReferenceCounter",
    "ReferralProposalRow",
    "SavedSearchRow",
    "SeenMarkRow",
    "SentReferralRow",
    "StaffMemberRow",
    "Table",
    "TaskRow",
    "TimelineEntryRow",
]
