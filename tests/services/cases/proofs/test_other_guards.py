"""Every guard of the smaller machines of the case service, each asked over the interface."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from services.cases.domain.case_types import CASE_TYPE_LIFECYCLE
from services.cases.domain.concepts import CONCEPT_LIFECYCLE
from services.cases.domain.destruction import DESTRUCTION_LIFECYCLE
from services.cases.domain.findings import FINDING_LIFECYCLE
from services.cases.domain.plan import MEASURE_LIFECYCLE
from services.cases.domain.referral_rules import PROPOSAL_LIFECYCLE
from services.cases.domain.work import TASK_LIFECYCLE
from shared.kernel.lifecycle import Guard
from tests.services.cases.conftest import Person, SignedIn
from tests.services.cases.proofs.records import (
    Machine,
    case_type_in,
    concept_in,
    finding_in,
    list_in,
    measure_in,
)
from tests.services.cases.proofs.stored import Connection, stored

MACHINES: tuple[tuple[Any, Callable[[Machine, str, str, str], Awaitable[None]] | None], ...] = (
    (FINDING_LIFECYCLE, finding_in),
    (DESTRUCTION_LIFECYCLE, list_in),
    (MEASURE_LIFECYCLE, measure_in),
    (CASE_TYPE_LIFECYCLE, case_type_in),
    (CONCEPT_LIFECYCLE, concept_in),
    # Without guards; a first guard of theirs has to find its scenario here.
    (TASK_LIFECYCLE, None),
    (PROPOSAL_LIFECYCLE, None),
)
# Who sees no case sees no answer of the archive either.
COMPANIONS = {("execute", "handles-cases"): ["archive-has-answered"]}
GUARDS = [
    pytest.param(prepare, state, action, guard, id=f"{machine.name}-{state}-{action}-{guard.id}")
    for machine, prepare in MACHINES
    for state, row in machine.moves.items()
    for action, move in row.items()
    for guard in move.guards
]


@pytest.mark.parametrize(("prepare", "state", "action", "guard"), GUARDS)
async def test_a_guard_alone_refuses_the_step_and_nothing_changes(
    anna: Person,
    bernd: Person,
    signed_in: SignedIn,
    admin: Connection,
    prepare: Callable[[Machine, str, str, str], Awaitable[None]] | None,
    state: str,
    action: str,
    guard: Guard[Any],
) -> None:
    assert prepare is not None, "a new guard needs a scenario"
    machine = Machine(anna, bernd, signed_in, admin)
    await prepare(machine, state, action, guard.id)
    how: dict[str, Any] = {"status": 422}
    if machine.is_versioned:
        how["version"] = (await machine.person.get(machine.path))["version"]
    before = await stored(admin, machine.query, machine.id)
    for language in ("de", "en"):
        problem = await machine.person.post(
            f"{machine.path}/actions/{action}", machine.body, language=language, **how
        )
        assert problem["code"] == "guard-failed"
        assert problem["guards"] == [guard.id, *COMPANIONS.get((action, guard.id), [])]
        assert problem["detail"] == getattr(guard.message, language)
    assert await stored(admin, machine.query, machine.id) == before
