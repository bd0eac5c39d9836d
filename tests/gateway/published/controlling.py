"""The controlling report: what each service publishes of it under which name."""

ANSWERS = {
    "CaseControlling": ("cases", "CaseControlling"),
    "CasesOfGroup": ("cases", "CasesOfGroup"),
    "FundingControlling": ("funding", "FundingControllingView"),
    "LineControlling": ("funding", "LineControllingView"),
    "ReferralControlling": ("referrals", "ReferralControlling"),
    "ReferralsOfRecipient": ("referrals", "FiguresOfRecipient"),
    "ReferralsOfSender": ("referrals", "CountOfSender"),
    "ReferralsOfOutcome": ("referrals", "CountOfOutcome"),
    "ReferralFlow": ("referrals", "WaitsOfFlow"),
}
REQUESTS: dict[str, tuple[str, str, str]] = {}
ENUMS = {"ReferralOutcome": "services.referrals.domain.statistics:Outcome"}
