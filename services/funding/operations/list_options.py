"""What can be done with a record now, and what blocks the rest: for the buttons of a frontend."""

from dataclasses import dataclass
from uuid import UUID

from services.funding.domain.access import Right, may, right_for
from services.funding.domain.allocation_lifecycle import (
    ALLOCATION_LIFECYCLE,
    AllocationAction,
    AllocationState,
)
from services.funding.domain.award_lifecycle import AWARD_LIFECYCLE, AwardAction, AwardState
from services.funding.storage.allocation_records import allocation_facts, load_allocation
from services.funding.storage.award_records import award_facts, load_award
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.kernel.scopes import scopes_permit
from shared.kernel.text import Text


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A guard that blocks an action at present; the action's own body may bring what it misses."""

    guard: str
    message: Text
    source: str


@dataclass(frozen=True, slots=True)
class PossibleAction:
    """An action that the state has, with its obstacles, and whether the caller may take it."""

    action: str
    to_state: str
    is_permitted: bool
    obstacles: tuple[Obstacle, ...]


async def award_options(tx: Transaction, award_id: UUID) -> tuple[PossibleAction, ...]:
    """Raises NotFound."""
    award = await load_award(tx, award_id, is_locked=False)
    facts = await award_facts(tx, award, berlin_date(now()))
    return tuple(
        PossibleAction(
            option.action.value,
            option.to.value,
            _is_mine(tx, right_for(option.action)),
            tuple(Obstacle(one.id, one.message, one.source) for one in option.blocked_by),
        )
        for option in AWARD_LIFECYCLE.options(AwardState(award["state"]), facts)
        if option.action is not AwardAction.AMEND
    )


async def allocation_options(tx: Transaction, allocation_id: UUID) -> tuple[PossibleAction, ...]:
    """Raises NotFound."""
    row = await load_allocation(tx, allocation_id, is_locked=False)
    facts = await allocation_facts(tx, row, berlin_date(now()), is_locked=False)
    return tuple(
        PossibleAction(
            option.action.value,
            option.to.value,
            _is_mine(tx, right_for(option.action)),
            tuple(Obstacle(one.id, one.message, one.source) for one in option.blocked_by),
        )
        for option in ALLOCATION_LIFECYCLE.options(AllocationState(row["state"]), facts)
        if option.action not in {AllocationAction.AMEND, AllocationAction.CHECK_PROOF}
    )


def _is_mine(tx: Transaction, right: Right) -> bool:
    """As the door of the step decides."""
    return may(tx.caller.roles, right) and scopes_permit(tx.caller.scopes, "funding", right)
