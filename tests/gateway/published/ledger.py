"""The books: what the funding service publishes under which name."""

ANSWERS = {
    "LedgerAccount": ("funding", "LedgerAccountView"),
    "Posting": ("funding", "PostingView"),
    "JournalEntry": ("funding", "JournalEntryView"),
    "ManualPosting": ("funding", "ManualPostingView"),
    "JournalProposal": ("funding", "JournalProposalView"),
    "LedgerClosing": ("funding", "ClosingView"),
    "LedgerVerification": ("funding", "LedgerVerificationView"),
    "LedgerPeriod": ("funding", "LedgerPeriodView"),
}

REQUESTS = {
    "ProposeJournalEntryInput": ("funding", "/v1/journal-proposals", "post"),
    "ReverseJournalEntryInput": (
        "funding",
        "/v1/journal-entries/{entry_id}/actions/reverse",
        "post",
    ),
    "ClosePeriodInput": ("funding", "/v1/ledger/periods/{year}-{month}/actions/close", "post"),
}

ENUMS = {
    "Book": "services.funding.domain.ledger.accounts:Book",
    "AccountCode": "services.funding.domain.ledger.accounts:AccountCode",
    "LedgerSide": "services.funding.domain.ledger.accounts:Side",
    "LedgerEvent": "services.funding.domain.ledger.entries:LedgerEvent",
    "JournalProposalState": "services.funding.domain.ledger.proposals:ProposalState",
    "JournalProposalAction": "services.funding.domain.ledger.proposals:ProposalAction",
    "LedgerPeriodState": "services.funding.domain.ledger.periods:PeriodState",
}
