"""The tables of the case service. Rules stand in `domain/`; the database repeats the sharpest."""

from services.cases.storage.tables.base import Table
from services.cases.storage.tables.care import (
    AssessmentRow,
    ConsentRow,
    ContactAttemptRow,
    DoubleCareCheckRow,
    IndicationRow,
    InformationNoticeRow,
)
from services.cases.storage.tables.cases import (
    CaseFileRow,
    CaseRow,
    PhaseReasonRow,
    PhaseRow,
    SentReferralRow,
)
from services.cases.storage.tables.deliveries import DeliveryRow, ExternalIdRow
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
from services.cases.storage.tables.imports import ImportJobRow, ImportLineRow, ImportMappingRow
from services.cases.storage.tables.notes import NoteReleaseRow, NoteRow
from services.cases.storage.tables.people import (
    FamilyMemberRow,
    FamilyMoveRow,
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
from services.cases.storage.tables.timeline import (
    LegalCircleChangeRow,
    ReferralProposalRow,
    TimelineEntryRow,
)
from services.cases.storage.tables.types import (
    CaseTypeRow,
    CustomFieldsRow,
    DocumentRow,
    ObjectRemovalRow,
    PlanApprovalRow,
    RelatedCaseRow,
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
    "AddressRow",
    "AssessmentRow",
    "AuditEntry",
    "CaseErasureRow",
    "CaseFileRow",
    "CaseRow",
    "CaseTypeRow",
    "ConceptRow",
    "ConferenceOutcomeRow",
    "ConferenceParticipantRow",
    "ConferenceRow",
    "ConsentRow",
    "ConsumedEvent",
    "ContactAttemptRow",
    "ContactPointRow",
    "ContactRow",
    "CustomFieldsRow",
    "DeletionRuleRow",
    "DeliveryRow",
    "DeputyshipRow",
    "DestructionItemRow",
    "DestructionListRow",
    "DocumentRow",
    "DoubleCareCheckRow",
    "ErasureConfirmationRow",
    "ExternalIdRow",
    "ExtractOriginRow",
    "FamilyMemberRow",
    "FamilyMoveRow",
    "FamilyRow",
    "FindingExtractRow",
    "FindingRow",
    "FindingStepRow",
    "FlagRow",
    "GoalRow",
    "IdempotencyKey",
    "ImportJobRow",
    "ImportLineRow",
    "ImportMappingRow",
    "IndicationRow",
    "InformationNoticeRow",
    "LanguageSkillRow",
    "LegalCircleChangeRow",
    "LegalRepresentativeRow",
    "MeasureRow",
    "MeetingRow",
    "NoteReleaseRow",
    "NoteRow",
    "ObjectRemovalRow",
    "OutboxMessage",
    "PersonMergeRow",
    "PersonRow",
    "PersonSearchRow",
    "PhaseReasonRow",
    "PhaseRow",
    "PlanApprovalRow",
    "PlanVersionRow",
    "ReferenceCounter",
    "ReferralProposalRow",
    "RelatedCaseRow",
    "SavedSearchRow",
    "SeenMarkRow",
    "SentReferralRow",
    "StaffMemberRow",
    "Table",
    "TaskRow",
    "TimelineEntryRow",
]
