"""Programmes, budgets, versions and closes: what the funding service publishes under which name."""

ANSWERS = {
    "Programme": ("funding", "ProgrammeView"),
    "FunderName": ("funding", "FunderNameView"),
    "BudgetEntry": ("funding", "BudgetEntryView"),
    "BudgetChange": ("funding", "BudgetChangeView"),
    "BudgetEffect": ("funding", "BudgetEffectView"),
    "BudgetPlan": ("funding", "BudgetPlanView"),
    "AssumedAmount": ("funding", "AssumedAmountView"),
    "OwnShareRequest": ("funding", "OwnShareRequestView"),
    "AwardVersion": ("funding", "AwardVersionView"),
    "AwardVersionLine": ("funding", "AwardVersionLineView"),
    "AllocationVersion": ("funding", "AllocationVersionView"),
    "PartYear": ("funding", "PartYearView"),
    "AllocationTree": ("funding", "AllocationTree"),
    "AllocationNode": ("funding", "TreeNodeView"),
    "MoneyExposure": ("funding", "ExposureView"),
    "IdleShare": ("funding", "InterestShareView"),
    "StatedAssumption": ("funding", "AssumptionView"),
    "PositionReport": ("funding", "PositionReportView"),
    "PositionReportRow": ("funding", "ReportRowView"),
    "FundingFindings": ("funding", "FindingsView"),
    "CostKindRule": ("funding", "CostKindView"),
    "FundingCodeList": ("funding", "CodeListView"),
    "FundingCode": ("funding", "CodeView"),
    "FundingCodeLists": ("funding", "CodeListNames"),
    "NewJournalProposal": ("funding", "NewProposalView"),
    "YearClose": ("funding", "YearCloseView"),
    "TrialBalance": ("funding", "TrialBalanceView"),
    "LapsedClaims": ("funding", "LapsedView"),
    "CharacterReplacements": ("funding", "CharacterReplacementsView"),
    "CharacterReplacement": ("funding", "CharacterReplacementView"),
}

_LINE = "/v1/awards/{award_id}/lines/{line_id}"
REQUESTS = {
    "RecordProgrammeInput": ("funding", "/v1/programmes", "post"),
    "RecordFunderNameInput": ("funding", "/v1/programmes/{programme_id}/funder-names", "post"),
    "RecordBudgetEntryInput": ("funding", "/v1/budget-entries", "post"),
    "RequestOwnShareInput": ("funding", "/v1/own-share-requests", "post"),
    "RecommendOwnShareInput": (
        "funding", "/v1/own-share-requests/{request_id}/actions/recommend", "post"),
    "DecideOwnShareInput": (
        "funding", "/v1/own-share-requests/{request_id}/actions/decide", "post"),
    "ChangeAwardInput": ("funding", "/v1/awards/{award_id}", "patch"),
    "SetOwnUseInput": ("funding", f"{_LINE}/own-use", "put"),
    "DecidePartYearInput": ("funding", f"{_LINE}/part-year-decision", "put"),
    "ChangeAllocationInput": ("funding", "/v1/allocations/{allocation_id}", "patch"),
    "ReportPositionInput": ("funding", "/v1/positions/{position_id}/reported-figures", "put"),
    "ProposeJournalEntriesInput": ("funding", "/v1/journal-proposals/bulk", "post"),
    "CloseYearInput": ("funding", "/v1/fiscal-years/{year}/actions/close", "post"),
    "LapseClaimsInput": ("funding", "/v1/fiscal-years/{year}/actions/lapse-claims", "post"),
}  # fmt: skip

ENUMS = {
    "AmountStatus": "services.funding.domain.amounts:AmountStatus",
    "BudgetEntryKind": "services.funding.domain.budget:EntryKind",
    "PartYearDecision": "services.funding.domain.part_year:PartYearDecision",
    "InterestAssumption": "services.funding.domain.idle_money:Assumption",
}
