"""The data kind of every table that holds data about people (R-D1)."""

from typing import Final

from services.cases.domain.retention import DataKind

_CASE_FILE = (
    "case_conference", "case_file", "case_flag", "case_phase", "case_record", "case_task",
    "conference_outcome", "conference_participant", "custom_fields", "delivery",
    "double_care_check", "emergency_access", "goal", "information_notice", "kind_deadline",
    "measure", "phase_reason", "plan_approval", "plan_version", "referral_proposal",
    "related_case", "seen_mark", "sent_referral",
)  # fmt: skip
_PERSON = (
    "address", "contact_point", "external_id", "family", "family_member", "language_skill",
    "legal_circle_change", "legal_representative", "person", "person_merge", "person_search",
    "restriction_release", "timeline_entry",
)  # fmt: skip
# Parts of a case file that a unit may let end before it; erased by `erase_due_parts`.
_PARTS: Final = {
    DataKind.ASSESSMENT: ("assessment_entry", "indication_checklist"),
    DataKind.CONTACT: ("contact_attempt", "counselling_contact"),
    DataKind.NOTE: ("note", "note_release"),
    DataKind.CONSENT: ("consent",),
    DataKind.DOCUMENT: ("document",),
    DataKind.EXTRACT: ("extract_origin",),
    DataKind.PERSON: ("family_move",),
}
DATA_KINDS: Final = {
    **{table: kind for kind, tables in _PARTS.items() for table in tables},
    **dict.fromkeys(_CASE_FILE, DataKind.CASE_FILE),
    # Goes with the last case that needs it.
    **dict.fromkeys(_PERSON, DataKind.PERSON),
    **dict.fromkeys(("access_scope", "deputyship", "saved_search", "staff_member"), DataKind.STAFF),
    # Ids and codes; ended by the worker, by days of its settings.
    **dict.fromkeys(("audit.audit_entry", "audit.audit_seal"), DataKind.ACCESS_LOG),
    # Cleared by the relay some days after they were sent or answered.
    **dict.fromkeys(("outbox_message", "idempotency_key", "partner_request"), DataKind.MESSAGE),
    # Ids and codes of events for a partner's system; cleared by the worker after 40 days.
    **dict.fromkeys(("webhook_delivery", "webhook_attempt"), DataKind.MESSAGE),
    # Ids and codes; cleared by the relay, what tells of deleted records as well.
    **dict.fromkeys(("feed_entry", "lost_sight", "record_change"), DataKind.MESSAGE),
    # What was exported, by whom: ids and codes, cleared by the worker 90 days after its end; the
    # file goes after seven.
    "job": DataKind.MESSAGE,
    # Ids, until the worker has destroyed the keys of what was erased.
    "key_removal": DataKind.MESSAGE,
    # A key of the store, until the worker has removed the object.
    "object_removal": DataKind.MESSAGE,
    # The report of an import: ids and codes, cleared by the worker some months after its end.
    **dict.fromkeys(("import_job", "import_line"), DataKind.MESSAGE),
    **dict.fromkeys(
        (
            "case_erasure",
            "erased_number",
            "erasure_confirmation",
            "destruction_list",
            "destruction_item",
            "kind_erasure",
            # Ids, codes and days; cleared by the worker some years after its end.
            "rights_request",
            "rights_part",
            "rights_decision",
            "rights_notice",
        ),
        DataKind.ERASURE_EVIDENCE,
    ),
}
# Numbers, codes and rules of an office; about nobody.
WITHOUT_PEOPLE: Final = frozenset(
    {"audit.audit_block", "audit.audit_expiry", "audit.audit_anchor"}
    | {"case_type", "consumed_event", "deletion_rule", "import_mapping", "reference_counter"}
    | {"rule_run", "feed_horizon", "webhook_endpoint"}
    # Of the whole tenant, anonymised or about structures (R-S4-7, R-S3-10).
    | {"structural_finding", "finding_step", "finding_extract", "meeting", "concept_version"}
    # Counts of quarters, and of reporting days.
    | {"figure_edition", "family_edition"}
    # Organisations and what they offer (R-S4-13).
    | {"counselling_offer", "finding_offer"}
)
