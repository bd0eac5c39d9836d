"""`python -m services.funding.scrub`: a copy without anything about real people. See `--help`.

Nobody who is advised stands in this database. What is taken out is who worked with it and what
they wrote; the books keep who posted, as their chain of hashes would break.
"""

import sys

from services.funding.storage.tables import Table
from shared.scrubbing import common
from shared.scrubbing.command import main
from shared.scrubbing.invented import Invented, no_bytes, no_words, removed
from shared.scrubbing.plan import Plan

PLAN = Plan(
    metadata=Table.metadata,
    emptied=common.EMPTIED | {"audit_entry", "external_id", "finance_batch", "journal_proposal"},
    kept=common.KEPT
    | {"account", "act_reference", "applicant", "authority", "authority_consent_ref", "book"}
    | {"correction_code", "cost_kind", "decision_ref", "facts", "failure_code", "findings", "focus"}
    | {"funder", "hash", "head_hash", "interest_act_reference", "key", "label", "label_de"}
    | {"label_en", "ledger_hash", "legal_source", "name_de", "name_en", "number", "path"}
    | {"planned_start", "previous_hash", "product", "products", "programme", "proof"}
    | {"reason_code", "recipient_name", "recipient_unit", "reported_source", "respondent_name"}
    | {"respondent_unit", "rule_source", "seal", "selector", "settlement_ref", "sha256"}
    | {"sha256_csv", "sha256_json", "sha256_pdf", "side", "signed_role", "source", "source_kind"}
    | {"subject_id", "target_group", "terms", "territory", "text_de", "trial_balance"}
    | {"waiver_reference", "funder_name.name", "ledger_entry.recorded_by"}
    | {"ledger_entry.released_by", "ledger_period.closed_by", "ledger_period.requested_by"}
    | {"ledger_year_close.closed_by"},
    rules=common.RULES
    | dict.fromkeys(
        (
            "closed_by",
            "corrected_by",
            "done_by",
            "made_by",
            "planned_by",
            "revoked_by",
            "sent_by",
            "signed_by",
            "submitted_by",
        ),
        Invented.actor,
    )
    | dict.fromkeys(
        (
            "criteria",
            "decision_reason",
            "location_note",
            "overlap_reason",
            "proof_waived_reason",
            "query",
            "resumption_reason",
            "return_reason",
            "revocation_reason",
            "selection_reason",
            "suspension_reason",
            "termination_reason",
            "waiver_reason",
            "withdrawal_reason",
        ),
        removed,
    )
    | dict.fromkeys(("bank_reference", "document_ref", "payee_number"), Invented.digits)
    | dict.fromkeys(("csv_file", "json_file", "pdf_file"), no_bytes)
    | dict.fromkeys(("narrative", "refused_items"), no_words),
)

if __name__ == "__main__":
    sys.exit(main("funding", PLAN))
