"""Rules, reservations and calls: what the funding service publishes under which name."""

ANSWERS = {
    "BudgetLine": ("funding", "BudgetLineView"),
    "Reservation": ("funding", "ReservationView"),
    "FundingLineRule": ("funding", "LineRuleView"),
    "CostRule": ("funding", "CostRuleView"),
    "Rate": ("funding", "RateView"),
    "CallForInterest": ("funding", "CallView"),
    "InterestResponse": ("funding", "InterestResponseView"),
}

_CALL = "/v1/allocations/{allocation_id}/call-for-interest"
REQUESTS = {
    "ReserveFundsInput": ("funding", "/v1/reservations", "post"),
    "PostReservationInput": (
        "funding", "/v1/reservations/{reservation_id}/actions/post", "post"),
    "SetAwardConditionsInput": ("funding", "/v1/awards/{award_id}/conditions", "put"),
    "CarryOverAwardInput": ("funding", "/v1/awards/{award_id}/actions/carry-over", "post"),
    "SetFundingLineRuleInput": ("funding", "/v1/funding-lines", "post"),
    "SetCostRuleInput": ("funding", "/v1/cost-rules", "post"),
    "RecordRateInput": ("funding", "/v1/rates", "post"),
    "ReplaceRateInput": ("funding", "/v1/rates/{rate_id}/actions/replace", "post"),
    "SetCallForInterestInput": ("funding", _CALL, "put"),
    "RecordInterestInput": ("funding", f"{_CALL}/responses", "post"),
    "InterestAmountInput": (
        "funding", f"{_CALL}/responses/{{number}}/actions/recommend", "post"),
}  # fmt: skip

ENUMS = {
    "RateUnit": "services.funding.domain.rates:UnitKind",
    "ReservationState": "services.funding.domain.reservations:ReservationState",
    "ReservationAction": "services.funding.domain.reservations:ReservationAction",
}
