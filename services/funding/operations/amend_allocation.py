"""Change how much an allocation passes on: a new version, released by a second person (L5)."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import asyncpg

from services.funding.domain.allocation_lifecycle import (
    ALLOCATION_LIFECYCLE,
    AllocationAction,
    AllocationState,
)
from services.funding.domain.allocation_tree import (
    NotEnoughFree,
    NothingAllocated,
    Share,
)
from services.funding.domain.events.allocations import AllocationAmended
from services.funding.domain.legal_dates import Period
from services.funding.domain.versions import VersionKind
from services.funding.operations.amend_award import VersionAlreadyApproved
from services.funding.operations.changes import answer_with, leave_trace
from services.funding.operations.plan_allocation import OwnUseExceedsShare
from services.funding.operations.put_on_books import book_allocation_amendment
from services.funding.storage.allocation_records import allocation_facts, load_allocation
from services.funding.storage.queries.allocations import (
    ALLOCATION_VERSION,
    ALLOCATION_VIEW,
    NEWEST_ALLOCATION_VERSION,
)
from services.funding.storage.queries.moments import moment
from services.funding.storage.rows import complete
from services.funding.storage.tables import AllocationRow, AllocationVersionRow
from shared.database.transaction import Transaction
from shared.database.versions import require_version
from shared.kernel.clock import berlin_date, now
from shared.kernel.errors import Conflict, NotFound
from shared.kernel.ids import new_id
from shared.kernel.lifecycle import TransitionNotAllowed
from shared.kernel.money import Money, fte_text
from shared.kernel.text import Text
from shared.service.writes import Answer

AMENDABLE_STATES = frozenset(
    state
    for state in AllocationState
    if AllocationAction.AMEND in ALLOCATION_LIFECYCLE.allowed(state)
)


class VersionSuperseded(Conflict):
    code = "version-superseded"
    title = Text(de="Es gibt schon eine neuere Fassung.", en="There is a newer version already.")


@dataclass(frozen=True, slots=True)
class NewAllocationVersion:
    """What the amended contract passes on from `effective_from` on."""

    share: Share
    own_use: Share
    period: Period
    effective_from: date
    reason: str | None = None


async def record_allocation_version(
    tx: Transaction,
    allocation_id: UUID,
    expected_version: int | None,
    command: NewAllocationVersion,
) -> Answer:
    """A version that waits for its release; nothing is held for it yet.

    Raises NotFound, the refusals of versions, TransitionNotAllowed, NothingAllocated,
    OwnUseExceedsShare.
    """
    row = await load_allocation(tx, allocation_id)
    require_version(row["version"], expected_version)
    _refuse_unless_amendable(row)
    if command.share.is_nothing:
        raise NothingAllocated
    if not command.own_use.fits_in(command.share):
        raise OwnUseExceedsShare
    newest = await tx.row(NEWEST_ALLOCATION_VERSION, allocation_id=allocation_id)
    assert newest is not None
    number = newest["number"] + 1
    await tx.insert(
        AllocationVersionRow,
        **complete(
            AllocationVersionRow,
            id=new_id(),
            allocation_id=allocation_id,
            number=number,
            kind=VersionKind.AENDERUNG.value,
            effective_from=command.effective_from,
            valid_from=command.period.start,
            valid_to=command.period.end,
            amount_cents=command.share.amount.cents,
            fte=command.share.fte,
            own_use_cents=command.own_use.amount.cents,
            own_use_fte=command.own_use.fte,
            reason=command.reason,
            recorded_at=now(),
            recorded_by=tx.caller.actor,
        ),
    )
    await tx.update(AllocationRow, allocation_id, version=row["version"] + 1, updated_at=now())
    await leave_trace(
        tx,
        action="record-allocation-version",
        kind="allocation",
        record_id=allocation_id,
        changes={"number": number},
    )
    return await answer_with(tx, ALLOCATION_VIEW, allocation_id=allocation_id, **moment())


async def approve_allocation_version(
    tx: Transaction, allocation_id: UUID, number: int, expected_version: int | None
) -> Answer:
    """Release an amendment: from now on its share is held instead of the old one.

    Raises NotFound, the refusals of versions, VersionAlreadyApproved, VersionSuperseded,
    TransitionNotAllowed, GuardFailed, and NotEnoughFree when the level above has too little, or
    the children of this allocation hold more than it would have.
    """
    row = await load_allocation(tx, allocation_id)
    require_version(row["version"], expected_version)
    version = await tx.row(ALLOCATION_VERSION, allocation_id=allocation_id, number=number)
    if version is None:
        raise NotFound
    if version["approved_at"] is not None:
        raise VersionAlreadyApproved(number=number)
    newest = await tx.row(NEWEST_ALLOCATION_VERSION, allocation_id=allocation_id)
    assert newest is not None
    if newest["number"] != number:
        raise VersionSuperseded(newest=newest["number"])
    instant = now()
    share = Share(version["fte"], Money(version["amount_cents"]))
    known = await allocation_facts(tx, row, berlin_date(instant), share)
    period = Period(version["valid_from"], version["valid_to"])
    _refuse_beyond(share, known.parent.free)
    facts = replace(known, period=period, planned_by=version["recorded_by"])
    ALLOCATION_LIFECYCLE.next_state(AllocationState(row["state"]), AllocationAction.AMEND, facts)
    own_use = Share(version["own_use_fte"], Money(version["own_use_cents"]))
    held = Share(row["allocated_fte"], Money(row["allocated_cents"]))
    _refuse_beyond(held, share - own_use)
    await tx.update(
        AllocationVersionRow, version["id"], approved_at=instant, approved_by=tx.caller.actor
    )
    await tx.update(
        AllocationRow,
        allocation_id,
        version=row["version"] + 1,
        updated_at=instant,
        amount_cents=share.amount.cents,
        fte=share.fte,
        own_use_cents=own_use.amount.cents,
        own_use_fte=own_use.fte,
        valid_from=period.start,
        valid_to=period.end,
    )
    await book_allocation_amendment(tx, row, version)
    event = AllocationAmended(
        tenant_id=tx.caller.tenant_id, allocation_id=allocation_id, version_number=number
    )
    await leave_trace(
        tx,
        action="approve-allocation-version",
        kind="allocation",
        record_id=allocation_id,
        changes={"number": number, "fte": fte_text(share.fte), "amount": str(share.amount)},
        events=(event,),
    )
    return await answer_with(tx, ALLOCATION_VIEW, allocation_id=allocation_id, **moment())


def _refuse_unless_amendable(row: asyncpg.Record) -> None:
    state = AllocationState(row["state"])
    if state not in AMENDABLE_STATES:
        raise TransitionNotAllowed(
            state=state.value,
            action=AllocationAction.AMEND.value,
            allowedActions=[action.value for action in ALLOCATION_LIFECYCLE.allowed(state)],
        )


def _refuse_beyond(wanted: Share, free: Share) -> None:
    if not wanted.fits_in(free):
        raise NotEnoughFree(freeFte=fte_text(free.fte), freeAmount=str(free.amount))
