"""The daily work on cases: tasks, documents, case types, work lists."""

from enum import Enum

from services.cases.domain.case_timeline import CaseEntryKind

# What cases tell of, and what the two others add.
TIMELINE_KINDS = Enum(
    "TIMELINE_KINDS",
    [(kind, kind) for kind in (*map(str, CaseEntryKind), "REFERRAL_STEP", "COST")],
)

ANSWERS = {
    "Contact": ("cases", "ContactView"),
    "Task": ("cases", "TaskView"),
    "Flag": ("cases", "FlagView"),
    "Note": ("cases", "NoteView"),
    "NoteRelease": ("cases", "NoteReleaseView"),
    "NextTask": ("cases", "NextTask"),
    "RaisedFlag": ("cases", "RaisedFlag"),
    "WorkItem": ("cases", "WorkItem"),
    "Deputyship": ("cases", "DeputyshipView"),
    "AccessScope": ("cases", "AccessScopeView"),
    "EmergencyAccess": ("cases", "EmergencyView"),
    "StaffMember": ("cases", "StaffView"),
    "SavedSearch": ("cases", "SearchView"),
    "SeenMark": ("cases", "SeenView"),
    "CaseDocument": ("cases", "DocumentView"),
    "RelatedCase": ("cases", "RelatedCaseView"),
    "PlanApproval": ("cases", "PlanApprovalView"),
    "Assessment": ("cases", "AssessmentInHistory"),
    "CaseTypeResult": ("cases", "ResultView"),
    "CaseType": ("cases", "CaseTypeView"),
    "TypeOfCase": ("cases", "TypeOfCase"),
}

REQUESTS = {
    "RecordContactInput": ("cases", "/v1/cases/{case_id}/contacts", "post"),
    "SetTaskInput": ("cases", "/v1/cases/{case_id}/tasks", "post"),
    "ChangeTaskInput": ("cases", "/v1/tasks/{task_id}", "put"),
    "RaiseFlagInput": ("cases", "/v1/cases/{case_id}/flags", "post"),
    "CorrectNoteInput": ("cases", "/v1/notes/{note_id}/versions", "post"),
    "HandOnNoteInput": ("cases", "/v1/notes/{note_id}/actions/hand-on", "post"),
    "AppointDeputyInput": ("cases", "/v1/deputyships", "post"),
    "SetAccessScopeInput": ("cases", "/v1/access-scopes", "post"),
    "OpenEmergencyAccessInput": ("cases", "/v1/cases/{case_id}/emergency-accesses", "post"),
    "ReviewEmergencyAccessInput": (
        "cases",
        "/v1/emergency-accesses/{access_id}/actions/review",
        "post",
    ),
    "KeepStaffMemberInput": ("cases", "/v1/staff-members", "put"),
    "SaveSearchInput": ("cases", "/v1/saved-searches", "post"),
    "ChangeSearchInput": ("cases", "/v1/saved-searches/{search_id}", "put"),
    "AnnounceDocumentInput": ("cases", "/v1/cases/{case_id}/documents", "post"),
    "RelateCaseInput": ("cases", "/v1/cases/{case_id}/related-cases", "post"),
    "DraftCaseTypeInput": ("cases", "/v1/case-types", "post"),
    "ChangeCaseTypeInput": ("cases", "/v1/case-types/{case_type_id}", "put"),
    "SetCustomFieldsInput": ("cases", "/v1/cases/{case_id}/custom-fields", "put"),
}

ENUMS = {
    "CaseTimelineKind": "tests.gateway.published.work:TIMELINE_KINDS",
    "DeputyshipState": "services.cases.domain.deputies:DeputyshipState",
    "RowScope": "services.cases.domain.access_scopes:RowScope",
    "ScopedRole": "services.cases.domain.access_scopes:ScopedRole",
    "EmergencyReason": "services.cases.domain.emergencies:EmergencyReason",
    "EmergencyState": "services.cases.domain.emergencies:EmergencyState",
    "EmergencyVerdict": "services.cases.domain.emergencies:EmergencyVerdict",
    "TaskCause": "services.cases.domain.work:TaskCause",
    "ContactKind": "services.cases.domain.contacts:ContactKind",
    "InterpreterKind": "services.cases.domain.contacts:InterpreterKind",
    "ContactOutcome": "services.cases.domain.contacts:ContactOutcome",
    "TaskState": "services.cases.domain.work:TaskState",
    "TaskAction": "services.cases.domain.work:TaskAction",
    "FlagCode": "services.cases.domain.work:FlagCode",
    "FlagSeverity": "services.cases.domain.work:Severity",
    "WorkListName": "services.cases.domain.work:WorkList",
    "NoteReleaseReason": "services.cases.domain.notes:ReleaseReason",
    "SecrecyGround": "services.cases.domain.hand_on:SecrecyGround",
    "DocumentKind": "services.cases.domain.documents:DocumentKind",
    "ScanState": "shared.objects.media_types:ScanState",
    "CaseRelation": "services.cases.domain.related:Relation",
    "CaseTypeState": "services.cases.domain.case_types:CaseTypeState",
    "CaseTypeAction": "services.cases.domain.case_types:CaseTypeAction",
}
