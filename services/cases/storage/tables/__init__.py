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
from services.cases.storage.tables.findings import (
    ConceptRow,
    ConferenceOutcomeRow,
    ConferenceParticipantRow,
    ConferenceRow,
    ExtractOriginRow,
    FindingExtractRow,
    FindingRow,
    FindingStepRow,
    MeetingRow,
)
from services.cases.storage.tables.people import (
    FamilyMemberRow,
    FamilyRow,
    PersonRow,
    StaffMemberRow,
)
from services.cases.storage.tables.person_parts import (
    AddressRow,
    ContactPointRow,
    LanguageSkillRow,
    LegalRepresentativeRow,
    PersonMergeRow,
    PersonSearchRow,
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
    "AddressRow",
    "AssessmentRow",
    "AuditEntry",
    "CaseErasureRow",
    "CaseFileRow",
    "CaseRow",
    "ConceptRow",
    "ConferenceOutcomeRow",
    "ConferenceParticipantRow",
    "ConferenceRow",
    "ConsentRow",
    "ConsumedEvent",
    "ContactAttemptRow",
    "ContactPointRow",
    "DeletionRuleRow",
    "DestructionItemRow",
    "DestructionListRow",
    "DoubleCareCheckRow",
    "ErasureConfirmationRow",
    "ExtractOriginRow",
    "FamilyMemberRow",
    "FamilyRow",
    "FindingExtractRow",
    "FindingRow",
    "FindingStepRow",
    "GoalRow",
    "IdempotencyKey",
    "IndicationRow",
    "InformationNoticeRow",
    "LanguageSkillRow",
    "LegalRepresentativeRow",
    "MeasureRow",
    "MeetingRow",
    "NoteRow",
    "OutboxMessage",
    "PersonMergeRow",
    "PersonRow",
    "PersonSearchRow",
    "PhaseReasonRow",
    "PhaseRow",
    "PlanVersionRow",
    "ReferenceCounter",
    "SentReferralRow",
    "StaffMemberRow",
    "Table",
]
