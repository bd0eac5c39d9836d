"""Expenditure: what the funding service publishes under which name."""

ANSWERS = {
    "Voucher": ("funding", "VoucherView"),
    "Expenditure": ("funding", "ExpenditureView"),
    "EligibilityOfPost": ("funding", "EligibilityOfPostView"),
    "LineEligibility": ("funding", "LineEligibilityView"),
    "AwardEligibility": ("funding", "AwardEligibilityView"),
    "CostOfLine": ("funding", "CostOfLineView"),
    "CostPerLine": ("funding", "CostPerLine"),
}

REQUESTS = {
    "RecordVoucherInput": ("funding", "/v1/vouchers", "post"),
    "RecordExpenditureInput": ("funding", "/v1/expenditures", "post"),
    "DecideEligibilityInput": (
        "funding", "/v1/expenditures/{expenditure_id}/actions/decide", "post"),
    "CorrectExpenditureInput": (
        "funding", "/v1/expenditures/{expenditure_id}/actions/correct", "post"),
    "AdjustEligibilityInput": (
        "funding", "/v1/awards/{award_id}/actions/adjust-eligibility", "post"),
}  # fmt: skip

ENUMS = {
    "Eligibility": "services.funding.domain.costs:Eligibility",
    "Payer": "services.funding.domain.costs:Payer",
    "ExpenditureState": "services.funding.domain.expenditure_lifecycle:ExpenditureState",
    "ExpenditureAction": "services.funding.domain.expenditure_lifecycle:ExpenditureAction",
}
