"""Proofs of use: what the funding service publishes under which name."""

ANSWERS = {
    "ProofOfUse": ("funding", "ProofView"),
    "ProofVersion": ("funding", "ProofVersionView"),
    "ProofFigure": ("funding", "FigurePostingsView"),
    "VoucherList": ("funding", "VoucherListView"),
    "ListedVoucher": ("funding", "ListedVoucherView"),
    "CostOfKind": ("funding", "CostOfKindView"),
    "ProofPosting": ("funding", "FigurePostingView"),
}

REQUESTS = {
    "BeginProofInput": ("funding", "/v1/proofs", "post"),
    "GenerateProofInput": ("funding", "/v1/proofs/{proof_id}/versions", "post"),
}

ENUMS = {
    "ProofRegime": "services.funding.domain.proof_lifecycle:ProofRegime",
    "ProofState": "services.funding.domain.proof_lifecycle:ProofState",
    "ProofAction": "services.funding.domain.proof_lifecycle:ProofAction",
    "RecoveryGround": "services.funding.domain.proof_lifecycle:RecoveryGround",
}
