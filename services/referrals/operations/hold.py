"""Put a referral on hold and go on with it: overlays of its state that stop the clocks."""

from dataclasses import dataclass
from uuid import UUID

from services.referrals.domain.overlays import HoldReason, OverlayAction
from services.referrals.operations.clocks import ended_hold
from services.referrals.operations.steps import Change, answer, begin_overlay, finish
from services.referrals.storage.tables.clocks import ClockPauseRow
from shared.database.transaction import Transaction
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True)
class Hold:
    referral_id: UUID
    expected_version: int | None
    reason: HoldReason


async def hold(tx: Transaction, command: Hold) -> Answer:
    """No clock runs until it is resumed, or a step of the table is taken.

    Raises NotFound, NotYourSide, TransitionNotAllowed, AlreadyOnHold, VersionMissing, Stale.
    """
    held = await begin_overlay(
        tx, command.referral_id, OverlayAction.HOLD, command.expected_version
    )
    instant, reason = now(), command.reason.value
    await tx.insert(
        ClockPauseRow, id=new_id(), referral_id=held.id, reason=reason, began_at=instant
    )
    change = Change(
        fact="held",
        at=instant,
        to_state=held.state,
        values={"held_since": instant, "hold_reason": reason},
        extra={"reason": reason},
        codes=[reason],
    )
    await finish(tx, held, change)
    return await answer(tx, held.id)


async def resume(tx: Transaction, referral_id: UUID, expected_version: int | None) -> Answer:
    """Raises what `hold` raises, and NotOnHold."""
    held = await begin_overlay(tx, referral_id, OverlayAction.RESUME, expected_version)
    instant = now()
    change = Change(
        fact="resumed",
        at=instant,
        to_state=held.state,
        values=await ended_hold(tx, held.row, instant),
    )
    await finish(tx, held, change)
    return await answer(tx, held.id)
