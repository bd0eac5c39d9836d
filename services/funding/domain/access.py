"""Roles and what they may do with funding: one table, walked whole by the tests.

Whoever records does not release (four eyes): the officer's and the approver's rights to change
anything are disjoint, and the database keeps the two persons apart besides.
"""

from collections.abc import Mapping
from typing import Final

from services.funding.domain.allocation_lifecycle import AllocationAction
from services.funding.domain.award_lifecycle import AwardAction
from services.funding.domain.drawdown_lifecycle import DrawdownAction
from services.funding.domain.payment_lifecycle import PaymentAction
from services.funding.domain.proof_lifecycle import ProofAction
from services.funding.domain.recovery_lifecycle import RecoveryAction
from services.funding.domain.rights import Right, Role

__all__ = ["RIGHTS", "Right", "Role", "may", "roles_with"]


_R = Right
_READ: Final = frozenset({_R.READ_FUNDING, _R.FOLLOW, _R.EXPORT})
_CONNECT: Final = frozenset({_R.MANAGE_WEBHOOKS, _R.READ_REQUEST_LOG})
RIGHTS: Final[Mapping[Role, frozenset[Right]]] = {
    Role.CASE_MANAGER: frozenset(),
    Role.TEAM_LEAD: frozenset(),
    Role.COORDINATOR: _READ,
    Role.FUNDING_OFFICER: _READ
    | {_R.RECORD_FUNDING, _R.DELIVER_FUNDING, _R.CONFIRM_PAYMENTS, _R.EXPORT_FINANCE},
    Role.FUNDING_APPROVER: _READ | {_R.RELEASE_FUNDING},
    Role.UNIT_HEAD: _READ | {_R.SIGN_PROOF},
    Role.B3_OFFICER: frozenset(),
    Role.PARTNER: frozenset(),
    Role.INTEGRATOR: _CONNECT
    | {_R.FOLLOW, _R.DELIVER_FUNDING, _R.CONFIRM_PAYMENTS, _R.EXPORT_FINANCE},
    Role.DPO: frozenset({_R.READ_AUDIT}),
    Role.AUDITOR: _READ,
    Role.ADMIN: _CONNECT,
}

# Steps that make money available or take it away need the second person.
RELEASING_AWARD_ACTIONS: Final = frozenset(
    {AwardAction.GRANT, AwardAction.AMEND, AwardAction.REVOKE_PARTLY, AwardAction.REVOKE}
)
RELEASING_ALLOCATION_ACTIONS: Final = frozenset(
    {AllocationAction.ACTIVATE, AllocationAction.AMEND, AllocationAction.WAIVE_PROOF}
)
RELEASING_DRAWDOWN_ACTIONS: Final = frozenset({DrawdownAction.SUBMIT, DrawdownAction.APPROVE})
RELEASING_PAYMENT_ACTIONS: Final = frozenset({PaymentAction.RELEASE, PaymentAction.RESEND})
RELEASING_RECOVERY_ACTIONS: Final = frozenset(
    {RecoveryAction.DEMAND, RecoveryAction.FIX_INTEREST, RecoveryAction.WAIVE_INTEREST}
)

# What leaves the house, and what the authority's decision does to the money (P2, P5 to P8).
RELEASING_PROOF_ACTIONS: Final = frozenset(
    {
        ProofAction.SUBMIT,
        ProofAction.ACCEPT,
        ProofAction.ACCEPT_WITH_RECOVERY,
        ProofAction.REJECT,
        ProofAction.SETTLE,
    }
)


def roles_with(right: Right) -> tuple[str, ...]:
    """The roles that have the right, for the door."""
    return tuple(role.value for role, rights in RIGHTS.items() if right in rights)


def right_for(action: AwardAction | AllocationAction) -> Right:
    """The right that a step of an award or allocation needs.

    Both tables have an action "activate", and as texts the two are equal: the type decides.
    """
    if isinstance(action, AwardAction):
        is_releasing = action in RELEASING_AWARD_ACTIONS
    else:
        is_releasing = action in RELEASING_ALLOCATION_ACTIONS
    return Right.RELEASE_FUNDING if is_releasing else Right.RECORD_FUNDING


def right_for_proof(action: ProofAction) -> Right:
    """The right that a step of a proof of use needs; signing has its own."""
    is_releasing = action in RELEASING_PROOF_ACTIONS
    return Right.RELEASE_FUNDING if is_releasing else Right.RECORD_FUNDING


def right_for_drawdown(action: DrawdownAction) -> Right:
    """The right that a step of a drawdown needs."""
    is_releasing = action in RELEASING_DRAWDOWN_ACTIONS
    return Right.RELEASE_FUNDING if is_releasing else Right.RECORD_FUNDING


def right_for_payment(action: PaymentAction) -> Right:
    """The right that a step of a payment needs."""
    is_releasing = action in RELEASING_PAYMENT_ACTIONS
    return Right.RELEASE_FUNDING if is_releasing else Right.RECORD_FUNDING


def right_for_recovery(action: RecoveryAction) -> Right:
    """The right that a step of a recovery needs."""
    is_releasing = action in RELEASING_RECOVERY_ACTIONS
    return Right.RELEASE_FUNDING if is_releasing else Right.RECORD_FUNDING


def may(roles: frozenset[str], right: Right) -> bool:
    """Whether any of the roles gives the right."""
    return not roles.isdisjoint(roles_with(right))
