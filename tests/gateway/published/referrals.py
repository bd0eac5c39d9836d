"""Referrals: what the referral service publishes under which name."""

ANSWERS = {
    "Referral": ("referrals", "ReferralView"),
    "ReferralProblem": ("referrals", "ProblemView"),
    "ManualReferral": ("referrals", "ManualView"),
    "Place": ("referrals", "PlaceView"),
}

REQUESTS = {
    "NewReferralInput": ("referrals", "/v1/referrals", "post"),
    "SendReferralInput": ("referrals", "/v1/referrals/{referral_id}/actions/submit", "post"),
    "AcceptReferralInput": ("referrals", "/v1/referrals/{referral_id}/actions/accept", "post"),
    "RejectReferralInput": ("referrals", "/v1/referrals/{referral_id}/actions/reject", "post"),
    "ForwardReferralInput": ("referrals", "/v1/referrals/{referral_id}/actions/forward", "post"),
    "WithdrawReferralInput": ("referrals", "/v1/referrals/{referral_id}/actions/withdraw", "post"),
    "StartReferralServiceInput": (
        "referrals", "/v1/referrals/{referral_id}/actions/start-service", "post"),
    "EndReferralInput": ("referrals", "/v1/referrals/{referral_id}/actions/complete", "post"),
    "AssignReferralInput": ("referrals", "/v1/manual-queue/{referral_id}/actions/assign", "post"),
}  # fmt: skip

ENUMS = {
    "ReferralState": "services.referrals.domain.codes:ReferralState",
    "ReferralAction": "services.referrals.domain.codes:ReferralAction",
    "ReferralMode": "services.referrals.domain.codes:Mode",
    "Urgency": "services.referrals.domain.codes:Urgency",
    "AgeBand": "services.referrals.domain.codes:AgeBand",
    "Topic": "services.referrals.domain.codes:Topic",
    "Purpose": "services.referrals.domain.codes:Purpose",
    "DataCategory": "services.referrals.domain.codes:DataCategory",
    "RejectReason": "services.referrals.domain.codes:RejectReason",
    "Outcome": "services.referrals.domain.codes:Outcome",
    "WithdrawReason": "services.referrals.domain.codes:WithdrawReason",
    "ManualReason": "services.referrals.domain.routing:ManualReason",
    "StatutoryGround": "services.referrals.domain.legal_ground:StatutoryGround",
    "DisclosureGround": "services.referrals.domain.legal_ground:DisclosureGround",
    "DeclarationForm": "services.referrals.domain.legal_ground:ConsentForm",
}
