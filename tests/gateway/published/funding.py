"""Funding: what the funding service publishes under which name."""

ANSWERS = {
    "Award": ("funding", "AwardView"),
    "AwardCondition": ("funding", "ConditionView"),
    "AwardLine": ("funding", "AwardLineView"),
    "Applicant": ("funding", "ApplicantView"),
    "Territory": ("funding", "TerritoryView"),
    "Area": ("funding", "AreaView"),
    "Allocation": ("funding", "AllocationView"),
    "ContractTerms": ("funding", "TermsView"),
    "CheckedProof": ("funding", "CheckedProofView"),
    "RefusedItem": ("funding", "RefusedItemView"),
    "Position": ("funding", "PositionView"),
    "Occupancy": ("funding", "OccupancyView"),
    "FundingStatus": ("funding", "FundingStatusView"),
    "FundingStatusLine": ("funding", "StatusLineView"),
    "FundingLineTotal": ("funding", "LineTotalView"),
    "PostTable": ("funding", "PostStatusView"),
    "PostRow": ("funding", "PostRowView"),
    "PostFigures": ("funding", "PostFiguresView"),
    "Forecast": ("funding", "ForecastView"),
    "Finding": ("funding", "FindingView"),
    "AwardTransition": ("funding", "PossibleActionView"),
    "AllocationTransition": ("funding", "PossibleActionView"),
    "Obstacle": ("funding", "ObstacleView"),
}

REQUESTS = {
    "RecordAwardInput": ("funding", "/v1/awards", "post"),
    "AmendAwardInput": ("funding", "/v1/awards/{award_id}/versions", "post"),
    "CreateAllocationInput": ("funding", "/v1/allocations", "post"),
    "ContractAllocationInput": (
        "funding", "/v1/allocations/{allocation_id}/actions/contract", "post"),
    "CheckAllocationProofInput": (
        "funding", "/v1/allocations/{allocation_id}/actions/check-proof", "post"),
    "SettleAllocationInput": ("funding", "/v1/allocations/{allocation_id}/actions/settle", "post"),
    "AmendAllocationInput": ("funding", "/v1/allocations/{allocation_id}/versions", "post"),
    "RecordPositionReportInput": ("funding", "/v1/position-reports", "post"),
}  # fmt: skip

ENUMS = {
    "AwardState": "services.funding.domain.award_lifecycle:AwardState",
    "AwardAction": "services.funding.domain.award_lifecycle:AwardAction",
    "AllocationState": "services.funding.domain.allocation_lifecycle:AllocationState",
    "AllocationAction": "services.funding.domain.allocation_lifecycle:AllocationAction",
    "FundingLine": "services.funding.domain.programme:FundingLine",
    "LegalForm": "services.funding.domain.programme:LegalForm",
    "LinePurpose": "services.funding.domain.awards:LinePurpose",
    "PostType": "services.funding.domain.positions:PostType",
    "ConditionCode": "services.funding.domain.conditions:ConditionCode",
    "VersionKind": "services.funding.domain.versions:VersionKind",
    "RecipientKind": "services.funding.domain.allocation_facts:RecipientKind",
    "AllocationForm": "services.funding.domain.allocation_facts:AllocationForm",
    "ProofForm": "services.funding.domain.allocation_facts:ProofForm",
    "DataProtectionRole": "services.funding.domain.allocation_facts:DataProtectionRole",
    "CostKind": "services.funding.domain.costs:CostKind",
    "ApplicantKind": "services.funding.domain.applicants:ApplicantKind",
}
