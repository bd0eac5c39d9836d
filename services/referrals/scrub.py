"""`python -m services.referrals.scrub`: a copy without anything about real people. See `--help`."""

import sys

from services.referrals.storage import tables
from services.referrals.storage.base import Table
from shared.scrubbing import common
from shared.scrubbing.command import main
from shared.scrubbing.invented import Invented, no_members, no_words, removed
from shared.scrubbing.plan import Plan

# Imported so that they are in the registry.
assert tables

PLAN = Plan(
    metadata=Table.metadata,
    emptied=common.EMPTIED
    | {"access_link", "audit_entry", "encrypted_content", "external_id"}
    | {"key_removal", "object_removal", "routing_sample", "unit_key"},
    kept=common.KEPT
    | {"accepted_modes", "actor_unit", "area_parts", "areas", "author_unit", "categories"}
    | {"changed_fields", "clock_terms", "codes", "controller_id", "deputy_unit", "digest_after"}
    | {"digest_before", "disputed_fields", "dvdv_key", "fields", "forwarded_from", "from_state"}
    | {"ground_code", "ground_kind", "hold_reason", "information_language", "languages"}
    | {"media_type", "name_de", "name_en", "object_key", "opening", "outcome", "owner_unit"}
    | {"payload_digest", "problems", "proposed_by_unit", "recipient_unit", "rules"}
    | {"secret_categories", "sender_unit", "service_code", "services", "sha256", "subject_digest"}
    | {"target_unit", "to_state", "topic", "withdraw_reason", "referral_place.district"},
    rules=common.RULES
    | dict.fromkeys(
        ("assignee", "created_by", "deputy", "escalated_to", "principal"), Invented.actor
    )
    | dict.fromkeys(("name", "street", "target_name"), removed)
    | dict.fromkeys(
        (
            "consent_reference",
            "email",
            "house_number",
            "phone",
            "release_reference",
            "request_reference",
            "subject_reference",
            "url",
        ),
        Invented.digits,
    )
    | dict.fromkeys(("disclosure_decision", "legal_ground", "protection_steps"), no_members)
    | {"attachments": no_words},
)

if __name__ == "__main__":
    sys.exit(main("referrals", PLAN))
