"""Recoveries: what the funding service publishes under which name."""

ACTIONS = "/v1/recoveries/{recovery_id}/actions"

ANSWERS = {
    "BaseRate": ("funding", "BaseRateView"),
    "Recovery": ("funding", "RecoveryView"),
    "RecoveryInterest": ("funding", "InterestView"),
    "InterestPiece": ("funding", "InterestPieceView"),
    "RecoveryPayment": ("funding", "RecoveryPaymentView"),
}

REQUESTS = {
    "RecordBaseRateInput": ("funding", "/v1/base-rates", "post"),
    "RaiseRecoveryInput": ("funding", "/v1/recoveries", "post"),
    "HearRecoveryInput": ("funding", f"{ACTIONS}/hear", "post"),
    "DemandRecoveryInput": ("funding", f"{ACTIONS}/demand", "post"),
    "RecordRecoveryPaymentInput": ("funding", f"{ACTIONS}/record-payment", "post"),
    "FixRecoveryInterestInput": ("funding", f"{ACTIONS}/fix-interest", "post"),
    "WaiveRecoveryInterestInput": ("funding", f"{ACTIONS}/waive-interest", "post"),
    "SettleRecoveryInput": ("funding", f"{ACTIONS}/settle", "post"),
    "WithdrawRecoveryInput": ("funding", f"{ACTIONS}/withdraw", "post"),
}

ENUMS = {
    "RecoveryDirection": "services.funding.domain.recovery_facts:Direction",
    "RecoveryReason": "services.funding.domain.recovery_facts:Ground",
    "RecoverySource": "services.funding.domain.recovery_facts:RecoverySource",
    "RecoveryState": "services.funding.domain.recovery_lifecycle:RecoveryState",
    "RecoveryAction": "services.funding.domain.recovery_lifecycle:RecoveryAction",
    "DayCount": "services.funding.domain.interest:DayCount",
}
