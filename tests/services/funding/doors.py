"""Who may pass which door, said once more on its own: noun by noun.

Reading is for everyone who reads funding, changing for the officer, unless a path stands here.
"""

from collections.abc import Mapping
from typing import Final

OFFICER, APPROVER = "waf-funding-officer", "waf-funding-approver"
INTEGRATOR, UNIT_HEAD = "waf-integrator", "waf-unit-head"

# What only the second person may do.
RELEASES_BY_NOUN: Final[Mapping[str, frozenset[str]]] = {
    "awards": frozenset(
        {
            "/v1/awards/{award_id}/actions/grant",
            "/v1/awards/{award_id}/actions/revoke",
            "/v1/awards/{award_id}/actions/revoke-partly",
            "/v1/awards/{award_id}/versions/{number}/actions/approve",
            "/v1/allocations/{allocation_id}/actions/activate",
            "/v1/allocations/{allocation_id}/versions/{number}/actions/approve",
        }
    ),
    "ledger": frozenset(
        {
            "/v1/journal-entries/{entry_id}/actions/reverse",
            "/v1/journal-proposals/{proposal_id}/actions/post",
            "/v1/journal-proposals/{proposal_id}/actions/discard",
            "/v1/ledger/periods/{year}-{month}/actions/close",
            "/v1/fiscal-years/{year}/actions/lapse-claims",
            "/v1/fiscal-years/{year}/actions/close",
        }
    ),
    "rules": frozenset(),
    "posts": frozenset(),
    "expenditures": frozenset(),
    "payments": frozenset(
        {
            "/v1/drawdowns/{drawdown_id}/actions/submit",
            "/v1/drawdowns/{drawdown_id}/actions/approve",
            "/v1/payments/{payment_id}/actions/release",
            "/v1/payments/{payment_id}/actions/resend",
        }
    ),
    "proofs": frozenset(),
    "recoveries": frozenset(
        {
            "/v1/recoveries/{recovery_id}/actions/demand",
            "/v1/recoveries/{recovery_id}/actions/fix-interest",
            "/v1/recoveries/{recovery_id}/actions/waive-interest",
        }
    ),
}

# Doors with rules of their own: exactly these people.
PEOPLE_BY_NOUN: Final[Mapping[str, Mapping[tuple[str, str], frozenset[str]]]] = {
    "audit": {("GET", "/v1/audit-entries"): frozenset({"waf-dpo"})},
    "payments": {
        ("POST", "/v1/payment-runs/{run_id}/confirmations"): frozenset({OFFICER, INTEGRATOR})
    },
    "proofs": {},
    "recoveries": {},
}

RELEASES: Final = frozenset().union(*RELEASES_BY_NOUN.values())
PEOPLE: Final = {door: who for doors in PEOPLE_BY_NOUN.values() for door, who in doors.items()}
