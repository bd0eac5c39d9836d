"""A counter-proposal of the recipient, and the sender's answer to it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import asyncpg

from services.referrals.domain.amendments import AmendReason
from services.referrals.domain.catalogue import service
from services.referrals.domain.overlays import OverlayAction
from services.referrals.domain.proposals import ProposalNote, ProposalState, require_usable
from services.referrals.domain.subject import ReferralIsPending
from services.referrals.operations.amend import Amendment, Told, record_amendment, sender_ground
from services.referrals.operations.sending import PENDING_INDEX, stored_sending
from services.referrals.operations.steps import Change, Held, answer, begin_overlay, finish
from services.referrals.storage.directory_lookups import find_agencies
from services.referrals.storage.notices import close_proposal, proposal_for_update
from services.referrals.storage.tables import CounterProposalRow
from shared.database.transaction import Transaction
from shared.kernel.clock import berlin_date, now
from shared.kernel.ids import new_id
from shared.service.writes import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Propose:
    """Another service of the own unit, a later beginning, or both."""

    referral_id: UUID
    expected_version: int | None
    note: ProposalNote
    service_code: str | None
    starts_on: date | None


async def propose(tx: Transaction, command: Propose) -> Answer:
    """Until the sender answers, nothing is accepted.

    Raises NotFound, NotYourSide, TransitionNotAllowed, ProposalOpen, ProposalUnusable,
    ServiceUnknown, VersionMissing, Stale.
    """
    held = await begin_overlay(
        tx, command.referral_id, OverlayAction.PROPOSE, command.expected_version
    )
    instant, proposal_id = now(), new_id()
    if command.service_code is not None:
        service(command.service_code)
    require_usable(
        service_code=command.service_code,
        starts_on=command.starts_on,
        asked=held.row["service_code"],
        recipient=(await find_agencies(tx, tx.caller.unit_id))[tx.caller.unit_id],
        today=berlin_date(instant),
    )
    await tx.insert(
        CounterProposalRow,
        id=proposal_id,
        referral_id=held.id,
        service_code=command.service_code,
        starts_on=command.starts_on,
        note_code=command.note.value,
        state=ProposalState.OPEN.value,
        proposed_by_unit=tx.caller.unit_id,
        created_at=instant,
    )
    change = Change(
        fact="counter-proposed",
        at=instant,
        to_state=held.state,
        values={"open_proposal_id": proposal_id},
        extra={"proposal_id": proposal_id, "reason": command.note.value},
        codes=[command.note.value],
    )
    await finish(tx, held, change)
    return await answer(tx, held.id)


async def answer_proposal(
    tx: Transaction, referral_id: UUID, expected_version: int | None, *, is_accepted: bool
) -> Answer:
    """Accepted, it is an amendment: every precondition of sending holds for what is proposed.

    Raises NotFound, NotYourSide, TransitionNotAllowed, NoOpenProposal, GuardFailed,
    ReferralIsPending, VersionMissing, Stale.
    """
    ground = await sender_ground(tx, referral_id, OverlayAction.ANSWER_PROPOSAL)
    held = await begin_overlay(tx, referral_id, OverlayAction.ANSWER_PROPOSAL, expected_version)
    instant, proposal_id = now(), held.row["open_proposal_id"]
    proposal = await proposal_for_update(tx, proposal_id)
    state = ProposalState.ACCEPTED if is_accepted else ProposalState.DECLINED
    await close_proposal(tx, proposal_id, state.value, instant)
    told = Told(
        fact="counter-answered",
        extra={"proposal_id": proposal_id, "answer": state.value},
        codes=(state.value,),
    )
    values: dict[str, Any] = {"open_proposal_id": None}
    if not is_accepted:
        change = Change(
            fact=told.fact,
            at=instant,
            to_state=held.state,
            values=values,
            extra=told.extra,
            codes=told.codes,
        )
        await finish(tx, held, change)
        return await answer(tx, held.id)
    changed = _changed(proposal)
    values |= {"service_code": proposal["service_code"]} if proposal["service_code"] else {}
    sending, digest = await stored_sending(tx, dict(held.row) | values, ground)
    made = Amendment(AmendReason.COUNTER_PROPOSAL, changed, values, sending, digest, instant, told)
    await _record(tx, held, made)
    return await answer(tx, held.id)


async def _record(tx: Transaction, held: Held, made: Amendment) -> None:
    try:
        await record_amendment(tx, held, made)
    except asyncpg.UniqueViolationError as duplicate:
        if duplicate.constraint_name == PENDING_INDEX:
            # The sender has asked for the proposed service already.
            raise ReferralIsPending from duplicate
        raise


def _changed(proposal: asyncpg.Record) -> tuple[str, ...]:
    paths = {"service_code": "serviceCode", "starts_on": "startsOn"}
    return tuple(path for column, path in paths.items() if proposal[column] is not None)
