"""Operations that stay REST: what the gateway does not offer, and why."""

BYTES = "a file: the type of the gateway gives its path, the bytes come from the service"
UPLOAD = "a file is sent; its rows are sent as JSON by `recordPositionReport`"
WITH_ITS_OWNER = "a part of a case or person: read with it, for many owners in one call"
DELIVERY = "for machines that deliver in bulk; the gateway shows what became of it (`imports`)"
FEED = "for software that keeps in step by its own cursor; people read the records"
CATALOGUE = "the refusals of this service for developers; docs/problems.md has them all"
FIGURES = "for the tables of reports and for open data; no record is behind it to be joined"
MACHINES = "for partners' and administrators' software; people read the records"
OF_ITS_REFERRAL = "a part of a referral: read with it, for many referrals in one call"
STANDARD = "a published standard with a form of its own (Open Referral HSDS 3.0)"

DOOR = {
    "GET /v1/meta": "what a service enforces; the gateway has limits of its own",
    "GET /v1/audit/keys": "a key set (RFC 7517) for whoever verifies anchors with other tools",
}
WEBHOOKS = dict.fromkeys(
    (
        "POST /v1/webhook-endpoints",
        "GET /v1/webhook-endpoints/{endpoint_id}",
        "PUT /v1/webhook-endpoints/{endpoint_id}",
        "DELETE /v1/webhook-endpoints/{endpoint_id}",
        "POST /v1/webhook-endpoints/{endpoint_id}/actions/pause",
        "POST /v1/webhook-endpoints/{endpoint_id}/actions/replay",
        "POST /v1/webhook-endpoints/{endpoint_id}/actions/resume",
        "POST /v1/webhook-endpoints/{endpoint_id}/actions/rotate-secret",
        "POST /v1/webhook-endpoints/{endpoint_id}/actions/test",
        "POST /v1/webhook-deliveries/{delivery_id}/actions/redeliver",
        "GET /v1/webhook-deliveries/{delivery_id}/signature-base",
    ),
    MACHINES,
)
JOBS = dict.fromkeys(
    (
        "GET /v1/jobs",
        "POST /v1/jobs",
        "GET /v1/jobs/{job_id}",
        "POST /v1/jobs/{job_id}/actions/cancel",
        "GET /v1/jobs/{job_id}/result",
    ),
    "a file of one service, asked for and fetched at the same place; the gateway has the records",
)
REST_ONLY: dict[str, dict[str, str]] = {
    "cases": {
        **DOOR,
        **WEBHOOKS,
        **JOBS,
        "GET /v1/cases/by-external/{system}/{value}": DELIVERY,
        "PUT /v1/cases/by-external/{system}/{value}": DELIVERY,
        "GET /v1/cases/{case_id}/assessment-entries": WITH_ITS_OWNER,
        "GET /v1/cases/{case_id}/conferences": WITH_ITS_OWNER,
        "GET /v1/cases/{case_id}/consents": WITH_ITS_OWNER,
        "GET /v1/cases/{case_id}/contacts": WITH_ITS_OWNER,
        "GET /v1/cases/{case_id}/documents": WITH_ITS_OWNER,
        "GET /v1/cases/{case_id}/extracts": WITH_ITS_OWNER,
        "GET /v1/cases/{case_id}/file.zip": BYTES,
        "GET /v1/cases/{case_id}/flags": WITH_ITS_OWNER,
        "GET /v1/cases/{case_id}/notes": WITH_ITS_OWNER,
        "GET /v1/cases/{case_id}/plan-versions": WITH_ITS_OWNER,
        "GET /v1/cases/{case_id}/referral-proposals": WITH_ITS_OWNER,
        "GET /v1/cases/{case_id}/related-cases": WITH_ITS_OWNER,
        "GET /v1/cases/{case_id}/tasks": WITH_ITS_OWNER,
        "GET /v1/changes": FEED,
        "GET /v1/consents/{consent_id}": WITH_ITS_OWNER,
        "GET /v1/documents/{document_id}/content": BYTES,
        "PUT /v1/documents/{document_id}/content": BYTES,
        "GET /v1/events": FEED,
        "GET /v1/import-mappings": DELIVERY,
        "GET /v1/import-mappings/{name}": DELIVERY,
        "PUT /v1/import-mappings/{name}": DELIVERY,
        "POST /v1/imports": DELIVERY,
        "POST /v1/imports/cases": DELIVERY,
        "POST /v1/imports/{import_id}/actions/cancel": DELIVERY,
        "PUT /v1/imports/{import_id}/content": DELIVERY,
        "GET /v1/imports/{import_id}/report": BYTES,
        "GET /v1/rights-requests/{request_id}/export/{form}": BYTES,
        "GET /v1/persons/by-external/{system}/{value}": DELIVERY,
        "PUT /v1/persons/by-external/{system}/{value}": DELIVERY,
        "GET /v1/persons/{person_id}/legal-circle-changes": WITH_ITS_OWNER,
        "GET /v1/persons/{person_id}/timeline": WITH_ITS_OWNER,
        "GET /v1/plan-versions/{plan_id}/approval": WITH_ITS_OWNER,
        "GET /v1/problems": CATALOGUE,
        "GET /v1/saved-searches/{search_id}": WITH_ITS_OWNER,
        "GET /v1/timeline-entries/{entry_id}": WITH_ITS_OWNER,
    },
    "funding": {
        **DOOR,
        **WEBHOOKS,
        **JOBS,
        **dict.fromkeys(
            (
                f"{method} /v1/{noun}/by-external/{{system}}/{{value}}"
                for method in ("GET", "PUT")
                for noun in ("awards", "allocations", "positions")
            ),
            DELIVERY,
        ),
        "GET /v1/changes": FEED,
        "GET /v1/events": FEED,
        "GET /v1/finance-exports/{number}.csv": BYTES,
        "GET /v1/ledger/export": BYTES,
        "GET /v1/position-reports/{report_id}/table.csv": BYTES,
        "GET /v1/proofs/{proof_id}/versions/{number}.csv": BYTES,
        "GET /v1/proofs/{proof_id}/versions/{number}.json": BYTES,
        "GET /v1/proofs/{proof_id}/versions/{number}.pdf": BYTES,
        "POST /v1/imports/position-table": UPLOAD,
        "GET /v1/problems": CATALOGUE,
    },
    "referrals": {
        **DOOR,
        **WEBHOOKS,
        **JOBS,
        "GET /v1/statistics/referral-flows": FIGURES,
        "GET /v1/statistics/referrals": FIGURES,
        "GET /v1/referrals/by-external/{system}/{value}": DELIVERY,
        "PUT /v1/referrals/by-external/{system}/{value}": DELIVERY,
        "GET /hsds/": STANDARD,
        "GET /hsds/organizations": STANDARD,
        "GET /hsds/organizations/{organization_id}": STANDARD,
        "GET /hsds/services": STANDARD,
        "GET /hsds/services/{service_id}": STANDARD,
        "GET /v1/attachments/{attachment_id}/content": BYTES,
        "PUT /v1/attachments/{attachment_id}/content": BYTES,
        "GET /v1/changes": FEED,
        "GET /v1/events": FEED,
        "GET /v1/events/{event_id}": FEED,
        "GET /v1/problems": CATALOGUE,
        "GET /v1/referrals/{referral_id}/access-links": OF_ITS_REFERRAL,
        "GET /v1/referrals/{referral_id}/amendments": OF_ITS_REFERRAL,
        "GET /v1/referrals/{referral_id}/attachments": OF_ITS_REFERRAL,
        "GET /v1/referrals/{referral_id}/disclosures": OF_ITS_REFERRAL,
        "GET /v1/referrals/{referral_id}/event-tokens": "signed proof for a partner's own archive",
        "GET /v1/referrals/{referral_id}/messages": OF_ITS_REFERRAL,
        "GET /v1/referrals/{referral_id}/proposals": OF_ITS_REFERRAL,
        "GET /v1/schemas": "JSON Schema for software that sends referrals; the schema is GraphQL's",
        "GET /v1/schemas/{mode}": "the same, of one kind of referral",
    },
}
