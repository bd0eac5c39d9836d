"""Roles and what they may do with case records: one table, walked whole by the tests.

Case content belongs to the case managers of the controlling unit. A team lead sees figures and
anonymised extracts (hazard H6), the coordination sees figures only. For the posts of foreigners'
and naturalisation authorities nothing here exists at all: they get the answer "not found", not
"forbidden" (R-A2, hazard H1).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from services.cases.domain.codes import B3_UNIT_TYPES


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


class Right(StrEnum):
    READ_CASES = "read-cases"
    CHANGE_CASES = "change-cases"
    READ_EXTRACTS = "read-extracts"
    READ_FIGURES = "read-figures"
    READ_CONTROLLING = "read-controlling"
    IMPORT_CASES = "import-cases"
    KEEP_STAFF = "keep-staff"
    READ_AUDIT = "read-audit"
    HANDLE_DESTRUCTION = "handle-destruction"
    APPROVE_DESTRUCTION = "approve-destruction"
    SET_DELETION_RULES = "set-deletion-rules"
    READ_FINDINGS = "read-findings"
    RECORD_FINDINGS = "record-findings"
    WORK_ON_FINDINGS = "work-on-findings"
    READ_MEETINGS = "read-meetings"
    KEEP_MEETINGS = "keep-meetings"
    KEEP_CASE_TYPES = "keep-case-types"
    RELEASE_RESTRICTED = "release-restricted"
    READ_RIGHTS = "read-rights-requests"
    HANDLE_RIGHTS = "handle-rights-requests"
    FOLLOW = "follow"
    MANAGE_WEBHOOKS = "manage-webhooks"
    READ_REQUEST_LOG = "read-request-log"
    EXPORT = "export"
    EXPORT_FILES = "export-files"
    KEEP_DEPUTIES = "keep-deputies"
    OPEN_EMERGENCY = "open-emergency"
    READ_EMERGENCIES = "read-emergencies"
    REVIEW_EMERGENCIES = "review-emergencies"
    SET_ACCESS_SCOPES = "set-access-scopes"


_R = Right
# A file has what its reader may list, so each kind asks for the right of its list besides.
# Findings and meetings are of the whole tenant and hold nobody's data (R-S4-7, R-S3-10).
_READ_STEERING: Final = frozenset({_R.READ_FINDINGS, _R.READ_MEETINGS})
_ANALYSE: Final = _READ_STEERING | {_R.RECORD_FINDINGS, _R.WORK_ON_FINDINGS}
_CONNECT: Final = frozenset({_R.MANAGE_WEBHOOKS, _R.READ_REQUEST_LOG})
_STEER: Final = _READ_STEERING | {_R.WORK_ON_FINDINGS, _R.KEEP_MEETINGS}
RIGHTS: Final[Mapping[Role, frozenset[Right]]] = {
    Role.CASE_MANAGER: frozenset(
        {_R.READ_CASES, _R.CHANGE_CASES, _R.KEEP_STAFF, _R.IMPORT_CASES, _R.READ_FIGURES}
        | {_R.HANDLE_DESTRUCTION, _R.RELEASE_RESTRICTED, _R.FOLLOW, _R.EXPORT}
        | {_R.READ_RIGHTS, _R.HANDLE_RIGHTS}
        | {_R.KEEP_DEPUTIES, _R.OPEN_EMERGENCY, _R.READ_EMERGENCIES}
    )
    | _ANALYSE,
    # Sees references and codes of the cases on a destruction list, never their content.
    Role.TEAM_LEAD: frozenset(
        {_R.KEEP_STAFF, _R.READ_EXTRACTS, _R.READ_FIGURES}
        | {_R.HANDLE_DESTRUCTION, _R.APPROVE_DESTRUCTION, _R.SET_DELETION_RULES}
        | {_R.RELEASE_RESTRICTED, _R.EXPORT, _R.KEEP_DEPUTIES, _R.READ_EMERGENCIES}
    )
    | _READ_STEERING,
    Role.COORDINATOR: frozenset(
        {_R.READ_FIGURES, _R.READ_CONTROLLING, _R.KEEP_CASE_TYPES, _R.EXPORT}
    )
    | _STEER,
    # Figures of the whole county stand in the status report that these answer for; money for
    # a measure needs its finding (R-S4-11).
    Role.FUNDING_OFFICER: frozenset({_R.READ_FIGURES, _R.READ_FINDINGS}),
    Role.FUNDING_APPROVER: frozenset({_R.READ_FIGURES, _R.READ_FINDINGS}),
    Role.UNIT_HEAD: frozenset(
        {_R.READ_FIGURES, _R.READ_CONTROLLING, _R.RELEASE_RESTRICTED, _R.EXPORT}
    )
    | _READ_STEERING,
    Role.B3_OFFICER: frozenset(),
    Role.PARTNER: frozenset(),
    # Delivers what the unit's own systems know and learns what became of it; reads no record.
    # A closed file goes to the unit's records management as a whole, and each time it is logged.
    Role.INTEGRATOR: _CONNECT | {_R.IMPORT_CASES, _R.FOLLOW, _R.EXPORT_FILES},
    # Watches the time limits of every unit's requests; what a request is about, the unit answers.
    Role.DPO: frozenset(
        {_R.READ_AUDIT, _R.READ_RIGHTS, _R.READ_EMERGENCIES, _R.REVIEW_EMERGENCIES}
    ),
    Role.AUDITOR: frozenset({_R.READ_FIGURES, _R.READ_CONTROLLING}),
    Role.ADMIN: _CONNECT | {_R.KEEP_CASE_TYPES, _R.SET_ACCESS_SCOPES},
}

# From these everything is hidden, whatever other role the same person has.
BLIND_ROLES: Final = frozenset({Role.B3_OFFICER})


def may(roles: frozenset[str], unit_type: str, right: Right) -> bool:
    """Whether any of the roles gives the right; who is blind to cases has none."""
    if is_blind(roles, unit_type):
        return False
    return any(right in RIGHTS[Role(role)] for role in roles if role in set(Role))


def is_blind(roles: frozenset[str], unit_type: str) -> bool:
    """Whether cases are hidden from this caller: by role, or because the unit is one of the
    authorities, whatever roles its issuer puts into the token.
    """
    return bool(roles & BLIND_ROLES) or unit_type in B3_UNIT_TYPES
