"""`python -m services.cases.scrub`: a copy without anything about real people. See `--help`."""

import sys
from typing import Any

from services.cases.domain.people import PersonName
from services.cases.storage.tables import Table
from shared.scrubbing import common
from shared.scrubbing.command import main
from shared.scrubbing.invented import (
    Invented,
    no_members,
    no_words,
    nothing,
    removed,
)
from shared.scrubbing.plan import Plan, Row


def contact(_: Invented, original: str) -> str:
    """A number and an address that nobody has (RFC 2606)."""
    return "removed@example.invalid" if "@" in original else "+49 0000 0000000"


def outdated(_: Invented, __: object) -> int:
    """The worker computes search keys anew that older rules made."""
    return 0


def name_key(row: Row) -> dict[str, Any]:
    return {"name_key": PersonName(row["family_name"], row["given_names"]).search_key}


PLAN = Plan(
    metadata=Table.metadata,
    emptied=common.EMPTIED
    | {"access_scope", "audit_entry", "delivery", "erased_number", "external_id", "import_job"}
    | {"import_line", "key_removal", "object_removal", "saved_search", "custom_fields"},
    kept=common.KEPT
    | {"rights_notice.answer"}
    | {"agreement_language", "arrival_cohort", "contact_units", "counts", "district"}
    | {"data_categories", "discloser_unit", "disputed_fields", "erasure_confirmed_by", "fields"}
    | {"field_of_action", "fields_schema", "from_circle", "from_state", "information_text_version"}
    | {"label_de", "label_en", "languages", "legal_circle", "legal_circles", "legal_reason_de"}
    | {
        "legal_reason_en",
        "list_version",
        "mapping_json",
        "media_type",
        "nationalities",
        "object_key",
    }
    | {"paragraph", "part", "participant_units", "partner_units", "postcode", "provider"}
    | {"provider_unit", "reason_de", "reason_en", "recipient_unit", "residence_group"}
    | {"responsible_unit", "result", "results", "revoked_via", "rule", "sender_unit", "service"}
    | {"service_code", "services", "sha256", "structural_field", "text_version", "to_circle"}
    | {"to_state", "topic", "town", "area_ags", "case_conference.topics", "counselling_offer.title"}
    | {"import_mapping.name", "concept_version.title"},
    rules=common.RULES
    | dict.fromkeys(
        (
            "approver",
            "identity_checked_by",
            "reviewed_by",
            "assignee",
            "author",
            "case_manager",
            "deputy",
            "ended_by",
            "lifted_by",
            "merged_by",
            "owner",
            "principal",
            "receiver",
            "restricted_by",
            "reviewer",
            "unmerged_by",
            "witness",
            "participant",
        ),
        Invented.actor,
    )
    | dict.fromkeys(
        (
            "approval_reference",
            "justification",
            "body_name",
            "contact",
            "document_reference",
            "funding_reference",
            "legal_representative.name",
            "other_basis_reason",
            "problem",
            "proposed_measure",
            "pseudonym",
            "released_person",
            "request_reference",
            "responsible_ref",
            "street",
            "title",
        ),
        removed,
    )
    | {
        "address.house_number": Invented.digits,
        "birth_date": Invented.birth_date,
        "contact_point.value": contact,
        "cost_reference": Invented.digits,
        "decisions": no_words,
        "disputes": no_words,
        "family_name": Invented.family_name,
        "fields_json": no_members,
        "given_names": Invented.given_names,
        "meeting.topics": no_words,
        "name_key": removed,
        "original_name": nothing,
    }
    | dict.fromkeys(("latin_key", "original_key", "spelled_key"), removed)
    | dict.fromkeys(("match_keys", "skeletons", "sounds"), no_words)
    | {"keys_version": outdated},
    derived={"person": name_key},
)

if __name__ == "__main__":
    sys.exit(main("cases", PLAN))
