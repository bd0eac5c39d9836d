"""Text and JSON about people that is not sealed, each for its reason; all other text is."""

from typing import Final

_SEARCHED = "found by: names are searched, compared and sorted by the database (decision 0010)"
_COMPARED = "compared with what is delivered anew, or what is asked for, by the database"
_SHOWN = "structured master data, which registers and letters need; goes with the person"
_FIELDS = "fields that the unit has declared, each with its own type; not for free text"
_CODES = "ids, codes and figures"
_OURS = "digests, addresses and keys of the installation itself"
_LOGGED = "who asked for what: kept in the log's own time, read by the data protection officer"
_RULES = "texts of the routing rules, the same for everybody"

_COLUMNS: Final = {
    _SEARCHED: (
        "person.family_name person.given_names person.original_name person.name_key"
        " person_search.latin_key person_search.original_key person_search.spelled_key"
        " case_record.pseudonym external_id.value"
    ),
    _COMPARED: (
        "case_record.contact case_record.other_basis_reason consent.released_person"
        " delivery.values_json"
    ),
    _SHOWN: "measure.responsible_ref person.disputes conference_participant.request_reference",
    _FIELDS: "custom_fields.fields_json",
    _CODES: (
        "feed_entry.data feed_entry.type import_line.faults_json import_job.failure_column"
        " import_job.mapping_json job.checkpoint job.parameters outbox_message.payload"
        " outbox_message.subject partner_request.problem partner_request.route"
        " saved_search.filters saved_search.name webhook_delivery.type audit_entry.action"
        " audit_entry.changes"
    ),
    _OURS: (
        "document.object_key document.sha256 import_job.object_key import_job.sha256"
        " job.object_key job.sha256 object_removal.object_key idempotency_key.key"
        " idempotency_key.location partner_request.body_sha256 partner_request.key_digest"
        " partner_request.request_id job.request_id audit_entry.request_id"
    ),
    _LOGGED: "audit_entry.client_id audit_entry.end_user audit_entry.reason job.client_id"
    " job.reason partner_request.client_id",
    _RULES: "referral_proposal.reason_de referral_proposal.reason_en",
}
# Table and column → why. Keys of members of staff (issuer and number) are no text.
READABLE: Final = {
    (table, column): reason
    for reason, words in _COLUMNS.items()
    for table, column in (word.split(".") for word in words.split())
}
