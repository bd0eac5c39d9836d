"""Raise a recovery: a draft that changes no book until it is demanded."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.funding.domain.events.recoveries import RecoveryStateChanged
from services.funding.domain.recovery_facts import (
    AllocationNotFitting,
    Direction,
    Ground,
    RecoveryAlreadyRaised,
    RecoverySource,
)
from services.funding.domain.recovery_lifecycle import RecoveryState
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.record_position import AwardLineUnknown
from services.funding.storage.queries.allocations import ALLOCATION_BY_ID
from services.funding.storage.queries.awards import AWARD_LINE_BY_ID
from services.funding.storage.queries.recoveries import (
    RECOVERY_OF_SOURCE,
    RECOVERY_VIEW,
    SAME_RECOVERY,
)
from services.funding.storage.rows import complete
from services.funding.storage.tables import RecoveryRow
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.money import Money
from shared.service.writes import Answer

KIND = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecovery:
    """What goes back, why, and since when it is owed; `source_id` is the record that raised it."""

    direction: Direction
    award_line_id: UUID
    allocation_id: UUID | None
    ground: Ground
    principal: Money
    claim_since: date
    source: RecoverySource = RecoverySource.PERSON
    source_id: UUID | None = None


async def record_recovery(tx: Transaction, command: NewRecovery) -> Answer:
    """Raises AwardLineUnknown, AllocationNotFitting, RecoveryAlreadyRaised."""
    if await tx.row(AWARD_LINE_BY_ID, line_id=command.award_line_id) is None:
        raise AwardLineUnknown
    same = await tx.value(
        SAME_RECOVERY,
        line_id=command.award_line_id,
        allocation_id=command.allocation_id,
        direction=command.direction.value,
        ground=command.ground.value,
        claim_since=command.claim_since,
        principal_cents=command.principal.cents,
    )
    if same is not None:
        raise RecoveryAlreadyRaised
    recovery_id = await _insert(tx, command, tx.caller.actor)
    location = f"/v1/recoveries/{recovery_id}"
    return await answer_with(tx, RECOVERY_VIEW, location, recovery_id=recovery_id)


async def raise_recovery(tx: Transaction, command: NewRecovery, recorded_by: str) -> UUID:
    """The id of the draft; of the one that its source has raised already. Two at once: one is
    refused by the database (409 already-exists). No lock is taken, so that hooks may come last.

    Another person than `recorded_by` has to demand it. Raises NotFound for an unknown line,
    AllocationNotFitting.
    """
    assert command.source_id is not None
    known: UUID | None = await tx.value(
        RECOVERY_OF_SOURCE,
        source_id=command.source_id,
        source_kind=command.source.value,
        line_id=command.award_line_id,
        ground=command.ground.value,
    )
    return known or await _insert(tx, command, recorded_by)


async def _insert(tx: Transaction, command: NewRecovery, recorded_by: str) -> UUID:
    line = await tx.row(AWARD_LINE_BY_ID, line_id=command.award_line_id)
    if line is None:
        raise NotFound
    await _require_fitting(tx, command)
    recovery_id, instant = new_id(), now()
    await tx.insert(
        RecoveryRow,
        **complete(
            RecoveryRow,
            id=recovery_id,
            created_at=instant,
            updated_at=instant,
            direction=command.direction.value,
            award_id=line["award_id"],
            award_line_id=command.award_line_id,
            allocation_id=command.allocation_id,
            ground=command.ground.value,
            source_kind=command.source.value,
            source_id=command.source_id,
            state=RecoveryState.DRAFT.value,
            principal_cents=command.principal.cents,
            claim_since=command.claim_since,
            recorded_by=recorded_by,
        ),
    )
    raised = RecoveryStateChanged(
        tenant_id=tx.caller.tenant_id,
        recovery_id=recovery_id,
        award_id=line["award_id"],
        direction=command.direction,
        ground=command.ground,
        from_state=None,
        to_state=RecoveryState.DRAFT,
    )
    await leave_trace(
        tx,
        action="raise-recovery",
        kind=KIND,
        record_id=recovery_id,
        changes={
            "direction": command.direction.value,
            "ground": command.ground.value,
            "source": command.source.value,
        },
        events=(raised,),
    )
    return recovery_id


async def _require_fitting(tx: Transaction, command: NewRecovery) -> None:
    if command.allocation_id is None:
        if command.direction is Direction.DOWNWARD:
            raise AllocationNotFitting
        return
    row = await tx.row(ALLOCATION_BY_ID, allocation_id=command.allocation_id)
    is_of_line = row is not None and row["award_line_id"] == command.award_line_id
    if command.direction is Direction.UPWARD or not is_of_line:
        raise AllocationNotFitting
