from collections.abc import Mapping

import pytest

from services.funding.domain.access import RIGHTS, Right, Role, may, right_for, roles_with
from services.funding.domain.allocation_lifecycle import AllocationAction
from services.funding.domain.award_lifecycle import AwardAction

READ, RECORD, RELEASE = Right.READ_FUNDING, Right.RECORD_FUNDING, Right.RELEASE_FUNDING
CONFIRM, BOOKKEEP = Right.CONFIRM_PAYMENTS, Right.EXPORT_FINANCE
DELIVER = Right.DELIVER_FUNDING
FOLLOW, EXPORT = Right.FOLLOW, Right.EXPORT
CONNECT = {Right.MANAGE_WEBHOOKS, Right.READ_REQUEST_LOG}

# A statement of its own: who is not named here may do nothing.
EXPECTED: Mapping[Role, set[Right]] = {
    Role.FUNDING_OFFICER: {READ, FOLLOW, EXPORT, RECORD, DELIVER, CONFIRM, BOOKKEEP},
    Role.FUNDING_APPROVER: {READ, FOLLOW, EXPORT, RELEASE},
    Role.COORDINATOR: {READ, FOLLOW, EXPORT},
    Role.UNIT_HEAD: {READ, FOLLOW, EXPORT, Right.SIGN_PROOF},
    Role.INTEGRATOR: {DELIVER, CONFIRM, BOOKKEEP, FOLLOW} | CONNECT,
    Role.AUDITOR: {READ, FOLLOW, EXPORT},
    Role.ADMIN: CONNECT,
    Role.DPO: {Right.READ_AUDIT},
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("right", list(Right))
def test_every_role_has_exactly_its_rights(role: Role, right: Right) -> None:
    assert may(frozenset({role.value}), right) is (right in EXPECTED.get(role, set()))
    assert (role.value in roles_with(right)) is (right in RIGHTS[role])


def test_a_role_nobody_knows_gives_no_right() -> None:
    assert not any(may(frozenset({"system", "root", ""}), right) for right in Right)


def test_the_second_person_grants_and_revokes_awards_and_nothing_else() -> None:
    releasing = {action for action in AwardAction if right_for(action) is RELEASE}

    assert releasing == {
        AwardAction.GRANT,
        AwardAction.AMEND,
        AwardAction.REVOKE,
        AwardAction.REVOKE_PARTLY,
    }
    assert right_for(AwardAction.ACTIVATE) is RECORD


def test_the_second_person_activates_amends_and_waives_and_nothing_else() -> None:
    releasing = {action for action in AllocationAction if right_for(action) is RELEASE}

    assert releasing == {
        AllocationAction.ACTIVATE,
        AllocationAction.AMEND,
        AllocationAction.WAIVE_PROOF,
    }
    assert right_for(AllocationAction.SETTLE) is RECORD
