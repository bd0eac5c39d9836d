"""What this service answers and tells, operation by operation: free of content, or not.

A new operation that reads is in neither set, and a test of the architecture says so. Whoever adds
it decides here whether it may ever carry what was written about a person.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

CONTENT: Final = frozenset(
    {
        "/v1/attachments",
        "/v1/attachments/{attachment_id}",
        "/v1/attachments/{attachment_id}/content",
        "/v1/deputyships",
        "/v1/deputyships/{deputyship_id}",
        "/v1/disclosure-decisions",
        "/v1/disclosure-decisions/{decision_id}",
        "/v1/inbox",
        "/v1/jobs",
        "/v1/jobs/{job_id}",
        "/v1/jobs/{job_id}/result",
        "/v1/manual-queue",
        "/v1/manual-queue/{referral_id}",
        "/v1/outbox",
        "/v1/referral-messages",
        "/v1/referrals",
        "/v1/referrals/by-external/{system}/{value}",
        "/v1/referrals/{referral_id}",
        "/v1/referrals/{referral_id}/attachments",
        "/v1/referrals/{referral_id}/messages",
        "/v1/referrals/{referral_id}/sealed-content",
    }
)
"""Carry what was written, to those who may read it; a list and its search are one."""

FREE: Final = frozenset(
    {
        "/hsds/",
        "/hsds/organizations",
        "/hsds/organizations/{organization_id}",
        "/hsds/services",
        "/hsds/services/{service_id}",
        "/v1/access-explanations/{record_id}",
        "/v1/access-links",
        "/v1/audit-entries",
        "/v1/audit/anchors",
        "/v1/audit/keys",
        "/v1/audit/verify",
        "/v1/changes",
        "/v1/clock-policies",
        "/v1/code-lists",
        "/v1/code-lists/{name}",
        "/v1/data-subjects/disclosures",
        "/v1/disclosure-requests",
        "/v1/disclosures",
        "/v1/events",
        "/v1/events/{event_id}",
        "/v1/meta",
        "/v1/notices",
        "/v1/notices/{notice_id}",
        "/v1/org-units",
        "/v1/org-units/{unit_id}",
        "/v1/org-units/{unit_id}/keys",
        "/v1/org-units/{unit_id}/services/{service_code}",
        "/v1/permissions",
        "/v1/problems",
        "/v1/referral-amendments",
        "/v1/referral-events",
        "/v1/referral-proposals",
        "/v1/referrals/{referral_id}/access-links",
        "/v1/referrals/{referral_id}/amendments",
        "/v1/referrals/{referral_id}/disclosures",
        "/v1/referrals/{referral_id}/event-tokens",
        "/v1/referrals/{referral_id}/events",
        "/v1/referrals/{referral_id}/proposals",
        "/v1/referrals/{referral_id}/receipt",
        "/v1/request-log",
        "/v1/routing",
        "/v1/routing-rules",
        "/v1/routing-rules/{version}",
        "/v1/schemas",
        "/v1/schemas/{mode}",
        "/v1/services",
        "/v1/signpostings",
        "/v1/signpostings/{signposting_id}",
        "/v1/statistics/referral-controlling",
        "/v1/statistics/referral-flows",
        "/v1/statistics/referrals",
        "/v1/unit-services",
        "/v1/webhook-deliveries/{delivery_id}/signature-base",
        "/v1/webhook-endpoints",
        "/v1/webhook-endpoints/{endpoint_id}",
        "/v1/webhook-endpoints/{endpoint_id}/deliveries",
    }
)
"""Ids, codes, dates, paths and digests: nothing about a person, whoever asks."""

OUTSIDE_THE_CONTRACT: Final = frozenset(
    {"/.well-known/jwks.json", "/health/live", "/health/ready", "/metrics"}
)
"""Asked without a token; free of content, too."""

LINK_PAGES: Final = frozenset({"/l/referral", "/l/attachments/{attachment_id}", "/l/{token}"})
"""Carry content to who came by a link and has accepted; without its session they are free of it."""


def reads(contract: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(method, path) of every operation that reads: GET, and the search of a list."""
    for path, methods in contract["paths"].items():
        if "get" in methods:
            yield "GET", path
        if "post" in methods and path.endswith("/search"):
            yield "POST", path


def is_free(path: str) -> bool:
    return path.removesuffix("/search") not in CONTENT


def parameters(path: str) -> list[str]:
    return re.findall(r"\{([a-z_]+)\}", path)
