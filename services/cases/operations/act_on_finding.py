"""Move a structural finding on: analyse, propose, carry out, solve, set aside."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.cases.domain.finding_codes import MethodStep
from services.cases.domain.findings import (
    FINDING_LIFECYCLE,
    FindingAction,
    FindingFacts,
    FindingState,
    require_turn,
)
from services.cases.operations.on_finding import (
    advance_finding,
    finding_answer,
    lock_finding,
)
from services.cases.storage.queries.findings import EXTRACTS_OF_FINDING, STEPS_OF_FINDING
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ActOnFinding:
    finding_id: UUID
    action: FindingAction
    expected_version: int | None
    reason: str | None = None


async def act_on_finding(tx: Transaction, command: ActOnFinding) -> Answer:
    """The finding after the step.

    Raises NotFound, VersionMissing, Stale, NotYourTurn, TransitionNotAllowed, GuardFailed.
    """
    row = await lock_finding(tx, command.finding_id)
    require_version(row["version"], command.expected_version)
    before = FindingState(row["state"])
    require_turn(before, tx.caller.roles)
    steps = await tx.rows(STEPS_OF_FINDING, finding_id=command.finding_id)
    facts = FindingFacts(
        extracts=await tx.value(EXTRACTS_OF_FINDING, finding_id=command.finding_id),
        done_steps=frozenset(MethodStep(step["step"]) for step in steps),
        has_measure=bool((row["proposed_measure"] or "").strip()),
        has_reason=bool((command.reason or "").strip()),
    )
    after = FINDING_LIFECYCLE.next_state(before, command.action, facts)
    columns: dict[str, Any] = {"state": after}
    if command.reason:
        columns["reason"] = command.reason
    changes = {"from": before, "to": after}
    await advance_finding(tx, row, f"{command.action}-finding", changes=changes, **columns)
    return await finding_answer(tx, command.finding_id)
