"""One step of a referral: who stands where, what changes, and everything that tells of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from services.referrals.domain.access import Permission, permissions
from services.referrals.domain.codes import ReferralAction, ReferralState, Side
from services.referrals.domain.events import (
    EVENTS_OF_REFERRALS,
    ReferralAccepted,
    ReferralEvent,
    fact_type,
)
from services.referrals.domain.lifecycle import NotYourSide, require_move
from services.referrals.domain.overlays import OverlayAction, Present, require_overlay
from services.referrals.domain.ownership import owner_after
from services.referrals.domain.proposals import ProposalOpen, ProposalState
from services.referrals.domain.sharing import KEEPS_CONTENT
from services.referrals.operations.clocks import COLLECTED, ended_hold, moved_clocks
from services.referrals.storage.base import AuditEntry, OutboxMessage
from services.referrals.storage.clocks import forget_recipient
from services.referrals.storage.disclosures import delete_content
from services.referrals.storage.feed import Step, record_step
from services.referrals.storage.lookups import (
    delete_place,
    referral_for_update,
)
from services.referrals.storage.notices import close_proposal
from services.referrals.storage.queries import (
    REFERRAL_VIEW,
    sight,
)
from services.referrals.storage.tables import ReferralRow
from shared.audit.entries import record_change
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.caller import Caller
from shared.kernel.errors import NotFound
from shared.messaging.outbox import record_event
from shared.service.writes import Answer

# A row as the database gave it, or the same with its changes.
Row = asyncpg.Record | dict[str, Any]
EVENT_OF = {event.event_type: event for event in EVENTS_OF_REFERRALS}


@dataclass(frozen=True, slots=True)
class Held:
    """A referral locked until commit, and the side from which it is acted on."""

    row: asyncpg.Record
    side: Side

    @property
    def id(self) -> UUID:
        found: UUID = self.row["id"]
        return found

    @property
    def state(self) -> ReferralState:
        return ReferralState(self.row["state"])


def side_of(row: Row, caller: Caller) -> Side:
    """Raises NotYourSide for a unit that has passed the referral on, NotFound for a stranger."""
    held = permissions(caller.roles, caller.unit_type)
    if row["sender_unit"] == caller.unit_id and Permission.SEND in held:
        return Side.SENDER
    if row["submitted_at"] is not None and Permission.RECEIVE in held:
        if row["recipient_unit"] == caller.unit_id:
            return Side.RECIPIENT
        if row["forwarded_from"] == caller.unit_id:
            raise NotYourSide
    raise NotFound


async def begin(
    tx: Transaction, referral_id: UUID, action: ReferralAction, expected_version: int | None
) -> Held:
    """Lock the referral for this step.

    A step that the state forbids is refused before the version is looked at, so that the loser
    of a race learns what happened (409) and not only that something did (412).
    """
    row = await referral_for_update(tx, referral_id)
    held = Held(row, side_of(row, tx.caller))
    require_move(held.state, action, held.side)
    require_version(row["version"], expected_version)
    return held


def present(row: Row) -> Present:
    """The overlays that lie on a referral now."""
    return Present(
        is_held=row["held_since"] is not None,
        is_proposed=row["open_proposal_id"] is not None,
        is_sealed=row["is_sealed"],
    )


async def begin_overlay(
    tx: Transaction, referral_id: UUID, action: OverlayAction, expected_version: int | None
) -> Held:
    """The same for what changes no state."""
    row = await referral_for_update(tx, referral_id)
    held = Held(row, side_of(row, tx.caller))
    require_overlay(held.state, action, held.side, present(row))
    require_version(row["version"], expected_version)
    return held


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a step does: the fact it makes true, the new state and columns, and its codes.

    `extra` are the members that the event of this fact has beyond the common ones, `others_told`
    the units beside the two that read it in the feed.
    """

    fact: str
    at: datetime
    to_state: ReferralState
    values: dict[str, Any]
    extra: dict[str, Any] | None = None
    codes: Sequence[str] = ()
    others_told: Sequence[str] = ()


async def finish(tx: Transaction, held: Held, change: Change) -> None:
    """Write the step: row, log of both sides, audit entry and, where others wait, the event."""
    values = change.values
    if change.to_state is not held.state:
        values = await _moved(tx, held, change) | values
    row = dict(held.row) | values | {"state": change.to_state.value}
    row["version"] = held.row["version"] + 1
    await tx.update(
        ReferralRow,
        held.id,
        **values,
        state=row["state"],
        version=row["version"],
        updated_at=change.at,
    )
    if not KEEPS_CONTENT[change.to_state]:
        await delete_content(tx, held.id)
        await delete_place(tx, held.id)
    await tell(tx, row, change, side=held.side, from_state=held.state)


async def _moved(tx: Transaction, held: Held, change: Change) -> dict[str, Any]:
    """What every move brings: a hold ends, a proposal lapses, clocks begin and end.

    Raises ProposalOpen where the recipient would accept what it has proposed to change.
    """
    row, to_state = held.row, change.to_state
    values: dict[str, Any] = {
        "owner_unit": owner_after(
            to_state,
            owner=row["owner_unit"],
            recipient=row["recipient_unit"],
            transfers=row["transfers_ownership"],
        )
    }
    if row["open_proposal_id"] is not None and to_state not in COLLECTED:
        if to_state is ReferralState.ACCEPTED:
            raise ProposalOpen
        lapsed = ProposalState.LAPSED.value
        await close_proposal(tx, row["open_proposal_id"], lapsed, change.at)
        values["open_proposal_id"] = None
    if row["held_since"] is not None:
        values |= await ended_hold(tx, row, change.at)
    if to_state is ReferralState.FORWARDED:
        await forget_recipient(tx, held.id)
    return values | moved_clocks(row, to_state, change.at)


async def tell(
    tx: Transaction,
    row: dict[str, Any],
    change: Change,
    *,
    side: Side,
    from_state: ReferralState | None,
) -> None:
    """The log of both sides, the audit entry and the event of a step already written."""
    was_sent = row["submitted_at"] is not None
    await record_step(
        tx,
        Step(
            referral_id=row["id"],
            type=fact_type(change.fact),
            at=change.at,
            side=side,
            sender_unit=row["sender_unit"],
            recipient_unit=row["recipient_unit"],
            is_for_recipient=was_sent,
            from_state=from_state.value if from_state else None,
            to_state=change.to_state.value,
            referral_version=row["version"],
            codes=change.codes,
        ),
    )
    await record_change(
        tx,
        AuditEntry,
        action=f"referral-{change.fact}",
        kind="referral",
        record_id=row["id"],
        changes={"state": change.to_state.value, "codes": list(change.codes)},
    )
    event_class = EVENT_OF.get(fact_type(change.fact))
    # What was never sent is nobody's business but the sender's; its routing alone is announced.
    if event_class is not None and (was_sent or change.fact == "routed"):
        extra = change.extra or {}
        if event_class is ReferralAccepted:
            extra = extra | {"transfers_ownership": row["transfers_ownership"]}
        event = event_of(event_class, row, tx.caller.tenant_id, extra)
        # The event names the unit of a draft, which learns of it only when it is sent.
        sides = [row["sender_unit"], row["recipient_unit"]] if was_sent else [row["sender_unit"]]
        audience = [*filter(None, sides), *change.others_told]
        await record_event(tx, OutboxMessage, event, aggregate_id=row["id"], audience=audience)


def event_of(
    event_class: type[ReferralEvent], row: Row, tenant_id: str, extra: dict[str, Any]
) -> ReferralEvent:
    """The event of a step, with what every one of them says of the referral."""
    return event_class(
        referral_id=row["id"],
        tenant_id=tenant_id,
        sender_unit=row["sender_unit"],
        recipient_unit=row["recipient_unit"],
        service_code=row["service_code"],
        mode=row["mode"],
        language=row["language"],
        urgency=row["urgency"],
        **extra,
    )


async def answer(tx: Transaction, referral_id: UUID, *, is_new: bool = False) -> Answer:
    """The referral as this side sees it now, without its content."""
    document = await REFERRAL_VIEW.one_in(tx, referral_id=referral_id, **sight(tx.caller))
    assert document is not None
    return Answer(document, location=f"/v1/referrals/{referral_id}" if is_new else None)
