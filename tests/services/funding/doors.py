"""Who may pass which door, said once more on its own: noun by noun.

Reading is for everyone who reads funding, changing for the officer, unless a path stands here.
"""

from collections.abc import Mapping
from typing import Final

OFFICER, APPROVER = "waf-funding-officer", "waf-funding-approver"
INTEGRATOR, UNIT_HEAD = "waf-integrator", "waf-unit-head"
# Managing webhooks opens them only to who may follow what they would deliver.
NEEDS_FOLLOW_TOO: Final = frozenset(
    {
        ("POST", "endpoints"),
        ("PUT", "endpoints/{endpoint_id}"),
        ("POST", "endpoints/{endpoint_id}/actions/replay"),
        ("POST", "deliveries/{delivery_id}/actions/redeliver"),
        ("GET", "deliveries/{delivery_id}/signature-base"),
    }
)
CONNECTORS: Final = frozenset({INTEGRATOR, "waf-admin"})
FOLLOWERS: Final = frozenset({OFFICER, APPROVER, UNIT_HEAD, "waf-coordinator", "waf-auditor"})

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
    "rules": frozenset(
        {
            "/v1/funding-lines/{rule_id}/actions/release",
            "/v1/cost-rules/{rule_id}/actions/release",
            "/v1/reservations/{reservation_id}/actions/post",
            "/v1/awards/{award_id}/actions/carry-over",
            "/v1/allocations/{allocation_id}/actions/waive-proof",
            "/v1/allocations/{allocation_id}/call-for-interest/responses/{number}/actions/decide",
            "/v1/allocations/{allocation_id}/call-for-interest/responses/{number}/actions/select",
        }
    ),
    "posts": frozenset(),
    "expenditures": frozenset({"/v1/expenditures/{expenditure_id}/actions/decide"}),
    "payments": frozenset(
        {
            "/v1/drawdowns/{drawdown_id}/actions/submit",
            "/v1/drawdowns/{drawdown_id}/actions/approve",
            "/v1/payments/{payment_id}/actions/release",
            "/v1/payments/{payment_id}/actions/resend",
        }
    ),
    "proofs": frozenset(
        f"/v1/proofs/{{proof_id}}/actions/{action}"
        for action in ("submit", "accept", "accept-with-recovery", "reject", "settle")
    ),
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
    "audit": {
        ("GET", f"/v1/{path}"): frozenset({"waf-dpo"})
        for path in ("audit-entries", "audit/anchors", "audit/keys", "audit/verify")
    },
    "feed": {
        ("GET", path): frozenset({*FOLLOWERS, INTEGRATOR}) for path in ("/v1/events", "/v1/changes")
    },
    "deliveries": {
        ("PUT", f"/v1/{noun}/by-external/{{system}}/{{value}}"): frozenset({OFFICER, INTEGRATOR})
        for noun in ("awards", "allocations", "positions")
    },
    "requests": {("GET", "/v1/request-log"): CONNECTORS},
    "jobs": {
        (method, f"/v1/jobs{rest}"): FOLLOWERS
        for method, rest in (
            ("GET", ""),
            ("POST", ""),
            ("GET", "/{job_id}"),
            ("GET", "/{job_id}/result"),
            ("POST", "/{job_id}/actions/cancel"),
        )
    },
    "webhooks": {
        (method, f"/v1/webhook-{rest}"): CONNECTORS
        if (method, rest) not in NEEDS_FOLLOW_TOO
        else frozenset({INTEGRATOR})
        for method, rest in (
            ("GET", "endpoints"),
            ("POST", "endpoints"),
            ("GET", "endpoints/{endpoint_id}"),
            ("PUT", "endpoints/{endpoint_id}"),
            ("DELETE", "endpoints/{endpoint_id}"),
            ("GET", "endpoints/{endpoint_id}/deliveries"),
            *(
                ("POST", f"endpoints/{{endpoint_id}}/actions/{action}")
                for action in ("pause", "resume", "replay", "rotate-secret", "test")
            ),
            ("POST", "deliveries/{delivery_id}/actions/redeliver"),
            ("GET", "deliveries/{delivery_id}/signature-base"),
        )
    },
    "payments": {
        ("POST", "/v1/payment-runs/{run_id}/confirmations"): frozenset({OFFICER, INTEGRATOR})
    },
    "proofs": {("POST", "/v1/proofs/{proof_id}/actions/sign"): frozenset({UNIT_HEAD})},
    "recoveries": {},
    "finance_exports": {
        (method, f"/v1/finance-exports{rest}"): frozenset({OFFICER, INTEGRATOR})
        for method, rest in (
            ("GET", ""),
            ("POST", ""),
            ("GET", "/{number}"),
            ("GET", "/{number}.csv"),
            ("GET", "/{number}/replacements"),
        )
    },
}

RELEASES: Final = frozenset().union(*RELEASES_BY_NOUN.values())
PEOPLE: Final = {door: who for doors in PEOPLE_BY_NOUN.values() for door, who in doors.items()}
