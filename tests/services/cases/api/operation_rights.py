"""What right each operation of the case service asks for, written down a second time.

The role walk goes through this table; an operation of the contract that is missing here fails it.
"""

from typing import Final

from services.cases.domain.access import Right

# Whoever is signed in: code lists are about nobody.
ANYBODY: Final = """
GET /v1/code-lists
GET /v1/code-lists/{name}
GET /v1/meta
GET /v1/permissions
GET /v1/problems
"""
# Whoever is not blind to cases (R-A2).
VISIBLE: Final = """
GET,SEARCH /v1/case-types
GET /v1/case-types/{case_type_id}
GET /v1/state-machines/{name}
GET /v1/state-machines/{name}.mmd
"""
# Managing webhooks opens them only to who may follow what they would deliver.
NEEDS_FOLLOW_TOO: Final = """
POST /v1/webhook-endpoints
PUT /v1/webhook-endpoints/{endpoint_id}
POST /v1/webhook-endpoints/{endpoint_id}/actions/replay
POST /v1/webhook-deliveries/{delivery_id}/actions/redeliver
GET /v1/webhook-deliveries/{delivery_id}/signature-base
"""
NEEDS: Final[dict[Right, str]] = {
    Right.RELEASE_RESTRICTED: """
GET,POST,SEARCH /v1/persons/{person_id}/restriction-releases
POST /v1/persons/{person_id}/restriction-releases/actions/end
""",
    Right.READ_RIGHTS: """
GET,SEARCH /v1/rights-requests
GET /v1/rights-requests/{request_id}
""",
    Right.HANDLE_RIGHTS: """
POST /v1/rights-requests
POST /v1/rights-requests/{request_id}/actions/{action}
PUT /v1/rights-requests/{request_id}/decisions
GET /v1/rights-requests/{request_id}/accesses
GET /v1/rights-requests/{request_id}/erasure-preview
GET /v1/rights-requests/{request_id}/export/{form}
GET /v1/rights-requests/{request_id}/own-notes
""",
    Right.CHANGE_CASES: """
POST /v1/cases
POST /v1/cases/{case_id}/actions/{action}
POST /v1/cases/{case_id}/assessment-entries
POST /v1/cases/{case_id}/conferences
POST /v1/cases/{case_id}/consents
POST /v1/cases/{case_id}/contact-attempts
POST /v1/cases/{case_id}/contacts
PUT /v1/cases/{case_id}/custom-fields
POST /v1/cases/{case_id}/documents
POST /v1/cases/{case_id}/double-care-checks
POST /v1/cases/{case_id}/erasure
PUT /v1/cases/{case_id}/erasure-preparation
POST /v1/cases/{case_id}/flags
PUT /v1/cases/{case_id}/indication-checklist
POST /v1/cases/{case_id}/information-notices
POST /v1/cases/{case_id}/notes
PUT /v1/cases/{case_id}/other-basis
PUT /v1/cases/{case_id}/particulars
POST /v1/cases/{case_id}/plan-versions
POST /v1/cases/{case_id}/related-cases
POST /v1/cases/{case_id}/sent-referrals
PUT /v1/cases/{case_id}/signposting
PUT /v1/cases/{case_id}/structural-finding-answer
POST /v1/cases/{case_id}/tasks
POST /v1/consents/{consent_id}/actions/{action}
POST /v1/destruction-lists
POST /v1/destruction-lists/{list_id}/exclusions
PUT /v1/documents/{document_id}/content
POST /v1/families
PUT /v1/families/{family_id}/arrival-cohort
POST /v1/families/{family_id}/actions/join
POST /v1/families/{family_id}/actions/split
POST /v1/families/{family_id}/members
POST /v1/families/{family_id}/members/{member_id}/actions/end
POST /v1/flags/{flag_id}/actions/lift
POST /v1/goals/{goal_id}/actions/record-result
POST /v1/goals/{goal_id}/measures
POST /v1/measures/{measure_id}/actions/{action}
POST /v1/notes/{note_id}/actions/hand-on
POST /v1/notes/{note_id}/versions
POST /v1/persons
PUT /v1/persons/{person_id}
POST /v1/persons/{person_id}/actions/merge
POST /v1/persons/{person_id}/actions/unmerge
PUT /v1/persons/{person_id}/addresses
PUT /v1/persons/{person_id}/contact-points
PUT /v1/persons/{person_id}/disputes
PUT /v1/persons/{person_id}/languages
POST /v1/persons/{person_id}/legal-circle-changes
PUT /v1/persons/{person_id}/legal-representatives
PUT /v1/persons/{person_id}/restriction
POST /v1/persons/{person_id}/timeline
PUT /v1/plan-versions/{plan_id}
POST /v1/plan-versions/{plan_id}/actions/agree
POST /v1/plan-versions/{plan_id}/actions/approve
POST /v1/referral-proposals/{proposal_id}/actions/dismiss
POST /v1/referral-proposals/{proposal_id}/actions/take
PUT /v1/tasks/{task_id}
POST /v1/tasks/{task_id}/actions/{action}
POST /v1/timeline-entries/{entry_id}/actions/correct
""",
    Right.KEEP_DEPUTIES: """
GET,POST,SEARCH /v1/deputyships
POST /v1/deputyships/{deputyship_id}/actions/end
""",
    Right.OPEN_EMERGENCY: """
POST /v1/cases/{case_id}/emergency-accesses
""",
    Right.READ_EMERGENCIES: """
GET,SEARCH /v1/emergency-accesses
GET /v1/emergency-accesses/{access_id}
POST /v1/emergency-accesses/{access_id}/actions/end
""",
    Right.REVIEW_EMERGENCIES: """
POST /v1/emergency-accesses/{access_id}/actions/review
""",
    Right.SET_ACCESS_SCOPES: """
GET,POST,SEARCH /v1/access-scopes
GET /v1/access-scopes/{scope_id}
POST /v1/access-scopes/{scope_id}/actions/end
""",
    Right.EXPORT_FILES: """
GET /v1/cases/{case_id}/file.zip
""",
    Right.FOLLOW: """
GET,SEARCH /v1/changes
GET,SEARCH /v1/events
""",
    # Each list asks for its own right besides.
    Right.EXPORT: """
GET,POST,SEARCH /v1/jobs
GET /v1/jobs/{job_id}
GET /v1/jobs/{job_id}/result
POST /v1/jobs/{job_id}/actions/cancel
""",
    Right.HANDLE_DESTRUCTION: """
GET,SEARCH /v1/deletion-rules
GET,SEARCH /v1/destruction-lists
GET /v1/destruction-lists/{list_id}
POST /v1/destruction-lists/{list_id}/actions/{action}
""",
    Right.IMPORT_CASES: """
POST /v1/imports/cases
GET,POST,SEARCH /v1/imports
GET /v1/imports/{import_id}
PUT /v1/imports/{import_id}/content
GET /v1/imports/{import_id}/report
POST /v1/imports/{import_id}/actions/cancel
GET,SEARCH /v1/import-mappings
GET,PUT /v1/import-mappings/{name}
PUT /v1/persons/by-external/{system}/{value}
PUT /v1/cases/by-external/{system}/{value}
""",
    Right.KEEP_CASE_TYPES: """
POST /v1/case-types
PUT /v1/case-types/{case_type_id}
POST /v1/case-types/{case_type_id}/actions/{action}
""",
    Right.MANAGE_WEBHOOKS: """
GET,POST,SEARCH /v1/webhook-endpoints
GET,PUT,DELETE /v1/webhook-endpoints/{endpoint_id}
POST /v1/webhook-endpoints/{endpoint_id}/actions/pause
POST /v1/webhook-endpoints/{endpoint_id}/actions/resume
POST /v1/webhook-endpoints/{endpoint_id}/actions/rotate-secret
POST /v1/webhook-endpoints/{endpoint_id}/actions/test
POST /v1/webhook-endpoints/{endpoint_id}/actions/replay
GET,SEARCH /v1/webhook-endpoints/{endpoint_id}/deliveries
POST /v1/webhook-deliveries/{delivery_id}/actions/redeliver
GET /v1/webhook-deliveries/{delivery_id}/signature-base
""",
    Right.READ_REQUEST_LOG: """
GET,SEARCH /v1/request-log
""",
    Right.KEEP_MEETINGS: """
POST /v1/concept-versions
POST /v1/concept-versions/{concept_id}/actions/{action}
POST /v1/meetings
""",
    Right.KEEP_STAFF: """
GET,PUT,SEARCH /v1/staff-members
""",
    Right.READ_AUDIT: """
GET,SEARCH /v1/audit-entries
GET,SEARCH /v1/audit/anchors
GET /v1/audit/keys
GET /v1/audit/verify
GET,SEARCH /v1/emergency-accesses/{access_id}/deeds
""",
    Right.READ_CASES: """
GET /v1/access-explanations/{record_id}
GET /v1/persons/by-external/{system}/{value}
GET /v1/persons/{person_id}/provenance
GET /v1/cases/by-external/{system}/{value}
GET /v1/cases/{case_id}/provenance
GET,SEARCH /v1/timeline-entries
GET,SEARCH /v1/referral-proposals
GET,SEARCH /v1/legal-circle-changes
GET,SEARCH /v1/erasures
GET,SEARCH /v1/assessment-entries
GET,SEARCH /v1/case-conferences
GET /v1/case-conferences/{conference_id}
GET,SEARCH /v1/case-files
GET,SEARCH /v1/cases
GET /v1/cases/{case_id}
GET,SEARCH /v1/cases/{case_id}/assessment-entries
GET,SEARCH /v1/cases/{case_id}/conferences
GET,SEARCH /v1/cases/{case_id}/consents
GET,SEARCH /v1/cases/{case_id}/contacts
GET,SEARCH /v1/cases/{case_id}/documents
GET /v1/cases/{case_id}/erasure
GET,SEARCH /v1/cases/{case_id}/extracts
GET,SEARCH /v1/cases/{case_id}/flags
GET,SEARCH /v1/cases/{case_id}/notes
GET,SEARCH /v1/cases/{case_id}/plan-versions
GET,SEARCH /v1/cases/{case_id}/referral-proposals
GET,SEARCH /v1/cases/{case_id}/related-cases
GET /v1/cases/{case_id}/retention
PUT /v1/cases/{case_id}/seen
GET,SEARCH /v1/cases/{case_id}/tasks
GET,SEARCH /v1/cases/{case_id}/timeline
GET,SEARCH /v1/consents
GET /v1/consents/{consent_id}
GET /v1/consents/{consent_id}/record
GET,SEARCH /v1/contacts
GET,SEARCH /v1/documents
GET /v1/documents/{document_id}
GET /v1/documents/{document_id}/content
GET,SEARCH /v1/extract-origins
GET,SEARCH /v1/families
GET /v1/families/{family_id}
GET,SEARCH /v1/flags
GET,SEARCH /v1/notes
GET /v1/notes/{note_id}
GET,SEARCH /v1/notes/{note_id}/releases
GET,SEARCH /v1/notes/{note_id}/versions
GET /v1/persons
POST /v1/persons/search
GET /v1/persons/{person_id}
GET /v1/persons/{person_id}/duplicate-candidates
GET /v1/persons/{person_id}/legacy-name
GET,SEARCH /v1/persons/{person_id}/legal-circle-changes
GET /v1/persons/{person_id}/merges
GET,SEARCH /v1/persons/{person_id}/timeline
GET,SEARCH /v1/plan-approvals
GET,SEARCH /v1/plan-versions
GET /v1/plan-versions/{plan_id}
GET /v1/plan-versions/{plan_id}/approval
GET,SEARCH /v1/related-cases
GET,POST,SEARCH /v1/saved-searches
DELETE,GET,PUT /v1/saved-searches/{search_id}
GET,SEARCH /v1/tasks
GET /v1/tasks/{task_id}
GET /v1/timeline-entries/{entry_id}
GET,SEARCH /v1/work-lists/{name}
""",
    Right.READ_EXTRACTS: """
GET /v1/reports/case-extracts
""",
    Right.READ_CONTROLLING: """
GET /v1/reports/case-controlling
""",
    Right.READ_FIGURES: """
GET /v1/reports/case-conferences
GET /v1/reports/case-outcomes
GET /v1/reports/case-statistics
""",
    Right.READ_FINDINGS: """
GET,SEARCH /v1/structural-findings
GET /v1/structural-findings/{finding_id}
GET,SEARCH /v1/offers
GET /v1/offers/{offer_id}
""",
    Right.READ_MEETINGS: """
GET,SEARCH /v1/concept-versions
GET /v1/concept-versions/{concept_id}
GET,SEARCH /v1/meetings
GET /v1/meetings/{meeting_id}
""",
    Right.RECORD_FINDINGS: """
POST /v1/structural-findings
POST /v1/structural-findings/{finding_id}/extracts
""",
    Right.SET_DELETION_RULES: """
POST /v1/deletion-rules
""",
    Right.WORK_ON_FINDINGS: """
PUT /v1/structural-findings/{finding_id}
POST /v1/structural-findings/{finding_id}/actions/{action}
POST /v1/structural-findings/{finding_id}/steps
POST /v1/structural-findings/{finding_id}/offers
POST /v1/offers
PUT /v1/offers/{offer_id}
""",
}


def operations(lines: str) -> list[tuple[str, str]]:
    """Method and path of each line; a line may name several methods.

    `SEARCH` is the list asked in the body of a POST.
    """
    found = []
    for line in lines.strip().splitlines():
        methods, path = line.split()
        for method in methods.split(","):
            is_search = method == "SEARCH"
            found.append(("POST", f"{path}/search") if is_search else (method, path))
    return found
