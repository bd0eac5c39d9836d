"""What leaves on the bus, and which role opens which door."""

from dataclasses import fields
from itertools import product

import pytest

from services.referrals.domain.access import PERMISSIONS, Permission, Role, permissions
from services.referrals.domain.events import EVENTS_OF_REFERRALS, ReferralAssigned, ReferralEvent

CODES_AND_IDS = {
    "referral_id",
    "tenant_id",
    "sender_unit",
    "recipient_unit",
    "service_code",
    "mode",
    "language",
    "urgency",
}


def test_every_event_has_a_type_of_its_own() -> None:
    types = [event.event_type for event in EVENTS_OF_REFERRALS]
    assert len(set(types)) == len(types)
    assert set(types) == {
        f"kim.referrals.referral-{fact}.v1"
        for fact in (
            "submitted",
            "routed",
            "reminder-due",
            "delivered",
            "review-started",
            "service-started",
            "forwarded",
            "accepted",
            "rejected",
            "withdrawn",
            "expired",
            "completed",
            "returned",
            "answer-due",
            "escalated",
            "held",
            "resumed",
            "amended",
            "content-deleted",
            "message-posted",
            "counter-proposed",
            "counter-answered",
            "notice-raised",
            "notice-acknowledged",
            "notice-overdue",
        )
    }


@pytest.mark.parametrize("event", [*EVENTS_OF_REFERRALS, ReferralAssigned])
def test_f17_events_carry_ids_and_codes_only(event: type[ReferralEvent]) -> None:
    extra = {field.name for field in fields(event)} - CODES_AND_IDS
    assert extra <= {
        "problem_types",
        "reason",
        "outcome",
        "deputy_unit",
        "author_unit",
        "number",
        "content_version",
        "proposal_id",
        "answer",
        "notice_id",
        "fields",
        "kind",
        "transfers_ownership",
    }


# The rule in its own words: who opens which door.
SENDERS = {"case_manager", "team_lead", "partner"}
CONNECTING = {"partner", "integrator", "admin"}
DOORS = {
    Permission.SEND: SENDERS,
    Permission.RECEIVE: SENDERS | {"b3_officer"},
    Permission.FOLLOW: SENDERS | {"b3_officer", "integrator"},
    Permission.SIGNPOST: {"case_manager", "team_lead"},
    Permission.ASSIGN: {"coordinator"},
    Permission.READ_DIRECTORY: {role.value for role in Role},
    Permission.WRITE_DIRECTORY: {"coordinator", "admin"},
    Permission.WRITE_ROUTING: {"coordinator", "admin"},
    Permission.OFFER: {"team_lead", "partner", "unit_head"},
    Permission.READ_AUDIT: {"dpo"},
    Permission.DECIDE_DISCLOSURE: {"unit_head"},
    Permission.MANAGE_WEBHOOKS: CONNECTING | {"b3_officer"},
    Permission.MANAGE_KEYS: CONNECTING,
    Permission.READ_REQUEST_LOG: CONNECTING,
    Permission.EXPORT: SENDERS | {"integrator", "b3_officer", "coordinator"},
    Permission.READ_STATISTICS: {"coordinator", "unit_head", "auditor"},
}


@pytest.mark.parametrize(("role", "permission"), list(product(Role, Permission)))
def test_every_role_opens_its_doors_and_no_other(role: Role, permission: Permission) -> None:
    assert (permission in permissions([role.value], "KI")) is (role.value in DOORS[permission])


def test_the_table_is_complete() -> None:
    assert set(PERMISSIONS) == set(Role)
    assert set(DOORS) == set(Permission)


def test_an_unknown_role_opens_nothing() -> None:
    assert permissions(["superuser"], "KI") == frozenset()


@pytest.mark.parametrize("role", ["dpo", "auditor", "admin", "coordinator", "unit_head"])
def test_roles_without_case_work_neither_send_nor_receive(role: str) -> None:
    assert not permissions([role], "KI") & {Permission.SEND, Permission.RECEIVE}


@pytest.mark.parametrize(
    ("roles", "unit_type"),
    [
        (["b3_officer", "case_manager"], "CM_TEAM"),
        (["case_manager", "coordinator", "admin"], "ABH"),
        (["partner"], "EBH"),
    ],
)
def test_hazard_01_a_foreigners_authority_sends_nothing_whatever_its_token_says(
    roles: list[str], unit_type: str
) -> None:
    held = permissions(roles, unit_type)
    assert Permission.SEND not in held
    assert held <= PERMISSIONS[Role.B3_OFFICER]
