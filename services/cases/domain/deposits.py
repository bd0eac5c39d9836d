"""Who may put, change and take away which rows, as the policies of the tables themselves say.

Every table that the application may write is named here or has rules of its own in `SINGLE`.
"""

from typing import Final

from services.cases.domain.access import RIGHTS, Right, Role
from services.cases.domain.acts import TENANT, THE_UNIT
from shared.kernel.access_acts import Deposit, Doers
from shared.kernel.access_relations import Relation, Wall
from shared.kernel.text import Text

_MANAGER: Final[Doers] = {Role.CASE_MANAGER.value: THE_UNIT}


def _with(right: Right, reach: frozenset[Relation]) -> Doers:
    """The roles whose door leads here."""
    return {role.value: reach for role, rights in RIGHTS.items() if right in rights}


def _deposit(
    text: Text, doers: Doers, kinds: str, *rights: Right, wall: Wall = Wall.ROLE_AND_RELATION
) -> Deposit:
    return Deposit(kinds=tuple(kinds.split()), text=text, rights=rights, wall=wall, writers=doers)


DEPOSITS: Final[tuple[Deposit, ...]] = (
    _deposit(
        Text(de="Fall, Akte, Person, Familie", en="case, file, person, family"),
        _MANAGER,
        "address assessment_entry case_conference case_erasure case_file case_flag case_phase"
        " case_record case_task conference_outcome conference_participant consent contact_attempt"
        " contact_point counselling_contact custom_fields delivery document double_care_check"
        " erased_number erasure_confirmation external_id extract_origin family family_member"
        " family_move goal indication_checklist information_notice kind_deadline kind_erasure"
        " language_skill legal_circle_change legal_representative measure person person_merge"
        " person_search phase_reason plan_approval plan_version referral_proposal related_case"
        " sent_referral timeline_entry",
        Right.CHANGE_CASES,
    ),
    _deposit(
        Text(de="Vermerke, im eigenen Namen", en="notes, in the own name"),
        _MANAGER,
        "note note_release",
        Right.CHANGE_CASES,
    ),
    _deposit(
        Text(de="Anträge Betroffener", en="requests of data subjects"),
        _MANAGER,
        "rights_decision rights_notice rights_part rights_request",
        Right.HANDLE_RIGHTS,
    ),
    _deposit(
        Text(de="Eigene Sicht: Suchen, Gelesenes", en="own view: searches, what was seen"),
        _MANAGER,
        "saved_search seen_mark",
        Right.READ_CASES,
    ),
    _deposit(
        Text(de="Freigaben bei Auskunftssperre", en="releases behind a bar on disclosure"),
        _with(Right.RELEASE_RESTRICTED, THE_UNIT),
        "restriction_release",
        Right.RELEASE_RESTRICTED,
    ),
    _deposit(
        Text(de="Löschlisten", en="destruction lists"),
        _with(Right.HANDLE_DESTRUCTION, THE_UNIT),
        "destruction_item destruction_list rule_run",
        Right.HANDLE_DESTRUCTION,
    ),
    _deposit(
        Text(de="Löschfristen", en="deletion rules"),
        _with(Right.SET_DELETION_RULES, THE_UNIT),
        "deletion_rule",
        Right.SET_DELETION_RULES,
    ),
    _deposit(
        Text(de="Einspielungen", en="imports"),
        _with(Right.IMPORT_CASES, THE_UNIT),
        "import_job import_line import_mapping",
        Right.IMPORT_CASES,
    ),
    _deposit(
        Text(de="Auszüge zu Strukturbefunden", en="extracts of structural findings"),
        _with(Right.RECORD_FINDINGS, TENANT),
        "finding_extract",
        Right.RECORD_FINDINGS,
    ),
    _deposit(
        Text(de="Arbeit an Strukturbefunden", en="work on structural findings"),
        _with(Right.WORK_ON_FINDINGS, TENANT),
        "finding_step counselling_offer finding_offer",
        Right.WORK_ON_FINDINGS,
    ),
    _deposit(
        Text(de="Sitzungen, Konzepte", en="meetings, concepts"),
        _with(Right.KEEP_MEETINGS, TENANT),
        "meeting concept_version",
        Right.KEEP_MEETINGS,
    ),
    _deposit(
        Text(de="Falltypen des Kreises", en="case types of the county"),
        _with(Right.KEEP_CASE_TYPES, TENANT),
        "case_type",
        Right.KEEP_CASE_TYPES,
    ),
    _deposit(
        Text(de="Fachkräfte der Stelle", en="staff of the unit"),
        _with(Right.KEEP_STAFF, THE_UNIT),
        "staff_member",
        Right.KEEP_STAFF,
    ),
    _deposit(
        Text(de="Webhooks der Stelle", en="webhooks of the unit"),
        _with(Right.MANAGE_WEBHOOKS, THE_UNIT),
        "webhook_endpoint",
        Right.MANAGE_WEBHOOKS,
    ),
)
# Rows whose policy asks for more than the caller's side of them: whose own they are, or what they
# say (a deputyship, an emergency, a finding in its state). Their own tests ask them.
SINGLE: Final = frozenset(
    {"access_scope", "deputyship", "emergency_access", "structural_finding", "job"}
    | {"idempotency_key"}
)
# Written in passing by whoever does something, or by the worker; they open nothing.
TRACES: Final = frozenset(
    {"consumed_event", "outbox_message", "reference_counter", "key_removal"}
    | {"object_removal", "partner_request", "webhook_attempt", "webhook_delivery"}
    | {"family_edition", "figure_edition"}
)
