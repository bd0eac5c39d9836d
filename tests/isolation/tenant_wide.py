"""What is of the whole tenant and not of one unit, table by table, each with its reason."""

from typing import Final

Reasons = dict[str, str]

STEERING: Final = "findings without a case, for whoever steers in the county"
OF_THE_FUNDING: Final = "the county's books: everybody there with a right to them may know them"
DIRECTORY: Final = "who may be asked, how, and by which rules: no person but staff in charge"
EMERGENCIES: Final = "cases opened in an emergency, for the tenant's data protection officer"
SCOPES: Final = "how far the people of a unit see, for the tenant's administration"
CLOCKS: Final = "time limits of data subjects, as codes, for the tenant's officer to watch"
CONSUMED: Final = "ids of events that were handled"
HORIZON: Final = "how far back the feed goes"
REMOVED_KEYS: Final = "ids of erased records whose keys the worker destroys"
REMOVED_OBJECTS: Final = "keys of stored bytes to remove, for the system"
ONLY_WRITTEN: Final = "an event, which the application never reads back"

FINDINGS: Final = (
    *("concept_version", "counselling_offer", "figure_edition", "family_edition"),
    "finding_extract",
    *("finding_offer", "finding_step", "meeting", "structural_finding"),
)
# Changed by the funding service; of these some are only ever added to.
CHANGED_FUNDING: Final = (
    *("allocation", "allocation_version", "award", "award_condition", "award_line"),
    *("award_version", "call_for_interest", "cost_rule", "deadline", "drawdown", "expenditure"),
    *("expenditure_subject", "funding_alert", "funding_line", "instalment", "interest_response"),
    *("journal_proposal", "ledger_period", "occupancy", "own_share_request", "payment"),
    *("payment_run", "position", "position_product", "proof", "proof_version", "rate"),
    *("recovery", "reservation", "voucher"),
)
WRITTEN_FUNDING: Final = (
    *CHANGED_FUNDING,
    *("award_version_line", "base_rate", "budget_entry", "drawdown_need", "finance_batch"),
    *("funder_name", "ledger_account", "ledger_entry", "ledger_posting", "ledger_year_close"),
    *("position_report", "position_report_row", "position_version", "programme"),
    *("proof_figure", "recovery_payment"),
)


def _all(tables: tuple[str, ...], reason: str) -> Reasons:
    return dict.fromkeys(tables, reason)


READ_ACROSS_UNITS: Final[dict[str, Reasons]] = {
    "cases": _all(FINDINGS, STEERING)
    | {
        "access_scope": SCOPES,
        "case_type": "the county's own types of cases, about nobody",
        "consumed_event": CONSUMED,
        "emergency_access": EMERGENCIES,
        "feed_horizon": HORIZON,
        "key_removal": REMOVED_KEYS,
        "object_removal": REMOVED_OBJECTS,
        **_all(("rights_decision", "rights_notice", "rights_part", "rights_request"), CLOCKS),
    },
    "funding": _all((*WRITTEN_FUNDING, "ledger_balance"), OF_THE_FUNDING)
    | {"consumed_event": CONSUMED, "feed_horizon": HORIZON},
    "referrals": _all(("org_unit", "unit_service", "routing_rule_set", "clock_policy"), DIRECTORY)
    | {
        "consumed_event": CONSUMED,
        "feed_horizon": HORIZON,
        "key_removal": REMOVED_KEYS,
        "object_removal": REMOVED_OBJECTS,
        "routing_sample": "where referrals came from, counted by street, for trying rules",
    },
}
WRITTEN_ACROSS_UNITS: Final[dict[str, Reasons]] = {
    "cases": _all(FINDINGS, STEERING)
    | {
        "case_type": "kept by the coordination for the county",
        "consumed_event": CONSUMED,
        "key_removal": REMOVED_KEYS,
        "object_removal": REMOVED_OBJECTS,
        "outbox_message": ONLY_WRITTEN,
        "reference_counter": "the next file number of the tenant and year",
    },
    "funding": _all(WRITTEN_FUNDING, OF_THE_FUNDING)
    | {"consumed_event": CONSUMED, "outbox_message": ONLY_WRITTEN},
    "referrals": _all(("org_unit", "unit_service", "routing_rule_set", "clock_policy"), DIRECTORY)
    | {
        "consumed_event": CONSUMED,
        "key_removal": REMOVED_KEYS,
        "object_removal": REMOVED_OBJECTS,
        "outbox_message": ONLY_WRITTEN,
    },
}
CHANGED_ACROSS_UNITS: Final[dict[str, Reasons]] = {
    "cases": _all(("concept_version", "counselling_offer", "structural_finding"), STEERING)
    | {
        "emergency_access": EMERGENCIES,
        "key_removal": REMOVED_KEYS,
        "object_removal": REMOVED_OBJECTS,
    },
    "funding": _all(CHANGED_FUNDING, OF_THE_FUNDING),
    "referrals": _all(("org_unit", "unit_service"), DIRECTORY)
    | {"key_removal": REMOVED_KEYS, "object_removal": REMOVED_OBJECTS},
}
# Rows that the system alone sees whatever the tenant, and rows that belong to all tenants.
ACROSS_TENANTS_FOR_THE_SYSTEM: Final[Reasons] = {
    "key_removal": REMOVED_KEYS,
    "object_removal": REMOVED_OBJECTS,
}
OF_EVERY_TENANT: Final[Reasons] = {"case_type": "the types that every tenant begins with"}
EVERY_TENANT: Final = "00000"
IN_NOBODYS_SIGHT: Final[dict[str, Reasons]] = {
    "cases": {
        "outbox_message": ONLY_WRITTEN,
        "reference_counter": "a number of tenant and year, which carries no mark to find it by",
    },
    "funding": {"outbox_message": ONLY_WRITTEN},
    "referrals": {"outbox_message": ONLY_WRITTEN},
}
