"""Retention, destruction, erasure, code lists, state machines, audit logs."""

ANSWERS = {
    "Retention": ("cases", "RetentionView"),
    "KindRetention": ("cases", "KindRetention"),
    "RetentionRule": ("cases", "AppliedRule"),
    "RetentionChange": ("cases", "PossibleChange"),
    "DeletionRule": ("cases", "RuleView"),
    "Recomputation": ("cases", "Recomputation"),
    "Erasure": ("cases", "ErasureView"),
    "ErasedData": ("cases", "ErasedData"),
    "ErasureConfirmation": ("cases", "Confirmation"),
    "DestructionList": ("cases", "DestructionListView"),
    "DestructionCounts": ("cases", "ListCounts"),
    "DestructionItem": ("cases", "ListedCase"),
    "DestructionTransition": ("cases", "ListTransition"),
    "CodeList": ("cases", "CodeListView"),
    "CodeListEntry": ("cases", "CodeView"),
    "StateMachine": ("cases", "StateMachine"),
    "MachineState": ("cases", "MachineState"),
    "MachineAction": ("cases", "MachineAction"),
    "MachineGuard": ("cases", "MachineGuard"),
    "MachineMove": ("cases", "MachineMove"),
    "AuditEntry": ("cases", "AuditView"),
    "AuditVerification": ("cases", "AuditVerificationView"),
    "AuditFinding": ("cases", "AuditFindingView"),
    "LastIntactBlock": ("cases", "LastIntactView"),
    "LastAuditAnchor": ("cases", "LastAnchorView"),
    "AuditAnchor": ("cases", "AuditAnchorView"),
}

REQUESTS = {
    "SetDeletionRuleInput": ("cases", "/v1/deletion-rules", "post"),
    "DraftDestructionListInput": ("cases", "/v1/destruction-lists", "post"),
    "ExcludeFromDestructionListInput": (
        "cases",
        "/v1/destruction-lists/{list_id}/exclusions",
        "post",
    ),
    "PrepareErasureInput": ("cases", "/v1/cases/{case_id}/erasure-preparation", "put"),
}

ENUMS = {
    "RetainedDataKind": "services.cases.domain.retention:DataKind",
    "RetentionStart": "services.cases.domain.retention:StartEvent",
    "RetentionRuleSource": "services.cases.domain.retention:RuleSource",
    "RecomputationState": "services.cases.api.schemas.retention:RecomputationState",
    "DestructionState": "services.cases.domain.destruction:ListState",
    "DestructionAction": "services.cases.domain.destruction:ListAction",
    "DestructionOutcome": "services.cases.domain.destruction:ItemOutcome",
    "AuditFindingKind": "shared.audit.chain:FindingKind",
    "DestructionDropReason": "services.cases.domain.destruction:DropReason",
}
