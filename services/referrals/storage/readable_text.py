"""Text and JSON of referrals that is not sealed, each for its reason; all other text is."""

from typing import Final

_COMPARED = "compared or filtered by the database, or read by it to route"
_STEERING = "directory, rules and the address of an office: about no person in care"
_CODES = "ids, codes and figures"
_OURS = "digests, addresses and keys of the installation itself"
_LOGGED = "who asked for what: kept in the log's own time, read by the data protection officer"
_ROUTED = "what rules route by, until it is sent; the database keeps samples of it to try rules on"
_FOREIGN = "encrypted by the sender for the recipient; nobody here has the key"

_COLUMNS: Final = {
    _COMPARED: (
        "consent_revocation.consent_reference disclosure_decision.request_reference"
        " external_id.told external_id.value sender_record.consent_reference"
        " sender_record.release_reference sender_record.subject_reference"
    ),
    _STEERING: (
        "org_unit.area_parts org_unit.dvdv_key org_unit.email org_unit.name_de org_unit.name_en"
        " org_unit.url routing_rule_set.rules routing_sample.district routing_sample.street"
        " signposting.target_name unit_service.opening webhook_endpoint.description"
    ),
    _CODES: (
        "audit.audit_entry.action audit.audit_entry.changes consumed_event.consumer"
        " disclosure.attachments feed_entry.data feed_entry.type job.checkpoint job.parameters"
        " outbox_message.payload outbox_message.subject partner_request.problem"
        " partner_request.route referral.clock_terms referral.problems referral_event.type"
        " webhook_delivery.type"
    ),
    _OURS: (
        "attachment.object_key attachment.sha256 audit.audit_anchor.statement"
        " audit.audit_entry.request_id disclosure.payload_digest encrypted_content.digest"
        " idempotency_key.key idempotency_key.location job.object_key job.request_id job.sha256"
        " object_removal.object_key partner_request.body_sha256 partner_request.key_digest"
        " partner_request.request_id referral.payload_digest referral_amendment.digest_after"
        " referral_amendment.digest_before unit_key.n webhook_endpoint.url"
    ),
    _LOGGED: (
        "audit.audit_entry.client_id audit.audit_entry.end_user audit.audit_entry.reason"
        " job.client_id job.reason partner_request.client_id"
    ),
    _ROUTED: "referral_place.district referral_place.street",
    _FOREIGN: "encrypted_content.jwe",
}
# Table and column → why. Keys of members of staff (issuer and number) are no text.
READABLE: Final = {
    (table, column): reason
    for reason, words in _COLUMNS.items()
    for table, column in (word.rsplit(".", 1) for word in words.split())
}
