"""Who may do what in this service: roles × permissions, as a table.

A permission opens a door; which referrals lie behind it is decided by unit and state, and by
the database once more. Foreign and missing are never told apart.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from services.referrals.domain.agencies import FOREIGNERS_AUTHORITIES


class Role(StrEnum):
    CASE_MANAGER = "case_manager"
    TEAM_LEAD = "team_lead"
    COORDINATOR = "coordinator"
    FUNDING_OFFICER = "funding_officer"
    FUNDING_APPROVER = "funding_approver"
    UNIT_HEAD = "unit_head"
    B3_OFFICER = "b3_officer"
    PARTNER = "partner"
    INTEGRATOR = "integrator"
    DPO = "dpo"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Permission(StrEnum):
    SEND = "send"
    """Draft, send and withdraw referrals of the own unit; see its outbox."""
    RECEIVE = "receive"
    """Pull and answer referrals addressed to the own unit; see its inbox."""
    FOLLOW = "follow"
    """The events feed of the own unit: ids and codes."""
    SIGNPOST = "signpost"
    ASSIGN = "assign"
    """The manual queue: choose the unit where no rule could."""
    READ_DIRECTORY = "read-directory"
    WRITE_DIRECTORY = "write-directory"
    WRITE_ROUTING = "write-routing"
    OFFER = "offer"
    """Say what the own unit can take on: seats, waiting time, opening hours."""
    READ_AUDIT = "read-audit"
    DECIDE_DISCLOSURE = "decide-disclosure"
    """Decide what an authority for foreigners or naturalisation may be told (R-A1)."""
    MANAGE_WEBHOOKS = "manage-webhooks"
    """Where the events of the own unit are delivered: ids and codes."""
    MANAGE_KEYS = "manage-keys"
    """The public keys that others encrypt with for the own unit."""
    READ_REQUEST_LOG = "read-request-log"
    """What the own unit's systems asked and were answered, without content."""
    READ_STATISTICS = "read-statistics"
    """Figures of the whole Kreis, small groups hidden; no referral."""
    EXPORT = "export"
    """Files of what the own unit may list."""


P = Permission
_KNOWS_AGENCIES: Final = frozenset({P.READ_DIRECTORY})
_BOTH_SIDES: Final = frozenset({P.SEND, P.RECEIVE, P.FOLLOW, P.READ_DIRECTORY, P.EXPORT})
_CONNECTS: Final = frozenset({P.MANAGE_WEBHOOKS, P.MANAGE_KEYS, P.READ_REQUEST_LOG})

PERMISSIONS: Final[Mapping[Role, frozenset[P]]] = {
    Role.CASE_MANAGER: _BOTH_SIDES | {P.SIGNPOST},
    Role.TEAM_LEAD: _BOTH_SIDES | {P.SIGNPOST, P.OFFER},
    Role.PARTNER: _BOTH_SIDES | _CONNECTS | {P.OFFER},
    # B3 posts decide on residence: they see what is addressed to them and send nothing.
    Role.B3_OFFICER: _KNOWS_AGENCIES | {P.RECEIVE, P.FOLLOW, P.MANAGE_WEBHOOKS, P.EXPORT},
    Role.INTEGRATOR: _KNOWS_AGENCIES | _CONNECTS | {P.FOLLOW, P.EXPORT},
    Role.COORDINATOR: _KNOWS_AGENCIES
    | {P.ASSIGN, P.WRITE_DIRECTORY, P.WRITE_ROUTING, P.READ_STATISTICS, P.EXPORT},
    Role.ADMIN: _KNOWS_AGENCIES | _CONNECTS | {P.WRITE_DIRECTORY, P.WRITE_ROUTING},
    Role.FUNDING_OFFICER: _KNOWS_AGENCIES,
    Role.FUNDING_APPROVER: _KNOWS_AGENCIES,
    Role.UNIT_HEAD: _KNOWS_AGENCIES | {P.DECIDE_DISCLOSURE, P.OFFER, P.READ_STATISTICS},
    Role.DPO: _KNOWS_AGENCIES | {P.READ_AUDIT},
    Role.AUDITOR: _KNOWS_AGENCIES | {P.READ_STATISTICS},
}


def permissions(roles: Iterable[str], unit_type: str) -> frozenset[P]:
    """What all the roles together permit; an unknown role permits nothing.

    A B3 post, or anyone whose unit is a foreigners or naturalisation authority, keeps to what a
    B3 post may do, whatever other roles its issuer puts into the token.
    """
    known = {role.value for role in Role}
    given = [Role(role) for role in roles if role in known]
    permitted = frozenset[P]().union(*(PERMISSIONS[role] for role in given))
    if Role.B3_OFFICER in given or unit_type in FOREIGNERS_AUTHORITIES:
        permitted &= PERMISSIONS[Role.B3_OFFICER]
    return permitted
