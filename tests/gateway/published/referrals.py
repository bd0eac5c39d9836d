"""What the gateway takes from the referral service."""

ANSWERS = {
    "Referral": "ReferralView",
    "ReferralProblem": "ProblemView",
    "ManualReferral": "ManualView",
    "Place": "PlaceView",
}

REQUESTS = {
    "NewReferralInput": "POST /v1/referrals",
    "SendReferralInput": "POST /v1/referrals/{referral_id}/actions/submit",
    "AcceptReferralInput": "POST /v1/referrals/{referral_id}/actions/accept",
    "RejectReferralInput": "POST /v1/referrals/{referral_id}/actions/reject",
    "ForwardReferralInput": "POST /v1/referrals/{referral_id}/actions/forward",
    "WithdrawReferralInput": "POST /v1/referrals/{referral_id}/actions/withdraw",
    "StartReferralServiceInput": "POST /v1/referrals/{referral_id}/actions/start-service",
    "EndReferralInput": "POST /v1/referrals/{referral_id}/actions/complete",
    "AssignReferralInput": "POST /v1/manual-queue/{referral_id}/actions/assign",
}

ENUMS = {
    "ReferralState": "domain.codes:ReferralState",
    "ReferralAction": "domain.codes:ReferralAction",
    "ReferralMode": "domain.codes:Mode",
    "Urgency": "domain.codes:Urgency",
    "AgeBand": "domain.codes:AgeBand",
    "Topic": "domain.codes:Topic",
    "Purpose": "domain.codes:Purpose",
    "DataCategory": "domain.codes:DataCategory",
    "RejectReason": "domain.codes:RejectReason",
    "Outcome": "domain.codes:Outcome",
    "WithdrawReason": "domain.codes:WithdrawReason",
    "ManualReason": "domain.routing:ManualReason",
    "StatutoryGround": "domain.legal_ground:StatutoryGround",
    "DisclosureGround": "domain.legal_ground:DisclosureGround",
    "DeclarationForm": "domain.legal_ground:ConsentForm",
}
